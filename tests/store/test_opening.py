"""Opening: each wrong file has its own sentence, and is left as it was."""

import os
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from backstop.domain import Book, EnvironmentFault
from backstop.store import BookFile, DamagedBook, NewerBook, NotABook, NotSaved, book_to_json


def alter(path: Path, *statements: str) -> None:
    """Change a file as another program would."""
    with closing(sqlite3.connect(path)) as connection, connection:
        for statement in statements:
            connection.execute(statement)


def make_empty(path: Path) -> None:
    path.write_bytes(b"")


def make_text(path: Path) -> None:
    path.write_text("a shopping list\n" * 100, encoding="utf-8")


def make_foreign(path: Path) -> None:
    path.unlink()
    alter(path, "CREATE TABLE songs (title TEXT)")


def make_newer(path: Path) -> None:
    alter(path, "PRAGMA user_version = 99")


def make_versionless(path: Path) -> None:
    alter(path, "PRAGMA user_version = 0")


def cut_short(path: Path) -> None:
    os.truncate(path, path.stat().st_size // 2)


def cut_in_header(path: Path) -> None:
    os.truncate(path, 60)


def lose_a_row(path: Path) -> None:
    alter(path, "DELETE FROM tranche")


def change_an_amount(path: Path) -> None:
    alter(path, 'UPDATE facility SET "limit" = "limit" + 1')


def plant_a_trigger(path: Path) -> None:
    alter(
        path,
        "CREATE TRIGGER t AFTER UPDATE ON facility BEGIN DELETE FROM tranche; END",
    )


def plant_a_view(path: Path) -> None:
    alter(path, "CREATE VIEW v AS SELECT 1")


def drop_a_table(path: Path) -> None:
    alter(path, "DROP TABLE link_member")


WRONG: list[tuple[Callable[[Path], None], type[EnvironmentFault], str]] = [
    (make_empty, NotABook, "is empty"),
    (make_text, NotABook, "is not a book file"),
    (make_foreign, NotABook, "is a database of another program"),
    (make_newer, NewerBook, "was written by a newer Backstop"),
    (make_versionless, DamagedBook, "is damaged"),
    (cut_short, DamagedBook, "is cut short"),
    (cut_in_header, DamagedBook, "is cut short"),
    (lose_a_row, DamagedBook, "something other than Backstop has changed it"),
    (change_an_amount, DamagedBook, "something other than Backstop has changed it"),
    (plant_a_trigger, DamagedBook, "something other than Backstop has changed it"),
    (plant_a_view, DamagedBook, "something other than Backstop has changed it"),
    (drop_a_table, DamagedBook, "something other than Backstop has changed it"),
]


@pytest.mark.parametrize("read_only", [False, True], ids=["to write", "to read"])
@pytest.mark.parametrize(
    ("spoil", "kind", "words"), WRONG, ids=[each[0].__name__ for each in WRONG]
)
def test_a_wrong_file_is_named_and_left_as_it_was(
    book_path: Path,
    spoil: Callable[[Path], None],
    kind: type[EnvironmentFault],
    words: str,
    read_only: bool,
) -> None:
    spoil(book_path)
    before = book_path.read_bytes()
    with pytest.raises(kind, match=words) as refused:
        BookFile.open(book_path, read_only=read_only)
    assert "“workshop.backstop”" in str(refused.value)
    assert book_path.read_bytes() == before
    assert [each.name for each in book_path.parent.iterdir()] == ["workshop.backstop"]


def test_opening_never_creates_a_file(tmp_path: Path) -> None:
    with pytest.raises(NotABook, match="does not exist"):
        BookFile.open(tmp_path / "none.backstop")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes among files there")
def test_a_pipe_is_not_waited_for(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.backstop")
    with pytest.raises(NotABook, match="cannot be read here"):
        BookFile.open(tmp_path / "pipe.backstop")


def test_a_folder_is_not_a_book(tmp_path: Path) -> None:
    with pytest.raises(NotABook, match="is a folder"):
        BookFile.open(tmp_path)


def test_creating_never_overwrites(book_path: Path, book: Book) -> None:
    before = book_path.read_bytes()
    with pytest.raises(NotSaved, match="That is a book"):
        BookFile.create(book_path, book)
    assert book_path.read_bytes() == before


def test_the_log_of_a_lost_book_does_not_reach_a_new_one(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "again.backstop"
    path.with_name(path.name + "-wal").write_bytes(b"\x37\x7f\x06\x82" + bytes(5000))
    BookFile.create(path, book).close()
    with BookFile.open(path) as file:
        assert file.book == book


def test_others_on_the_machine_cannot_read_a_book(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "new folder" / "private.backstop"
    with BookFile.create(path, book):
        assert stat.S_IMODE(path.stat().st_mode) == 0o600
        assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
        lock = path.with_name(path.name + ".lock")
        assert stat.S_IMODE(lock.stat().st_mode) == 0o600


def test_hostile_file_names_are_only_names(tmp_path: Path, book: Book) -> None:
    path = tmp_path / "50% off? #1 & 借呗 [x].backstop"
    BookFile.create(path, book).close()
    with BookFile.open(path) as file:
        assert file.book == book


def test_reading_a_book_imports_no_database_toolkit(book_path: Path, book: Book) -> None:
    code = (
        "import sys; from pathlib import Path; from backstop.store import BookFile, book_to_json;"
        "file = BookFile.open(Path(sys.argv[1]));"
        "sys.stdout.buffer.write(book_to_json(file.book));"
        "assert not {'sqlmodel', 'sqlalchemy', 'pydantic'} & set(sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, book_path], capture_output=True, check=True, env=_environment()
    )
    assert done.stdout == book_to_json(book)


def _environment() -> dict[str, str]:
    return os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
