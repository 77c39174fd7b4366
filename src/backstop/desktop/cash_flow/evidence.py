"""What the Cash flow page reads from a book: its rows, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backstop.desktop.cash_flow.debts import debts_due
from backstop.desktop.cash_flow.rows import FlowRow, flow_rows
from backstop.desktop.cash_flow.sentences import (
    flow_sentence,
    near_days,
    next_payment,
    taken_sentence,
)

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.plan import Answers
    from backstop.telling import Words


@dataclass(frozen=True, eq=False)
class FlowEvidence:
    """The rows of all receipts and payments, and the sentence on top with what it adds."""

    rows: list[FlowRow]
    sentence: str
    detail: str


def flow_evidence(book: Book, answers: Answers | None, words: Words) -> FlowEvidence:
    """What lines ask for is taken from the answers, as far as there are any."""
    rows = flow_rows(book)
    debts = debts_due(answers, *near_days(book), words)
    following = next_payment(book, rows, debts, words)
    return FlowEvidence(
        rows=rows,
        sentence=flow_sentence(book, debts, words),
        detail=words.joined([following, taken_sentence(rows, book.as_of, words)]),
    )
