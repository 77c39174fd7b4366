"""`new`: a book file, empty or from another book."""

from dataclasses import dataclass
from pathlib import Path

from backstop.cli.book_options import as_json
from backstop.cli.command_line import argument, command, option
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class NewOptions:
    """What `new` is asked: the file to make, and the book that it is made from."""

    file: Path
    source: str | None
    passphrase_file: str | None
    json: bool


@command(message("make a book file"), NewOptions)
@argument("file", message("the file to make; it must not exist yet"), type=Path, metavar="FILE")
@option("--from", "source", told=message("a book to start from"), metavar="BOOK")
@option(
    "--passphrase-file",
    told=message("lock it with the passphrase in this file (-: standard input)"),
    metavar="FILE",
)
@as_json
def new(asked: NewOptions, words: Words) -> Reply:
    """Make the file; raises if it is there already."""
    from backstop.cli.answers.books import new_book

    return new_book(asked, words)
