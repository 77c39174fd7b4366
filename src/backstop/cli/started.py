"""What the arguments mean where no command is among them: a book to be opened in the window."""

from collections.abc import Sequence
from pathlib import Path

OPEN = "open"


def with_command(arguments: Sequence[str]) -> list[str]:
    """The arguments with `open` before a file that stands in the place of a command: so a desktop
    starts a program with what was double-clicked or dropped on its icon."""
    for at, each in enumerate(arguments):
        if each.startswith("-") or (at and arguments[at - 1] == "--lang"):
            continue
        file = Path(each)  # no command has an ending, or a folder before it
        if file.suffix or file.name != each:
            return [*arguments[:at], OPEN, *arguments[at:]]
        break
    return list(arguments)
