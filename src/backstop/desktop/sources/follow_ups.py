"""What follows from the forms of the Sources page: a cost, a way to go, what a measure brings."""

from __future__ import annotations

from backstop.desktop.forms.follow_ups import FollowUp, Values
from backstop.desktop.sources.loss_words import loss_words
from backstop.desktop.sources.measure_sentences import measure_words
from backstop.desktop.sources.rows import NOT_KNOWN, cost_text, yearly_cost
from backstop.domain import Facility, Measure, Record, Tranche


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


class WhatIsLeft(FollowUp):
    """What is left of a draw that is told by how it began."""

    def said(self, values: Values, record: Record | None) -> str:
        if not isinstance(record, Tranche) or record.origin is None:
            return ""
        words = self.context.words
        return words.say(
            "{paid} of {n} paid: {amount} is owed, next due on {day}.",
            paid=record.paid_instalments,
            n=record.origin.periods,
            amount=self.context.money(record.principal),
            day=record.next_due,
        )
