"""The guided start: four pages, the verdict beside them; left and come back to at any time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLayout,
    QScrollArea,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.guide.kinds import Accounts, Lines, Movements
from backstop.desktop.guide.minimum import Minimum
from backstop.desktop.guide.table import EntryTable
from backstop.desktop.guide.verdict import GrowingVerdict
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.room import fit_to_screen
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.domain import Direction

if TYPE_CHECKING:
    from backstop.desktop.guide.asked import Kind
    from backstop.desktop.state.context import Context

SIZE = (1160, 680)
BESIDE = 980
"""In a dialog less wide, the verdict stands below."""
VERDICT_WIDTH = 290
LOW = 420
"""In a dialog less high as well, it and the advice give their places to the rows."""


@dataclass(frozen=True)
class Step:
    """One page: its question and what is to be known for it are English keys."""

    question: str
    advice: str
    kind: Kind


STEPS = (
    Step(
        "What money do you have today?",
        "Every account, wallet and cash box, with what is in it. Together they pay what is due, "
        "unless you say later that a payment goes through one of them.",
        Accounts(),
    ),
    Step(
        "What comes in?",
        "The next day of each receipt. A day may be typed as 30 Nov, 30.11., 11-30, today or +7. "
        "If a customer usually pays late, say by how many days.",
        Movements(Direction.RECEIPT),
    ),
    Step(
        "What goes out?",
        "Wages, rent, tax, suppliers, living costs. Instalments and bills of credit are asked for "
        "on the next page: do not enter them here.",
        Movements(Direction.PAYMENT),
    ),
    Step(
        "Which credit do you lean on?",
        "Each line that others may close: its limit, what you owe on it now, when the next payment "
        "is due. No plan counts on a limit that nobody has looked at: tick it once you have "
        "seen it in the app.",
        Lines(),
    ),
)


class GuideDialog(QDialog):
    """Asks on each page for rows; each is in the book as soon as it is complete."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.tables = [EntryTable(context, each.kind) for each in STEPS]
        self.minimum = Minimum(context)
        self.number = plain_label("small")
        self.question, self.advice = (
            plain_label("answer", wrap=True),
            plain_label("muted", wrap=True),
        )
        self.pages = QStackedWidget()
        self.verdict = GrowingVerdict(context)
        self.back, self.skip, self.onward = button(), button("quiet"), button("primary")
        self._beside = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._lay_out()
        self.back.clicked.connect(lambda: self.show_step(self.step - 1))
        self.skip.clicked.connect(self._skip)
        self.onward.clicked.connect(self._go_on)
        self.finished.connect(self.deleteLater)
        fit_to_screen(self, *SIZE)
        self.show_step(self._first_unknown())

    def _lay_out(self) -> None:
        for table in self.tables:
            self.pages.addWidget(self._scrolling(table))
        left = QVBoxLayout()
        left.setSpacing(Space.SMALL)
        for each in (self.number, self.question, self.advice):
            left.addWidget(each)
        left.addWidget(self.pages, 1)
        self._beside.setSpacing(Space.LARGE)
        self._beside.addLayout(left, 1)
        self._beside.addWidget(self.verdict)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.SMALL)
        buttons.addWidget(self.skip)
        buttons.addStretch(1)
        buttons.addWidget(self.back)
        buttons.addWidget(self.onward)
        column = QVBoxLayout(self)
        column.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        column.setSpacing(Space.LARGE)
        column.addLayout(self._beside, 1)
        column.addLayout(buttons)

    def _scrolling(self, table: EntryTable) -> QScrollArea:
        inside = QWidget()
        inside.setObjectName("page")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, Space.MEDIUM, 0)
        column.addWidget(table)
        if table is self.tables[0]:
            column.addWidget(self.minimum)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Put the verdict beside the rows, or below them where there is no room."""
        wide = event.size().width() >= BESIDE
        right, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._beside.setDirection(right if wide else down)
        self.verdict.set_brief(not wide)
        high = wide or event.size().height() >= LOW
        self.verdict.setVisible(high)
        self.advice.setVisible(high)
        self.verdict.setMinimumWidth(VERDICT_WIDTH if wide else 0)
        self.verdict.setMaximumWidth(VERDICT_WIDTH if wide else 16_777_215)
        super().resizeEvent(event)

    # the pages

    @property
    def step(self) -> int:
        """The page in sight, from 0."""
        return self.pages.currentIndex()

    @property
    def table(self) -> EntryTable:
        """The rows in sight."""
        return self.tables[self.step]

    def _first_unknown(self) -> int:
        """The first page of which the book says nothing yet, or the first of all."""
        unknown = (n for n, each in enumerate(STEPS) if not any(each.kind.known(self._context)))
        return next(unknown, 0)

    def show_step(self, number: int) -> None:
        """Show a page, as the book is now."""
        self.pages.setCurrentIndex(number)
        self.table.show_book()
        self.minimum.show_book()
        words, step = self._context.words, STEPS[number]
        self.setWindowTitle(words.say("Guided start"))
        self.number.setText(words.say("Page {n} of {count}", n=number + 1, count=len(STEPS)))
        self.question.setText(words.say(step.question))
        self.advice.setText(words.say(step.advice))
        self.back.setText(as_typed(words.say("Back")))
        self.skip.setText(as_typed(words.say("Skip this page")))
        self.onward.setText(as_typed(words.say("See the overview" if self._is_last else "Next")))
        self.back.setVisible(number > 0)
        self.skip.setVisible(not self._is_last)
        self.verdict.show_answers()
        self.table.focus_first()

    @property
    def _is_last(self) -> bool:
        return self.step == len(STEPS) - 1

    def _go_on(self) -> None:
        """The next page, once every row is complete; the overview after the last."""
        if not (self.table.settle() and self.minimum.keep()):
            return
        if self._is_last:
            self._context.show_page("overview", "")
            self.accept()
        else:
            self.show_step(self.step + 1)

    def _skip(self) -> None:
        self.show_step(self.step + 1)

    def reject(self) -> None:
        """Keep what is complete; the guide can be opened again."""
        for row in list(self.table.rows):
            row.keep()
        super().reject()
