"""What follows from the forms of the Cash flow page, in plain sentences."""

from __future__ import annotations

from backstop.desktop.cash_flow.words import payment_words, receipt_words
from backstop.desktop.forms.follow_ups import FollowUp, Values
from backstop.domain import CashFlow, Direction, Record


class InPlainWords(FollowUp):
    """How a payment behaves when money is short, or how sure a receipt is."""

    def said(self, values: Values, record: Record | None) -> str:
        if not isinstance(record, CashFlow):
            return ""
        words, currency = self.context.words, self.context.book.currency
        if record.direction is Direction.PAYMENT:
            return payment_words(record, words)
        return receipt_words(record, words, currency)
