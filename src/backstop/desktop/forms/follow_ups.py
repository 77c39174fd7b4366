"""What follows from a form's fields, said below them while they are typed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from backstop.desktop.cash_flow.words import payment_words, receipt_words
from backstop.desktop.forms.form import RecordForm
from backstop.desktop.look.theme import Space
from backstop.desktop.sources.loss_words import loss_words
from backstop.desktop.sources.measure_sentences import measure_words
from backstop.desktop.sources.rows import NOT_KNOWN, cost_text, yearly_cost
from backstop.desktop.widgets.text import plain_label
from backstop.domain import CashFlow, Direction, Facility, Measure, Record

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

Values = Mapping[str, Any]


class FollowUp(QWidget):
    """Says what follows from a form; while that is not valid, what it said last."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self.text = plain_label("muted", wrap=True)
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, Space.TINY, 0, 0)
        self.column.setSpacing(Space.SMALL)
        self.column.addWidget(self.text)
        self.hide()

    def follow(self, form: RecordForm) -> None:
        """Keep up with what is typed into a form."""
        form.begun.connect(self.hide)
        form.previewed.connect(self._show)

    def _show(self, values: Values, record: Record | None) -> None:
        said = self.said(values, record)
        if said:
            self.text.setText(said)
            self.show()
        elif record is not None:
            self.hide()

    def said(self, values: Values, record: Record | None) -> str:
        """What follows, in words; empty while nothing does."""
        raise NotImplementedError


class TrueCost(FollowUp):
    """The true annual cost of a new draw, fees included."""

    def said(self, values: Values, record: Record | None) -> str:
        if not isinstance(record, Facility):
            return ""
        words = self.context.words
        cost = cost_text(yearly_cost(record, self.context.book.as_of), words)
        if cost == NOT_KNOWN:
            return ""
        return words.say("True cost of a new draw: {percent} a year, fees included.", percent=cost)


class WayToGo(FollowUp):
    """How a line would go unless told otherwise."""

    def said(self, values: Values, record: Record | None) -> str:
        if not isinstance(record, Facility):
            return ""
        return loss_words(record, self.context.words, self.context.book.currency)


class WhatItBrings(FollowUp):
    """What a measure would bring, and when."""

    def said(self, values: Values, record: Record | None) -> str:
        if not isinstance(record, Measure):
            return ""
        return measure_words(record, self.context.words, self.context.book)


class InPlainWords(FollowUp):
    """How a payment behaves when money is short, or how sure a receipt is."""

    def said(self, values: Values, record: Record | None) -> str:
        if not isinstance(record, CashFlow):
            return ""
        words, currency = self.context.words, self.context.book.currency
        if record.direction is Direction.PAYMENT:
            return payment_words(record, words)
        return receipt_words(record, words, currency)
