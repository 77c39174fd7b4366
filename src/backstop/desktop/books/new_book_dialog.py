"""The few facts a new book needs: title, currency, cash now, the cash never to go below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QFormLayout, QWidget

from backstop.desktop.forms.dialog import AskingDialog, add_field
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.domain import CURRENCIES, Account, AccountKind, Book, parse_amount
from backstop.domain.money import currency_of
from backstop.services import clock

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class NewBookDialog(AskingDialog):
    """Emits `made(book)` once everything in it is right."""

    made = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(context, parent, "New book")
        outlives_book(self)
        self.title, self.cash, self.minimum = (
            SelectingLine(),
            SelectingLine("0"),
            SelectingLine("0"),
        )
        self.currency = QComboBox()
        self.currency.addItems(sorted(CURRENCIES))
        self.currency.setCurrentText(context.words.language.first_currency)
        say, form = context.words.say, QFormLayout()
        form.setSpacing(Space.MEDIUM)
        for text, field in (
            ("Title", self.title),
            ("Currency", self.currency),
            ("Cash you have now", self.cash),
            ("Minimum cash", self.minimum),
        ):
            add_field(form, say(text), field)
        self.body.addLayout(form)

    def take(self) -> None:
        """Close, and hand over the new book."""
        book = self._book()
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
            balance_date=clock.today(),
        )
        return Book(
            title=self.title.text(),
            currency=code,
            as_of=clock.today(),
            minimum_cash=parse_amount(self.minimum.text(), money),
            accounts=(cash,),
        )
