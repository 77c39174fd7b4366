"""`check`: whether a book file is whole, and what looks wrong in it."""

from dataclasses import dataclass

from backstop.cli.book_options import BookOptions, as_json, book_or_json, passphrase_file
from backstop.cli.command_line import command, flag, option
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class CheckOptions(BookOptions):
    """What `check` is asked: where to save what can be read (`repair`), and how strict to be."""

    repair: str | None
    strict: bool


@command(message("check a book file and what it holds"), CheckOptions)
@book_or_json
@passphrase_file
@option(
    "--repair",
    told=message("save what can be read of a damaged book into NEW"),
    metavar="NEW",
)
@flag("--strict", message("warnings have to be mended too"))
@as_json
def check(asked: CheckOptions, words: Words) -> Reply:
    """Check the file, or save what can be read of it."""
    from backstop.cli.answers.check import check_file

    return check_file(asked, words)
