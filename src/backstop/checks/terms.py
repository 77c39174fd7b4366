"""Checks of what lines and rules are used for: eligible purchases, whose line it is, papers on
file, limits, published calendars."""

from datetime import date

import numpy as np

from backstop.checks.finding import Finding, Level, about
from backstop.domain import (
    Adjustment,
    Book,
    CashFlow,
    Facility,
    FundsUse,
    PlannedDraw,
    message,
)
from backstop.projection import Projection, Side, owed_today
from backstop.projection.balances import advances
from backstop.projection.calendars import unpublished_years

MONTH = 30
"""Days within which what was drawn is spent."""


def not_eligible(projection: Projection) -> list[Finding]:
    """A line for certain purchases pays a payment that carries none of its tags."""
    lines = {f.id: f for f in projection.book.facilities if f.purchase_tags}
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


def personal_pays_business(projection: Projection) -> list[Finding]:
    """A line that was granted to a person, or for the household, pays what the business buys."""
    book = projection.book
    lines = {f.id for f in book.facilities if f.personal or _is_for_household(book, f)}
    return about(
        "personal_pays_business",
        Level.WARNING,
        (f for f in projection.book.cash_flows if f.business and f.through in lines),
        message(
            "Business spending through a personal line: {names}. "
            "Pay it otherwise: a lender who sees it may close the line."
        ),
    )


def _is_for_household(book: Book, line: Facility) -> bool:
    return line.use is FundsUse.HOUSEHOLD and not book.household_pays_business


def household_draw_for_business(projection: Projection) -> list[Finding]:
    """More is to be drawn on a household line than the household pays in the thirty days after."""
    book = projection.book
    lines = {f.id for f in book.facilities if _is_for_household(book, f)}
    paid = np.zeros(projection.days + MONTH, dtype=np.int64)
    home = {f.id for f in book.cash_flows if not f.business}
    flows = projection.flows
    for number, series in enumerate(flows.descriptions):
        if series.side is Side.PAYMENT and series.record in home:
            rows = slice(flows.bounds[number], flows.bounds[number + 1])
            inside = flows.day[rows] < projection.days
            np.add.at(paid, flows.day[rows][inside], flows.amount[rows][inside])

    def too_much(draw: PlannedDraw) -> bool:
        """Whether it is more than is paid for the household in the month that it begins."""
        day = max(0, projection.day_of(draw.first_date))
        inside = draw.facility in lines and day < projection.days
        return inside and draw.amount > int(paid[day : day + MONTH].sum())

    business = any(f.business for f in book.cash_flows)
    return about(
        "household_draw_for_business",
        Level.WARNING,
        (d for d in book.planned_draws if business and too_much(d)),
        message(
            "More is to be drawn on a household line than the household pays then: {names}. Use a "
            "line that is for the business: a lender who sees it may want all of it back."
        ),
    )


def identity_expired(projection: Projection) -> list[Finding]:
    """The papers that a lender has on file are out of date: lines are frozen for that."""
    book = projection.book
    return about(
        "identity_expired",
        Level.WARNING,
        (f for f in book.facilities if f.identity_until and f.identity_until < book.as_of),
        message(
            "The papers on file with the lender have expired: {names}. "
            "Hand in the new ones before the line is frozen for it."
        ),
    )


def identity_expires(projection: Projection) -> list[Finding]:
    """They will be before the end of the horizon."""
    book = projection.book
    last = projection.date_of(book.horizon_days)
    return about(
        "identity_expires",
        Level.NOTE,
        (f for f in book.facilities if f.identity_until and book.as_of <= f.identity_until <= last),
        message(
            "The papers on file with the lender expire by {day}: {names}. "
            "Renew them in time, and hand them in.",
            day=last,
        ),
    )


def limit_below_balance(projection: Projection) -> list[Finding]:
    """More is owed on a line today than its limit allows: one of them is wrong, or it was cut."""
    book = projection.book
    return about(
        "limit_below_balance",
        Level.WARNING,
        (f for f in book.facilities if owed_today(book, f) > f.limit_on(book.as_of)),
        message(
            "More is owed than the limit: {names}. Look both up; if the lender cut the limit, ask "
            "what is due now."
        ),
    )


def advance_beyond_limit(projection: Projection) -> list[Finding]:
    """More cash is to be drawn on a card than it advances."""
    book = projection.book
    return about(
        "advance_beyond_limit",
        Level.PROBLEM,
        (
            f
            for f in book.facilities
            if f.purchases_only and bool((advances(projection, f) > f.cash_advance_limit).any())
        ),
        message(
            "More cash is planned than may be drawn on {names}. Lower the draws, or correct the "
            "limit for cash."
        ),
    )


def calendar_unpublished(projection: Projection) -> list[Finding]:
    """Dates are adjusted to working days of a year whose calendar is not published yet."""
    book = projection.book
    years = unpublished_years(book)
    adjusted = any(
        each.adjustment is not Adjustment.NONE for each in (*book.cash_flows, *book.planned_draws)
    ) or any(line.due_adjustment is not Adjustment.NONE for line in book.facilities)
    if not years or not adjusted:
        return []
    said = message(
        "The official working days of {year} are not published yet. Dates from {day} on are "
        "adjusted by the holidays known so far, and may move by a few days. Once they are out, "
        "put them into the book (Book details, Holidays).",
        year=str(years[0]),
        day=max(book.as_of, date(years[0], 1, 1)),
    )
    return [Finding("calendar_unpublished", Level.NOTE, said)]
