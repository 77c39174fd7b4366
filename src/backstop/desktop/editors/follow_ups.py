"""What follows from a form's fields, said below them while they are typed."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from backstop.desktop.editors.flow_words import payment_words, receipt_words
from backstop.desktop.editors.form import RecordForm
from backstop.desktop.models.sources import cost_text, yearly_cost
from backstop.desktop.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput, CashFlow, Direction, Facility, Record, Recurring
from backstop.language.rules import rule_in_words

if TYPE_CHECKING:
    from backstop.desktop.context import Context

_RULE_FIELDS = (
    "first_date",
    "repeat",
    "every",
    "last_day_of_month",
    "until",
    "count",
    "adjustment",
)
DATES_SHOWN = 6
DATES_A_ROW = 3


Values = Mapping[str, Any]


class FollowUp(QWidget):
    """Says what follows from a form; while that is not valid, what it said last."""

    def __init__(self, context: "Context") -> None:
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
        return words.say("True cost of a new draw: {percent} a year, fees included.", percent=cost)


class InPlainWords(FollowUp):
    """How a payment behaves when money is short, or how sure a receipt is."""

    def said(self, values: Values, record: Record | None) -> str:
        if not isinstance(record, CashFlow):
            return ""
        words, currency = self.context.words, self.context.book.currency
        if record.direction is Direction.PAYMENT:
            return payment_words(record, words)
        return receipt_words(record, words, currency)


class RulePreview(FollowUp):
    """A rule in words, and its next dates."""

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self.heading = plain_label("small")
        self.dates = [plain_label() for _ in range(DATES_SHOWN)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.MEDIUM)
        grid.setVerticalSpacing(Space.TINY)
        for number, label in enumerate(self.dates):
            grid.addWidget(label, number // DATES_A_ROW, number % DATES_A_ROW)
        self.column.addWidget(self.heading)
        self.column.addLayout(grid)

    def said(self, values: Values, record: Record | None) -> str:
        rule = _rule(values)
        if rule is None:
            return ""
        words = self.context.words
        self._show_dates(rule)
        said = rule_in_words(rule, words)
        return f"{said[:1].upper()}{said[1:]}" + ("。" if words.is_chinese else ".")

    def _show_dates(self, rule: Recurring) -> None:
        from backstop.projection import next_dates  # numpy comes with it: not before first paint

        words, book = self.context.words, self.context.book
        days = next_dates(rule, book.as_of, DATES_SHOWN, book.country)
        self.heading.setText(
            words.count(len(days), "Next date", "Next {n} dates")
            if days
            else words.say("No date from {day} on", day=book.as_of)
        )
        for number, label in enumerate(self.dates):
            label.setText(words.day(days[number]) if number < len(days) else "")
            label.setVisible(number < len(days))


def _rule(values: Values) -> Recurring | None:
    """The rule alone: it can be said before the record has a name or an amount."""
    rule = {name: values[name] for name in _RULE_FIELDS}
    try:
        return Recurring(id="rule", name="rule", **rule)
    except BadInput:
        return None
