"""The backups of a book: when, why, how large, what changed since; to look at or to restore."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.tables import RowsView, TableColumn
from backstop.desktop.widgets.room import fit_to_screen
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.services.backups import REASONS, Backup, Differences
from backstop.services.differing import SINCE, differences_said
from backstop.telling import Words

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backstop.desktop.state.context import Context
    from backstop.domain.errors import Message

SIZE = (760, 520)


def _when(row: Backup, words: Words) -> str:
    local = row.at.astimezone()
    return f"{words.day(local.date())} {local:%H:%M}"


def _size(row: Backup, _: Words) -> str:
    return f"{max(row.size // 1024, 1):,} KB"


def _why(row: Backup, words: Words) -> str:
    return words.tell(REASONS[row.reason])


def _entries(row: Backup, _: Words) -> str:
    return str(row.records)


COLUMNS = (
    TableColumn[Backup]("When", _when, lambda row: row.at),
    TableColumn[Backup]("Why", _why, lambda row: row.reason, stretch=True),
    TableColumn[Backup]("Entries", _entries, lambda row: row.records, figures=True),
    TableColumn[Backup]("Size", _size, lambda row: row.size, figures=True),
)


class BackupsDialog(QDialog):
    """Emits `chosen(backup)`, `look_wanted(backup)` and `restore_wanted(backup)`; for a book that
    cannot be opened, `repair_wanted()` too."""

    chosen = Signal(object)
    look_wanted = Signal(object)
    restore_wanted = Signal(object)
    repair_wanted = Signal()

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        backups: Sequence[Backup],
        said: Message | None = None,
    ) -> None:
        super().__init__(parent)
        self._words = context.words
        say = context.words.say
        self.setWindowTitle(say("Backups"))
        self.about = plain_label("danger" if said else "muted", wrap=True)
        self.about.setText(
            context.words.tell(said)
            if said
            else say("A backup is restored as a new file beside the book; the book stays as it is.")
        )
        self.view = RowsView(context, COLUMNS, lambda row: row.path, self)
        self.view.setAccessibleName(say("Backups"))
        self.details = plain_label(wrap=True)
        self.close_it, self.look, self.restore = button(), button(), button("primary")
        self.repair = button()
        self.repair.setVisible(said is not None)
        self._lay_out()
        self.view.set_rows(backups)
        self.view.row_chosen.connect(self._choose)
        self._enable(False)
        fit_to_screen(self, *SIZE)
        self.finished.connect(self.deleteLater)
        self.details.setText(say("Choose a backup to see what changed since."))
        if not backups:
            self._show_none()

    def _show_none(self) -> None:
        """Say when there will be one, in the place of an empty table."""
        for each in (self.view, self.look, self.restore):
            each.hide()
        words = self._words
        none = words.say("There is no backup of this book yet.")
        when = words.say(
            "One is made when a book is opened, every half hour of editing, and before it changes "
            "as a whole. Copies of samples have none."
        )
        self.details.setText(words.joined([none, when]))
        self.close_it.setDefault(True)
        fit_to_screen(self, SIZE[0], self.sizeHint().height())

    def _lay_out(self) -> None:
        row = QHBoxLayout()
        row.setSpacing(Space.SMALL)
        row.addStretch(1)
        for made, text, wanted in (
            (self.close_it, "Close", self.reject),
            (self.repair, "Repair into a new file…", self.repair_wanted.emit),
            (self.look, "Open to look at", lambda: self.look_wanted.emit(self.view.current())),
            (
                self.restore,
                "Restore as a copy",
                lambda: self.restore_wanted.emit(self.view.current()),
            ),
        ):
            made.setText(as_typed(self._words.say(text)))
            made.clicked.connect(wanted)
            row.addWidget(made)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.LARGE, Space.LARGE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        layout.addWidget(self.about)
        layout.addWidget(self.view, 1)
        layout.addWidget(self.details)
        layout.addLayout(row)

    def _enable(self, enabled: bool) -> None:
        self.look.setEnabled(enabled)
        self.restore.setEnabled(enabled)

    def _choose(self, row: Backup | None) -> None:
        self._enable(row is not None)
        self.details.setText("")
        if row is not None:
            self.chosen.emit(row)

    def tell_content(self, backup: Backup, found: Differences | Message) -> None:
        """What changed since the chosen backup, or what it holds."""
        if self.view.current() != backup:
            return
        if isinstance(found, Differences):
            self.details.setText(self._since(found))
        else:
            self.details.setText(self._words.tell(found))

    def tell_problem(self, backup: Backup, said: Message) -> None:
        """Why nothing can be made of the chosen backup."""
        if self.view.current() == backup:
            self.details.setText(self._words.tell(said))
            self._enable(False)

    def _since(self, found: Differences) -> str:
        if found.none:
            return self._words.say("Nothing has changed since this backup.")
        return differences_said(found, SINCE, self._words)
