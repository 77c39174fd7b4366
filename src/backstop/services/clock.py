"""The one place that asks which day it is: nothing below the services knows."""

from datetime import date, timedelta

from backstop.domain import Book


def today() -> date:
    """The owner's own calendar day."""
    return date.today()  # noqa: DTZ011  no zone: the day that the owner's wall shows


def age_of(book: Book) -> int:
    """Days from the book's as-of date to today: today as an offset; below 0 where that date is
    still to come."""
    return (today() - book.as_of).days


def today_of(book: Book) -> date:
    """Today, as its offset in the book says it."""
    return book.as_of + timedelta(days=age_of(book))


def first_day(book: Book) -> date:
    """The first day of the book that is not past."""
    return max(book.as_of, today_of(book))
