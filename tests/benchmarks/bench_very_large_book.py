"""A book of 2,000 lines and 50,000 records, as untidy as the hard ones (`tests/hard_books.py`):

    python tests/benchmarks/bench_very_large_book.py [--quick]

Opening its file, an edit until it is durable, `project`, `stress`, and what a window shows first:
seconds of processor time and of the clock, then memory. Reach: open within 4 s, an edit durable
within 100 ms, `project` within 6 s; the last line names what takes longer.
"""

import contextlib
import io
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.__main__ import main as backstop
from backstop.domain import CashFlow
from backstop.plan import answer
from backstop.projection import project
from backstop.services.commands import put_record
from backstop.services.session import BookSession
from backstop.store import BookFile, book_from_json
from benchmarks.asking import is_quick
from hard_books import CASH, hard_json

LINES, RECORDS = 2_000, 50_000
OPEN, EDIT, PROJECT, STRESS = 4.0, 0.1, 6.0, 8.0
EDITS = 5


def main() -> int:
    size = (20, 500) if is_quick(__doc__) else (LINES, RECORDS)
    late = list[str]()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA"):
            os.environ[f"BACKSTOP_{name}_DIR"] = folder
        file = Path(folder) / "large.backstop"
        BookFile.create(file, book_from_json(hard_json(CASH[0], *size))).close()
        jobs: list[tuple[str, float, Callable[[], object]]] = [
            ("project, by the command line", PROJECT, lambda: _asked("project", file)),
            ("stress, by the command line", STRESS, lambda: _asked("stress", file)),
        ]
        with _open(file, late) as session:
            _edits(session, late)
            book = session.book
            _timed("projection, with the book in memory", PROJECT, lambda: project(book), late)
            _timed("first answers, with the book in memory", STRESS, lambda: answer(book), late)
        for name, reach, job in jobs:
            _timed(name, reach, job, late)
    print(f"peak memory {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")
    print(f"{len(late)} beyond reach", *late, sep="\n  ")
    return 0


@contextlib.contextmanager
def _open(file: Path, late: list[str]) -> Iterator[BookSession]:
    opened: list[BookSession] = []
    _timed("open", OPEN, lambda: opened.append(BookSession.open(file)), late)
    with opened[0] as session:
        yield session


def _edits(session: BookSession, late: list[str]) -> None:
    """Each until it is in the file; the first one is the first of the session."""
    for number in range(EDITS):
        record = session.book.cash_flows[number * 7]
        put = record.changed(amount=record.amount + 1)
        edit = partial(_put, session, put)
        _timed(f"edit {number + 1}, durable", EDIT, edit, late)


def _put(session: BookSession, record: CashFlow) -> None:
    session.apply(put_record(session.book, record))


def _asked(command: str, file: Path) -> None:
    with contextlib.redirect_stdout(io.StringIO()):
        backstop([command, str(file)])


def _timed(name: str, reach: float, job: Callable[[], object], late: list[str]) -> None:
    alone, clock = time.process_time(), time.perf_counter()
    job()
    alone, clock = time.process_time() - alone, time.perf_counter() - clock
    print(f"{name:<44}{alone:8.3f} s{clock:8.3f} s by the clock", flush=True)
    if alone > reach:
        late.append(name)


if __name__ == "__main__":
    raise SystemExit(main())
