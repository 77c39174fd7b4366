"""`reserve`: what to arrange before anything is lost."""

from dataclasses import dataclass
from datetime import date

from backstop.cli.book_options import BookOptions, as_json, book_or_json, loss_day, passphrase_file
from backstop.cli.command_line import command
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class ReserveOptions(BookOptions):
    """What `reserve` is asked: the day of the losses."""

    on: date | None


@command(
    message("say what reserve or backup line makes every single loss survivable"),
    ReserveOptions,
)
@book_or_json
@passphrase_file
@loss_day
@as_json
def reserve(asked: ReserveOptions, words: Words) -> Reply:
    """The reserve, or the line, with which every single loss is survivable."""
    from backstop.cli.answers.reserve import reserved

    return reserved(asked, words)
