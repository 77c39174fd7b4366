"""`import`: a statement of a bank or wallet."""

from dataclasses import dataclass
from pathlib import Path

from backstop.cli.book_options import BookOptions, as_json, book_file, passphrase_file
from backstop.cli.command_line import argument, command, flag, option
from backstop.cli.reply import Reply
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class ImportOptions(BookOptions):
    """What `import` is asked: the statement, how to read it, and whether to write."""

    statement: Path | None
    as_: str | None
    map: tuple[str, ...]
    account: str | None
    password: str | None
    forget: str | None
    write: bool


@command(message("read a statement of a bank or wallet"), ImportOptions)
@book_file
@argument(
    "statement",
    message("the statement; without one, those that the book keeps are listed"),
    type=Path,
    required=False,
    metavar="STATEMENT",
)
@passphrase_file
@option("--as", "as_", told=message("the format, where it is not told right"), metavar="FORMAT")
@option(
    "--map",
    told=message("one thing about a table: date=HEADING, amount=HEADING, days=dmy, decimal=comma"),
    multiple=True,
    metavar="KEY=VALUE",
)
@option("--account", told=message("the account or line that it is of"), metavar="ID")
@option("--password", told=message("the password of a ZIP archive"), metavar="TEXT")
@option("--forget", told=message("a statement whose rows are to go"), metavar="KEY")
@flag("--write", message("do it, and not only say it"))
@as_json
def import_(asked: ImportOptions, words: Words) -> Reply:
    """Say what a statement holds, and take it in where that is asked for."""
    from backstop.cli.answers.import_statement import imported

    return imported(asked, words)
