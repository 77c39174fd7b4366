"""`export`: a book as `book.json`, and what was settled as a table."""

from dataclasses import dataclass

from backstop.cli.book_options import BookOptions, as_json, book_or_json, passphrase_file
from backstop.cli.command_line import argument, command, option
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class ExportOptions(BookOptions):
    """What `export` is asked: the tables of planned and actual (`csv`, `xlsx`) or the book; without
    a file to make (`out`), the book is shown."""

    out: str | None
    csv: str | None
    xlsx: str | None


@command(message("write a book as book.json"), ExportOptions)
@book_or_json
@argument("out", message("the file to make; else it is shown"), required=False)
@option("--csv", told=message("write planned and actual to this CSV file"), metavar="OUT")
@option("--xlsx", told=message("write planned and actual to this XLSX file"), metavar="OUT")
@passphrase_file
@as_json
def export(asked: ExportOptions, words: Words) -> Reply:
    """Write the book into the file, or onto standard output."""
    from backstop.cli.answers.books import export_book

    return export_book(asked, words)
