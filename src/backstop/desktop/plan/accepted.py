"""The plan that the owner keeps for a loss: how it stands, its steps, and what came before."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.plan.accepted_steps import Deed, KeptSteps, wrapped
from backstop.desktop.widgets.focus import focus_again, focused_in, tab_through
from backstop.desktop.widgets.text import as_typed, button, set_role
from backstop.domain import PlanStage
from backstop.telling import Narrator
from backstop.telling.accepted_plans import progress_sentence, remains_sentence, standing_sentence

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.plan.life.progress import Standing
    from backstop.telling import Words

MOST_OLD = 5


class KeptPlan(QWidget):
    """Emits `wanted(Deed, plan, step)`: `step` is 0 where it is about the whole plan."""

    wanted = Signal(object, str, int)

    def __init__(self) -> None:
        super().__init__()
        self._plan = ""
        self.narrow = False
        """Whether a day stands below its amount, not beside it."""
        self.standing, self.progress = wrapped("strong"), wrapped("muted")
        self.remains, self.history = wrapped(""), wrapped("small")
        self.happened, self.again, self.end = button("primary"), button(), button()
        for each, deed in (
            (self.happened, Deed.HAPPENED),
            (self.again, Deed.AGAIN),
            (self.end, Deed.END),
        ):
            each.setObjectName(deed)
            each.clicked.connect(partial(self._want, deed))
        self.steps = KeptSteps(self._want, narrow=False)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.SMALL)
        for each in (self.happened, self.again, self.end):
            buttons.addWidget(each)
        buttons.addStretch(1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(Space.SMALL)
        for label in (self.standing, self.progress, self.remains):
            self._column.addWidget(label)
        self._column.addWidget(self.steps)
        self._column.addLayout(buttons)
        self._column.addWidget(self.history)

    def retranslate(self, words: Words) -> None:
        self.happened.setText(as_typed(words.say("This has happened")))
        self.again.setText(as_typed(words.say("Draft the rest anew")))

    def show_standing(
        self, book: Book, standing: Standing | None, old: list[Standing], words: Words
    ) -> None:
        """What is kept for this loss, and what was before; hidden where there is neither."""
        pressed = self._pressed()
        self.setVisible(standing is not None or bool(old))
        self._show_history(book, old, words, beside=standing is not None)
        parts = (self.standing, self.progress, self.remains, self.steps)
        for each in (*parts, self.happened, self.again, self.end):
            each.setVisible(standing is not None)
        self._plan = "" if standing is None else standing.accepted.id
        if standing is not None:
            self._show(book, standing, words)
        if pressed is not None:
            self._go_on_from(pressed)

    def _pressed(self) -> QPushButton | None:
        """The button that has the keyboard: until all is shown, nobody has it."""
        for each in (self.happened, self.again, self.end):
            if self.window().focusWidget() is each:
                each.clearFocus()
                return each
        return None

    def _go_on_from(self, pressed: QPushButton) -> None:
        """Where the button is gone, on to the first step: never to another button."""
        first = self.steps.findChild(QCheckBox)
        for each in (pressed, first, self.happened):
            if isinstance(each, QWidget) and not each.isHidden():
                each.setFocus()
                return

    def _show(self, book: Book, standing: Standing, words: Words) -> None:
        plan = standing.accepted
        active = plan.stage is PlanStage.ACTIVE
        self.standing.setText(standing_sentence(standing, words))
        set_role(self.standing, "careful" if standing.stale and not active else "strong")
        self.progress.setText(progress_sentence(standing, Narrator(book, words)))
        self.remains.setText(remains_sentence(standing, words) if active else "")
        self.remains.setVisible(active)
        self.happened.setVisible(not active)
        self.again.setVisible(active and not plan.drill)
        end = words.say("End the drill") if plan.drill else words.say("End this plan")
        self.end.setText(as_typed(end))
        self._show_steps(book, standing, words, active=active)

    def _show_steps(self, book: Book, standing: Standing, words: Words, *, active: bool) -> None:
        held = KeptSteps(self._want, narrow=self.narrow)
        if active:
            held.show_steps(book, standing, words)
        self._column.replaceWidget(self.steps, held)
        held.setVisible(active and bool(standing.steps))
        focus_again(held, focused_in(self.steps))
        self.steps.hide()
        self.steps.deleteLater()
        self.steps = held
        tab_through((self, *held.stops, self.happened, self.again, self.end))

    def _show_history(self, book: Book, old: list[Standing], words: Words, *, beside: bool) -> None:
        """What is over; `beside` what is in hand, it is said to have been before."""
        lines = [
            words.joined(
                [standing_sentence(each, words), progress_sentence(each, Narrator(book, words))]
            )
            for each in old[:MOST_OLD]
        ]
        self.history.setText("\n".join([words.say("Before:"), *lines] if beside else lines))
        self.history.setVisible(bool(lines))

    def _want(self, deed: Deed, step: object = 0) -> None:
        number = step if isinstance(step, int) and not isinstance(step, bool) else 0
        self.wanted.emit(deed, self._plan, number)
