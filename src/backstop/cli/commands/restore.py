"""`restore`: a `book.json` in the place of a book."""

from dataclasses import dataclass
from pathlib import Path

from backstop.cli.book_options import BookOptions, as_json, book_file, passphrase_file
from backstop.cli.command_line import command, flag, option
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class RestoreOptions(BookOptions):
    """What `restore` is asked: the `book.json`, and whether to write or only to say."""

    from_: Path
    write: bool


@command(message("put a book.json in place of a book"), RestoreOptions)
@book_file
@option(
    "--from",
    "from_",
    told=message("the book.json to put in its place"),
    type=Path,
    required=True,
    metavar="BOOK",
)
@passphrase_file
@flag("--write", message("do it, and not only say it"))
@as_json
def restore(asked: RestoreOptions, words: Words) -> Reply:
    """Say what would change, and change it where that is asked for."""
    from backstop.cli.answers.restore import restored

    return restored(asked, words)
