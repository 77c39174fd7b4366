"""Everything that can be said about a book's own state: the named checks, for both clients."""

from collections.abc import Iterable
from datetime import date
from pathlib import Path

from backstop.checks.readiness import STALE_BOOK_DAYS, Finding, Level, findings
from backstop.contingency import projection_of_now
from backstop.domain import Book, message
from backstop.projection import Projection
from backstop.store.key import Key
from backstop.store.reading import damaged_parts
from backstop.telling.accepted_plans import plans_under_way, stale_plans

__all__ = ["Finding", "Level", "check_book", "check_projection", "file_findings", "passes"]


def file_findings(path: Path, key: Key | None) -> list[Finding]:
    """What is wrong with a book file that opens: all that its backups cover is looked at."""
    return [Finding(fault.part, Level.PROBLEM, fault.message) for fault in damaged_parts(path, key)]


def check_book(book: Book, today: date) -> list[Finding]:
    """What the named checks find, the gravest first. Reading the book already checked its file."""
    return check_projection(projection_of_now(book, (today - book.as_of).days), today)


def check_projection(projection: Projection, today: date) -> list[Finding]:
    """The same where the book is already projected."""
    book = projection.book
    found = [
        *findings(projection),
        *stale_plans(projection),
        *plans_under_way(projection),
        *outdated(book, today),
        *review_due(book, today),
    ]
    return sorted(found, key=lambda each: list(Level).index(each.level))


def passes(found: Iterable[Finding], *, strict: bool = False) -> bool:
    """Whether nothing has to be mended: no problem, and in strict judgement no warning either."""
    grave = (Level.PROBLEM, Level.WARNING) if strict else (Level.PROBLEM,)
    return all(each.level not in grave for each in found)


def outdated(book: Book, today: date) -> list[Finding]:
    """The as-of date lies well back: what came and went since is not in the balances."""
    days = (today - book.as_of).days
    if days <= STALE_BOOK_DAYS:
        return []
    said = message(
        "The book stands as of {day}, {days} days ago. Bring balances and the as-of date up to "
        "today: every answer counts from there.",
        day=book.as_of,
        days=days,
    )
    return [Finding("outdated", Level.WARNING, said)]


def review_due(book: Book, today: date) -> list[Finding]:
    """The day of the next review has passed, or none is set."""
    if book.next_review is None:
        said = message("No day is set for the next review. Enter one, at most a year ahead.")
        return [Finding("review_due", Level.NOTE, said)]
    if book.next_review < today:
        said = message(
            "The review of {day} is due. Go through the book and set the next one.",
            day=book.next_review,
        )
        return [Finding("review_due", Level.WARNING, said)]
    return []
