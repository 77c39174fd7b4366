"""The owner's hand on a plan: how many steps, what is pinned or forbidden, and all of it undone."""

from __future__ import annotations

from dataclasses import replace
from enum import Enum, auto
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.flow import FlowLayout
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.plan import NO_WISHES, Forbidden, pin_of
from backstop.telling import Narrator

if TYPE_CHECKING:
    from collections.abc import Callable

    from backstop.domain import Book
    from backstop.plan import Action, Plan, Wishes
    from backstop.telling import Words

MOST_STEPS = 12

EVERY_STEP = 1
"""The place of "every step that helps" among the choices: after "those that are worth it", before
"at most one"."""


class StepWish(Enum):
    """What can be wanted of one step: FORBID is on its day, NEVER altogether."""

    PIN = auto()
    UNPIN = auto()
    CHANGE = auto()
    FORBID = auto()
    NEVER = auto()


class WishBar(QWidget):
    """The wishes of one plan in words, and the choice of how many steps it may have.

    `changed(wishes)` whenever the owner wants something else. What is done with the plan as a whole
    is added to `row`.
    """

    changed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._wishes: Wishes | None = None
        self.at_most = QComboBox()
        self.at_most.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.at_most.activated.connect(self._limit)
        self.reset = button("quiet")
        self.reset.clicked.connect(self._forget_all)
        self.said = plain_label("muted", wrap=True)
        self.unmet = plain_label("careful", wrap=True)
        tools = QWidget()
        self.row = FlowLayout(tools, Space.SMALL, Space.SMALL)
        self.row.addWidget(self.at_most)
        self.row.addWidget(self.reset)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.TINY)
        column.addWidget(tools)
        column.addWidget(self.said)
        column.addWidget(self.unmet)

    @property
    def wishes(self) -> Wishes:
        """What the owner wants of the plan that is shown."""
        return self._wishes if self._wishes is not None else NO_WISHES

    def retranslate(self, words: Words) -> None:
        chosen = max(self.at_most.currentIndex(), 0)
        self.at_most.clear()
        self.at_most.addItem(words.say("the steps that are worth it"))
        self.at_most.addItem(words.say("every step that helps"))
        for n in range(1, MOST_STEPS + 1):
            self.at_most.addItem(words.count(n, "at most one step", "at most {n} steps"))
        self.at_most.setCurrentIndex(chosen)
        self.at_most.setAccessibleName(words.say("How many steps the plan may have"))
        self.reset.setText(as_typed(words.say("Forget my changes")))

    def show_wishes(self, wishes: Wishes) -> None:
        """Take up the wishes of another plan; nothing is emitted."""
        self._wishes = wishes
        self.at_most.setCurrentIndex(_choice(wishes))
        self.reset.setVisible(bool(wishes))

    def say_wishes(self, book: Book, plan: Plan | None, words: Words) -> None:
        """Name what is forbidden, which the steps no longer show, and what was not possible."""
        names = [_forbidden_name(book, each, words) for each in self.wishes.forbidden]
        self.said.setText(words.say("Not used: {names}.", names=words.few(names)))
        self.said.setVisible(bool(names))
        unmet = plan.unmet if plan is not None else ()
        self.unmet.setText("\n".join(words.tell(each) for each in unmet))
        self.unmet.setVisible(bool(unmet))

    def say_nothing(self) -> None:
        """While there is no plan, nothing is said of one."""
        self.said.hide()
        self.unmet.hide()

    # what a step's menu asks for

    def take(self, wish: StepWish, action: Action) -> None:
        """What is wanted of a step; another amount or day is asked for first, and then pinned."""
        ways: dict[StepWish, Callable[[Action], None]] = {
            StepWish.PIN: self.pin,
            StepWish.UNPIN: self.unpin,
            StepWish.FORBID: partial(self.forbid, always=False),
            StepWish.NEVER: partial(self.forbid, always=True),
        }
        ways[wish](action)

    def pin(self, action: Action, amount: int | None = None, day: int | None = None) -> None:
        """Keep this action, as it is or with another amount or day."""
        pin = pin_of(action)
        wanted = self.wishes.unpinning(action)
        pin = replace(
            pin,
            amount=pin.amount if amount is None else amount,
            day=pin.day if day is None else day,
        )
        self._want(wanted.pinning(pin))

    def unpin(self, action: Action) -> None:
        """Leave a step to the plan again."""
        self._want(self.wishes.unpinning(action))

    def forbid(self, action: Action, *, always: bool) -> None:
        """Do without this source, on the action's day or altogether."""
        each = Forbidden(action.source, None if always else action.day)
        self._want(self.wishes.forbidding(each))

    def _limit(self, number: int) -> None:
        most = number - EVERY_STEP if number > EVERY_STEP else None
        self._want(replace(self.wishes, at_most=most, every_step=number == EVERY_STEP))

    def _forget_all(self) -> None:
        self._want(NO_WISHES)

    def _want(self, wishes: Wishes) -> None:
        self.show_wishes(wishes)
        self.changed.emit(wishes)


def _choice(wishes: Wishes) -> int:
    """The place of what is wanted among the choices."""
    if wishes.at_most:
        return EVERY_STEP + min(wishes.at_most, MOST_STEPS)
    return EVERY_STEP if wishes.every_step else 0


def _forbidden_name(book: Book, each: object, words: Words) -> str:
    assert isinstance(each, Forbidden)
    record = book.by_id.get(each.source)
    name = record.name if record is not None else each.source
    if each.day is None:
        return name
    return words.say("{name} on {day}", name=name, day=Narrator(book, words).brief_day(each.day))
