"""Checks of loans that are outstanding: whether what is left agrees with how they began."""

from backstop.checks.finding import Finding, Level, about
from backstop.domain import Tranche, message
from backstop.projection import Projection
from backstop.projection.schedules import left_by_terms


def not_as_begun(projection: Projection) -> list[Finding]:
    """What is said to be owed of a draw, and when, is not what its beginning leaves."""
    return about(
        "not_as_begun",
        Level.WARNING,
        (each for line in projection.book.facilities for each in line.tranches if _differs(each)),
        message(
            "What is owed of {names} is not what its beginning and the instalments paid leave. "
            "Count the instalments paid, or enter what is owed now."
        ),
    )


def _differs(owed: Tranche) -> bool:
    return owed.origin is not None and left_by_terms(owed) != owed
