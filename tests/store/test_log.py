"""The log beside a book: a damaged one and a foreign one are noticed, said, and kept aside."""

import shutil
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from backstop.domain import Book
from backstop.services.session import BookSession, read_book
from backstop.store import BookFile
from backstop.store.key import new_key
from backstop.telling import words_for

FRAME = 24 + 4096


def wal_of(path: Path) -> Path:
    return path.with_name(path.name + "-wal")


def killed_after(path: Path, *titles: str) -> None:
    """As a killed writer leaves it: these titles are saved, and stand in the log alone."""
    aside = path.with_name("aside")
    with closing(sqlite3.connect(path)) as reader:
        reader.execute("PRAGMA journal_mode = WAL")
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM book").fetchall()  # keeps the log from being worked in
        with BookFile.open(path) as file:
            for title in titles:
                file.save(file.book.changed(title=title))
        shutil.copytree(path.parent, aside, ignore=shutil.ignore_patterns("*.lock", "aside"))
    for each in aside.iterdir():
        shutil.move(each, path.parent / each.name)
    aside.rmdir()


def files(path: Path) -> set[str]:
    return {each.name for each in path.parent.iterdir()}


def said(file: BookFile) -> str:
    return str(file.found)


def test_a_log_that_a_killed_writer_left_is_worked_in_and_nothing_is_said(book_path: Path) -> None:
    killed_after(book_path, "One", "Two")
    assert wal_of(book_path).exists()
    with BookFile.open(book_path) as file:
        assert (file.book.title, file.found) == ("Two", None)
    assert files(book_path) == {book_path.name}


@pytest.mark.parametrize("frame", ["first", "last"])
@pytest.mark.parametrize("place", [0, 5, 8, 12, 16, 23, 24, 2000, FRAME - 1])
def test_a_damaged_log_that_hides_saved_changes_is_said_and_kept(
    book_path: Path, book: Book, frame: str, place: int
) -> None:
    killed_after(book_path, "One", "Two")
    log = wal_of(book_path)
    whole = log.read_bytes()
    at = 32 + place + (0 if frame == "first" else len(whole) - 32 - FRAME)
    damaged = whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :]
    log.write_bytes(damaged)
    with BookFile.open(book_path, read_only=True) as file:
        assert "The log beside “workshop.backstop” is damaged" in said(file)
    with BookFile.open(book_path) as file:
        assert file.book.title in (book.title, "One")
        assert f"kept as “{log.name}.kept-1”" in said(file)
        assert words_for("zh_CN").tell(file.found) != said(file) if file.found else False
    assert files(book_path) == {book_path.name, f"{log.name}.kept-1"}
    assert book_path.with_name(f"{log.name}.kept-1").read_bytes() == damaged


@pytest.mark.parametrize("left", [40, 32 + FRAME, 32 + FRAME + 100, -1])
def test_a_log_that_was_cut_is_said_as_long_as_its_index_knows_of_it(
    book_path: Path, left: int
) -> None:
    killed_after(book_path, "One", "Two")
    whole = wal_of(book_path).read_bytes()
    wal_of(book_path).write_bytes(whole[:left])
    with BookFile.open(book_path) as file:
        assert "is damaged" in said(file)


def test_a_log_with_a_damaged_head_is_said(book_path: Path, book: Book) -> None:
    killed_after(book_path, "One")
    whole = wal_of(book_path).read_bytes()
    wal_of(book_path).write_bytes(whole[:17] + bytes([whole[17] ^ 1]) + whole[18:])
    with BookFile.open(book_path) as file:
        assert "is damaged" in said(file)
        assert file.book == book


def test_a_change_that_was_under_way_when_the_program_was_killed_is_no_damage(
    book_path: Path,
) -> None:
    killed_after(book_path, "One", "Two")
    whole = wal_of(book_path).read_bytes()
    wal_of(book_path).write_bytes(whole + whole[-FRAME:-2000])  # a frame that was half written
    with BookFile.open(book_path) as file:
        assert (file.book.title, file.found) == ("Two", None)


def test_a_frame_half_written_over_an_older_log_is_no_damage(book_path: Path) -> None:
    """Of a log that begins anew the pages of the one before it are still there."""
    killed_after(book_path, "One", "Two")
    whole = wal_of(book_path).read_bytes()
    salts = whole[16:24]
    head = (2).to_bytes(4, "big") + bytes(4) + salts + b"checksum"
    wal_of(book_path).write_bytes(whole + head + whole[-4096:] + bytes(FRAME))
    with BookFile.open(book_path) as file:
        assert (file.book.title, file.found) == ("Two", None)


@pytest.mark.parametrize("suffix", ["-wal", "-journal"])
@pytest.mark.parametrize("locked", [False, True], ids=["open", "locked"])
def test_a_log_of_an_earlier_state_is_not_worked_in(
    tmp_path: Path, book: Book, suffix: str, locked: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)
    key = new_key("a long passphrase") if locked else None
    path = tmp_path / "books" / "shop.backstop"
    BookFile.create(path, book, key=key).close()
    old = kept_log(path, book, key, suffix)
    log = path.with_name(path.name + suffix)
    with BookFile.open(path, key=key) as file:
        for title in ("Two", "Three"):
            file.save(file.book.changed(title=title))
    whole = path.read_bytes()
    log.write_bytes(old)
    with BookFile.open(path, key=key, read_only=True) as file:
        assert file.book.title == "Three"
        assert "a log that is not its own" in said(file)
    assert (path.read_bytes(), log.read_bytes()) == (whole, old)
    heard: list[str] = []
    assert read_book(path, key=key, tell=lambda each: heard.append(str(each))).title == "Three"
    assert len(heard) == 1
    with BookSession.open(path, key=key) as session:
        assert session.book.title == "Three"
        assert f"kept as “{log.name}.kept-1”" in str(session.take_remark())
        assert session.take_remark() is None
    assert path.with_name(f"{log.name}.kept-1").read_bytes() == old


def kept_log(path: Path, book: Book, key: object, suffix: str) -> bytes:
    """A log of an earlier session, which holds every page of the file as it was then."""
    from backstop.store.connecting import connect
    from backstop.store.key import Key

    assert key is None or isinstance(key, Key)
    with closing(connect(path, "mode=rw", key)) as connection:
        if suffix == "-wal":
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA wal_autocheckpoint = 0")
        else:
            connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("BEGIN IMMEDIATE")
        for table in ("book", "history", "seal", "account", "facility", "cash_flow"):
            connection.execute(f"CREATE TABLE {table}_2 AS SELECT * FROM {table}")
            connection.execute(f"DELETE FROM {table}")
            connection.execute(f"INSERT INTO {table} SELECT * FROM {table}_2")
            connection.execute(f"DROP TABLE {table}_2")
        if suffix == "-wal":
            connection.execute("COMMIT")
            return path.with_name(path.name + suffix).read_bytes()
        connection.execute("PRAGMA cache_size = 1")  # pages go to the file before the end
        for number in range(10_000, 10_050):
            values = (number, "x" * 8000)
            connection.execute(
                "INSERT INTO history SELECT ?, 1, '', '', '', '', ?, '', '', ''", values
            )
        data = path.with_name(path.name + suffix).read_bytes()
        connection.execute("ROLLBACK")
        return data


def test_a_new_book_keeps_the_log_of_an_earlier_one_of_its_name(
    book_path: Path, book: Book
) -> None:
    killed_after(book_path, "One")
    log = wal_of(book_path).read_bytes()
    book_path.unlink()
    BookFile.create(book_path, book).close()
    assert read_book(book_path) == book
    assert book_path.with_name(book_path.name + "-wal.kept-1").read_bytes() == log
