"""The steps of a plan that is being carried out: a tick, what, planned, really, the difference."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QGridLayout, QLabel, QSizePolicy, QToolButton, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import more_button, plain_label
from backstop.telling import Narrator
from backstop.telling.accepted_plans import difference, step_cells

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.plan.life.progress import Standing, StepNow
    from backstop.telling import Words

TICK, WHAT, DAY, PLANNED, DONE_ON, REALLY, DIFFERENCE, MORE = range(8)


class Deed(StrEnum):
    """What can be wanted of a plan that is kept; the last three of one of its steps."""

    HAPPENED = "happened"
    AGAIN = "again"
    END = "end"
    TICK = "tick"
    UNTICK = "untick"
    CHANGE = "change"


class KeptSteps(QWidget):
    """Shows them once; calls `want(deed, step)` with the number of the step.

    Where it is `narrow`, a day stands below its amount, not beside it.
    """

    def __init__(self, want: Callable[[Deed, int], None], *, narrow: bool) -> None:
        super().__init__()
        self.setObjectName("page")
        self._want, self._narrow = want, narrow
        self.stops: list[QWidget] = []
        """Where Tab stops, in its order."""
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.MEDIUM)
        self._grid.setVerticalSpacing(Space.TINY)
        self._grid.setColumnStretch(WHAT, 1)

    def show_steps(self, book: Book, standing: Standing, words: Words) -> None:
        """Show the steps of a plan that was accepted, with what was done of each."""
        for column, text in ((DAY, "Planned"), (DONE_ON, "Really")):
            self._put(0, column, plain_label("small", words.say(text)), columns=2)
        self._put(0, DIFFERENCE, plain_label("small", words.say("Difference")))
        for each in standing.steps:
            self._add_step(book, each, words)

    def _add_step(self, book: Book, each: StepNow, words: Words) -> None:
        narrator = Narrator(book, words)

        _, _, text, day, planned, done_on, really, _ = step_cells(each, narrator)
        row, top = self._grid.rowCount(), Qt.AlignmentFlag.AlignTop
        tick, more = self._tick(each, text), self._more(each, words)
        self.stops += tick, more
        self._grid.addWidget(tick, row, TICK, top)
        self._grid.addWidget(wrapped("", text), row, WHAT, top)
        self._put_both(row, DAY, day, planned)
        self._put_both(row, DONE_ON, done_on, really)
        self._put(row, DIFFERENCE, plain_label("careful", "\n".join(difference(each, narrator))))
        self._grid.addWidget(more, row, MORE, top)

    def _tick(self, each: StepNow, text: str) -> QCheckBox:
        tick = QCheckBox()
        tick.setObjectName(f"tick-{each.number}")
        tick.setAccessibleName(text)
        tick.setChecked(each.done)
        tick.clicked.connect(lambda on: self._want(Deed.TICK if on else Deed.UNTICK, each.number))
        return tick

    def _more(self, each: StepNow, words: Words) -> QToolButton:
        said = words.say("What really happened: step {n}", n=each.number)
        more = more_button(f"more-{each.number}", said, said)
        more.clicked.connect(partial(self._want, Deed.CHANGE, each.number))
        return more

    def _put_both(self, row: int, column: int, day: str, amount: str) -> None:
        if self._narrow:
            self._put(row, column, plain_label("", f"{amount}\n{day}"), columns=2)
        else:
            self._put(row, column, plain_label("", day))
            self._put(row, column + 1, plain_label("", amount))

    def _put(self, row: int, column: int, label: QLabel, columns: int = 1) -> None:
        label.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignTop)
        self._grid.addWidget(label, row, column, 1, columns)


def wrapped(role: str, text: str = "") -> QLabel:
    """A wrapped label that is as high as its width asks for, and no higher: there may be many."""
    label = plain_label(role, text, wrap=True)
    policy = label.sizePolicy()
    policy.setVerticalPolicy(QSizePolicy.Policy.Preferred)
    label.setSizePolicy(policy)
    return label
