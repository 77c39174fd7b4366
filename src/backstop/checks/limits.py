"""Checks of limits: how often a line may be drawn on, and temporary ones that end."""

from collections.abc import Iterator
from datetime import date

from backstop.checks.finding import Finding, Level, about
from backstop.domain import Facility, Money, message
from backstop.projection import Projection, limits_of, usage
from backstop.projection.balances import draws_made


def too_many_draws(projection: Projection) -> list[Finding]:
    """More draws are planned on a line than its lender lets."""
    return about(
        "too_many_draws",
        Level.PROBLEM,
        (f for f in projection.book.facilities if _is_drawn_too_often(projection, f)),
        message(
            "Drawn on more often than the lender lets: {names}. "
            "Plan fewer draws, or correct how many are possible or made."
        ),
    )


def _is_drawn_too_often(projection: Projection, facility: Facility) -> bool:
    most = facility.maximum_draws
    return most is not None and bool((draws_made(projection, facility) > most).any())


def temporary_limit_ends(projection: Projection) -> list[Finding]:
    """A temporary limit ends within the horizon: a warning where more is then taken up than the
    limit after it."""
    return [
        _ending(projection, facility, ends)
        for facility in projection.book.facilities
        for ends in _ends_of(projection, facility)
    ]


def _ends_of(projection: Projection, facility: Facility) -> Iterator[date]:
    for change in facility.limit_changes:
        if change.until is not None and 0 <= projection.day_of(change.until) < projection.days - 1:
            yield change.until


def _ending(projection: Projection, facility: Facility, ends: date) -> Finding:
    after = projection.day_of(ends) + 1
    limit = int(limits_of(projection, facility)[after])
    over = int(usage(projection, facility)[after]) - limit
    values = {"name": facility.name, "day": ends, "limit": Money(limit, projection.book.currency)}
    if over <= 0:
        said = message(
            "The temporary limit of {name} ends on {day}; from then on it is {limit}. "
            "Ask in time whether it is prolonged.",
            **values,
        )
        return Finding("temporary_limit_ends", Level.NOTE, said, (facility.id,))
    said = message(
        "The temporary limit of {name} ends on {day}, and {over} more than the {limit} after it is "
        "then used. Ask when that has to be paid back, and enter it as a payment.",
        over=Money(over, projection.book.currency),
        **values,
    )
    return Finding("temporary_limit_ends", Level.WARNING, said, (facility.id,))
