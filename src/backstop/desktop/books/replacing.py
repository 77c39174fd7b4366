"""The contents of a `book.json` put in the place of the open book, once it is seen what changes."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMessageBox, QWidget

from backstop.desktop.forms.choose_file import choose_file
from backstop.desktop.state.tasks import About, Cancelled
from backstop.desktop.widgets.text import as_typed
from backstop.domain.errors import message
from backstop.services.backups import differences
from backstop.services.differing import BY_IMPORT, OTHER_LEDGER, differences_said
from backstop.services.importing import keep_as_it_is, read_json, replacing, same_ledger
from backstop.services.session import Act

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.services.backups import Differences
    from backstop.services.commands import Change
    from backstop.services.importing import InJson

    Read = tuple[InJson, Differences, bool]


class Replacing(QObject):
    """Reads, asks, backs up, and then changes the book in one step to undo."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window

    def ask(self) -> None:
        """Ask for the file, if the open book may be changed."""
        if self._context.may_edit:
            choose_file(self._window, self._context, ("json",), self._read)

    def _read(self, path: Path) -> None:
        now, session = self._context.book, self._context.session

        def load(cancelled: Cancelled) -> Read:
            found = read_json(path)
            kept = session is None or same_ledger(session, found)
            return found, differences(now, found.book), kept

        def done(read: Read) -> None:
            if self._context.is_current(now):
                self._confirm(path.name, read)
            else:
                self._read(path)

        self._context.tasks.start(load, done, about=About.BOOK)

    def _confirm(self, file: str, read: Read) -> None:
        there, found, kept = read
        book = there.book
        if found.none and kept:
            said = "“{file}” holds what is in this book already. Nothing changes."
            self._context.tell(message(said, file=file))
            return
        words = self._context.words
        box = QMessageBox(self._window)
        box.setTextFormat(box.textFormat().PlainText)
        box.setIcon(QMessageBox.Icon.Question)
        box.setWindowTitle(words.say("Replace the book"))
        asked = "Replace the whole book “{old}” by “{new}” from {file}?"
        box.setText(words.say(asked, old=self._context.book.title, new=book.title, file=file))
        changes = "" if found.none else differences_said(found, BY_IMPORT, words)
        if not kept:
            changes = words.joined([changes, words.say(OTHER_LEDGER)])
        box.setInformativeText(f"{changes}\n{words.say('One step of Undo takes all of it back.')}")
        replace = box.addButton(as_typed(words.say("Replace")), box.ButtonRole.AcceptRole)
        box.addButton(box.StandardButton.Cancel)
        replace.clicked.connect(partial(self._replace, there, file))
        box.finished.connect(box.deleteLater)
        box.open()

    def _replace(self, there: InJson, file: str, _: bool = False) -> None:
        session = self._context.session
        if session is None:
            return

        def keep(cancelled: Cancelled) -> Change:
            keep_as_it_is(session)
            return replacing(session, there, file)

        def kept(change: Change) -> None:
            if self._context.session is session:
                self._context.apply(change, Act.IMPORT)

        self._context.tasks.start(keep, kept, about=About.BOOK)
