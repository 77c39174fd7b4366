"""What rules take for granted, and what is said of dates that they do not have."""

from backstop.checks.finding import Finding, Level, about
from backstop.domain import Book, Recurring, message
from backstop.projection import Projection, calendar_of, taken_as_paid
from backstop.projection.exceptions import strays


def stray_exceptions(projection: Projection) -> list[Finding]:
    """Dates to come are left out, moved or given an amount that their rule does not have; or one is
    still open, which counts all the same, save for a part of it that would be held back."""
    return about(
        "stray_exceptions",
        Level.WARNING,
        (each for each in _rules(projection.book) if _matters(each, projection.book)),
        message(
            "Single dates are left out, moved, open or given an amount, but the rule does not have "
            "them: {names}. Take that back, or say it of the rule's own dates."
        ),
    )


def _matters(rule: Recurring, book: Book) -> bool:
    opened = {each.rule_date for each in rule.open}
    return any(day >= book.as_of or day in opened for day in strays(rule))


def taken_for_paid(projection: Projection) -> list[Finding]:
    """The last dates of a series before the as-of date count as settled although nobody said so."""
    book = projection.book
    calendar = calendar_of(book)
    return about(
        "taken_for_paid",
        Level.NOTE,
        (each for each in _rules(book) if taken_as_paid(each, book.as_of, calendar)),
        message(
            "The last dates before {day} are taken as paid: {names}. If one is still open, click "
            "its date in the form of that item.",
            day=book.as_of,
        ),
    )


def _rules(book: Book) -> tuple[Recurring, ...]:
    return (*book.cash_flows, *book.planned_draws)
