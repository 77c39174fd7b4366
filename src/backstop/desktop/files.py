"""Books in and out of the window: samples, new ones, files, exports; all in the background."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from backstop.desktop.dialogs.choose import choose_file, choose_place
from backstop.desktop.tasks import Cancelled
from backstop.desktop.widgets.text import as_typed
from backstop.domain.errors import message

if TYPE_CHECKING:
    from backstop.desktop.context import Context
    from backstop.domain import Book
    from backstop.services.session import BookSession

BOOK = "backstop"
JSON = "json"


class Files(QObject):
    """Carries out the entries of the File menu."""

    def __init__(self, context: "Context", window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window

    def do(self, name: str) -> None:
        match name:
            case "new":
                self.ask_new()
            case "open":
                self.ask_open()
            case "save_as":
                self.ask_save_as()
            case "export_json":
                self.ask_export()
            case "facts":
                self.ask_facts()

    # samples

    def fill_samples(self, menu: QMenu) -> None:
        """Let the owner pick a sample from this menu; it is filled when first shown."""
        menu.aboutToShow.connect(partial(self._fill, menu))

    def _fill(self, menu: QMenu) -> None:
        from backstop.services.samples import sample_titles

        if menu.isEmpty():
            for name, title in sample_titles().items():
                action = menu.addAction(as_typed(title))
                action.triggered.connect(partial(self.open_sample, name))

    def open_sample(self, name: str, _: bool = False) -> None:
        """Show a sample at once, and give it its file behind the owner's back."""

        def load(cancelled: Cancelled) -> "BookSession":
            from backstop.services.session import BookSession

            return BookSession.demo(name)

        self._context.tasks.start(load, self._opened_sample)

    def _opened_sample(self, session: "BookSession") -> None:
        """Its file waits for the first answers and the charts: what is seen comes first."""
        context, charts = self._context, self._context.charts
        context.open_session(session)

        def answered(_: object) -> None:
            context.answers_changed.disconnect(waiting)
            charts.want()
            if charts.loaded:
                attach()
            else:
                charts.ready.connect(attach)

        def attach() -> None:
            if context.session is session and session.path is None:
                self._attach(session, None)

        waiting = context.answers_changed.connect(answered)

    def _attach(self, session: "BookSession", path: Path | None) -> None:
        def write(cancelled: Cancelled) -> Path:
            return session.attach(path)

        def done(path: Path) -> None:
            self._remember(path)
            self._context.saved.emit()

        self._context.tasks.start(write, done)

    # files

    def ask_open(self) -> None:
        choose_file(self._window, self._context, (BOOK, JSON), self.open_path)

    def open_path(self, path: Path) -> None:
        """Open a book file, or take in a `book.json` that has no file of ours yet."""

        def load(cancelled: Cancelled) -> "BookSession":
            from backstop.services.session import BookSession, read_book

            if path.suffix == f".{JSON}":
                return BookSession(read_book(path))
            return BookSession.open(path)

        self._context.tasks.start(load, self._opened, partial(self._not_opened, path))

    def _opened(self, session: "BookSession") -> None:
        self._context.open_session(session)
        if session.path is not None:
            self._remember(session.path)
        if session.why_read_only is not None:
            self._context.tell(session.why_read_only)
        elif session.path is None:
            self._context.tell(
                message("This book is not in a file yet. Use “Save as” to give it one.")
            )

    def _not_opened(self, path: Path, error: Exception) -> None:
        from backstop.services.session import BookInUse

        if isinstance(error, BookInUse):
            self._offer_to_read(path, error)
        else:
            self._context.tell_error(error)

    def _offer_to_read(self, path: Path, in_use: "Exception") -> None:
        words = self._context.words
        box = QMessageBox(self._window)
        box.setTextFormat(box.textFormat().PlainText)
        box.setIcon(QMessageBox.Icon.Information)
        box.setText(words.tell(in_use.message))  # type: ignore[attr-defined]
        box.setInformativeText(words.say("Open it to look at, without changing it?"))
        box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Open).clicked.connect(
            partial(self.open_read_only, path)
        )
        box.finished.connect(box.deleteLater)
        box.open()

    def open_read_only(self, path: Path, _: bool = False) -> None:
        def load(cancelled: Cancelled) -> "BookSession":
            from backstop.services.session import BookSession

            return BookSession.open(path, read_only=True)

        self._context.tasks.start(load, self._opened)

    def ask_new(self) -> None:
        from backstop.desktop.dialogs.new_book import NewBookDialog

        dialog = NewBookDialog(self._context, self._window)
        dialog.made.connect(self._place_new)
        dialog.open()

    def ask_facts(self) -> None:
        from backstop.desktop.dialogs.book_facts import BookFactsDialog

        session = self._context.session
        if session is not None and session.why_read_only is None:
            BookFactsDialog(self._context, self._window).open()

    def _place_new(self, book: "Book") -> None:
        choose_place(self._window, self._context, BOOK, book.title, partial(self._create, book))

    def _create(self, book: "Book", path: Path) -> None:
        def write(cancelled: Cancelled) -> "BookSession":
            from backstop.services.session import BookSession

            return BookSession.create(path, book, replace=True)

        self._context.tasks.start(write, self._opened)

    def ask_save_as(self) -> None:
        session = self._context.session
        if session is None:
            return
        choose_place(
            self._window, self._context, BOOK, session.book.title, partial(self._save_as, session)
        )

    def _save_as(self, session: "BookSession", path: Path) -> None:
        if session.path is None:
            self._attach(session, path)
        else:
            self._write(lambda: session.save_copy(path, replace=True), path)

    def ask_export(self) -> None:
        session = self._context.session
        if session is None:
            return
        book = session.book
        choose_place(self._window, self._context, JSON, book.title, partial(self._export, book))

    def _export(self, book: "Book", path: Path) -> None:
        def write() -> None:
            from backstop.services.documents import write_whole
            from backstop.services.session import book_to_json

            write_whole(path, book_to_json(book))

        self._write(write, path)

    def _write(self, write: Callable[[], None], path: Path) -> None:
        def done(_: None) -> None:
            self._context.tell(message("Written to {file}.", file=path.name))

        self._context.tasks.start(lambda cancelled: write(), done)

    def _remember(self, path: Path) -> None:
        self._context.remember(recent=self._context.settings.opened(path).recent)
