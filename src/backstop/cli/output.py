"""Standard output and standard error, whatever characters the terminal has."""

import sys
from collections.abc import Sequence
from io import TextIOWrapper


def write(lines: Sequence[str], encoding: str | None = None) -> None:
    """Characters that the terminal does not have are shown by their numbers, and stop nothing."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    sys.stdout.writelines(f"{line}\n" for line in lines)
    sys.stdout.flush()


def complain(sentence: str) -> None:
    """One line on standard error."""
    if isinstance(sys.stderr, TextIOWrapper):
        sys.stderr.reconfigure(errors="backslashreplace")
    sys.stderr.write(f"backstop: {' '.join(sentence.split())}\n")
