"""Another amount or day for one step of a plan, or those that it really had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFormLayout, QWidget

from backstop.desktop.forms.dialog import AskingDialog, add_field
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.dialog_lifetimes import ends_with_state
from backstop.desktop.widgets.text import plain_label
from backstop.domain import parse_amount
from backstop.plan import kind_of
from backstop.services.day_reading import read_day
from backstop.telling import Narrator, date_of
from backstop.telling.accepted_plans import step_text

if TYPE_CHECKING:
    from datetime import date

    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.plan import Action
    from backstop.plan.life.progress import StepNow


class StepDialog(AskingDialog):
    """Emits `wanted(amount, day)`: minor units and a day offset."""

    wanted = Signal(object, object)

    def __init__(
        self, context: Context, book: Book, parent: QWidget, title: str, about: str
    ) -> None:
        super().__init__(context, parent, title)
        ends_with_state(self, context)
        self._book, words = book, context.words
        self.amount, self.day = SelectingLine(), SelectingLine()
        form = QFormLayout()
        form.setSpacing(Space.MEDIUM)
        add_field(form, words.say("Amount"), self.amount)
        add_field(form, words.say("Date"), self.day)
        self.body.addWidget(plain_label("strong", about, wrap=True))
        self.body.addLayout(form)

    def begin_with(self, amount: int, day: date) -> None:
        """Fill in this amount and day."""
        words = self._context.words
        self.amount.setText(words.money(amount, self._book.currency, sign=False))
        self.day.setText(day.isoformat())

    def take(self) -> None:
        """Close, and say which amount (minor units) and day (offset) are wanted."""
        amount = parse_amount(self.amount.text(), self._book.money)
        day = (read_day(self.day.text()) - self._book.as_of).days
        self.accept()
        self.wanted.emit(amount, day)


class ChangeStepDialog(StepDialog):
    """Asks how a step is wanted. One that rearranges a payment stays on that payment's day."""

    def __init__(self, context: Context, book: Book, action: Action, parent: QWidget) -> None:
        super().__init__(context, book, parent, "Change this step", action.name)
        self.begin_with(action.amount, date_of(book, action.day))
        self.day.setEnabled(_may_move(action))


class HappenedDialog(StepDialog):
    """Asks what really happened: begins with today, or with what was said before."""

    def __init__(
        self, context: Context, book: Book, step: StepNow, today: date, parent: QWidget
    ) -> None:
        about = step_text(step, Narrator(book, context.words))
        super().__init__(context, book, parent, "What really happened", about)
        really = step.planned if step.actual is None else step.actual
        self.begin_with(really, step.step.done_on or today)


def _may_move(action: Action) -> bool:
    return kind_of(action).movable
