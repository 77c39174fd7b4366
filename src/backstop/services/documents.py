"""Putting documents where the owner wants them: whole, or not at all."""

import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from backstop.domain import EnvironmentFault, message
from backstop.language import Words
from backstop.report import contingency_pdf
from backstop.report.agenda import to_ics
from backstop.report.exports import days_sheet, plan_sheets
from backstop.report.grid import to_csv, to_xlsx

if TYPE_CHECKING:
    from backstop.plan import Answers, Plan
    from backstop.projection import Projection

BINARY = getattr(os, "O_BINARY", 0)
"""Windows alone would turn line ends into pairs without it."""


def plan_pdf(answers: "Answers", plans: "Sequence[Plan]", words: Words, printed_on: date) -> bytes:
    """The printed plan: a front page, and two facing pages for each of these plans."""
    return contingency_pdf(answers, plans, words, printed_on)


def plan_table(
    kind: str, answers: "Answers", plans: "Sequence[Plan]", words: Words, on: date
) -> bytes:
    """Plans as a workbook (`xlsx`), or as calendar entries (`ics`)."""
    if kind == "ics":
        return to_ics(answers, plans, words, on)
    return to_xlsx(plan_sheets(answers, plans, words))


def days_table(projection: "Projection", words: Words, last: int | None = None) -> bytes:
    """The days of a projection as CSV."""
    last = projection.days - 1 if last is None else last
    return to_csv(days_sheet(projection, last, words))


def check_place(path: Path) -> None:
    """Refuse a place where no file can be, before any work is done for it."""
    if path.is_dir():
        raise EnvironmentFault(
            message("“{file}” is a folder. Give the name of a file in it.", file=path.name)
        )
    if not path.absolute().parent.is_dir():
        raise EnvironmentFault(
            message(
                "The folder “{folder}” does not exist. Make it first, or choose another one.",
                folder=str(path.parent),
            )
        )


def write_whole(path: Path, data: bytes) -> None:
    """Write a file under another name first, so that it appears whole or stays as it was.

    Only its owner can read it, as with the book: it holds the same figures. Raises
    `EnvironmentFault` where the place does not take it.
    """
    check_place(path)
    path = path.absolute()
    fresh = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        handle = os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | BINARY, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(path)
    except OSError as error:
        with suppress(OSError):
            fresh.unlink(missing_ok=True)
        raise EnvironmentFault(
            message(
                "“{file}” cannot be written there ({reason}). Choose another folder, "
                "or make room on the disk.",
                file=path.name,
                reason=error.strerror or type(error).__name__,
            )
        ) from error
