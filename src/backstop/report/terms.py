"""Checks of what lines and rules are used for: eligible purchases, published calendars."""

from datetime import date

from backstop.domain import Adjustment, CashFlow, Facility, message
from backstop.projection import Projection
from backstop.projection.calendars import unpublished_years
from backstop.report.finding import Finding, Level, about


def not_eligible(projection: Projection) -> list[Finding]:
    """A line for certain purchases pays a payment that carries none of its tags."""
    lines = {f.id: f for f in projection.book.facilities if f.purchases_only and f.purchase_tags}
    return about(
        "not_eligible",
        Level.WARNING,
        (f for f in projection.book.cash_flows if f.through in lines and _outside(f, lines)),
        message(
            "{names} goes through a line that is not meant for it. "
            "Pay it otherwise, or add its tag to what the line pays."
        ),
    )


def _outside(flow: CashFlow, lines: dict[str, Facility]) -> bool:
    return set(flow.tags).isdisjoint(lines[flow.through].purchase_tags)


def calendar_unpublished(projection: Projection) -> list[Finding]:
    """Dates are adjusted to working days of a year whose calendar is not published yet."""
    book = projection.book
    years = unpublished_years(book)
    adjusted = any(
        each.adjustment is not Adjustment.NONE for each in (*book.cash_flows, *book.planned_draws)
    )
    if not years or not adjusted:
        return []
    said = message(
        "The official working days of {year} are not published yet. Dates from {day} on are "
        "adjusted by the holidays known so far, and may move by a few days. Once they are out, "
        "put them into the book: backstop calendar FILE CALENDAR.",
        year=str(years[0]),
        day=max(book.as_of, date(years[0], 1, 1)),
    )
    return [Finding("calendar_unpublished", Level.NOTE, said)]
