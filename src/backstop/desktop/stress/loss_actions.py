"""What can be done with the chosen loss: draft its plan, keep it by name, rename it, remove it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.stress.saved_cases import SavedCases
from backstop.desktop.widgets.text import as_typed, button
from backstop.domain import SavedContingency

if TYPE_CHECKING:
    from datetime import date

    from backstop.contingency import Manner
    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.plan import Answers, Loss


class LossActions(QWidget):
    """Buttons for one loss. `name` is what a kept loss is called at first."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._cases = SavedCases(context, self)
        self._book: Book | None = None
        self._loss: Loss | None = None
        self._name = ""
        self.save, self.rename, self.remove = button("quiet"), button("quiet"), button("quiet")
        self.plan = button("primary")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addStretch(1)
        for each in (self.save, self.rename, self.remove, self.plan):
            row.addWidget(each)
        self.save.clicked.connect(self._save)
        self.rename.clicked.connect(self._rename)
        self.remove.clicked.connect(self.remove_loss)
        self.plan.clicked.connect(self.open_plan)

    def retranslate(self) -> None:
        say = self._context.words.say
        self.save.setText(as_typed(say("Save this case…")))
        self.rename.setText(as_typed(say("Rename…")))
        self.remove.setText(as_typed(say("Remove")))
        self.plan.setText(as_typed(say("Draft the plan")))

    def offer(self, book: Book, loss: Loss | None, name: str) -> None:
        """Offer what can be done with this loss of this book."""
        self._book, self._loss, self._name = book, loss, name
        for each in (self.rename, self.remove):
            each.setVisible(self._is_saved)
            each.setEnabled(self._context.may_edit)
        self.save.setVisible(not self._is_saved)
        self.save.setEnabled(loss is not None and self._context.may_edit)
        self.plan.setEnabled(loss is not None and loss.outcome.hurts)

    @property
    def _is_saved(self) -> bool:
        if self._loss is None:
            return False
        record = self._context.book.by_id.get(self._loss.contingency.id)
        return isinstance(record, SavedContingency)

    def _is_kept(self, answers: Answers) -> bool:
        """Whether just this loss, on whatever day, is among those of these answers."""
        assert self._loss is not None
        plain = replace(self._loss.contingency, loss_day=0)
        return any(replace(each.contingency, loss_day=0) == plain for each in answers.losses)

    def open_plan(self) -> None:
        """Show the plan for this loss, also where the book does not keep it."""
        if self._context.is_working:
            self._context.when_answered(lambda _: self.open_plan())
            return
        if self._loss is None:
            return
        self._context.ask_for_plan(None)
        answers = self._context.plannable
        if answers is not None and not self._is_kept(answers):
            self._context.ask_for_plan(self._loss.contingency, self._name)
        elif not self._is_saved:
            day = self._loss.contingency.loss_day
            is_today = answers is not None and day == answers.projection.now
            self._context.loss_day = None if is_today else day
        self._context.show_page("plan", self._loss.contingency.id)

    def _save(self) -> None:
        if self._loss is None or self._book is None:
            return
        if not self._context.refuses_older(self._book):
            self._cases.save(self._loss.contingency, self._name)

    def _rename(self) -> None:
        if self._loss is not None and self._is_saved:
            self._cases.rename(self._loss.contingency.id)

    def remove_loss(self) -> None:
        """Remove the loss from those that are kept, if it is one of them."""
        if self._loss is not None and self._is_saved and self._context.may_edit:
            self._cases.remove(self._loss.contingency.id)

    def change(self, manner: Manner) -> None:
        """Let a loss that is kept go in this manner."""
        if self._loss is not None and self._is_saved and self._context.may_edit:
            self._cases.change(self._loss.contingency.id, manner)

    def change_day(self, day: date | None) -> None:
        """Let a loss that is kept go on this day, or on whatever day is asked for."""
        if self._loss is not None and self._is_saved and self._context.may_edit:
            self._cases.change_day(self._loss.contingency.id, day)
