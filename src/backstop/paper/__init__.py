"""Results in the owner's words: the sentences shared by all, and the printed plan."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backstop.plan import Answers, Plan
    from backstop.telling import Words

__all__ = ["contingency_pdf"]


def contingency_pdf(
    answers: Answers, plans: Sequence[Plan], words: Words, printed_on: date
) -> bytes:
    """A front page, and two facing pages for each plan, as a PDF. Same input, same bytes.

    Raises `Defect` when the document cannot be typeset.
    """
    from backstop.paper import typeset as paper  # the engine comes with it: not before it is needed

    return paper.typeset(paper.plan_document(answers, plans, words, printed_on), printed_on)
