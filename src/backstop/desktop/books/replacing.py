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
from backstop.services.commands import replace_book
from backstop.services.differing import BY_IMPORT, differences_said
from backstop.services.importing import book_in_json, keep_as_it_is
from backstop.services.session import Act

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.services.backups import Differences


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
        now = self._context.book

        def load(cancelled: Cancelled) -> tuple[Book, Differences]:
            book = book_in_json(path)
            return book, differences(now, book)

        def done(read: tuple[Book, Differences]) -> None:
            if self._context.is_current(now):
                self._confirm(path.name, read)
            else:
                self._read(path)

        self._context.tasks.start(load, done, about=About.BOOK)

    def _confirm(self, file: str, read: tuple[Book, Differences]) -> None:
        book, found = read
        if found.none:
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
        changes = differences_said(found, BY_IMPORT, words)
        box.setInformativeText(f"{changes}\n{words.say('One step of Undo takes all of it back.')}")
        replace = box.addButton(as_typed(words.say("Replace")), box.ButtonRole.AcceptRole)
        box.addButton(box.StandardButton.Cancel)
        replace.clicked.connect(partial(self._replace, book, file))
        box.finished.connect(box.deleteLater)
        box.open()

    def _replace(self, book: Book, file: str, _: bool = False) -> None:
        session = self._context.session
        if session is None:
            return

        def keep(cancelled: Cancelled) -> None:
            keep_as_it_is(session)

        def kept(_: None) -> None:
            if self._context.session is session:
                self._context.apply(replace_book(session.book, book, file), Act.IMPORT)

        self._context.tasks.start(keep, kept, about=About.BOOK)
