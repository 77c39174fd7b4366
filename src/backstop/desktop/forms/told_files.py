"""Files as a dialog lists them: Qt writes kinds and days as the system does, not as the owner."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QDateTime, QIdentityProxyModel, QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtWidgets import QFileDialog, QFileSystemModel, QHeaderView, QTreeView

if TYPE_CHECKING:
    from backstop.telling import Words

NAME, KIND, CHANGED = 0, 2, 3


class ToldFiles(QIdentityProxyModel):
    """The dialog's own files, with kind and day in the words given."""

    def __init__(self, words: Words, dialog: QFileDialog) -> None:
        super().__init__(dialog)
        self._words = words

    def data(
        self, index: QModelIndex | QPersistentModelIndex, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """What a cell shows."""
        if role == Qt.ItemDataRole.DisplayRole and index.column() in (KIND, CHANGED):
            return self._told(index)
        return super().data(index, role)

    def _told(self, index: QModelIndex | QPersistentModelIndex) -> str:
        files, place = self.sourceModel(), self.mapToSource(index)
        assert isinstance(files, QFileSystemModel)
        if index.column() == CHANGED:
            return self._when(files.lastModified(place))
        if files.isDir(place):
            return self._words.say("folder")
        return Path(files.fileName(place)).suffix.lstrip(".").upper()

    def _when(self, moment: QDateTime) -> str:
        local = moment.toLocalTime()
        return f"{self._words.day(local.date().toPython())} {local.time().toString('HH:mm')}"  # type: ignore[arg-type]


def tell_files(dialog: QFileDialog, words: Words) -> None:
    """Let a dialog that is Qt's own list files in these words, and no day cut off."""
    dialog.setProxyModel(ToldFiles(words, dialog))
    for tree in dialog.findChildren(QTreeView):
        for column in (KIND, CHANGED):
            tree.header().setSectionResizeMode(column, QHeaderView.ResizeMode.ResizeToContents)
        tree.header().setSectionResizeMode(NAME, QHeaderView.ResizeMode.Stretch)
