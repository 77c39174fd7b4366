"""Every question about losses, as numbers:
`python tests/benchmarks/bench_contingencies.py [--quick]`.

Each job stands beside plain numpy that only touches as many numbers (add, prefix sum, least), in
the same run: the machine is noisy, the ratio less so. The last lines grow days, lines and flows.
"""

import resource
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

import numpy as np

from backstop.contingency import (
    Cascade,
    Contingency,
    found_closures,
    low_under,
    outcomes,
    pairs,
    single_closures,
    sweeps,
    with_standing_draws,
)
from backstop.contingency.losses import changes
from backstop.domain import Book, LossMode
from backstop.projection import Side, cash_schedule, project
from benchmarks.asking import is_quick
from benchmarks.bench_engine import AS_OF, large_book, median_ms, report, touch_of

TWO_YEARS = 730
TEN_YEARS = 3650
SIZES = (
    (20, 500, 365),
    (20, 500, TEN_YEARS),
    (200, 500, 365),
    (20, 5000, 365),
    (200, 5000, 365),
    (200, 5000, TEN_YEARS),
)
"""Lines, cash flows and days of the books that show the growth."""


def grouped_book(lines: int, flows: int, horizon: int, lenders: int = 20) -> Book:
    """The large book, its lines spread over some lenders."""
    book = large_book(lines, flows, horizon)
    spread = [
        line.changed(lender=f"lender {number % lenders}")
        for number, line in enumerate(book.facilities)
    ]
    return book.changed(facilities=tuple(spread))


def with_dates(closures: list[Contingency], each: int, days: int) -> list[Contingency]:
    """The same contingencies on several loss days."""
    step = days // each
    return [replace(k, loss_day=step * n) for k in closures for n in range(each)]


def adding(rows: int, days: int) -> Callable[[], object]:
    """Plain numpy for all pairs: each two rows added, and the least of the sum."""
    matrix = np.ones((rows, days), dtype=np.int64)
    return lambda: [(matrix[n + 1 :] + matrix[n]).min(axis=1) for n in range(rows - 1)]


def rows_of_the_design(lines: int) -> None:
    book = grouped_book(lines, 5 * lines, TWO_YEARS)
    projection = project(book)
    singles = single_closures(book)
    groups = found_closures(book)[:20]
    days = projection.days
    every = [*singles, *groups]
    touch = touch_of(len(every), days)
    report(
        f"R0, {len(every)} contingencies x {days} days", lambda: low_under(projection, every), touch
    )
    many = (every * 4)[: 4 * lines + 20]
    report(
        f"R0, {len(many)} x {days} days",
        lambda: low_under(projection, many),
        touch_of(len(many), days),
    )
    report("R0, all figures of each", lambda: outcomes(projection, every), touch)
    both = pairs(projection, singles)
    name = f"all {len(both):,} pairs x {days} days"
    report(name, lambda: pairs(projection, singles), adding(len(singles), days))
    dated = with_dates(singles, 24, days)
    touch = touch_of(len(dated), days)
    report(
        f"worst-day sweep, {lines} lines x 24 dates", lambda: low_under(projection, dated), touch
    )
    report(f"worst day of {lines} lines, exactly", lambda: sweeps(projection, singles), touch)
    cash = tuple(f.id for f in book.facilities if not f.purchases_only)
    ruled = project(book.changed(standing_draws=cash, accounts=()))
    touch = touch_of(len(every), days)
    report(
        f"R1, {lines} lines, {len(every)} contingencies",
        lambda: with_standing_draws(ruled, every),
        touch,
    )
    step = partial(_one_day_after_another, len(every), days)
    report("   its floor: the days one after the other, nothing drawn", step, touch)


def _one_day_after_another(rows: int, days: int) -> None:
    """What a rule that looks at each day's cash before the next cannot do without: the needs of
    all rows on a day, and which of them have one."""
    low, carried = np.ones((days, rows), dtype=np.int64), np.zeros(rows, dtype=np.int64)
    for day in range(days):
        carried += low[day]
        np.flatnonzero(1 - low[day] - carried > 0)


def other_modes(lines: int) -> None:
    book = grouped_book(lines, 5 * lines, TWO_YEARS)
    projection = project(book)
    singles = single_closures(book)
    touch = touch_of(len(singles), projection.days)
    for mode in (LossMode.FREEZE, LossMode.CALL, LossMode.LIMIT_CUT, LossMode.NO_RENEWAL):
        lost = [replace(each, mode=mode, notice_days=30) for each in singles]
        report(f"{lines} lines, {mode}", partial(low_under, projection, lost), touch)
    following = [replace(each, cascade=Cascade(14, 50)) for each in singles[:20]]
    cases = len(following)
    touch = touch_of(cases + lines, projection.days)
    name = f"{cases} cascades, each cutting {lines - 1} lines"
    report(name, lambda: low_under(projection, following), touch)
    _with_draws_changed(book, singles)


def _with_draws_changed(book: Book, singles: list[Contingency]) -> None:
    """Losses under which draws become others: what their schedules alone cost."""
    projection, short = project(book), project(sinking(book))
    touch = touch_of(len(singles), projection.days)
    bound = [replace(each, mode=LossMode.LIMIT_CUT, cut_percent=99) for each in singles]
    frozen = [replace(each, mode=LossMode.FREEZE) for each in singles]
    for name, known, lost in (
        ("limit_cut that binds each", projection, bound),
        ("freeze, draws made at the thaw", short, frozen),
    ):
        report(f"{len(singles)} lines, {name}", partial(low_under, known, lost), touch)
        new = changes(known, lost).appearing
        made = int(np.count_nonzero(new.side == Side.FUNDING))
        report(f"   its floor: {made} schedules", partial(_schedules, book, made), touch)


def _schedules(book: Book, number: int) -> None:
    """What so many draws are to be paid back, each by a schedule of its own."""
    for line, draw in islice(cycle(zip(book.facilities, book.planned_draws, strict=False)), number):
        cash_schedule(line, draw.amount, draw.first_date, draw.periods)


def sinking(book: Book) -> Book:
    """The same with so little cash that it is short on every day, so that draws always help."""
    (bank,) = book.accounts
    return book.put(bank.changed(balance=bank.balance - int(project(book).low.max()) - 1))


def growth(sizes: Sequence[tuple[int, int, int]]) -> None:
    """From book to every verdict, nothing kept from before: each book has days of its own."""
    sys.stdout.write("\nfrom records to flows, balances and every single loss, nothing kept\n")
    for shifted, (lines, flows, horizon) in enumerate(sizes, start=1):
        book = large_book(lines, flows, horizon).changed(as_of=AS_OF - timedelta(days=shifted))
        start = time.process_time()
        projection = project(book)
        cold = 1000 * (time.process_time() - start)
        kept = median_ms(partial(project, book))
        losses = median_ms(partial(outcomes, projection, single_closures(book)))
        sys.stdout.write(
            f"{lines:>4} lines {flows:>5} records {horizon:>5} days"
            f"{len(projection.flows):>8} flows"
            f"{cold:9.1f} ms{kept:9.1f} ms kept{losses:9.1f} ms losses\n"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sys.stdout.write(f"peak memory {peak:.0f} MB\n")


if __name__ == "__main__":
    quick = is_quick(__doc__)
    sys.stdout.write(f"{'job':<58}{'median':>12}{'numpy':>12}\n")
    rows_of_the_design(5 if quick else 200)
    other_modes(5 if quick else 200)
    growth(((2, 5, 30),) if quick else SIZES)
