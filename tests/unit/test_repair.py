"""Repair: what can be read is saved into a new file, every fix is told, the old file is let be."""

import random
import sqlite3
import tracemalloc
from collections.abc import Callable
from contextlib import closing
from datetime import date
from pathlib import Path

import msgspec
import pytest

from backstop.domain import Book, EnvironmentFault
from backstop.services.backups import Reason
from backstop.services.commands import change_facts, put_record, remove_record
from backstop.services.passphrase import set_passphrase
from backstop.services.repair import Repaired, examine, repair_into
from backstop.services.session import BookSession, DamagedBook, NotABook, NotSaved, read_book
from backstop.store import BookFile
from backstop.store.connecting import connect
from backstop.store.layout import FILE_VERSION
from backstop.telling import words_for
from store.example import small_book

PAGE = 4096
TODAY = date(2026, 3, 1)


@pytest.fixture
def book() -> Book:
    return small_book()


@pytest.fixture
def path(tmp_path: Path, book: Book) -> Path:
    path = tmp_path / "shop.backstop"
    BookFile.create(path, book).close()
    return path


def alter(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def test_a_whole_book_needs_no_fix(path: Path, book: Book) -> None:
    assert examine(path).book == book
    assert examine(path).fixes == ()


def without_draws(book: Book) -> Book:
    return book.put(book.facilities[0].changed(tranches=()))


def renamed_stock(book: Book) -> Book:
    return book.without("stock").put(book.cash_flows[0].changed(id="saved"))


def with_draw_id(book: Book, draw_id: str) -> Book:
    line = book.facilities[0]
    (draw,) = line.tranches
    return book.put(line.changed(tranches=(msgspec.structs.replace(draw, id=draw_id),)))


DAMAGES: list[tuple[str, str, Callable[[Book], Book]]] = [
    (
        "UPDATE facility SET [limit] = [limit] + 1 WHERE id = 'jiebei'",
        "only the seal of the file was wrong",
        lambda b: b.put(b.facilities[0].changed(limit=8_000_001)),
    ),
    (
        "UPDATE account SET balance = 1, kind = 'mattress'",
        "“Wallet” could not be read",
        lambda b: b.without("cash"),
    ),
    (
        "UPDATE facility SET tags = 'no list' WHERE id = 'huabei'",
        "“花呗” could not be read",
        lambda b: b.without("huabei"),
    ),
    ("UPDATE tranche SET next_due = 'soon'", "“October” could not be read", without_draws),
    ("UPDATE tranche SET id = 'cash'", "the draws of “借呗” were left out", without_draws),
    (
        "DELETE FROM book",
        "settings of the book could not be read",
        lambda b: b.changed(title="–"),
    ),
    (
        "UPDATE book SET currency = '???'",
        "settings of the book could not be read",
        lambda b: b,
    ),
    (
        "DELETE FROM facility WHERE id = 'huabei'",
        "“Stock” now goes through cash",
        lambda b: b.without("huabei"),
    ),
    (
        "DELETE FROM facility WHERE id = 'jiebei'",
        "“Spring” refers to what is lost",
        lambda b: b.without("jiebei"),
    ),
    ("DELETE FROM account", "“Ant” lost a member", lambda b: b.without("cash")),
    ("UPDATE cash_flow SET id = 'cash'", "“Stock” was given a new identifier", renamed_stock),
    (
        "UPDATE tranche SET id = 'stock'",
        "“Stock” was given a new identifier",
        lambda b: with_draw_id(renamed_stock(b), "stock"),
    ),
]
"""A statement that does the damage, what is said of it, and what the book then is."""


@pytest.mark.parametrize(("damage", "said", "expected"), DAMAGES, ids=[d[0] for d in DAMAGES])
def test_each_damage_is_mended_into_a_new_file_and_told(
    path: Path,
    tmp_path: Path,
    book: Book,
    damage: str,
    said: str,
    expected: Callable[[Book], Book],
) -> None:
    alter(path, damage)
    before = path.read_bytes()
    target = tmp_path / "repaired.backstop"
    repaired = repair_into(path, target)
    fixes = [words_for("en").tell(fix) for fix in repaired.fixes]
    assert any(said in fix for fix in fixes), fixes
    assert "the history of changes stays behind" in fixes[-1]
    assert read_book(target) == repaired.book
    assert repaired.book.changed(as_of=book.as_of) == expected(book)
    assert path.read_bytes() == before
    for fix in repaired.fixes:
        assert words_for("zh_CN").tell(fix) not in fixes


def test_the_settings_that_can_be_read_are_kept(path: Path, book: Book) -> None:
    alter(path, "UPDATE book SET currency = '???', minimum_cash = 77, horizon_days = 99")
    repaired = examine(path, today=TODAY).book
    assert repaired == book.changed(minimum_cash=77, horizon_days=99)


@pytest.mark.parametrize(("lost", "order"), [("cash", ("jiebei",)), ("jiebei", ())])
def test_standing_draws_stay_while_their_lines_do(
    tmp_path: Path, book: Book, lost: str, order: tuple[str, ...]
) -> None:
    path = tmp_path / "standing.backstop"
    BookFile.create(path, book.changed(standing_draws=("jiebei",))).close()
    alter(
        path,
        f"DELETE FROM account WHERE id = '{lost}'",
        f"DELETE FROM facility WHERE id = '{lost}'",
    )
    repaired = examine(path, today=TODAY)
    assert repaired.book.standing_draws == order
    told = [words_for("en").tell(fix) for fix in repaired.fixes]
    assert ("the standing draws could not be read" in told) is not bool(order)


def with_many_lines(book: Book) -> Book:
    """Thirty lines more, which fill some pages of the file."""
    lines = tuple(
        book.facilities[0].changed(id=f"l{n}", name=f"Line {n}", notes="x" * 900, tranches=())
        for n in range(30)
    )
    return book.changed(facilities=book.facilities + lines)


@pytest.mark.slow
def test_a_lost_page_costs_only_what_stood_on_it(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "big.backstop"
    BookFile.create(path, with_many_lines(book)).close()
    whole = path.read_bytes()
    saved: list[int] = []
    for page in range(1, len(whole) // PAGE):
        path.write_bytes(whole[: page * PAGE] + b"\xff" * PAGE + whole[(page + 1) * PAGE :])
        try:
            saved.append(len(list(examine(path, today=TODAY).book.records())))
        except DamagedBook:
            saved.append(0)
    assert sorted(saved)[len(saved) // 2] > 30


@pytest.mark.slow
def test_damage_at_random_is_mended_or_refused_in_words(path: Path, tmp_path: Path) -> None:
    whole = path.read_bytes()
    chance = random.Random(5)
    mended = 0
    for _ in range(150):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 4, 64))):
            damaged[chance.randrange(100, len(whole))] = chance.randrange(256)
        path.write_bytes(damaged)
        try:
            mended += bool(list(examine(path, today=TODAY).book.records()))
        except EnvironmentFault:
            continue
    assert mended > 140


def test_a_lost_beginning_costs_no_record(path: Path, book: Book) -> None:
    whole = path.read_bytes()
    path.write_bytes(b"\0" * PAGE + whole[PAGE:])
    with pytest.raises(NotABook):
        read_book(path)
    assert examine(path, today=TODAY).book == book


def test_a_definition_that_lost_a_letter_costs_no_record(path: Path, book: Book) -> None:
    whole = path.read_bytes()
    assert whole.count(b"purchases_only") == 1
    path.write_bytes(whole.replace(b"purchases_only", b"purchases_onlx"))
    repaired = examine(path, today=TODAY)
    assert repaired.book == book
    assert any("“credit lines” was damaged" in str(fix) for fix in repaired.fixes)


def kept(version: int) -> bytes:
    """The book file kept of that version."""
    return (Path(__file__).parents[1] / "upgrade" / f"v{version}.backstop").read_bytes()


def upgraded(folder: Path) -> tuple[Path, Book]:
    """A book of the first version, brought up in its own file."""
    path = folder / "old.backstop"
    path.write_bytes(kept(1))
    with BookFile.open(path) as file:
        return path, file.book


def test_an_upgraded_book_that_lost_its_beginning_keeps_every_record(tmp_path: Path) -> None:
    path, book = upgraded(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(b"\0" * PAGE + whole[PAGE:])
    assert examine(path, today=TODAY).book == book


def test_rows_from_before_an_upgrade_are_told_by_their_kinds(tmp_path: Path) -> None:
    path, book = upgraded(tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"CREATE TABLE", b"CREATE TABLX"))
    repaired = examine(path, today=TODAY)
    assert repaired.book == book


@pytest.mark.parametrize("version", range(1, FILE_VERSION))
@pytest.mark.parametrize("damage", ["end", "beginning", "first page"])
def test_an_older_book_is_mended_and_brought_up(tmp_path: Path, version: int, damage: str) -> None:
    path = tmp_path / "old.backstop"
    whole = kept(version)
    path.write_bytes(whole)
    book = read_book(path)
    assert any(each.rate_changes for each in book.facilities)
    damaged = {
        "end": whole[:-PAGE] + b"\xff" * PAGE,
        "beginning": b"\0" * 100 + whole[100:],
        "first page": b"\0" * PAGE + whole[PAGE:],
    }
    path.write_bytes(damaged[damage])
    repaired = examine(path, today=TODAY)
    assert repaired.book == book
    assert any("an older version" in str(fix) for fix in repaired.fixes)


def test_characters_that_cannot_be_read_are_told_and_the_rest_is_kept(path: Path) -> None:
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"Wallet", b"Wal\xfeet"))
    repaired = examine(path, today=TODAY)
    assert repaired.book.accounts[0].name == "Wal�et"
    assert any("“Wal�et” has characters" in str(fix) for fix in repaired.fixes)


def test_what_the_owner_deleted_does_not_come_back(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "big.backstop"
    with BookFile.create(path, with_many_lines(book)) as file:
        file.save(book)
    whole = path.read_bytes()
    path.write_bytes(whole.replace(b"CREATE TABLE", b"CREATE TABLX"))
    repaired = examine(path, today=TODAY)
    assert repaired.book == book
    assert not any("may be back" in str(fix) for fix in repaired.fixes)
    path.write_bytes(b"\0" * 16 + whole[16:])
    repaired = examine(path, today=TODAY)
    assert repaired.book == book
    assert any("may be back" in str(fix) for fix in repaired.fixes)


def test_rows_that_could_not_be_read_are_counted(path: Path) -> None:
    whole = bytearray(path.read_bytes())
    at = whole.index(b"jb-1") - 60
    whole[at : at + 60] = b"\xff" * 60
    path.write_bytes(whole)
    fixes = [str(fix) for fix in examine(path, today=TODAY).fixes]
    assert any(fix.startswith("1 rows stood on damaged pages") for fix in fixes), fixes


def test_a_missing_end_is_told(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "big.backstop"
    BookFile.create(path, with_many_lines(book)).close()
    whole = path.read_bytes()
    path.write_bytes(whole[: -5 * PAGE])
    said = [str(fix) for fix in examine(path, today=TODAY).fixes]
    assert any(each.startswith("the end of the file is missing (5 pages)") for each in said), said


def test_nothing_is_made_of_what_is_no_book(tmp_path: Path) -> None:
    path = tmp_path / "x.backstop"
    path.write_text("a shopping list", encoding="utf-8")
    with pytest.raises(NotABook):
        repair_into(path, tmp_path / "y.backstop")
    assert not (tmp_path / "y.backstop").exists()


def test_a_repair_never_overwrites(path: Path, tmp_path: Path) -> None:
    alter(path, "DELETE FROM tranche")
    target = tmp_path / "taken.backstop"
    target.write_bytes(b"mine")
    with pytest.raises(NotSaved, match="That is a book"):
        repair_into(path, target)
    assert target.read_bytes() == b"mine"


def test_a_locked_book_is_repaired_into_a_locked_one(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)
    with BookSession.open(path) as session:
        set_passphrase(session, "a long passphrase")
        key = session.key
    with closing(connect(path, "mode=ro", key)) as connection:
        named = "SELECT rootpage FROM sqlite_master WHERE name = 'cash_flow'"
        (page,) = connection.execute(named).fetchone()
    whole, at = path.read_bytes(), (page - 1) * PAGE + 50
    path.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
    with pytest.raises(DamagedBook):
        BookSession.open(path, key=key)
    target = tmp_path / "repaired.backstop"
    repaired = repair_into(path, target, key)
    assert repaired.fixes
    assert read_book(target, "a long passphrase") == repaired.book


# a repair never keeps quiet


@pytest.fixture
def backed_up(path: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """The book, with a history of an edit, and a backup."""
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))
    with BookSession.open(path) as session:
        session.apply(change_facts(session.book, owner="Owner"))
        session.back_up(Reason.OPEN)
    return path


def untold(before: Book, repaired: Repaired) -> list[str]:
    """The records that are not as they were, and of which no fix says so."""
    said = "\n".join(words_for("en").tell(each) for each in repaired.fixes)
    after = repaired.book.by_id
    return [
        each.name
        for each in before.by_id.values()
        if after.get(each.id) != each and each.name not in said and each.id not in said
    ]


def roots(path: Path) -> dict[str, int]:
    with closing(sqlite3.connect(path)) as connection:
        listed = "SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"
        return dict(connection.execute(listed).fetchall())


def overwritten(whole: bytes, place: int, other: int) -> bytes:
    """With the page `other` in the place of the page `place`; both count from 1."""
    page = whole[(other - 1) * PAGE : other * PAGE]
    return whole[: (place - 1) * PAGE] + page + whole[place * PAGE :]


@pytest.mark.slow
@pytest.mark.parametrize("exchanged", [False, True], ids=["copied over", "exchanged"])
def test_a_page_in_another_tables_place_is_noticed_and_every_record_told(
    backed_up: Path, exchanged: bool
) -> None:
    whole, before = backed_up.read_bytes(), read_book(backed_up)
    tables = roots(backed_up)
    for place in tables.values():
        for other in tables.values():
            if place == other:
                continue
            damaged = overwritten(whole, place, other)
            if exchanged:
                page = whole[(place - 1) * PAGE : place * PAGE]
                damaged = damaged[: (other - 1) * PAGE] + page + damaged[other * PAGE :]
            backed_up.write_bytes(damaged)
            repaired = examine(backed_up, today=TODAY)
            assert untold(before, repaired) == [], (place, other)
            if exchanged:
                assert repaired.book == before


@pytest.mark.slow
def test_without_a_backup_the_lost_are_named_by_what_the_file_still_says(
    path: Path, book: Book
) -> None:
    whole, tables = path.read_bytes(), roots(path)
    path.write_bytes(overwritten(whole, tables["cash_flow"], tables["history"]))
    repaired = examine(path, today=TODAY)
    said = [str(each) for each in repaired.fixes]
    assert "the entry “stock” is lost: only its identifier could be read" in said
    assert repaired.book == book.without("stock")


def test_a_changed_amount_is_told_though_something_else_was_mended_too(path: Path) -> None:
    alter(path, "UPDATE facility SET [limit] = 1 WHERE id = 'jiebei'", "DELETE FROM book")
    said = [str(each) for each in examine(path, today=TODAY).fixes]
    assert any("some value may have changed" in each for each in said), said


def test_what_the_history_says_otherwise_is_told_value_by_value(path: Path, book: Book) -> None:
    with BookSession.open(path) as session:
        session.apply(put_record(session.book, book.facilities[0].changed(limit=7_000_000)))
        session.apply(remove_record(session.book, "spring"))
    alter(
        path,
        "UPDATE facility SET [limit] = 7 WHERE id = 'jiebei'",
        "DELETE FROM cash_flow",
        "INSERT INTO planned_draw SELECT * FROM planned_draw",
    )
    said = [str(each) for each in examine(path, today=TODAY).fixes]
    assert "limit in “借呗” is “7”; the history of changes says “7000000”" in said


def test_a_draw_whose_line_is_lost_is_told(path: Path) -> None:
    alter(path, "DELETE FROM facility WHERE id = 'jiebei'")
    said = [str(each) for each in examine(path, today=TODAY).fixes]
    assert "“October” belonged to what is lost and was left out" in said


def test_rows_that_add_up_to_the_seal_need_no_doubt(path: Path, book: Book) -> None:
    whole, tables = path.read_bytes(), roots(path)
    one, two = tables["account"], tables["planned_draw"]
    damaged = overwritten(overwritten(whole, one, two), two, one)
    page = whole[(one - 1) * PAGE : one * PAGE]
    path.write_bytes(damaged[: (two - 1) * PAGE] + page + damaged[two * PAGE :])
    repaired = examine(path, today=TODAY)
    assert repaired.book == book
    assert not any("may have changed" in str(each) for each in repaired.fixes)


@pytest.mark.slow
def test_whatever_bytes_are_damaged_every_difference_is_told(backed_up: Path) -> None:
    whole, before = backed_up.read_bytes(), read_book(backed_up)
    chance = random.Random(17)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.choice((1, 1, 4, 64))):
            damaged[chance.randrange(100, len(whole))] ^= 1 << chance.randrange(8)
        backed_up.write_bytes(damaged)
        try:
            assert untold(before, examine(backed_up, today=TODAY)) == []
        except EnvironmentFault:
            continue


def test_a_repair_reads_a_large_file_page_by_page(
    path: Path, book: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = path.read_bytes()
    with path.open("wb") as file:
        file.write(whole.replace(b"CREATE TABLE", b"CREATE TABLX"))
        file.truncate(80_000_000)
    monkeypatch.setattr(Path, "read_bytes", None)
    tracemalloc.start()
    try:
        assert examine(path, today=TODAY).book == book
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
