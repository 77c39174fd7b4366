"""What is lost, how, and when: the choices above the table of the Stress page."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QComboBox, QWidget

from backstop.contingency import Manner
from backstop.contingency.applying import manner_of_cause
from backstop.contingency.presets import BY_KEY
from backstop.desktop.forms.blanks import GAP, Blanks
from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.forms.loss_choice import offer_what
from backstop.desktop.stress.loss_day import LossDay
from backstop.desktop.stress.question_fields import MannerFields
from backstop.domain import LossMode
from backstop.services.questions import Question, What, modes_for

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.projection import Projection

ON_A_DAY, WORST_DAY = False, True
LONGEST_LIST = 32


class QuestionBar(QObject):
    """Holds a `Question` and the widgets that change it: `choices`, in their order, and `fields`.

    `changed(question)` when the owner asks something else; `saved_changed(manner)` when a saved
    loss is to go in another manner, `saved_moved(day)` when on another day, or on whatever day is
    asked for (None).
    """

    changed = Signal(object)
    saved_changed = Signal(object)
    saved_moved = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._book: Book | None = None
        self._today = 0
        self.question = Question()
        self.what, self.how, self.when = CalmCombo(), CalmCombo(), CalmCombo()
        for combo, letters in ((self.what, 18), (self.how, 12), (self.when, 12)):
            combo.setMinimumContentsLength(letters)
            combo.setMaxVisibleItems(LONGEST_LIST)
        self.day = LossDay(context)
        self.own_day = LossDay(context, optional=True, blank="the day above")
        self._own_day = Blanks([self.own_day])
        self.fields = MannerFields(context, self._own_day)
        self.choices: tuple[QWidget, ...] = (self.what, self.how, self.when, self.day)
        self.what.activated.connect(self._what_chosen)
        self.how.activated.connect(self._how_chosen)
        self.when.activated.connect(self._when_chosen)
        self.day.chosen.connect(self._day_chosen)
        self.own_day.chosen.connect(self.saved_moved)
        self.fields.changed.connect(self._ask_manner)

    # what is shown

    def show_book(self, projection: Projection, loss_day: int | None) -> None:
        """Offer what this book has; what it has no more is not asked for any longer."""
        book = self._book = projection.book
        self._today = projection.now
        self._fill()
        day = None if loss_day is None else min(loss_day, book.horizon_days)
        known = self.what.findData(self._chosen()) >= 0
        self.show_question(replace(self.question if known else Question(), loss_day=day))

    def show_question(self, question: Question) -> None:
        """Show a question without asking it."""
        self.question = question
        self.what.setCurrentIndex(self.what.findData(self._chosen()))
        self._fill_how()
        self.when.setCurrentIndex(self.when.findData(question.worst_day))
        self.day.setVisible(not question.worst_day)
        self._own_day.setVisible(question.what is What.SAVED)
        self.fields.show_manner(question.manner)
        self._show_day()

    def show_saved(self, manner: Manner, day: date | None) -> None:
        """Show in which manner the chosen saved loss goes, and on which day of its own."""
        if not self.own_day.is_typed_into:
            self.own_day.show_value(day)
        self.own_day.setEnabled(self._context.may_edit)
        self.fields.show_manner(manner)
        self.how.setCurrentIndex(max(self.how.findData(manner.mode or ""), 0))

    def name_of(self, line: str) -> str:
        """A name to begin with for a case that is kept."""
        if self.question.what is What.CAUSE:
            return f"{self.what.currentText()}: {line}"
        return f"{line}: {self.how.currentText()}" if self.question.manner.mode else line

    def _chosen(self) -> str:
        return self.question.cause or self.question.what.value

    def _fill(self) -> None:
        assert self._book is not None
        words, book = self._context.words, self._book
        offer_what(self.what, book, words)
        self.when.clear()
        self.when.addItem(words.say("lost on"), ON_A_DAY)
        self.when.addItem(words.say("on its worst day"), WORST_DAY)
        for combo, name in (
            (self.what, "What is lost"),
            (self.how, "How it goes"),
            (self.when, "When it goes"),
        ):
            _name(combo, words.say(name))
        for day, name in ((self.day, "Closes on"), (self.own_day, "Day of the saved case")):
            day.speak(words, book)
            day.target.setAccessibleName(words.say(name))
        self._own_day.say(words.say("on {day}", day=GAP))
        self.fields.speak(words, book)

    def _fill_how(self) -> None:
        words = self._context.words
        self.how.clear()
        for mode in modes_for(self.question):
            said = words.say("its usual way") if mode is None else words.label(mode)
            self.how.addItem(said, mode or "")
        self.how.setCurrentIndex(max(self.how.findData(self.question.manner.mode or ""), 0))
        self.how.setEnabled(self.how.count() > 1)

    def _show_day(self) -> None:
        if self._book is not None and not self.day.is_typed_into:
            day = self._today if self.question.loss_day is None else self.question.loss_day
            self.day.show_value(self._book.as_of + timedelta(days=day))

    # what is asked

    def ask_for_day(self, day: int) -> None:
        """Ask for the loss on this day (offset)."""
        asked = None if day == self._today else day
        self._ask(replace(self.question, loss_day=asked, worst_day=False))

    def _ask(self, question: Question) -> None:
        if question != self.question:
            self.show_question(question)
            self.changed.emit(question)

    def _what_chosen(self) -> None:
        """A cause sets the manner; without one the manner stays as far as it is possible."""
        key, now = self.what.currentData(), self.question
        if key in BY_KEY:
            assert self._book is not None
            manner = manner_of_cause(self._book, BY_KEY[key])
            self._ask(replace(now, what=What.CAUSE, cause=key, manner=manner))
            return
        asked = replace(now, what=What(key), cause="")
        kept = now.what is not What.CAUSE and now.manner.mode in modes_for(asked)
        self._ask(asked if kept else replace(asked, manner=Manner()))

    def _how_chosen(self) -> None:
        chosen = self.how.currentData()
        mode = LossMode(chosen) if chosen else None
        now = self.fields.manner
        self._ask_manner(Manner(mode=mode, cascade=now.cascade, expense=now.expense))

    def _ask_manner(self, manner: Manner) -> None:
        if self.question.what is What.SAVED:
            self.saved_changed.emit(manner)
        else:
            self._ask(replace(self.question, manner=manner))

    def _when_chosen(self) -> None:
        self._ask(replace(self.question, worst_day=self.when.currentData()))

    def _day_chosen(self, day: date) -> None:
        assert self._book is not None
        offset = (day - self._book.as_of).days
        asked = None if offset == self._today else offset
        self._ask(replace(self.question, loss_day=asked))


def _name(combo: QComboBox, name: str) -> None:
    combo.setAccessibleName(name)
    combo.setToolTip(name)
