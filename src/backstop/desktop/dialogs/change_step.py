"""Another amount or day for one step of a plan."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QLineEdit, QWidget

from backstop.desktop.dialogs.frame import AskingDialog, add_field
from backstop.desktop.editors.reading import read_day
from backstop.desktop.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import parse_amount

if TYPE_CHECKING:
    from backstop.desktop.context import Context
    from backstop.domain import Book
    from backstop.plan import Action


class ChangeStepDialog(AskingDialog):
    """Emits `wanted(amount, day)`: minor units and a day offset.

    A step that rearranges a payment stays on that payment's day, unless `done`: then what really
    happened is asked for.
    """

    wanted = Signal(object, object)

    def __init__(
        self,
        context: "Context",
        book: "Book",
        action: "Action",
        parent: QWidget,
        *,
        done: bool = False,
    ) -> None:
        from backstop.report.phrases import date_of

        super().__init__(context, parent, "What really happened" if done else "Change this step")
        self._book, words = book, context.words
        self.amount = QLineEdit(words.money(action.amount, book.currency, sign=False))
        self.day = QLineEdit(date_of(book, action.day).isoformat())
        self.day.setEnabled(done or _may_move(action))
        form = QFormLayout()
        form.setSpacing(Space.MEDIUM)
        add_field(form, words.say("Amount"), self.amount)
        add_field(form, words.say("Date"), self.day)
        self.body.addWidget(plain_label("strong", action.name, wrap=True))
        self.body.addLayout(form)

    def take(self) -> None:
        amount = parse_amount(self.amount.text(), self._book.money)
        day = (read_day(self.day.text()) - self._book.as_of).days
        self.accept()
        self.wanted.emit(amount, day)


def _may_move(action: "Action") -> bool:
    from backstop.plan import ActionKind

    return action.kind in (
        ActionKind.DRAW,
        ActionKind.RESERVE,
        ActionKind.SELL_ASSET,
        ActionKind.NEW_FACILITY,
        ActionKind.OWNER_MONEY,
        ActionKind.RENEW,
    )
