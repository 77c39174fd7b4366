"""What the book file costs: `python tests/benchmarks/bench_book.py`; targets stand beside.

A book of 200 facilities and 5,000 cash flows, open and with a passphrase. An edit is timed until it
is durable; the time of the disk alone stands with it, since that is most of it.
"""

import os
import statistics
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT / "src")]

from backstop.domain import Book, CashFlow, Direction, Facility, Tranche  # noqa: E402
from backstop.services.backups import Reason, backups_of  # noqa: E402
from backstop.services.commands import put_record  # noqa: E402
from backstop.services.passphrase import set_passphrase  # noqa: E402
from backstop.services.session import BookSession, prepare_writing  # noqa: E402
from backstop.store.key import Key  # noqa: E402

DAY_0 = date(2026, 1, 5)
EDITS, OPENINGS, BACKUPS = 100, 10, 8


def large_book() -> Book:
    facilities = tuple(
        Facility(
            id=f"line-{n}",
            name=f"Line {n}",
            limit=10_000 * n,
            tranches=(Tranche(id=f"draw-{n}", name="Draw", principal=1, next_due=DAY_0),),
        )
        for n in range(200)
    )
    flows = tuple(
        CashFlow(
            id=f"flow-{n}",
            name=f"Flow {n}",
            first_date=DAY_0 + timedelta(days=n % 365),
            direction=Direction.PAYMENT,
            amount=100 + n,
        )
        for n in range(5_000)
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
        record = session.book.cash_flows[number * 37 % 5_000]
        change = put_record(session.book, record.changed(amount=record.amount + 1))
        times.append(timed(lambda change=change: session.apply(change)))  # type: ignore[misc]
    return times


def disk(folder: Path) -> list[float]:
    """One forced write to this disk, by itself."""
    times = []
    with (folder / "disk").open("wb", buffering=0) as file:
        for _ in range(50):
            file.write(b"x" * 4096)
            times.append(timed(lambda: os.fsync(file.fileno())))
    return times


def while_editing(session: BookSession) -> list[float]:
    """Edits made while another thread makes one backup after the other."""
    stop = threading.Event()

    def back_up() -> None:
        while not stop.is_set():
            session.back_up(Reason.EDIT)

    worker = threading.Thread(target=back_up)
    worker.start()
    try:
        return edits(session, 30)
    finally:
        stop.set()
        worker.join()


def measure(path: Path, key: Key | None, name: str) -> None:
    opened = [timed(lambda: BookSession.open(path, key=key).close()) for _ in range(OPENINGS)]
    with BookSession.open(path, key=key) as session:
        edits(session, 5)
        times = edits(session, EDITS)
        backups = []
        for _ in range(BACKUPS):
            edits(session, 1)
            backups.append(timed(session.back_up))
        besides = while_editing(session)
    print(f"{name}: opening p50 {statistics.median(opened):.0f} ms (300)")
    print(f"{name}: edit p50 {statistics.median(times):.1f}, p95 {p95(times):.1f} ms (30)")
    print(f"{name}: backup p50 {statistics.median(backups):.0f}, p95 {p95(backups):.0f} ms (200)")
    print(f"{name}: edit during backups p50 {statistics.median(besides):.1f} ms, none refused")


def main() -> None:
    prepare_writing()
    with tempfile.TemporaryDirectory(dir=sys.argv[1] if len(sys.argv) > 1 else None) as made:
        folder = Path(made)
        os.environ["BACKSTOP_DATA_DIR"] = str(folder / "data")
        path = folder / "large.backstop"
        print(f"disk: a forced write p50 {statistics.median(disk(folder)):.1f} ms")
        with BookSession.create(path, large_book()):
            pass
        print(f"file: {path.stat().st_size / 1e6:.1f} MB")
        measure(path, None, "plain")
        with BookSession.open(path) as session:
            print(f"locking: {timed(lambda: set_passphrase(session, 'a long passphrase')):.0f} ms")
            key = session.key
        measure(path, key, "locked")
        assert backups_of(path)


if __name__ == "__main__":
    main()
