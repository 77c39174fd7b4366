"""The card that says what a plan leaves: in a sentence, what it was worth, and each unpaid item."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backstop.desktop.plan import sentences as said
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.answer_columns import AnswerCells, bounced_columns
from backstop.desktop.tables.whole import RowsInPage
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.text import plain_label
from backstop.telling.remaining import by_date

if TYPE_CHECKING:
    from backstop.contingency import Bounced
    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.plan import Plan
    from backstop.telling import Words


class WhatRemains(Card):
    """Shows it of one plan at a time."""

    def __init__(self, context: Context) -> None:
        self._context = context
        self._book: Book | None = None
        self._plan: Plan | None = None
        self._cells = AnswerCells()
        columns = bounced_columns(self._cells, self._title_of)
        self.missed = RowsView(context, columns, key=_bounced_key)
        self.missed.horizontalHeader().hide()
        super().__init__(RowsInPage(context, self.missed, least=0))
        self.sentence = plain_label("", wrap=True)
        self.worth = plain_label("muted", wrap=True)
        self.rows.insertWidget(1, self.sentence)
        self.rows.insertWidget(2, self.worth)

    def retranslate(self) -> None:
        title = self._context.words.say("What remains")
        self.set_title(title)
        self.missed.setAccessibleName(title)

    def show_plan(self, book: Book, plan: Plan) -> None:
        """What is not paid, by date."""
        words = self._context.words
        self._book = self._cells.book = book
        self._plan = plan
        self.sentence.setText(said.remains(book, plan, words))
        self.worth.setText(said.worth(book, plan, words))
        self.worth.setVisible(plan.explanation is not None)
        self.missed.set_rows(by_date(plan))
        self.missed.setVisible(bool(plan.missed))

    def show_nothing(self) -> None:
        """While there is no plan, nothing is said of one."""
        self.worth.hide()
        self.sentence.setText("")
        self.missed.set_rows(())

    def _title_of(self, each: Bounced, words: Words) -> str:
        assert self._book is not None
        assert self._plan is not None
        return said.missed_title(self._book, self._plan, each, words)


def _bounced_key(each: Bounced) -> tuple[str, str, int, int | None]:
    owed = each.obligation
    return owed.record, owed.kind, each.day, owed.bought
