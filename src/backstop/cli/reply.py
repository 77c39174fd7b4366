"""What a command gives back, and the exit codes."""

from dataclasses import dataclass
from enum import IntEnum

from backstop.cli.results import Result


class Exit(IntEnum):
    """Done; a failure of ours; bad input; done, but a gap remains."""

    DONE = 0
    DEFECT = 1
    BAD_INPUT = 2
    GAP_REMAINS = 3
    STOPPED = 130


@dataclass(frozen=True)
class Reply:
    """The answer as lines of text and as a result; `--json` chooses between them.

    `is_document` says that the lines are themselves a document to be stored, such as a book;
    `remarks` go to standard error, whichever is chosen.
    """

    lines: list[str]
    result: Result | None = None
    code: Exit = Exit.DONE
    is_document: bool = False
    remarks: tuple[str, ...] = ()
