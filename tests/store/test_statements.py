"""What is kept of statements lies in the book's file: written, sealed, taken back, copied."""

import sqlite3
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest
from msgspec import structs

from backstop.domain import Book, KeptRow, KeptStatement, Statements, StatementsEdit, message
from backstop.services.commands import Change
from backstop.services.repair import examine, repair_into
from backstop.services.session import BookSession
from backstop.store import BookFile, DamagedStatements
from backstop.store.backup import back_up
from store.example import small_book

DAY = date(2026, 3, 14)


def kept(number: int, rows: int = 2) -> Statements:
    """A statement with some rows, each unlike all others."""
    key = f"file-{number}"
    return Statements(
        (KeptStatement(key=key, name="a.csv", layout="alipay", read_on=DAY, first_day=DAY,
                       last_day=DAY),),
        tuple(
            KeptRow(digest=f"{number}-{line}", statement=key, line=line, day=DAY, amount=5_00,
                    direction="out", nature="spending", standing="done", balance=None)
            for line in range(rows)
        ),
    )  # fmt: skip


def change(book: Book, edit: StatementsEdit) -> Change:
    return Change(book, book, message("take in “{name}”", name="a.csv"), statements=edit)


@pytest.fixture
def session(tmp_path: Path) -> BookSession:
    return BookSession.create(tmp_path / "own.backstop", small_book())


def test_rows_are_read_back_as_they_were_written(session: BookSession) -> None:
    session.apply(change(session.book, StatementsEdit(kept(1))))
    session.apply(change(session.book, StatementsEdit(kept(2, rows=3))))
    path = session.path
    assert path
    session.close()
    with BookFile.open(path) as file:
        assert [each.key for each in file.statements().files] == ["file-1", "file-2"]
        assert file.statements().rows == (*kept(1).rows, *kept(2, rows=3).rows)


@pytest.mark.parametrize("saves_later", [True, False])
def test_one_undo_takes_a_statement_back_and_redo_brings_it_again(
    session: BookSession, saves_later: bool
) -> None:
    session.saves_later = saves_later
    session.apply(change(session.book, StatementsEdit(kept(1))))
    assert len(session.statements().rows) == 2
    session.undo()
    assert session.statements() == Statements()
    session.redo()
    session.save()
    assert session.statements() == kept(1)


def test_a_forgotten_statement_leaves_the_digests_of_its_rows(session: BookSession) -> None:
    session.apply(change(session.book, StatementsEdit(kept(1))))
    digests = tuple(each.digest for each in kept(1).rows)
    [file] = kept(1).files
    forgotten = structs.replace(file, name="", seen=digests)
    session.apply(change(session.book, StatementsEdit(Statements((forgotten,)), kept(1))))
    found = session.statements()
    assert (found.files, found.rows) == ((forgotten,), ())
    assert found.known == set(digests)


def test_a_row_that_changes_is_in_the_file_once(session: BookSession) -> None:
    session.apply(change(session.book, StatementsEdit(kept(1))))
    [old, _] = kept(1).rows
    new = structs.replace(old, matched="rent@2026-03-14")
    session.apply(
        change(session.book, StatementsEdit(Statements(rows=(new,)), Statements(rows=(old,))))
    )
    assert sorted(each.matched for each in session.statements().rows) == ["", "rent@2026-03-14"]


def test_copies_hold_the_statements_too(session: BookSession, tmp_path: Path) -> None:
    session.apply(change(session.book, StatementsEdit(kept(1))))
    session.save_copy(tmp_path / "copy.backstop")
    path = session.path
    assert path
    session.close()
    back_up(path, tmp_path / "backup.backstop")
    for name in ("copy", "backup"):
        with BookFile.open(tmp_path / f"{name}.backstop", read_only=True) as file:
            assert file.statements() == kept(1)


def test_a_flipped_amount_is_noticed_and_the_book_is_still_whole(session: BookSession) -> None:
    session.apply(change(session.book, StatementsEdit(kept(1))))
    path = session.path
    assert path
    session.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE statement_row SET amount = 501 WHERE line = 1")
        connection.commit()
    with BookFile.open(path) as file:
        assert file.book == small_book()
        with pytest.raises(DamagedStatements):
            file.statements()


def test_a_repair_carries_statements_that_are_whole_and_says_so_of_others(
    session: BookSession, tmp_path: Path
) -> None:
    session.apply(change(session.book, StatementsEdit(kept(1))))
    path = session.path
    assert path
    session.close()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE seal SET digest = 'x' WHERE id = 1")
        connection.commit()
    repair_into(path, tmp_path / "mended.backstop")
    with BookFile.open(tmp_path / "mended.backstop", read_only=True) as file:
        assert file.statements() == kept(1)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE statement_row SET amount = 501 WHERE line = 1")
        connection.commit()
    found = examine(path)
    assert found.statements == Statements()
    assert "statements stays behind" in "\n".join(map(str, found.fixes))
