"""Repair: what can be read is saved into a new file, every fix is told, the old file is let be."""

import random
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import msgspec
import pytest

from backstop.domain import Book, EnvironmentFault
from backstop.services.passphrase import set_passphrase
from backstop.services.repair import examine, repair_into
from backstop.services.session import BookSession, DamagedBook, NotABook, NotSaved, read_book
from backstop.store import BookFile
from backstop.store.connecting import connect
from backstop.store.layout import FILE_VERSION
from backstop.telling import words_for
from store.repairing import PAGE, TODAY, alter


@pytest.fixture
def path(book_path: Path) -> Path:
    return book_path


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
