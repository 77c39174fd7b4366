"""The figures of a question: notice, duration, cut, lateness, what is spent, and whether other
lenders follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from backstop.contingency import Cascade, Manner
from backstop.desktop.forms.blanks import DAYS, GAP, PERCENT, Blanks, number_in
from backstop.desktop.forms.control import Control
from backstop.desktop.forms.lines import AmountControl, WholeControl
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.flow import FlowLayout
from backstop.desktop.widgets.text import as_typed
from backstop.domain import BadInput, message
from backstop.services.questions import MATTERS

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.telling import Words

WIDTH, MONEY_WIDTH = 66, 110
SENTENCES = {
    "notice_days": ("with {n} days of notice", "each line's|own", DAYS),
    "cut_percent": ("by {n} %", "each line's|own", PERCENT),
    "late_days": ("by {n} days", "", DAYS),
    "duration_days": ("over after {n} days", "no end", DAYS),
}
"""For each figure of a manner: its words, what stands in its place when it is left empty, its
largest value."""
USUAL_CASCADE = Cascade(after_days=14, percent=50)


class MannerFields(QWidget):
    """Shows, behind `first`, those figures of a manner that make a difference. `changed(manner)`
    when one is left with another value."""

    changed = Signal(object)

    def __init__(self, context: Context, first: QWidget) -> None:
        super().__init__()
        self._context = context
        self.manner = Manner()
        self.controls = {
            name: WholeControl(optional=True, blank=blank)
            for name, (_, blank, _) in SENTENCES.items()
        }
        self._blanks = {name: Blanks([control]) for name, control in self.controls.items()}
        self.expense = AmountControl()
        self._spending = Blanks([self.expense])
        self.follow = QCheckBox()
        self.follow.toggled.connect(self._follow)
        self.after, self.less = WholeControl(), WholeControl()
        self._following = Blanks([self.after, self.less])
        row = FlowLayout(self, Space.MEDIUM, Space.TINY)
        row.setContentsMargins(Space.SMALL, 0, 0, 0)
        for each in (first, self._spending, *self._blanks.values(), self.follow, self._following):
            row.addWidget(each)
        self.expense.setFixedWidth(MONEY_WIDTH)
        for number in self._numbers:
            number.setFixedWidth(WIDTH)
        for control in self._all:
            control.left.connect(self._left)
            control.escaped.connect(self._forget_typed)

    def speak(self, words: Words, book: Book) -> None:
        for name, control in self.controls.items():
            control.speak(words, book)
            control.target.setAccessibleName(words.field(name))
            self._blanks[name].say(words.say(SENTENCES[name][0], n=GAP))
        self.expense.speak(words, book)
        self.expense.target.setAccessibleName(words.field("expense"))
        self._spending.say(words.say("of {amount}", amount=GAP))
        self.follow.setText(as_typed(words.say("other lines are cut")))
        self._following.say(words.say("{days} days later, by {percent} %", days=GAP, percent=GAP))
        self.after.target.setAccessibleName(words.say("Days until other lines are cut"))
        self.less.target.setAccessibleName(words.say("What other lines lose, in percent"))
        self._show()

    def show_manner(self, manner: Manner) -> None:
        """Hold these figures; one that is being typed over stays as it stands."""
        self.manner = manner
        self._show()

    @property
    def _numbers(self) -> tuple[WholeControl, ...]:
        return (*self.controls.values(), self.after, self.less)

    @property
    def _all(self) -> tuple[Control, ...]:
        return (*self._numbers, self.expense)

    def _show(self) -> None:
        cascade = self.manner.cascade
        for name, blank in self._blanks.items():
            blank.setVisible(name in MATTERS[self.manner.mode])
        self.follow.blockSignals(True)
        self.follow.setChecked(cascade is not None)
        self.follow.blockSignals(False)
        self._following.setVisible(cascade is not None)
        shown = [getattr(self.manner, name) for name in self.controls]
        shown += [cascade.after_days, cascade.percent] if cascade else [None, None]
        shown.append(self.manner.expense)
        self._spending.setVisible(self.manner.expense is not None)
        for control, value in zip(self._all, shown, strict=True):
            if not control.is_typed_into:
                control.show_value(value)
                control.set_wrong(False)

    def _follow(self, on: bool) -> None:
        self._take(replace(self.manner, cascade=USUAL_CASCADE if on else None))

    def _left(self) -> None:
        try:
            self._take(self._read())
        except BadInput as bad:
            self._context.tell_error(bad)

    def _take(self, manner: Manner) -> None:
        self.manner = manner
        self._forget_typed()
        self.changed.emit(manner)

    def _forget_typed(self) -> None:
        for control in self._all:
            control.show_value(None)
        self._show()

    def _read(self) -> Manner:
        figures = {
            name: number_in(self.controls[name], SENTENCES[name][2], name == "duration_days")
            for name in MATTERS[self.manner.mode]
        }
        cascade = None
        if self.follow.isChecked():
            after, less = number_in(self.after, DAYS), number_in(self.less, PERCENT)
            cascade = Cascade(after or 0, less or 0)
        spent = self.manner.expense and self._read_expense()
        return Manner(mode=self.manner.mode, cascade=cascade, expense=spent, **figures)

    def _read_expense(self) -> int:
        try:
            found: int = self.expense.value()
            if found <= 0:
                raise BadInput(message("Type an amount above zero."))
        except BadInput:
            self.expense.set_wrong(True)
            raise
        return found
