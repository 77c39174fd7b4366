"""The few facts a new book needs: title, currency, cash now, the cash never to go below."""

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import CURRENCIES, Account, AccountKind, BadInput, Book, parse_amount
from backstop.domain.money import currency_of

if TYPE_CHECKING:
    from backstop.desktop.context import Context

WIDTH = 420


class NewBookDialog(QDialog):
    """Emits `made(book)` once everything in it is right."""

    made = Signal(object)

    def __init__(self, context: "Context", parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.title, self.cash, self.minimum = QLineEdit(), QLineEdit("0"), QLineEdit("0")
        self.currency = QComboBox()
        self.currency.addItems(sorted(CURRENCIES))
        self.currency.setCurrentText("CNY" if context.words.is_chinese else "USD")
        self.problem = plain_label("danger", wrap=True)
        self.problem.hide()
        self._lay_out()
        self.finished.connect(self.deleteLater)

    def _lay_out(self) -> None:
        say = self._context.words.say
        self.setWindowTitle(say("New book"))
        self.setMinimumWidth(WIDTH)
        form = QFormLayout()
        form.setSpacing(Space.MEDIUM)
        for text, field in (
            ("Title", self.title),
            ("Currency", self.currency),
            ("Cash you have now", self.cash),
            ("Minimum cash", self.minimum),
        ):
            label = plain_label(text=say(text))
            label.setBuddy(field)
            field.setAccessibleName(say(text))
            form.addRow(label, field)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("role", "primary")
        buttons.accepted.connect(self._make)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.LARGE)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def _make(self) -> None:
        try:
            book = self._book()
        except BadInput as bad:
            self.problem.setText(self._context.words.tell(bad.message))
            self.problem.show()
            return
        self.accept()
        self.made.emit(book)

    def _book(self) -> Book:
        code = self.currency.currentText()
        money = currency_of(code)
        cash = Account(
            id="cash",
            name=self._context.words.label(AccountKind.CASH),
            kind=AccountKind.CASH,
            balance=parse_amount(self.cash.text(), money),
        )
        return Book(
            title=self.title.text(),
            currency=code,
            as_of=date.today(),  # noqa: DTZ011  the owner's own calendar day is meant
            minimum_cash=parse_amount(self.minimum.text(), money),
            accounts=(cash,),
        )
