"""Input made to exhaust: refused above stated bounds, in a sentence, and in time."""

import json
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from backstop.domain import BadInput
from backstop.domain.book import MOST_ENTRIES, MOST_SOURCES
from backstop.services.calendars import years_in_json
from backstop.services.official_days import LARGEST_FILE, years_in
from backstop.services.settings import Settings, load_settings
from backstop.store import book_from_json
from backstop.store.json_text import MOST_OBJECTS, MOST_VALUES
from backstop.telling import words_for
from backstop.work import Cancelled, Work, working
from store.example import small_book

HEAD = b'{"version": 3, "title": "x", "as_of": "2026-01-05"'


@contextmanager
def within(seconds: float) -> Iterator[None]:
    """In processor time, so that a busy machine fails nothing."""
    began = time.process_time()
    yield
    assert time.process_time() - began < seconds


def refused(data: bytes, seconds: float = 3) -> str:
    with within(seconds), pytest.raises(BadInput) as raised:
        book_from_json(data)
    said = words_for("en").tell(raised.value.message)
    assert len(said) < 400
    assert words_for("zh_CN").tell(raised.value.message) != said
    return said


def listed(name: str, rows: Iterator[str]) -> bytes:
    return HEAD + f', "{name}": ['.encode() + ",".join(rows).encode() + b"]}"


def accounts(number: int) -> Iterator[str]:
    return (f'{{"id": "a{n}", "name": "A{n}"}}' for n in range(number))


def test_keys_without_end_are_refused_at_once() -> None:
    many = ",".join(f'"a{n}": 1' for n in range(50_000)).encode()
    assert "“z” is written twice" in refused(b"{" + many + b', "z": 1, "z": 2}')
    assert "“a” is written twice" in refused(b"{" + b'"a": 1,' * 50_000 + b'"a": 1}')
    refused(HEAD + b", " + many + b"}")


def test_a_key_without_end_is_refused_at_once() -> None:
    refused(HEAD + b', "' + b"title" * 400_000 + b'": 1}')
    refused(HEAD + b', "accounts": [{"' + b"name" * 400_000 + b'": 1}]}')


def test_more_accounts_than_can_be_answered_for_are_refused() -> None:
    assert f"at most {MOST_SOURCES:,} accounts and lines" in refused(
        listed("accounts", accounts(MOST_SOURCES + 1))
    )
    assert len(book_from_json(listed("accounts", accounts(MOST_SOURCES))).accounts) == MOST_SOURCES


@pytest.mark.slow
def test_more_entries_than_a_book_takes_are_refused() -> None:
    flow = '"first_date": "2026-01-05", "direction": "payment", "amount": 1'
    rows = (f'{{"id": "f{n}", "name": "F", {flow}}}' for n in range(MOST_ENTRIES + 1))
    assert f"at most {MOST_ENTRIES:,} entries" in refused(listed("cash_flows", rows), 10)


@pytest.mark.slow
def test_a_million_accounts_are_refused_before_they_are_looked_at() -> None:
    assert f"more than {MOST_OBJECTS:,}" in refused(listed("accounts", accounts(1_000_000)), 10)


@pytest.mark.slow
def test_one_wrong_value_among_very_many_is_found_in_time() -> None:
    rows = [*accounts(60_000), '{"id": "z", "name": "Z", "balance": "no"}']
    assert "in “Z”: a whole number is needed" in refused(listed("accounts", iter(rows)), 10)


@pytest.mark.parametrize("value", [b"1", b'""', b"[]", b"{}", b"[1]", b"null"])
def test_values_without_end_are_refused(value: bytes) -> None:
    data = HEAD + b', "notes": [' + b",".join([value] * (MOST_VALUES + 2)) + b"]}"
    assert f"{MOST_VALUES:,} values" in refused(data)


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'{"version": 3, "notes": ['])
def test_depth_without_end_is_refused(opening: bytes) -> None:
    refused(opening * 1_000_000)


@pytest.mark.slow
def test_reading_a_large_document_can_be_given_up() -> None:
    data = listed("accounts", accounts(50_000))
    left = [3]

    def cancelled() -> bool:
        left[0] -= 1
        return left[0] < 0

    with working(Work(cancelled)), pytest.raises(Cancelled):
        book_from_json(data)
    wrong = json.dumps({"version": 3, "accounts": [{"id": "x"}] * 1000}).encode()
    with working(Work(lambda: True)), pytest.raises((Cancelled, BadInput)):
        book_from_json(wrong)


def test_a_line_without_end_in_a_list_of_days_is_refused_at_once() -> None:
    for letter in ("a", "，", "1", "2026-01-01,", "（周"):
        with within(2), pytest.raises(BadInput, match="Line 1 says"):
            years_in((letter * LARGEST_FILE)[:LARGEST_FILE])


def test_days_of_very_many_years_are_read_in_time() -> None:
    text = "\n".join(f"{year}-01-01 to {year}-01-09 closed" for year in range(1000, 3000))
    with within(2):
        found = years_in(text)
    assert len(found) == 2000
    assert len(found[0].closed) == 9


@pytest.mark.parametrize("letter", ["9", "休", " ", ","])
def test_an_entry_without_end_in_a_list_of_days_is_refused_at_once(letter: str) -> None:
    text = f'[{{"date": "2031-01-01", "type": "放假{letter * 900_000}x"}}]'
    with within(2), pytest.raises(BadInput, match="does not say for certain"):
        years_in_json(text, "days.json")


@pytest.mark.parametrize("opening", ["[", '{"a":', '{"closed": [['])
def test_depth_without_end_in_a_list_of_days_is_refused_at_once(opening: str) -> None:
    with within(2), pytest.raises(BadInput, match="lists no official days"):
        years_in_json((opening * LARGEST_FILE)[:LARGEST_FILE], "days.json")


def test_settings_without_end_are_set_aside(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKSTOP_CONFIG_DIR", str(tmp_path))
    with (tmp_path / "settings.json").open("wb") as file:
        file.write(b'{"recent": [')
        file.truncate(3_000_000_000)
    with within(2):
        assert load_settings() == Settings()
    assert (tmp_path / "settings.damaged.json").exists()


def test_of_too_many_entries_the_longest_list_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("backstop.domain.book.MOST_ENTRIES", 12)
    line = small_book().facilities[0]
    draws = tuple(line.tranches[0].changed(id=f"draw-{n}") for n in range(12))
    with pytest.raises(BadInput, match="tranches") as refusal:
        small_book().put(line.changed(tranches=draws))
    assert "at most 12 entries" in str(refusal.value)
