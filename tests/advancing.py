"""The law of advancing over many random books.

    python tests/advancing.py N SEED [FIRST]

brings N books to days on, before and after what happens in them, and compares the projection of
each old book, from that day on, with that of the advanced one: what moves, cash, the room on each
line, cash under each loss, and whether stops on the way make another book; and in some of them what
a plan that is being carried out, and the standing rule, do. Prints how often each
event was tried for each method, day count and calendar, and every book on which the law breaks.
Exits with 1 where it does, or where something was tried too seldom.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parent)]

from backstop.domain import (
    Account,
    BadInput,
    Book,
    CashFlow,
    Direction,
    EarlyEffect,
    Facility,
    LimitChange,
    Moved,
    PlannedDraw,
    Priority,
    RatePer,
    RepaymentMethod,
    Repeat,
    ScheduleRow,
    Tranche,
)
from backstop.projection import tranche_schedule
from living import (
    EVENTS,
    LOSSES,
    broken_on,
    days_around,
    events_of,
    inside,
    moves_alike,
    with_renewals,
)
from living_plans import days_of, in_flight, plan_broken_on, standing_broken_on, with_ways_out
from oracle.occurrences import rule_dates
from oracle.random_books import CELLS, Maker

ENOUGH = 30
PLANS = 7
"""Each so many books also has a plan that is being carried out."""

Trial = tuple[str, date, bool]
"""An event, the day to go to, and whether all of the law is asked for."""


def prepared(maker: Maker) -> Book:
    """A random book with ends of contracts, early repayments of every kind of draw, and the rest of
    what a line can have."""
    random = maker.random
    book = with_renewals(maker.book(), random)
    for line in book.facilities:
        tranches = tuple(_repaid_early(book, line, each, random) for each in line.tranches)
        book = book.put(_limited(book, line.changed(tranches=tranches), random))
    book = with_a_late_customer(with_takings(book, random), random)
    return with_channels(with_one_gone(book, random), random)


def with_a_late_customer(book: Book, random: Random) -> Book:
    """With a receipt that usually comes late, where there is one."""
    receipts = [e for e in book.cash_flows if e.direction is Direction.RECEIPT and not e.through]
    if not receipts or any(each.usual_lateness_days for each in receipts):
        return book
    late = random.choice(receipts).changed(usual_lateness_days=random.randrange(1, 45))
    return book.put(late)


def with_one_gone(book: Book, random: Random) -> Book:
    """Perhaps with a line that is really gone, since a while or from some day on."""
    lines = [each for each in book.facilities if not each.is_overdraft]
    if not lines or random.random() < 0.7:
        return book
    since = book.as_of + random.randrange(-30, book.horizon_days // 2) * timedelta(1)
    return book.put(random.choice(lines).changed(lost_since=since))


def _some_day(book: Book, random: Random) -> date:
    return book.as_of + timedelta(days=random.randrange(1, book.horizon_days))


def _repaid_early(book: Book, line: Facility, owed: Tranche, random: Random) -> Tranche:
    """The draw, perhaps as its lender lists it, with an early repayment."""
    if line.statement_day is not None or owed.cash_advance:
        return owed
    if owed.early_on is None and random.random() < 0.2:
        rows = tuple(
            ScheduleRow(due=e.due, principal=e.principal, interest=e.interest, total=e.total)
            for e in tranche_schedule(owed.changed(charges=0), book.as_of)
        )
        bare: dict[str, Any] = {"origin": None, "paid_instalments": 0, "interest_from": None}
        owed = owed.changed(imported=rows, **bare)
    if owed.early_on or random.random() < 0.4:
        return owed
    return owed.changed(
        early_on=_some_day(book, random),
        early_amount=random.randrange(1, owed.principal + 1),
        early_effect=random.choice(list(EarlyEffect)),
    )


def _limited(book: Book, line: Facility, random: Random) -> Facility:
    """What comes back of the limit, how it changes, and how often it may be drawn on."""
    if line.is_overdraft or random.random() < 0.5:
        return line
    later = LimitChange(from_day=_some_day(book, random), limit=random.randrange(10**7))
    return line.changed(
        revolving=random.random() < 0.8,
        repaid_share_percent=random.choice((100, 70, 0)),
        limit_changes=(later,) if random.random() < 0.5 else (),
        maximum_draws=random.choice((None, 3, 40)),
        blocked=random.choice((0, 5_000)),
    )


def with_takings(book: Book, random: Random) -> Book:
    """Perhaps with a line that a share of takings repays, and a planned draw on it."""
    if random.random() < 0.7:
        return book
    fixed: dict[str, Any] = {
        "method": RepaymentMethod.SHARE_OF_TAKINGS,
        "rate_per": RatePer.PRINCIPAL,
        "rate_percent": Decimal(random.randrange(0, 30)),
    }
    principal = random.randrange(10_000, 2_000_000)
    owed = Tranche(id="m-t", name="m-t", principal=principal, next_due=book.as_of, **fixed)
    line = Facility(
        id="m",
        name="m",
        limit=10**8,
        takings_percent=Decimal(random.randrange(1, 40)),
        tranches=(owed,),
        **fixed,
    )
    more = PlannedDraw(
        id="m-d", name="m-d", facility="m", amount=50_000, first_date=_some_day(book, random)
    )
    return book.put(line).put(more)


def with_channels(book: Book, random: Random) -> Book:
    """With a wallet, and flows and lines that go through it; payments matter more or less."""
    wallet = Account(id="w", name="w", balance=random.randrange(10**6))
    book = book.changed(accounts=(*book.accounts, wallet))
    for plain in book.cash_flows:
        flow = _with_exceptions(book, plain, random)
        through = flow.through or random.choice(("", "w"))
        book = book.put(flow.changed(through=through, priority=random.choice(list(Priority))))
    for line in book.facilities:
        ways: dict[str, Any] = {
            name: random.choice(("", "w")) for name in ("paid_from", "paid_into")
        }
        book = book.put(line.changed(**ways))
    return book


def _with_exceptions(book: Book, flow: CashFlow, random: Random) -> CashFlow:
    """The rule with an end, a date left out and one that is moved, where it has none."""
    last = book.as_of + timedelta(days=book.horizon_days)
    own = list(rule_dates(flow, last))
    ahead = [day for day in own if day > book.as_of]
    if len(ahead) < 3 or flow.repeat is Repeat.ONCE:
        return flow
    if flow.count is None and random.random() < 0.4:
        flow = flow.changed(count=own.index(random.choice(ahead[2:])) + 1)
    day, other = random.sample(ahead, 2)
    if not flow.skipped and random.random() < 0.4:
        flow = flow.changed(skipped=(day,))
    if not flow.moved and random.random() < 0.4:
        to = other + timedelta(days=random.randint(-20, 20))
        flow = flow.changed(moved=(Moved(rule_date=other, to=to),))
    return flow


def trials(book: Book, random: Random) -> Iterator[Trial]:
    """Each kind of event once, on three days; and all of the law on two."""
    found: dict[str, list[date]] = {}
    for event, day in events_of(book):
        if inside(book, day):
            found.setdefault(event, []).append(day)
    for event, days in sorted(found.items()):
        for day in days_around(book, random.choice(days)):
            yield event, day, False
    everything = sorted({day for days in found.values() for day in days}) or [book.as_of]
    for _ in range(2):
        day = random.choice(days_around(book, random.choice(everything)) or [book.as_of])
        yield "losses", day, True


def tried_on(book: Book, trial: Trial, random: Random) -> str | None:
    """How the law breaks on a day; None where it holds."""
    _, day, whole = trial
    try:
        return broken_on(book, day, random) if whole else moves_alike(book, day)
    except BadInput as error:
        return f"refused: {error}"


def main(count: int, seed: int, first: int = 0) -> int:
    cells, plans = Counter[tuple[int, str]](), Counter[str]()
    wrong = days = 0
    for number in range(first, first + count):
        maker, random = Maker(seed, number), Random(f"{seed}/{number}/days")
        book = prepared(maker)
        for trial in trials(book, random):
            event, day, whole = trial
            days += 1
            for each in LOSSES if whole else (event,):
                cells[number % len(CELLS), each] += 1
            if broken := tried_on(book, trial, random):
                wrong += 1
                print(f"#{number} {event} on {day}: {broken}", flush=True)
        if number % PLANS == 0:
            ways_out = with_ways_out(book, random)
            for broken in plans_tried(ways_out, random, plans):
                wrong += 1
                print(f"#{number} with plans: {broken}", flush=True)
    print(", ".join(f"{name}: {times}" for name, times in sorted(plans.items())))
    return told(cells, count, days, wrong)


def plans_tried(book: Book, random: Random, times: Counter[str]) -> Iterator[str]:
    """How the law breaks for plans and for the standing rule, each on some days."""
    for _ in range(2):
        day = book.as_of + random.randrange(1, book.horizon_days) * timedelta(1)
        times["days of the standing rule"] += 1
        if said := standing_broken_on(book, day):
            yield f"on {day}: {said}"
    if (found := in_flight(book)) is None:
        return
    times["plans in flight"] += 1
    times["steps of them"] += len(found[1].steps)
    for day in days_of(found[1], found[0], random):
        times["days of plans"] += 1
        if said := plan_broken_on(*found, day):
            yield f"on {day}: {said}"


def told(cells: Counter[tuple[int, str]], count: int, days: int, wrong: int) -> int:
    """Print the table; 0 where the law held and everything was tried often enough."""
    print("method           day count   calendar  " + " ".join(f"{e[:7]:>7}" for e in EVENTS))
    for number, (method, day_count, calendar) in enumerate(CELLS):
        times = " ".join(f"{cells[number, event]:>7}" for event in EVENTS)
        print(f"{method:<16} {day_count:<11} {calendar:<9} {times}")
    seldom = {event: min(cells[number, event] for number in range(len(CELLS))) for event in EVENTS}
    print("least            " + ", ".join(f"{event} {times}" for event, times in seldom.items()))
    print(f"{count} books, {days} days, the law broken on {wrong}")
    return int(bool(wrong) or min(seldom.values()) < ENOUGH)


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
