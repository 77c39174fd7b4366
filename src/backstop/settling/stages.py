"""Where a book that is years old stops on its way to today."""

from datetime import date

from backstop.domain import Book
from backstop.projection.recurrence import add_months


def months_between(book: Book, until: date) -> tuple[date, ...]:
    """The days to settle to, one after the other: the first of each month, and at last `until`."""
    first = add_months(book.as_of.replace(day=1), 1)
    days = []
    while first < until:
        days.append(first)
        first = add_months(first, 1)
    return (*days, until) if until > book.as_of else ()
