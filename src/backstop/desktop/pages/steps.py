"""The actions of a plan as a list one can follow: what, when, why, how much, at what cost."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from backstop.desktop.theme import Space
from backstop.desktop.widgets.text import plain_label

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.language import Words
    from backstop.plan import Action, Plan

HEIGHT = 240
NUMBER, WHAT, AMOUNT, COST = range(4)


class Steps(QScrollArea):
    """Shows one plan at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMinimumHeight(HEIGHT)
        nothing = QWidget()
        nothing.setObjectName("page")
        self.setWidget(nothing)

    def show_plan(self, book: "Book", plan: "Plan", words: "Words") -> None:
        from backstop.plan import Phase
        from backstop.report.sentences import phase_heading

        held = QWidget()
        held.setObjectName("page")
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.TINY)
        grid.setColumnStretch(WHAT, 1)
        _add_head(grid, words)
        number = 0
        for phase in Phase:
            actions = plan.in_phase(phase)
            if actions:
                _add_phase(grid, phase_heading(phase, words))
            for action in actions:
                number += 1
                _add_step(grid, number, book, action, words)
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, 0, Space.SMALL, 0)
        layout.addLayout(grid)
        layout.addStretch(1)
        self.setWidget(held)


def _add_head(grid: QGridLayout, words: "Words") -> None:
    for column, text in ((AMOUNT, "Amount"), (COST, "Cost")):
        label = plain_label("small", words.say(text))
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label, 0, column)


def _add_phase(grid: QGridLayout, heading: str) -> None:
    row = grid.rowCount()
    label = plain_label("phase", heading)
    grid.addWidget(label, row, NUMBER, 1, 4)


def _add_step(
    grid: QGridLayout, number: int, book: "Book", action: "Action", words: "Words"
) -> None:
    from backstop.report.sentences import action_text, action_when

    row = grid.rowCount()
    top = Qt.AlignmentFlag.AlignTop
    sign = plain_label("step", str(number))
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setFixedSize(Space.WIDE, Space.WIDE)
    grid.addWidget(sign, row, NUMBER, top)
    grid.addWidget(plain_label("strong", action_text(book, action, words), wrap=True), row, WHAT)
    for column, minor in ((AMOUNT, action.amount), (COST, action.cost)):
        label = plain_label("", words.money(minor, book.currency))
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label, row, column, top)
    below = QVBoxLayout()
    below.setSpacing(2)
    below.addWidget(plain_label("", action_when(book, action, words), wrap=True))
    if action.because is not None:
        below.addWidget(plain_label("muted", words.tell(action.because), wrap=True))
    if action.contact:
        below.addWidget(
            plain_label("muted", words.say("Contact: {contact}", contact=action.contact), wrap=True)
        )
    below.addSpacing(Space.SMALL)
    grid.addLayout(below, row + 1, WHAT, 1, COST - WHAT + 1)
