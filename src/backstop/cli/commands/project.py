"""`project`: cash day by day."""

from dataclasses import dataclass
from datetime import date

from backstop.cli.book_options import BookOptions, as_json, book_or_json, passphrase_file
from backstop.cli.command_line import command, option
from backstop.cli.options import DAY
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class ProjectOptions(BookOptions):
    """What `project` is asked: the last day to show, and a file for the days."""

    until: date | None
    csv: str | None


@command(message("project cash day by day"), ProjectOptions)
@book_or_json
@passphrase_file
@option("--until", told=message("last day to show"), type=DAY, metavar="DATE")
@option("--csv", told=message("write the days to this CSV file"), metavar="OUT")
@as_json
def project(asked: ProjectOptions, words: Words) -> Reply:
    """Daily balances, obligations and low points with every line open."""
    from backstop.cli.answers.project import projected

    return projected(asked, words)
