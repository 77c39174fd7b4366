"""Losses kept under a name: saved, renamed, changed and removed, each as one step to undo."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from backstop.contingency import Contingency, Manner, in_manner, saved_as
from backstop.desktop.forms.naming_dialog import NameDialog
from backstop.desktop.forms.record_changes import keeper, remove
from backstop.domain import BadInput, SavedContingency, message

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class SavedCases:
    """What can be done with the saved losses of the open book; `parent` holds the dialogs."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        self._context, self._parent = context, parent

    def save(self, contingency: Contingency, name: str) -> None:
        """Ask for a name, `name` to begin with, and keep the loss under it."""
        self._ask("Save this case", name, partial(self._add, contingency))

    def rename(self, record_id: str) -> None:
        """Ask for another name of a saved case."""

        def keep(name: str) -> None:
            self._keep(self._record(record_id).changed(name=name))

        self._ask("Rename the case", self._record(record_id).name, keep)

    def remove(self, record_id: str) -> None:
        """Remove a saved case from the book."""
        remove(self._context, record_id)

    def change(self, record_id: str, manner: Manner) -> None:
        """Let the saved loss happen in this manner; a refusal is said in the banner."""
        try:
            self._keep(in_manner(self._record(record_id), manner))
        except BadInput as bad:
            self._context.tell_error(bad)

    def change_day(self, record_id: str, day: date | None) -> None:
        """Let the saved loss happen on this day; None: on whatever day is asked for."""
        self._keep(self._record(record_id).changed(loss_date=day))

    def _ask(self, title: str, name: str, keep: Callable[[str], None]) -> None:
        NameDialog(self._context, self._parent, title, name, keep).open()

    def _add(self, contingency: Contingency, name: str) -> None:
        answers = self._context.answers
        today = answers.projection.now if answers is not None else 0
        self._keep(saved_as(self._context.book, contingency, name, today))

    def _keep(self, record: SavedContingency) -> None:
        keeper(self._context)(record)

    def _record(self, record_id: str) -> SavedContingency:
        record = self._context.book.by_id.get(record_id)
        if isinstance(record, SavedContingency):
            return record
        raise BadInput(message("This is not in the book any more. Choose another entry."))
