"""Sample books: each loads, can be moved to the present, and cannot be spoiled."""

from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest

from backstop.domain import (
    Book,
    CashFlow,
    Direction,
    EnvironmentFault,
    Facility,
    Repeat,
    Tranche,
)
from backstop.resources import resource
from backstop.services.commands import change_facts
from backstop.services.ledger import by_item, by_month
from backstop.services.sample_past import story_of
from backstop.services.samples import (
    load_sample,
    moved,
    sample_names,
    sample_titles,
    samples_in,
)
from backstop.services.session import BookSession, book_to_json, read_book

CHINESE = ("contractor", "household", "trading", "wholesaler")
ENGLISH = ("contractor-us", "household-us", "online-shop-us", "wholesaler-us")
NAMES = tuple(sorted(CHINESE + ENGLISH))


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path))


def copies(tmp_path: Path) -> list[str]:
    return sorted(each.name for each in (tmp_path / "samples").iterdir())


def test_the_samples_are_these() -> None:
    assert sample_names() == NAMES
    assert (samples_in("zh_CN"), samples_in("en")) == (CHINESE, ENGLISH)
    for language, names in (("zh_CN", CHINESE), ("en", ENGLISH), ("de", ENGLISH)):
        assert tuple(sample_titles(language)) == names
        assert all(sample_titles(language).values())


@pytest.mark.parametrize("name", NAMES)
def test_a_sample_file_is_just_what_export_writes(name: str) -> None:
    data = resource("samples", f"{name}.json").read_bytes()
    assert book_to_json(load_sample(name)) == data


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("today", [date(2027, 2, 28), date(2028, 12, 31), date(2026, 1, 1)])
def test_a_sample_moved_to_today_begins_in_the_last_month(name: str, today: date) -> None:
    book = load_sample(name, today)
    assert 0 <= (today - book.as_of).days <= 31
    assert len(list(book.records())) == len(list(load_sample(name).records()))


def test_a_sample_without_today_keeps_its_dates() -> None:
    assert load_sample("contractor") is load_sample("contractor")


def test_an_unknown_sample_is_refused_by_name() -> None:
    with pytest.raises(EnvironmentFault, match="Choose one of: contractor, contractor-us"):
        load_sample("../../etc/passwd")


def some_book() -> Book:
    return Book(
        title="Months",
        as_of=date(2026, 1, 31),
        facilities=(
            Facility(
                id="f",
                name="Line",
                usage_until=date(2026, 3, 31),
                contract_until=date(2026, 3, 31),
                tranches=(Tranche(id="t", name="Draw", principal=1, next_due=date(2026, 1, 31)),),
            ),
        ),
        cash_flows=(
            CashFlow(
                id="c",
                name="Rent",
                first_date=date(2026, 2, 28),
                last_day_of_month=True,
                repeat=Repeat.MONTHS,
                until=date(2026, 12, 31),
                direction=Direction.PAYMENT,
                amount=1,
            ),
        ),
    )


def test_moving_by_months_keeps_days_and_the_end_of_the_month() -> None:
    later = moved(some_book(), 1)
    assert later.as_of == date(2026, 2, 28)
    assert later.facilities[0].tranches[0].next_due == date(2026, 2, 28)
    assert later.facilities[0].usage_until == date(2026, 4, 30)
    assert later.cash_flows[0].first_date == date(2026, 3, 31)
    assert later.cash_flows[0].until == date(2027, 1, 31)


def test_moving_by_no_months_changes_nothing() -> None:
    assert moved(some_book(), 0) == some_book()


def test_a_demo_is_there_at_once_and_its_copy_later(tmp_path: Path) -> None:
    session = BookSession.demo("trading")
    assert not list(tmp_path.iterdir())
    path = session.attach()
    assert path == tmp_path / "samples" / "trading.backstop"
    session.apply(change_facts(session.book, title="Mine"))
    session.close()
    assert read_book(path).title == "Mine"
    assert load_sample("trading").title != "Mine"


def test_an_untouched_copy_is_used_again_and_a_changed_one_is_kept(tmp_path: Path) -> None:
    for _ in range(2):
        with BookSession.demo("household") as session:
            session.attach()
    assert copies(tmp_path) == ["household.backstop"]
    with BookSession.demo("household") as session:
        session.attach()
        session.apply(change_facts(session.book, title="Mine"))
    with BookSession.demo("household") as session:
        session.attach()
        assert session.book.title != "Mine"
    assert copies(tmp_path) == ["household-2.backstop", "household.backstop"]


def test_a_copy_that_is_open_elsewhere_is_left_alone(tmp_path: Path) -> None:
    with BookSession.demo("household") as one, BookSession.demo("household") as two:
        assert one.attach() != two.attach()


def test_a_spoiled_copy_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "samples").mkdir()
    (tmp_path / "samples" / "trading.backstop").write_bytes(b"spoiled")
    with BookSession.demo("trading") as session:
        assert session.attach().name == "trading-2.backstop"


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("today", [date(2026, 11, 30), date(2027, 3, 1), date(2028, 2, 29)])
def test_a_sample_is_of_today_with_half_a_year_of_ledger_behind_it(
    name: str, today: date, clock_at: Callable[[date], None]
) -> None:
    clock_at(today)
    session = BookSession.demo(name)
    ledger = session.ledger()
    assert session.book.as_of == today
    assert all(each.planned_day < today for each in ledger if each.actual_day)
    assert len({(each.record, each.kind, each.rule_date) for each in ledger}) == len(ledger)
    assert len(by_month(ledger)) >= 6
    assert min(each.planned_day for each in ledger) > today - timedelta(days=250)


@pytest.mark.parametrize("name", NAMES)
def test_a_samples_past_has_late_customers_a_date_left_out_a_growing_bill_and_a_cut(
    name: str,
) -> None:
    session, story = BookSession.demo(name), story_of(name)
    items = {each.record: each for each in by_item(session.ledger())}
    for record in story.late:
        assert (items[record].days_late or 0) >= 0
        came = {each.actual_day for each in session.ledger() if each.record == record}
        assert len(came) > 2
    for record in story.skipped:
        rows = [each for each in session.ledger() if each.record == record]
        assert [each.actual_day for each in rows].count(None) == 1, record
    for record in story.drift:
        assert items[record].actual < items[record].planned < 0, "it costs more than planned"
    for line, former in story.cut.items():
        facility = session.book.by_id[line]
        assert isinstance(facility, Facility)
        assert facility.limit_on(session.book.as_of) < former


def test_an_untouched_copy_of_an_earlier_day_gives_way(
    tmp_path: Path, clock_at: Callable[[date], None]
) -> None:
    for day in (date(2026, 12, 1), date(2026, 12, 2)):
        clock_at(day)
        with BookSession.demo("household") as session:
            session.attach()
            assert session.book.as_of == day
            assert session.ledger()
    assert copies(tmp_path) == ["household.backstop"]
