"""How fast the engine answers, next to plain numpy that only touches the same memory.

Run with `python tests/benchmarks/bench_engine.py [--quick]`.
Prints one line a job: median milliseconds of this process alone (whatever else the machine does),
the yardstick's, and their ratio. Machines are noisy still: compare ratios.
"""

import statistics
import sys
import time
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

import numpy as np

from backstop.contingency import all_closures, low_under, outcomes
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Repeat,
)
from backstop.plan import answer
from backstop.projection import Projection, project
from benchmarks.asking import is_quick

AS_OF = date(2026, 11, 21)
RUNS = 15


def large_book(facilities: int, flows: int, horizon: int = 365) -> Book:
    """A book of that size: every line is drawn on, every third one pays purchases."""
    lines = [_line(number) for number in range(facilities)]
    lenders = [line for line in lines if not line.purchases_only]
    payers = [line for line in lines if line.purchases_only]
    draws = [_draw(number, line) for number, line in enumerate(lenders)]
    return Book(
        title="large",
        as_of=AS_OF,
        horizon_days=horizon,
        minimum_cash=10_000_00,
        accounts=(Account(id="bank", name="bank", balance=2_000_000_00),),
        facilities=tuple(lines),
        cash_flows=tuple(_flow(number, payers) for number in range(flows)),
        planned_draws=tuple(draws),
    )


def thin_book(facilities: int, flows: int) -> Book:
    """The same with receipts so late and cash so short that most losses hurt."""
    book = large_book(facilities, flows)
    late = [f.changed(usual_lateness_days=120) for f in book.cash_flows[::2]]
    sinking = book.changed(cash_flows=(*late, *book.cash_flows[1::2]))
    (bank,) = book.accounts
    lowest = int(project(sinking).low.min())
    return sinking.put(bank.changed(balance=bank.balance - lowest + 1))


def _line(number: int) -> Facility:
    buys = number % 3 == 2
    return Facility(
        id=f"line-{number}",
        name=f"line {number}",
        limit=100_000_00,
        rate_percent=Decimal("14.6"),
        purchases_only=buys,
        method=RepaymentMethod.STATEMENT_CYCLE if buys else RepaymentMethod.ANNUITY,
        statement_day=1 if buys else None,
        due_day=9 if buys else None,
        last_verified=AS_OF,
    )


def _draw(number: int, line: Facility) -> PlannedDraw:
    return PlannedDraw(
        id=f"draw-{number}",
        name=f"draw {number}",
        facility=line.id,
        first_date=AS_OF + timedelta(days=7 + number % 90),
        repeat=Repeat.MONTHS,
        every=3,
        amount=10_000_00 + number * 100,
    )


def _flow(number: int, payers: list[Facility]) -> CashFlow:
    receipt = number % 2 == 0
    through = payers[number % len(payers)].id if payers and number % 5 == 1 else ""
    return CashFlow(
        id=f"flow-{number}",
        name=f"flow {number}",
        direction=Direction.RECEIPT if receipt else Direction.PAYMENT,
        amount=1_000_00 + number % 977,
        first_date=AS_OF + timedelta(days=number % 28),
        repeat=Repeat.MONTHS,
        priority=Priority(1 + number % 3),
        through="" if receipt else through,
    )


def median_ms(job: Callable[[], object]) -> float:
    job()
    times = []
    for _ in range(RUNS):
        start = time.process_time()
        job()
        times.append(time.process_time() - start)
    return 1000 * statistics.median(times)


def touch_of(rows: int, days: int) -> Callable[[], object]:
    """Plain numpy over as many numbers: add, prefix sum, and look for the least."""
    matrix, base = np.ones((rows, days), dtype=np.int64), np.ones(days, dtype=np.int64)
    return lambda: (base + np.cumsum(matrix, axis=1)).min(axis=1)


def report(name: str, job: Callable[[], object], yardstick: Callable[[], object]) -> None:
    mine, plain = median_ms(job), median_ms(yardstick)
    sys.stdout.write(f"{name:<58}{mine:9.2f} ms{plain:9.2f} ms   x{mine / plain:.1f}\n")


def main() -> None:
    quick = is_quick(__doc__)
    count, flows = (5, 10) if quick else (200, 1000)
    sys.stdout.write(f"{'job':<58}{'median':>12}{'numpy':>12}\n")
    book = large_book(count, flows)
    projection = project(book)
    closures = all_closures(book)
    touch = touch_of(len(closures), projection.days)
    report(
        f"{count} single closures x 366 days: cash", lambda: low_under(projection, closures), touch
    )
    report(f"{count} single closures: all figures", lambda: outcomes(projection, closures), touch)
    thin = project(thin_book(count, flows))
    report(f"{count} single closures, most of which hurt", lambda: outcomes(thin, closures), touch)
    report(f"{count} lines, {flows:,} flows: book to verdict", lambda: answer(book), touch)
    for lines, flows in ((2, 10),) if quick else ((20, 500), (200, 500), (200, 5000)):
        grown = large_book(lines, flows)
        touch = touch_of(7, len(project(grown).flows))
        name = f"{lines} lines, {flows} records"
        report(f"{name}: book to balances, nothing kept", _cold(grown), touch)
        report(f"{name}: after one edit", _edited(grown), touch)


def _cold(book: Book) -> Callable[[], Projection]:
    """Each time on another as-of date, so that nothing is kept from before."""
    books = (book.changed(as_of=AS_OF - timedelta(days=n + 1)) for n in range(RUNS + 1))
    ready = iter(list(books))
    return lambda: project(next(ready))


def _edited(book: Book) -> Callable[[], Projection]:
    """Each time another payment has another amount."""
    flows = book.cash_flows
    chosen = [(n, flows[n % len(flows)]) for n in range(1, RUNS + 2)]
    books = iter([book.put(each.changed(amount=each.amount + n)) for n, each in chosen])
    project(book)
    return lambda: project(next(books))


if __name__ == "__main__":
    main()
