"""What the book file costs: `python tests/benchmarks/bench_book.py [FOLDER] [--quick]`.

Targets stand beside. A book of 200 facilities and 5,000 cash flows, open and with a passphrase. An
edit is timed until it is durable; the time of the disk alone stands with it, since that is most of
it.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.domain import Book, CashFlow, Direction, Facility, Tranche
from backstop.services.backups import Reason, backups_of
from backstop.services.commands import put_record
from backstop.services.passphrase import set_passphrase
from backstop.services.session import BookSession, prepare_writing
from backstop.store.key import Key
from benchmarks.asking import parser

DAY_0 = date(2026, 1, 5)


@dataclass(frozen=True)
class Size:
    """How much is measured: records in the book, and how often each thing is done."""

    facilities: int = 200
    flows: int = 5_000
    edits: int = 100
    edits_beside: int = 30
    openings: int = 10
    backups: int = 8
    writes: int = 50


TINY = Size(facilities=2, flows=50, edits=2, edits_beside=2, openings=2, backups=2, writes=2)


def large_book(size: Size) -> Book:
    facilities = tuple(
        Facility(
            id=f"line-{n}",
            name=f"Line {n}",
            limit=10_000 * n,
            tranches=(Tranche(id=f"draw-{n}", name="Draw", principal=1, next_due=DAY_0),),
        )
        for n in range(size.facilities)
    )
    flows = tuple(
        CashFlow(
            id=f"flow-{n}",
            name=f"Flow {n}",
            first_date=DAY_0 + timedelta(days=n % 365),
            direction=Direction.PAYMENT,
            amount=100 + n,
        )
        for n in range(size.flows)
    )
    return Book(title="Large", as_of=DAY_0, facilities=facilities, cash_flows=flows)


def timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return 1000 * (time.perf_counter() - began)


def p95(times: list[float]) -> float:
    return statistics.quantiles(times, n=20)[-1]


def edits(session: BookSession, count: int) -> list[float]:
    times = []
    for number in range(count):
        record = session.book.cash_flows[number * 37 % len(session.book.cash_flows)]
        change = put_record(session.book, record.changed(amount=record.amount + 1))
        times.append(timed(lambda change=change: session.apply(change)))  # type: ignore[misc]
    return times


def disk(folder: Path, writes: int) -> list[float]:
    """One forced write to this disk, by itself."""
    times = []
    with (folder / "disk").open("wb", buffering=0) as file:
        for _ in range(writes):
            file.write(b"x" * 4096)
            times.append(timed(lambda: os.fsync(file.fileno())))
    return times


def while_editing(session: BookSession, count: int) -> list[float]:
    """Edits made while another thread makes one backup after the other."""
    stop = threading.Event()

    def back_up() -> None:
        while not stop.is_set():
            session.back_up(Reason.EDIT)

    worker = threading.Thread(target=back_up)
    worker.start()
    try:
        return edits(session, count)
    finally:
        stop.set()
        worker.join()


def measure(path: Path, key: Key | None, name: str, size: Size) -> None:
    opened = [timed(lambda: BookSession.open(path, key=key).close()) for _ in range(size.openings)]
    with BookSession.open(path, key=key) as session:
        edits(session, 5)
        times = edits(session, size.edits)
        backups = []
        for _ in range(size.backups):
            edits(session, 1)
            backups.append(timed(session.back_up))
        besides = while_editing(session, size.edits_beside)
    print(f"{name}: opening p50 {statistics.median(opened):.0f} ms (300)")
    print(f"{name}: edit p50 {statistics.median(times):.1f}, p95 {p95(times):.1f} ms (30)")
    print(f"{name}: backup p50 {statistics.median(backups):.0f}, p95 {p95(backups):.0f} ms (200)")
    print(f"{name}: edit during backups p50 {statistics.median(besides):.1f} ms, none refused")


def main() -> None:
    options = parser(__doc__)
    options.add_argument("folder", nargs="?", help="on which disk; the usual one for such files")
    asked = options.parse_args()
    size = TINY if asked.quick else Size()
    prepare_writing()
    with tempfile.TemporaryDirectory(dir=asked.folder) as made:
        folder = Path(made)
        os.environ["BACKSTOP_DATA_DIR"] = str(folder / "data")
        path = folder / "large.backstop"
        print(f"disk: a forced write p50 {statistics.median(disk(folder, size.writes)):.1f} ms")
        with BookSession.create(path, large_book(size)):
            pass
        print(f"file: {path.stat().st_size / 1e6:.1f} MB")
        measure(path, None, "plain", size)
        with BookSession.open(path) as session:
            print(f"locking: {timed(lambda: set_passphrase(session, 'a long passphrase')):.0f} ms")
            key = session.key
        measure(path, key, "locked", size)
        assert backups_of(path)


if __name__ == "__main__":
    main()
