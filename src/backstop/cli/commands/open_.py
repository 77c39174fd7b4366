"""`open`: a book in the window."""

from dataclasses import dataclass
from pathlib import Path

from backstop.cli.command_line import argument, command
from backstop.cli.reply import OpenWindow
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class OpenOptions:
    """What `open` is asked."""

    file: Path | None


@command(message("open a book in the window"), OpenOptions)
@argument(
    "file",
    message("a .backstop book or a book.json"),
    metavar="[FILE]",
    required=False,
    type=Path,
)
def open_(asked: OpenOptions, _: Words) -> OpenWindow:
    """The window with this book; raises before a window is made if there is none. Without a file,
    the window as it was left."""
    from backstop.services.placing import check_there

    if asked.file is not None:
        check_there(asked.file)
    return OpenWindow(path=asked.file)
