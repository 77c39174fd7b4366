"""What a draw that is owed already begins with: the terms of its line, and when it is due next."""

from datetime import date
from typing import Any

from backstop.domain import Book, Facility, RepaymentMethod, Rhythm
from backstop.projection.amortisation import due_dates
from backstop.projection.recurrence import clipped
from backstop.telling import Words

LONGEST_STEM = 30
OF_THE_MINIMUM = ("pays_minimum", "minimum_percent", "minimum_base", "minimum_floor")
"""Whether a card is paid by its minimum, and how much that is: said of the card, and so of every
bill of it."""


def name_of_draw(facility: Facility, words: Words) -> str:
    """What its next outstanding draw is called while nobody names it."""
    billed = facility.method is RepaymentMethod.STATEMENT_CYCLE
    return words.say("Bill {n}" if billed else "Draw {n}", n=len(facility.tranches) + 1)


def terms_of_draw(book: Book, facility: Facility, name: str) -> dict[str, Any]:
    """An outstanding draw on the facility's own terms, due next on its due day, or due whole, as if
    drawn on the book's day: what is owed is owed on that day, however old the book is."""
    billed = facility.method is RepaymentMethod.STATEMENT_CYCLE
    whole = facility.method is RepaymentMethod.BULLET
    return {
        "id": book.new_id(f"{facility.id[:24]}-draw"[:LONGEST_STEM]),
        "name": name,
        "rate_percent": facility.rate_percent,
        "rate_per": facility.rate_per,
        "day_count": facility.day_count,
        "method": facility.method,
        "due_day": facility.due_day,
        "remaining_periods": 1 if whole else facility.periods,
        "next_due": usual_next_due(facility, book.as_of),
        "rhythm": facility.rhythm,
        "compounding": facility.compounding,
        "rounding": facility.rounding,
        **(_minimum_of(facility) if billed else {}),
    }


def with_its_minimum(before: Facility | None, line: Facility) -> Facility:
    """The line, its bills paid as it says where that is another than before."""
    if before is None or _minimum_of(before) == _minimum_of(line):
        return line
    bills = (
        each.changed(**_minimum_of(line))
        if each.method is RepaymentMethod.STATEMENT_CYCLE
        else each
        for each in line.tranches
    )
    return line.changed(tranches=tuple(bills))


def _minimum_of(line: Facility) -> dict[str, Any]:
    return {name: getattr(line, name) for name in OF_THE_MINIMUM}


def usual_next_due(facility: Facility, today: date) -> date:
    """When something is due next on a line: at the end of the usual time where all of it is due
    whole, else on the first due day that is not past."""
    if facility.method is RepaymentMethod.BULLET:
        return due_dates(today, facility.periods, facility.due_day, facility.rhythm)[-1]
    if facility.due_day is not None and facility.rhythm is Rhythm.MONTHLY:
        this_month = clipped(today.year, today.month, facility.due_day)
        if this_month >= today:
            return this_month
    return due_dates(today, 1, facility.due_day, facility.rhythm)[0]
