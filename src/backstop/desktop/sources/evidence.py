"""What the Sources page reads from a book: its rows, and what is said of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backstop.desktop.sources.measure_rows import MeasureRow, measure_rows
from backstop.desktop.sources.measure_sentences import measures_sentence
from backstop.desktop.sources.rows import SourceRow, source_rows
from backstop.desktop.sources.sentences import own_money_sentence, sources_sentence

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.plan import Answers
    from backstop.telling import Words


@dataclass(frozen=True, eq=False)
class SourceEvidence:
    """The rows of both tables, and a sentence for each; `own_money` is added to that of sources."""

    rows: list[SourceRow]
    measures: list[MeasureRow]
    sentence: str
    own_money: str
    of_measures: str


def source_evidence(book: Book, answers: Answers | None, words: Words) -> SourceEvidence:
    """What each loss does is taken from the answers, as far as there are any."""
    return SourceEvidence(
        rows=source_rows(book, answers),
        measures=measure_rows(book),
        sentence=sources_sentence(book, words),
        own_money=own_money_sentence(book, words),
        of_measures=measures_sentence(book, words),
    )
