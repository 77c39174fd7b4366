"""The command that supplies a year of official working days."""

from pathlib import Path

from backstop.cli.commands.calendar import CalendarOptions
from backstop.cli.identity import book_ref
from backstop.cli.opening import check_kept_in, key_for, tell_remark
from backstop.cli.reply import Reply
from backstop.cli.results.books import CalendarAdded
from backstop.projection.calendars import unpublished_years
from backstop.services.calendars import add_years
from backstop.services.official_days import years_in_file
from backstop.services.session import BookSession
from backstop.telling import Words


def add_calendar(asked: CalendarOptions, words: Words) -> Reply:
    """Read years from a calendar file into the book, which it keeps from then on."""
    path = asked.file
    check_kept_in(path)
    with BookSession.open(path, key=key_for(asked, words)) as session:
        tell_remark(session, words)
        years = years_in_file(Path(asked.calendar), session.book.country)
        session.apply(add_years(session.book, years))
        book = session.book
    missing = unpublished_years(book)
    result = CalendarAdded(
        book=book_ref(book), years=[each.year for each in years], unpublished=missing
    )
    lines = [
        words.say(
            "{year}: {closed} closed, {working} worked at a weekend",
            year=str(each.year),
            closed=len(each.closed),
            working=len(each.working),
        )
        for each in years
    ]
    if missing:
        lines.append(words.say("Not published yet: {years}.", years=tuple(missing)))
    return Reply(lines, result)
