"""The five hard books (`tests/hard_books.py`): the first answer to each question, and the plans of
the gravest.

    python tests/benchmarks/bench_hard_books.py [--quick]

Seconds of processor time, which other programs on the machine hardly stretch, and memory. The
yardstick, in the same run: the projection alone. Reach, of each book: first answers within 4 s,
twelve plans within 40 s, 350 MB; the last line names what takes longer.
"""

import contextlib
import io
import os
import resource
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.__main__ import main as backstop
from backstop.domain import Book
from backstop.plan import answer, assess
from backstop.projection import project
from benchmarks.asking import is_quick
from hard_books import CASH, QUESTIONS, hard_book, hard_json

FIRST, LAST, MEMORY = 4.0, 40.0, 350


def main() -> int:
    quick = is_quick(__doc__)
    size = (6, 40) if quick else ()
    late = list[str]()
    with tempfile.TemporaryDirectory() as folder:
        for name in ("CONFIG", "DATA"):
            os.environ[f"BACKSTOP_{name}_DIR"] = folder
        for cash in CASH[:1] if quick else CASH:
            file = Path(folder) / f"{cash}.json"
            file.write_bytes(hard_json(cash, *size))
            late += [f"{cash:,}: {each}" for each in _questions(file)]
            late += [f"{cash:,}: {each}" for each in _plans(cash, hard_book(cash, *size))]
    print(f"{len(late)} beyond reach", *late, sep="\n  ")
    return 0


def _questions(file: Path) -> list[str]:
    """Each question by the command line; those whose first answer comes late."""
    late = []
    for command, *options in QUESTIONS:
        begun = time.process_time()
        with contextlib.redirect_stdout(io.StringIO()):
            backstop([command, str(file), *options])
        took = time.process_time() - begun
        asked = " ".join((command, *options))
        print(f"{file.stem:>10} yuan   {asked:<60}{took:6.2f} s", flush=True)
        if took > FIRST:
            late.append(asked)
    return late


def _plans(cash: int, book: Book) -> list[str]:
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
    figures = (("first answers", first, FIRST), ("plans", last, LAST), ("memory", memory, MEMORY))
    return [name for name, figure, most in figures if figure > most]


if __name__ == "__main__":
    raise SystemExit(main())
