"""An owner's program, run as from outside, and what plain SQLite finds in the file afterwards."""

import contextlib
import io
import os
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from backstop.__main__ import main
from backstop.domain import KeptRow, KeptStatement, Settled, Statements, message
from backstop.services.commands import Change
from backstop.services.session import BookSession
from backstop.store import BookFile
from store.example import DAY_0, small_book

PLANTED = "Planted-Haselstrauch-4712"
SECRET, SECOND = "correct horse battery", "staple and some more"
PAGE = 4096
Rows = dict[str, dict[object, tuple[object, ...]]]
"""Of each table, its rows by their first column."""


class Broken(AssertionError):
    """A promise was broken."""


def expect(holds: bool, said: str) -> None:
    if not holds:
        raise Broken(said)


def told(*arguments: object) -> tuple[int, str]:
    """One command line: its exit code, and all that it said."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main([str(each) for each in arguments])
    expect(code != 1, f"a failure of ours: {out.getvalue()[-300:]}")
    return code, out.getvalue()


def full_book(path: Path, notes: str = PLANTED) -> None:
    """A book with something in every table: rows settled, a statement, a history, a backup."""
    settled = [
        Settled(
            kind="payment",
            name=f"{PLANTED} {n}",
            rule_date=DAY_0,
            planned_day=DAY_0,
            planned=100 + n,
            actual=n,
        )
        for n in range(40)
    ]
    file = KeptStatement(
        key="may", name=PLANTED, layout="alipay", read_on=DAY_0, first_day=DAY_0, last_day=DAY_0
    )
    rows = tuple(
        KeptRow(
            digest=f"d{n}",
            statement="may",
            line=n,
            day=DAY_0,
            amount=n,
            direction="out",
            nature="payment",
            standing="done",
            counterparty=f"{PLANTED} {n}",
        )
        for n in range(40)
    )
    kept = Statements((file,), rows)
    book = small_book()
    BookFile.create(path, book, ledger=settled, statements=kept).close()
    with BookSession.open(path) as session:
        for number in range(12):
            edit(session, number, notes)
        session.back_up()


def edit(session: BookSession, number: int, notes: str = PLANTED) -> None:
    after = session.book.changed(title=f"Edit {number}", notes=f"{notes} {number} " * (number % 40))
    session.apply(Change(session.book, after, message("edit")))


def rows_in(path: Path) -> Rows:
    """All that a file says, by plain SQLite; raises `sqlite3.Error`."""
    found: Rows = {}
    place = f"{path.absolute().as_uri()}?mode=ro&immutable=1"  # or it leaves logs beside it
    with contextlib.closing(sqlite3.connect(place, uri=True)) as connection:
        connection.text_factory = bytes
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in listed.fetchall():
            table = name.decode()
            found[table] = {row[0]: row for row in connection.execute(f"SELECT * FROM [{table}]")}
    return found


def without_times(rows: Rows) -> Rows:
    """The same without what the clock says, and the seal over it."""
    plain = {name: each for name, each in rows.items() if name not in ("seal", "history")}
    return plain | {"history": dict.fromkeys(rows["history"], ())}


def nothing_lies_about(folder: Path, name: str) -> None:
    ends = (".new", "-wal", "-shm", "-journal")
    left = [each.name for each in folder.rglob("*") if each.name.endswith(ends)]
    expect(not left, f"{name}: left {left}")
    open_to_others = [each for each in folder.rglob("*.backstop") if each.stat().st_mode & 0o077]
    expect(not [e for e in open_to_others if "data" in e.parts], f"others may read {name}")


@contextlib.contextmanager
def data_of(folder: Path) -> Iterator[None]:
    before = os.environ["BACKSTOP_DATA_DIR"]
    os.environ["BACKSTOP_DATA_DIR"] = str(folder / "data")
    yield
    os.environ["BACKSTOP_DATA_DIR"] = before


_kept: list[Path] = []


def template() -> Path:
    """A full book, made once."""
    if not _kept:
        folder = Path(tempfile.mkdtemp())
        _kept.append(folder / "template.backstop")
        with data_of(folder):
            full_book(_kept[0])
    return _kept[0]
