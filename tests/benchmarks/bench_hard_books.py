"""The five hard books (`tests/hard_books.py`): the first answers, and the plans of the gravest.

    python tests/benchmarks/bench_hard_books.py [--quick]

Seconds of processor time, which other programs on the machine hardly stretch, and memory. The
yardstick, in the same run: the projection alone. Reach, of each book: first answers within 4 s,
twelve plans within 40 s, 350 MB.
"""

import resource
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.domain import Book
from backstop.plan import answer, assess
from backstop.projection import project
from benchmarks.asking import is_quick
from hard_books import CASH, hard_book


def main() -> int:
    quick = is_quick(__doc__)
    for cash in CASH[:1] if quick else CASH:
        _measure(cash, hard_book(cash, 4, 40) if quick else hard_book(cash))
    return 0


def _measure(cash: int, book: Book) -> None:
    begun = time.process_time()
    project(book)
    alone = time.process_time() - begun
    begun = time.process_time()
    found = answer(book)
    bounced = sum(len(each.outcome.bounced) for each in found.losses)
    first = time.process_time() - begun
    plans = sum(each.plan is not None for each in assess(found).losses)
    last = time.process_time() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    print(
        f"{cash:10,} yuan   projection {alone:6.2f} s   first answers {first:6.2f} s "
        f"({bounced} payments)   {plans:2} plans {last:6.2f} s   {memory} MB",
        flush=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
