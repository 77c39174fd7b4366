"""What the Plan page does with accepted plans: each click is one change of the book."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from backstop.desktop.plan.accepted import KeptPlan
from backstop.desktop.plan.accepted_steps import Deed
from backstop.desktop.plan.change_step_dialog import HappenedDialog
from backstop.domain import AcceptedPlan, Fault
from backstop.plan import NO_WISHES
from backstop.services import accepting, clock
from backstop.services.accepting import (
    accept,
    accepted_for,
    is_same_plan,
    past_plans,
    standing_of,
    today_in,
    wishes_of,
)

if TYPE_CHECKING:
    from backstop.desktop.plan.drafting import PlanDraft
    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.plan import Answers, Wishes
    from backstop.plan.life.progress import Standing
    from backstop.services.commands import Change


class AcceptedPlans(QObject):
    """Shows what is kept for one loss and carries out what is wanted of it.

    `owner` is where dialogs belong; `again(wishes)` drafts the rest of a plan around what is done.
    """

    def __init__(self, context: Context, owner: QWidget) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._standing: Standing | None = None
        self._book: Book | None = None
        self.view = KeptPlan()
        self.view.wanted.connect(self._do)
        self.again = _nobody

    def show_loss(self, answers: Answers, contingency: str) -> None:
        """The plan in hand for this loss, and those that are over."""
        self._book = book = answers.book
        kept = accepted_for(book, contingency)
        old = [standing_of(each, answers.projection) for each in past_plans(book, contingency)]
        self._standing = None if kept is None else standing_of(kept, answers.projection)
        self.view.show_standing(book, self._standing, old, self._context.words)

    def show_nothing(self) -> None:
        """Show no accepted plan."""
        self._standing = None
        self.view.hide()

    def accept(self, draft: PlanDraft, *, drill: bool) -> None:
        """Keep this plan in the book, or begin a drill of it."""
        if self._context.refuses_older(draft.answers.book):
            return
        try:
            change = accept(draft.answers, draft.plan, self._today(), drill=drill)
        except Fault as fault:
            self._context.tell_error(fault)
            return
        self._context.apply(change)

    def _today(self) -> date:
        return today_in(self._context.book, clock.today())

    def _is_over(self) -> bool:
        """Whether the plan that is shown is not the one in the book any more; the banner says so.
        Other changes of the book, such as another tick, do not matter to it."""
        standing, shown = self._standing, self._book
        if standing is None or shown is None:
            return True
        now = self._context.book.by_id.get(standing.accepted.id)
        if isinstance(now, AcceptedPlan) and is_same_plan(now, standing.accepted):
            return False
        return self._context.refuses_older(shown)

    def _do(self, deed: Deed, plan: str, step: int) -> None:
        if self._is_over():
            return  # fresh answers are on their way, and show each tick as it is
        today = self._today()
        match deed:
            case Deed.HAPPENED:
                self._apply(lambda book: accepting.activate(book, plan, today))
            case Deed.AGAIN:
                self.again(self._rest())
            case Deed.END:
                self._apply(lambda book: accepting.end(book, plan, today))
            case Deed.TICK:
                self._apply(lambda book: accepting.tick(book, plan, step, today))
            case Deed.UNTICK:
                self._apply(lambda book: accepting.untick(book, plan, step))
            case Deed.CHANGE:
                self._change(step)
            case _:
                assert_never(deed)

    def _apply(self, change: Callable[[Book], Change]) -> None:
        if self._is_over():
            return
        try:
            self._context.apply(change(self._context.book))
        except Fault as fault:
            self._context.tell_error(fault)

    def _change(self, number: int) -> None:
        """Ask what really came, and when."""
        standing = self._standing
        if standing is None:
            return
        book, plan, step = self._context.book, standing.accepted.id, standing.steps[number - 1]
        dialog = HappenedDialog(self._context, book, step, self._today(), self._owner)

        def take(amount: int, day: int) -> None:
            on = book.as_of + timedelta(days=day)
            self._apply(lambda now: accepting.tick(now, plan, number, on, amount))

        dialog.wanted.connect(take)
        dialog.open()

    def _rest(self) -> Wishes:
        return NO_WISHES if self._standing is None else wishes_of(self._standing)


def _nobody(wishes: Wishes) -> None:
    """Until somebody drafts."""
