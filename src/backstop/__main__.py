"""Where the program starts: picks the window or the command line, and imports nothing heavy."""

import gc
import sys
from collections.abc import Sequence
from pathlib import Path

USUAL = gc.get_threshold()
MANY = 200_000
"""Objects made between two searches for those that nobody needs. A command of a large book makes
millions that it needs to its end: with Python's own 700 the searches take half of its time."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run Backstop with these arguments (default: those of the process); the exit code."""
    given = sys.argv[1:] if arguments is None else arguments
    if not given:
        return desktop(None, None, "", False)
    from backstop.cli.app import run

    gc.set_threshold(MANY, *USUAL[1:])
    try:
        return run(given, desktop)
    finally:
        gc.set_threshold(*USUAL)


def desktop(path: Path | None, sample: str | None, language: str, whole_lists: bool) -> int:
    """Open the window with a book, with a sample, or with what the owner had open last; in the
    owner's language where none is named; with `whole_lists`, sentences name all that they list."""
    from backstop.desktop.shell.app import run

    gc.set_threshold(*USUAL)
    return run(path, sample, language, whole_lists=whole_lists)


if __name__ == "__main__":
    sys.exit(main())
