"""Another amount or day for one step of a plan."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.editors.reading import read_day
from backstop.desktop.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput, parse_amount

if TYPE_CHECKING:
    from backstop.desktop.context import Context
    from backstop.domain import Book
    from backstop.plan import Action

WIDTH = 380


class ChangeStepDialog(QDialog):
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

        super().__init__(parent)
        self._words, self._book, self._action = context.words, book, action
        self.amount = QLineEdit(self._words.money(action.amount, book.currency, sign=False))
        self.day = QLineEdit(date_of(book, action.day).isoformat())
        self.day.setEnabled(done or _may_move(action))
        self._title = "What really happened" if done else "Change this step"
        self.problem = plain_label("danger", wrap=True)
        self.problem.hide()
        self._lay_out()
        self.finished.connect(self.deleteLater)

    def _lay_out(self) -> None:
        say = self._words.say
        self.setWindowTitle(say(self._title))
        self.setMinimumWidth(WIDTH)
        form = QFormLayout()
        form.setSpacing(Space.MEDIUM)
        for text, field in (("Amount", self.amount), ("Date", self.day)):
            label = plain_label(text=say(text))
            label.setBuddy(field)
            field.setAccessibleName(say(text))
            form.addRow(label, field)
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.button(kinds.Ok).setProperty("role", "primary")
        buttons.accepted.connect(self._take)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.LARGE)
        layout.addWidget(plain_label("strong", self._action.name, wrap=True))
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def _take(self) -> None:
        try:
            amount = parse_amount(self.amount.text(), self._book.money)
            day = (read_day(self.day.text()) - self._book.as_of).days
        except BadInput as bad:
            self.problem.setText(self._words.tell(bad.message))
            self.problem.show()
            return
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
