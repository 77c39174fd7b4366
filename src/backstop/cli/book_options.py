"""The options that commands about one book share."""

from dataclasses import dataclass
from pathlib import Path

from backstop.cli.command_line import argument, flag, option
from backstop.cli.options import DAY
from backstop.domain import message


@dataclass(frozen=True)
class BookOptions:
    """What every command about one book is asked. `passphrase_file` may be `-`, standard input."""

    file: Path
    passphrase_file: str | None
    json: bool


book_or_json = argument(
    "file", message("a .backstop book or a book.json"), type=Path, metavar="FILE"
)
book_file = argument("file", message("a .backstop book"), type=Path, metavar="FILE")
passphrase_file = option(
    "--passphrase-file",
    told=message("where the passphrase of a locked book stands (-: standard input)"),
    metavar="FILE",
)
as_json = flag("--json", message("answer as JSON"))
loss_day = option("--on", told=message("the day of the loss"), type=DAY, metavar="DATE")
