"""What a command gives back, and the exit codes."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from backstop.cli.results.base import Result


class Exit(IntEnum):
    """Done; a failure of ours; bad input; done, but a gap remains."""

    DONE = 0
    DEFECT = 1
    BAD_INPUT = 2
    GAP_REMAINS = 3
    STOPPED = 130


@dataclass(frozen=True)
class Reply:
    """The answer as lines of text and as a result; `as_json` chooses between them. A result that
    takes long to write down is made when it is asked for.

    `is_document` says that the lines are themselves a document to be stored, such as a book;
    `remarks` go to standard error, whichever is chosen.
    """

    lines: list[str]
    result: Result | Callable[[], Result] | None = None
    code: Exit = Exit.DONE
    is_document: bool = False
    remarks: tuple[str, ...] = ()
    as_json: bool = False


@dataclass(frozen=True)
class OpenWindow:
    """The answer is the window, with this book, with a sample, or with what was open last."""

    path: Path | None = None
    sample: str | None = None
