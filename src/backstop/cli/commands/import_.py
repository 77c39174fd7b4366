"""`import`: a `book.json` in the place of a book."""

from dataclasses import dataclass
from pathlib import Path

from backstop.cli.book_options import BookOptions, as_json, book_file, passphrase_file
from backstop.cli.command_line import argument, command, flag
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class ImportOptions(BookOptions):
    """What `import` is asked: the `book.json`, and whether to write or only to say."""

    book: Path
    write: bool


@command(message("put a book.json in place of a book"), ImportOptions)
@book_file
@argument("book", message("the book.json to put in its place"), type=Path, metavar="BOOK")
@passphrase_file
@flag("--write", message("do it, and not only say it"))
@as_json
def import_(asked: ImportOptions, words: Words) -> Reply:
    """Say what would change, and change it where that is asked for."""
    from backstop.cli.answers.import_book import import_book

    return import_book(asked, words)
