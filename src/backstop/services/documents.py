"""The documents that an owner can take along: pages, tables, calendar entries."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import msgspec

from backstop.domain import Message, message
from backstop.export.agenda import to_ics
from backstop.export.grid import to_csv, to_xlsx
from backstop.export.tables import days_sheet, ledger_sheet, plan_sheets
from backstop.paper import contingency_pdf
from backstop.paper.letters import lacking
from backstop.paper.recovery import recovery_pdf
from backstop.services.passphrase import recovery_code
from backstop.telling import Narrator, Words

if TYPE_CHECKING:
    from backstop.domain import Book, Settled
    from backstop.plan import Answers, Plan
    from backstop.projection import Projection
    from backstop.services.session import BookSession


def plan_pdf(answers: Answers, plans: Sequence[Plan], words: Words, printed_on: date) -> bytes:
    """The printed plan: a front page, and two facing pages for each of these plans."""
    return contingency_pdf(answers, plans, Narrator(answers.book, words), printed_on)


def unprintable(book: Book) -> Message | None:
    """Which letters of the book the typeface of the paper lacks, in a sentence; None for none."""
    letters = lacking(msgspec.json.encode(book).decode())
    if not letters:
        return None
    return message(
        "The typeface of the paper lacks {letters}: boxes stand in their place. Write those names "
        "with other letters.",
        letters=tuple(letters),
    )


def plan_table(kind: str, answers: Answers, plans: Sequence[Plan], words: Words, on: date) -> bytes:
    """Plans as a workbook (`xlsx`), or as calendar entries (`ics`)."""
    narrator = Narrator(answers.book, words)
    if kind == "ics":
        return to_ics(answers, plans, narrator, on)
    return to_xlsx(plan_sheets(answers, plans, narrator))


def days_table(projection: Projection, words: Words, last: int | None = None) -> bytes:
    """The days of a projection as CSV."""
    last = projection.days - 1 if last is None else last
    return to_csv(days_sheet(projection, last, Narrator(projection.book, words)))


def ledger_table(kind: str, book: Book, ledger: Sequence[Settled], words: Words) -> bytes:
    """What was settled, planned and actual, as CSV or as a workbook (`xlsx`)."""
    sheet = ledger_sheet(ledger, Narrator(book, words))
    return to_xlsx([sheet]) if kind == "xlsx" else to_csv(sheet)


def recovery_sheet_pdf(session: BookSession, current: str, words: Words, on: date) -> bytes:
    """The recovery sheet, for who knows the passphrase; it is never written to disk by itself."""
    code = recovery_code(session, current)
    return recovery_pdf(session.path.name if session.path else "", code, words, on)
