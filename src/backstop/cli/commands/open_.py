"""`open`: a book in the window."""

from dataclasses import dataclass
from pathlib import Path

from backstop.cli.book_options import book_or_json
from backstop.cli.command_line import command
from backstop.cli.reply import OpenWindow
from backstop.domain import message
from backstop.telling import Words


@dataclass(frozen=True)
class OpenOptions:
    """What `open` is asked."""

    file: Path


@command(message("open a book in the window"), OpenOptions)
@book_or_json
def open_(asked: OpenOptions, _: Words) -> OpenWindow:
    """The window with this book; raises before a window is made if there is none."""
    from backstop.services.placing import check_there

    check_there(asked.file)
    return OpenWindow(path=asked.file)
