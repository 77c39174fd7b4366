"""Something else happened: a receipt, a payment, a draw or a repayment that nobody had planned."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QComboBox, QFormLayout, QWidget

from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.forms.days import DayControl
from backstop.desktop.forms.dialog import AskingDialog, add_field
from backstop.desktop.forms.lines import AmountControl, TextControl
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed
from backstop.domain import BadInput, Book, Facility, message
from backstop.settling import Extra, ExtraKind, main_account

if TYPE_CHECKING:
    from datetime import date

    from backstop.desktop.state.context import Context

_KINDS = (
    (ExtraKind.PAYMENT, "A payment"),
    (ExtraKind.RECEIPT, "A receipt"),
    (ExtraKind.DRAW, "A draw"),
    (ExtraKind.REPAYMENT, "A repayment"),
)
_FLOWS = (ExtraKind.PAYMENT, ExtraKind.RECEIPT)


class OtherDialog(AskingDialog):
    """Hands `take_other(extra, recurs)` what happened; it may refuse it with `BadInput`."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        book: Book,
        day: date,
        take_other: Callable[[Extra, bool], None],
        title: str = "Something else happened",
    ) -> None:
        super().__init__(context, parent, title)
        self._book, self._take_other = book, take_other
        self.kind, self.line, self.account = CalmCombo(), CalmCombo(), CalmCombo()
        self.name, self.amount, self.day = TextControl(), AmountControl(), DayControl()
        self.recurs = QCheckBox()
        self._form = QFormLayout()
        self._form.setSpacing(Space.MEDIUM)
        self._fill(day)
        self._add_fields()
        self.body.addLayout(self._form)
        self.body.addWidget(self.recurs)
        self.kind.currentIndexChanged.connect(lambda _: self._show_fields())
        self._show_fields()

    def _fill(self, day: date) -> None:
        words, book = self._context.words, self._book
        for kind, text in _KINDS:
            self.kind.addItem(words.say(text), kind)
        for line in book.facilities:
            self.line.addItem(line.name, line.id)
        for account in book.accounts:
            self.account.addItem(account.name, account.id)
        _choose(self.account, main_account(book))
        for each in (self.amount, self.day):
            each.speak(words, book)
        self.day.show_value(day)
        self.recurs.setText(as_typed(words.say("It will go on so every month")))

    def _add_fields(self) -> None:
        say = self._context.words.say
        add_field(self._form, say("What happened"), self.kind)
        for text, control in (
            (say("Name"), self.name),
            (say("Amount"), self.amount),
            (say("Date"), self.day),
        ):
            add_field(self._form, text, control)
            control.target.setAccessibleName(text)
        add_field(self._form, say("Source"), self.line)
        add_field(self._form, say("Account"), self.account)

    def begin_with(self, kind: ExtraKind, line: str, amount: int) -> None:
        """Fill in what is known already."""
        _choose(self.kind, kind)
        _choose(self.line, line)
        self.amount.show_value(amount)

    def explain(self, account: str, difference: int) -> None:
        """Ask what a difference of an account was: all but what is known is open."""
        self.begin_with(ExtraKind.RECEIPT if difference > 0 else ExtraKind.PAYMENT, "", 0)
        self.amount.show_value(abs(difference))
        _choose(self.account, account)
        outgoing = {ExtraKind.PAYMENT, ExtraKind.REPAYMENT}
        for number in reversed(range(self.kind.count())):
            if (ExtraKind(self.kind.itemData(number)) in outgoing) == (difference > 0):
                self.kind.removeItem(number)
        for each in (self.account, self.day):
            each.setEnabled(False)

    def _show_fields(self) -> None:
        """A receipt or payment has a name, a draw or repayment its line."""
        is_flow = self.kind.currentData() in _FLOWS
        self._form.setRowVisible(self.name, is_flow)
        self._form.setRowVisible(self.line, not is_flow)
        self.recurs.setVisible(is_flow)

    def take(self) -> None:
        """Close, and hand on what happened."""
        kind = ExtraKind(self.kind.currentData())  # Qt gives the bare text back
        is_flow, name = kind in _FLOWS, self.name.value()
        if is_flow and not name:
            raise BadInput(message("It has no name yet. Type what it was."))
        line = "" if is_flow else self.line.currentData() or ""
        if not is_flow and not line:
            raise BadInput(message("This book has no line yet. Add one under Sources first."))
        extra = Extra(
            kind=kind,
            day=self.day.value(),
            amount=self.amount.value(),
            name=name if is_flow else "",
            line=line,
            account=self.account.currentData() or "",
            periods=self._periods(line),
        )
        self._take_other(extra, is_flow and self.recurs.isChecked())
        self.accept()

    def _periods(self, line: str) -> int:
        record = self._book.by_id.get(line)
        return record.periods if isinstance(record, Facility) else 12


def _choose(combo: QComboBox, value: object) -> None:
    combo.setCurrentIndex(max(0, combo.findData(value)))
