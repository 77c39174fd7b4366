"""A backup is proved before it has its name: made by SQLite, read back, compared."""

import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path

import pytest

from backstop.domain import Book
from backstop.store import BookFile, DamagedBook, NotSaved, connecting
from backstop.store import backup as backing
from backstop.store.backup import back_up, identity


def test_a_backup_holds_what_stands_in_the_log_only(
    book_path: Path, book: Book, tmp_path: Path
) -> None:
    with closing(sqlite3.connect(book_path, isolation_level=None)) as onlooker:
        onlooker.execute("BEGIN")
        onlooker.execute("SELECT title FROM book").fetchone()
        with BookFile.open(book_path) as file:
            file.save(book.changed(title="Only in the log"))
        plain_copy = Path(shutil.copyfile(book_path, tmp_path / "plain.backstop"))
        back_up(book_path, tmp_path / "backup.backstop")
    with BookFile.open(tmp_path / "backup.backstop") as file:
        assert file.book.title == "Only in the log"
        assert [each.after for each in file.history()] == ["Only in the log"]
    with BookFile.open(plain_copy) as file:
        assert file.book.title != "Only in the log"


def test_a_backup_says_the_same_and_is_one_file(book_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    back_up(book_path, folder / "b.backstop")
    assert identity(folder / "b.backstop") == identity(book_path)
    assert [each.name for each in folder.iterdir()] == ["b.backstop"]


@pytest.mark.skipif(sys.platform == "win32", reason="rights differ there")
def test_others_on_the_machine_cannot_read_a_backup(book_path: Path, tmp_path: Path) -> None:
    folder = tmp_path / "backups"
    back_up(book_path, folder / "b.backstop")
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    assert stat.S_IMODE((folder / "b.backstop").stat().st_mode) == 0o600


def test_no_backup_is_made_of_a_damaged_book(book_path: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(book_path)) as connection, connection:
        connection.execute("DELETE FROM link_member")
    with pytest.raises(DamagedBook):
        back_up(book_path, tmp_path / "backups" / "b.backstop")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_copy_that_says_something_else_gets_no_name(
    book_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "other.backstop"
    with BookFile.open(book_path) as file:
        BookFile.create(other, file.book.changed(title="Other")).close()
    monkeypatch.setattr(backing, "copy_pages", lambda _s, target, _k: shutil.copy(other, target))
    with pytest.raises(NotSaved, match="did not turn out as its book"):
        back_up(book_path, tmp_path / "backups" / "b.backstop")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_backup_never_replaces_another(book_path: Path, tmp_path: Path) -> None:
    target = tmp_path / "b.backstop"
    target.write_bytes(b"something")
    with pytest.raises(NotSaved):
        back_up(book_path, target)
    assert target.read_bytes() == b"something"


def test_a_backup_on_a_full_disk_is_refused_in_words(
    book_path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    through = connecting.connect

    def small(path: Path, options: str, key: object = None) -> sqlite3.Connection:
        connection = through(path, options)
        connection.execute("PRAGMA max_page_count = 2")
        return connection

    monkeypatch.setattr(backing, "connect", small)
    with pytest.raises(NotSaved):
        back_up(book_path, tmp_path / "backups" / "b.backstop")
    assert list((tmp_path / "backups").iterdir()) == []


def test_a_book_may_be_changed_while_it_is_backed_up(
    book_path: Path, book: Book, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    through = backing.copy_pages
    with BookFile.open(book_path) as file:

        def slow(source: sqlite3.Connection, target: Path, key: object) -> None:
            source.execute("SELECT title FROM book").fetchone()
            file.save(book.changed(title="Meanwhile"))
            through(source, target, None)

        monkeypatch.setattr(backing, "copy_pages", slow)
        back_up(book_path, tmp_path / "b.backstop")
    with BookFile.open(tmp_path / "b.backstop") as copy:
        assert copy.book == book
    with BookFile.open(book_path) as file:
        assert file.book.title == "Meanwhile"
