"""The actions of a plan as a list one can follow: what, when, why, how much, at what cost."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QMenu, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.plan.wishes import StepWish
from backstop.desktop.widgets.focus import focus_again, focused_in
from backstop.desktop.widgets.text import as_typed, more_button, plain_label
from backstop.plan import Phase
from backstop.telling import Narrator
from backstop.telling.asking import (
    ask_spares,
    ask_terms,
    ask_text,
    asks_heading,
    begin_lines,
    not_counted,
)
from backstop.telling.explaining import next_best
from backstop.telling.not_arranged import fallback_heading, fallback_lines
from backstop.telling.sentences import action_text, action_when, cautions, phase_heading

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.plan import Action, Plan
    from backstop.telling import Words

LEVEL = 2
"""How far a line of text begins below the top of a sign, in pixels, to stand level with it."""
NUMBER, WHAT, AMOUNT, COST, MORE = range(5)


class Steps(QWidget):
    """Shows one plan at a time, whole: the page scrolls. Each step has a menu, whose choice comes
    as `wanted(StepWish, action)`."""

    wanted = Signal(object, object)

    def __init__(self) -> None:
        super().__init__()
        self._returns_to = ""
        self._held = QWidget()
        self._place = QVBoxLayout(self)
        self._place.setContentsMargins(0, 0, 0, 0)
        self._place.addWidget(self._held)

    def show_plan(self, book: Book, plan: Plan, words: Words) -> None:
        """Show the steps of a plan, phase by phase."""
        held = QWidget()
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(Space.TINY)
        grid.setColumnStretch(WHAT, 1)
        _add_asks(grid, book, plan, words)
        if plan.actions:
            _add_head(grid, words)
        number = 0
        for phase in Phase:
            actions = plan.in_phase(phase)
            if actions:
                _add_phase(grid, phase_heading(phase, words))
            for action in actions:
                number += 1
                _add_step(grid, number, book, plan, action, words)
                if not action.done:
                    self._add_menu(grid, action, words)
        _add_fallback(grid, book, plan, words)
        layout = QVBoxLayout(held)
        layout.setContentsMargins(0, 0, Space.SMALL, 0)
        layout.addLayout(grid)
        layout.addStretch(1)
        self.hold_focus()
        self._place.replaceWidget(self._held, held)
        self._held.hide()
        self._held.deleteLater()
        self._held = held
        if self.window().focusWidget() is None:  # nobody has moved on meanwhile
            focus_again(held, self._returns_to)
        self._returns_to = ""

    def _add_menu(self, grid: QGridLayout, action: Action, words: Words) -> None:
        more = more_button(
            f"more-{action.source}-{action.day}-{action.times}",
            words.say("What else about this step: {name}", name=action.name),
            words.say("Keep, change or do without this step"),
        )
        more.setPopupMode(more.ToolButtonPopupMode.InstantPopup)
        menu = QMenu(more)
        for wish, text in _wishes(action, words):
            menu.addAction(as_typed(text), partial(self.wanted.emit, wish, action))
        more.setMenu(menu)
        grid.addWidget(more, grid.rowCount() - 2, MORE, Qt.AlignmentFlag.AlignTop)

    def hold_focus(self) -> None:
        """If a step has the keyboard, nothing has it until the steps are shown anew: then it comes
        back. To be called before they are disabled, or it would go elsewhere."""
        focused, now = focused_in(self), self.window().focusWidget()
        if focused and now is not None:
            now.clearFocus()
            self._returns_to = focused


def _wishes(action: Action, words: Words) -> list[tuple[StepWish, str]]:
    """What can be wanted of a step, in the order of its menu."""
    return [
        (StepWish.UNPIN, words.say("Keep no longer"))
        if action.pinned
        else (StepWish.PIN, words.say("Keep this step")),
        (StepWish.CHANGE, words.say("Change amount or date…")),
        (StepWish.FORBID, words.say("Do without this step")),
        (StepWish.NEVER, words.say("Never use {name}", name=action.name)),
    ]


def _add_head(grid: QGridLayout, words: Words) -> None:
    row = grid.rowCount()
    for column, text in ((AMOUNT, "Amount"), (COST, "Cost")):
        label = plain_label("small", words.say(text))
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
        grid.addWidget(label, row, column)


def _add_asks(grid: QGridLayout, book: Book, plan: Plan, words: Words) -> None:
    """What to ask first; none of it is a step that counts, so none has a number."""
    if not (plan.asks or plan.begin):
        return
    narrator = Narrator(book, words)
    _add_phase(grid, asks_heading(words) if plan.asks else words.say("This week"))
    if plan.asks:
        note = plain_label("small", not_counted(words), wrap=True)
        grid.addWidget(note, grid.rowCount(), WHAT, 1, COST - WHAT + 1)
    before = ""
    for each in plan.asks:
        row, contact = grid.rowCount(), each.measure.contact
        title = plain_label("strong", ask_text(each, narrator), wrap=True)
        grid.addWidget(title, row, WHAT, 1, COST - WHAT + 1)
        call = words.say("Contact: {contact}.", contact=contact) if contact != before else ""
        beside = (ask_terms(each, narrator), ask_spares(each, plan, narrator), call)
        below = plain_label("muted", words.joined(beside), wrap=True)
        below.setContentsMargins(0, 0, 0, Space.SMALL)
        grid.addWidget(below, row + 1, WHAT, 1, COST - WHAT + 1)
        before = contact
    for text in begin_lines(plan, narrator):
        label = plain_label("strong", text, wrap=True)
        label.setContentsMargins(0, 0, 0, Space.SMALL)
        grid.addWidget(label, grid.rowCount(), WHAT, 1, COST - WHAT + 1)


def _add_fallback(grid: QGridLayout, book: Book, plan: Plan, words: Words) -> None:
    """The plan without what nobody has granted; none of it is a step to do now."""
    narrator = Narrator(book, words)
    lines = fallback_lines(plan, narrator)
    if lines:
        _add_phase(grid, fallback_heading(plan, narrator))
    for text in lines:
        label = plain_label("", text, wrap=True)
        grid.addWidget(label, grid.rowCount(), WHAT, 1, COST - WHAT + 1)


def _add_phase(grid: QGridLayout, heading: str) -> None:
    row = grid.rowCount()
    label = plain_label("phase", heading)
    grid.addWidget(label, row, NUMBER, 1, 4)


def _add_step(
    grid: QGridLayout,
    number: int,
    book: Book,
    plan: Plan,
    action: Action,
    words: Words,
) -> None:
    narrator = Narrator(book, words)

    row = grid.rowCount()
    top = Qt.AlignmentFlag.AlignTop
    sign = plain_label("step", str(number))
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setFixedSize(Space.WIDE, Space.WIDE)
    grid.addWidget(sign, row, NUMBER, top)
    title = plain_label("strong", action_text(action, narrator), wrap=True)
    title.setContentsMargins(0, LEVEL, 0, 0)
    grid.addWidget(title, row, WHAT, top)
    for column, minor in ((AMOUNT, action.amount), (COST, action.cost)):
        label = plain_label("", words.money(minor, book.currency))
        label.setAlignment(Qt.AlignmentFlag.AlignRight)
        label.setContentsMargins(0, LEVEL, 0, 0)
        grid.addWidget(label, row, column, top)
    below = QVBoxLayout()
    below.setSpacing(2)
    below.addWidget(plain_label("", action_when(action, narrator), wrap=True))
    if action.pinned and not action.done:
        below.addWidget(plain_label("small", words.say("kept as you want it")))
    if action.because is not None:
        below.addWidget(plain_label("muted", narrator.brief(action.because), wrap=True))
    if doubts := cautions(action, narrator):
        below.addWidget(plain_label("muted", doubts, wrap=True))
    if other := next_best(action, plan, narrator):
        below.addWidget(plain_label("muted", other, wrap=True))
    if action.contact:
        below.addWidget(
            plain_label("muted", words.say("Contact: {contact}", contact=action.contact), wrap=True)
        )
    below.addSpacing(Space.SMALL)
    grid.addLayout(below, row + 1, WHAT, 1, COST - WHAT + 1)
