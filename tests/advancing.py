"""The law of advancing over many random books.

    python tests/advancing.py N SEED [FIRST]

brings N books to days on, before and after what happens in them, and compares the projection of
each old book, from that day on, with that of the advanced one: what moves, cash, the room on each
line, cash under each loss, and whether stops on the way make another book. Prints how often each
event was tried for each method, day count and calendar, and every book on which the law breaks.
Exits with 1 where it does, or where something was tried too seldom.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from random import Random

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parent)]

from backstop.domain import BadInput, Book, EarlyEffect
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
from oracle.random_books import CELLS, Maker

ENOUGH = 30

Trial = tuple[str, date, bool]
"""An event, the day to go to, and whether all of the law is asked for."""


def prepared(maker: Maker) -> Book:
    """A random book with ends of contracts and early repayments of every kind of draw."""
    random = maker.random
    book = with_renewals(maker.book(), random)
    for line in book.facilities:
        tranches = list(line.tranches)
        for place, each in enumerate(tranches):
            if each.early_on or each.purchases or random.random() < 0.4:
                continue
            if line.is_repaid_by_takings or each.cash_advance:
                continue
            tranches[place] = each.changed(
                early_on=book.as_of.fromordinal(
                    book.as_of.toordinal() + random.randrange(1, book.horizon_days)
                ),
                early_amount=random.randrange(1, each.principal + 1),
                early_effect=random.choice(list(EarlyEffect)),
            )
        if line.statement_day is None:
            book = book.put(line.changed(tranches=tuple(tranches)))
    return book


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
    cells: Counter[tuple[int, str]] = Counter()
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
    return told(cells, count, days, wrong)


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
