"""`calendar`: a newly published year of working days into a book."""

from dataclasses import dataclass
from pathlib import Path

from backstop.cli.book_options import BookOptions, as_json, book_file, passphrase_file
from backstop.cli.command_line import argument, command
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class CalendarOptions(BookOptions):
    """What `calendar` is asked: the file with the days."""

    calendar: Path


@command(message("put a newly published year of working days into a book"), CalendarOptions)
@book_file
@argument(
    "calendar",
    message("a text with a day and “closed” or “working” on each line, or JSON"),
    type=Path,
    metavar="CALENDAR",
)
@passphrase_file
@as_json
def calendar(asked: CalendarOptions, words: Words) -> Reply:
    """Read the years into the book, which keeps them from then on."""
    from backstop.cli.answers.calendar import add_calendar

    return add_calendar(asked, words)
