"""What bringing a book to today costs: `python tests/benchmarks/bench_settling.py [--quick]`.

A book of 200 lines and 5,000 cash flows, by a month. Targets stand beside; medians in milliseconds
of this process alone, whatever else the machine does. Saving is that of the whole settling: the
book, its history and its ledger, durable; what the disk itself takes comes on top.
"""

import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.domain import Book
from backstop.plan import answer
from backstop.services.session import BookSession, prepare_writing
from backstop.services.settling import begin_settling, settled_change
from backstop.settling import advance, due_between
from benchmarks.asking import is_quick
from benchmarks.bench_engine import large_book

DAYS, RUNS = 30, 5
TARGETS = {"list": 100, "advance": 150, "saved and fresh verdict": 1000}


def main() -> None:
    size = (4, 60) if is_quick(__doc__) else (200, 5_000)
    book, runs = large_book(*size), 1 if is_quick(__doc__) else RUNS
    until = book.as_of + timedelta(days=DAYS)
    prepare_writing()
    answer(book)  # what was worked out of this book is there, as it is in a window
    print(f"{len(due_between(book, until))} things due in {DAYS} days")
    tell("list", [timed(lambda: due_between(book, until)) for _ in range(runs)])
    tell("advance", [timed(lambda: advance(book, until)) for _ in range(runs)])
    tell("saved and fresh verdict", [settled(book) for _ in range(runs)])


def settled(book: Book) -> float:
    """From the last click to the first answers of the later day."""
    work = begin_settling(book, book.as_of + timedelta(days=DAYS))
    _ = work.result  # the balances were looked at before
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "large.backstop")
        with BookSession.create(path, book) as session:

            def bring() -> None:
                session.apply(settled_change(work))
                answer(session.book)

            return timed(bring)


def timed(work: Callable[[], object]) -> float:
    began = time.process_time()
    work()
    return (time.process_time() - began) * 1000


def tell(name: str, times: list[float]) -> None:
    print(f"{name:26} {statistics.median(times):8.0f} ms   (target {TARGETS[name]} ms)")


if __name__ == "__main__":
    main()
