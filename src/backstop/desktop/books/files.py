"""Books in and out of the window: samples, new ones, files, exports; all in the background."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMenu, QMessageBox, QWidget

from backstop.desktop.books.details_dialog import BookFactsDialog
from backstop.desktop.books.new_book_dialog import NewBookDialog
from backstop.desktop.books.passphrase_dialog import UnlockDialog
from backstop.desktop.forms.choose_file import choose_file, choose_place
from backstop.desktop.state.tasks import About, Cancelled
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.text import as_typed
from backstop.domain.errors import Message, message
from backstop.services.copying import ledger_for_copy
from backstop.services.documents import days_table, ledger_table
from backstop.services.passphrase import key_of, remember_key, remembered_key
from backstop.services.placing import write_whole
from backstop.services.samples import sample_titles
from backstop.services.session import (
    BookInUse,
    BookSession,
    DamagedBook,
    LockedBook,
    NotABook,
    WrongPassphrase,
    book_to_json,
    read_book,
)

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.plan import Answers
    from backstop.services.passphrase import Key

BOOK = "backstop"
JSON = "json"


class Files(QObject):
    """Carries out the entries of the File menu. `damaged(path, fault, key)`: a book cannot be
    opened, and may have backups; the key is that of a locked one."""

    damaged = Signal(object, object, object)

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window
        self._asked = 0

    # samples

    def fill_samples(self, menu: QMenu) -> None:
        """Let the owner pick a sample of their language from this menu, which is about to be
        shown."""
        menu.clear()
        for name, title in sample_titles(self._context.words.language.code).items():
            action = menu.addAction(as_typed(title))
            action.triggered.connect(partial(self.leave_for_sample, name))

    def leave_for_sample(self, name: str, _: bool = False) -> None:
        """Show a sample in the place of the open book, once nothing typed is lost."""
        self._context.leave_wanted.emit(partial(self.open_sample, name))

    def open_sample(self, name: str) -> None:
        """Show a sample at once, and give it its file behind the owner's back."""

        def load(cancelled: Cancelled) -> BookSession:
            return BookSession.demo(name)

        self._load(load, self._opened_sample)

    def _load(
        self,
        load: Callable[[Cancelled], BookSession],
        opened: Callable[[BookSession], None],
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Open a book on a worker. Of several that are asked for, the one asked for last counts;
        the others are closed again when they come."""
        self._asked += 1
        asked = self._asked

        def done(session: BookSession) -> None:
            if asked == self._asked:
                opened(session)
            else:
                session.abandon()

        self._context.tasks.start(load, done, failed, about=About.NOTHING)

    def _opened_sample(self, session: BookSession) -> None:
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

    def _attach(self, session: BookSession, path: Path | None) -> None:
        def write(cancelled: Cancelled) -> Path:
            return session.attach(path)

        def done(path: Path) -> None:
            self._remember(path)
            if self._context.session is session:
                self._context.saved.emit()
            else:  # another book was opened meanwhile
                session.close()

        self._context.tasks.start(write, done, about=About.NOTHING)

    # files

    def ask_open(self) -> None:
        """Ask for a book file, or a `book.json`, and open it."""
        choose_file(self._window, self._context, (BOOK, JSON), self.open_path)

    def leave_for(self, path: Path, key: Key | None = None) -> None:
        """Open a book file in the place of the open book, once nothing typed is lost."""
        self._context.leave_wanted.emit(partial(self.open_path, path, key))

    def open_path(self, path: Path, key: Key | None = None) -> None:
        """Open a book file, or take in a `book.json` that has no file of ours yet. The key of a
        locked one may be in the system's keyring; otherwise its passphrase is asked for."""

        def load(cancelled: Cancelled) -> BookSession:
            if path.suffix == f".{JSON}":
                return BookSession(read_book(path))
            return BookSession.open(path, key=key) if key else _opened_with_keyring(path)

        self._load(load, self._opened, partial(self._not_opened, path))

    def ask_passphrase(self, path: Path) -> None:
        """Ask for the passphrase of a locked book until it opens, or until the owner gives up."""
        dialog = UnlockDialog(self._context, self._window, LockedBook(path).message)
        dialog.typed.connect(partial(self._unlock, dialog, path))
        dialog.open()

    def _unlock(self, dialog: UnlockDialog, path: Path, typed: str, remember: bool) -> None:
        keys: list[Key | None] = []

        def load(cancelled: Cancelled) -> BookSession:
            keys.append(key_of(path, typed))
            session = BookSession.open(path, key=keys[0])
            if remember and session.key is not None:
                remember_key(session.key)
            return session

        def done(session: BookSession) -> None:
            dialog.accept()
            self._opened(session)

        def failed(error: Exception) -> None:
            if isinstance(error, WrongPassphrase):
                dialog.say_problem(error.message)
            else:
                dialog.wait(False)
                dialog.reject()
                self._not_opened(path, error, *keys)

        self._load(load, done, failed)

    def _opened(self, session: BookSession) -> None:
        self._context.open_session(session)
        if session.path is not None:
            self._remember(session.path)
        if remark := session.take_remark():
            self._context.tell(remark)
        elif session.path is None:
            self._context.tell(
                message("This book is not in a file yet. Use “Save as” to give it one.")
            )

    def _not_opened(self, path: Path, error: Exception, key: Key | None = None) -> None:
        if isinstance(error, BookInUse):
            self._offer_to_read(path, error, key)
        elif isinstance(error, LockedBook):
            self.ask_passphrase(path)
        elif isinstance(error, DamagedBook | NotABook):
            self._context.tell_error(error)
            self.damaged.emit(path, error, key)
        else:
            self._context.tell_error(error)

    def _offer_to_read(self, path: Path, in_use: BookInUse, key: Key | None) -> None:
        words = self._context.words
        box = QMessageBox(self._window)
        outlives_book(box)
        box.setTextFormat(box.textFormat().PlainText)
        box.setIcon(QMessageBox.Icon.Information)
        box.setText(words.tell(in_use.message))
        box.setInformativeText(words.say("Open it to look at, without changing it?"))
        box.setStandardButtons(QMessageBox.StandardButton.Open | QMessageBox.StandardButton.Cancel)
        box.button(QMessageBox.StandardButton.Open).clicked.connect(
            partial(self.open_read_only, path, key)
        )
        box.finished.connect(box.deleteLater)
        box.open()

    def open_read_only(self, path: Path, key: Key | None = None, _: bool = False) -> None:
        """Open a book to look at, without changing it."""

        def load(cancelled: Cancelled) -> BookSession:
            return BookSession.open(path, read_only=True, key=key)

        self._load(load, self._opened)

    def ask_new(self) -> None:
        """Ask for the language, country and title of a new book, then for its place, then for what
        its owner knows first."""
        dialog = NewBookDialog(self._context, self._window)
        dialog.made.connect(self._place_new)
        dialog.open()

    def ask_facts(self) -> None:
        """Ask for what is to be said of the open book itself."""
        if self._context.may_edit:
            BookFactsDialog(self._context, self._window).open()

    def _place_new(self, book: Book) -> None:
        choose_place(self._window, self._context, BOOK, book.title, partial(self._create, book))

    def _create(self, book: Book, path: Path) -> None:
        def write(cancelled: Cancelled) -> BookSession:
            return BookSession.create(path, book)

        def created(session: BookSession) -> None:
            self._opened(session)
            self._context.command_wanted.emit("guide")

        self._load(write, created)

    def ask_save_as(self) -> None:
        """Ask where to write the open book, or a copy of it."""
        session = self._context.session
        if session is None:
            return
        choose_place(
            self._window, self._context, BOOK, session.book.title, partial(self._save_as, session)
        )

    def _save_as(self, session: BookSession, path: Path) -> None:
        if session.path is None:
            self._attach(session, path)
        else:
            self._write(lambda: session.save_copy(path), path)

    def ask_export(self) -> None:
        """Ask where to write the open book as JSON."""
        session = self._context.session
        if session is None:
            return
        export, title = partial(self._export, session, session.book), session.book.title
        choose_place(self._window, self._context, JSON, title, export)

    def ask_export_days(self) -> None:
        """The projection day by day, as a table; of the book as it is now."""
        self._context.when_answered(self._ask_place_for_days)

    def _ask_place_for_days(self, answers: Answers) -> None:
        words = self._context.words

        def write_to(path: Path) -> None:
            def write() -> None:
                write_whole(path, days_table(answers.projection, words), "csv")

            self._write(write, path)

        choose_place(self._window, self._context, "csv", answers.book.title, write_to)

    def ask_export_ledger(self, kind: str) -> None:
        """What was settled, planned and actual, as a table of this kind."""
        session = self._context.session
        if session is None:
            return
        words, book = self._context.words, session.book

        def write_to(path: Path) -> None:
            def write() -> None:
                write_whole(path, ledger_table(kind, book, session.ledger(), words), kind)

            self._write(write, path)

        title = f"{book.title} {words.say('Planned and actual')}"
        choose_place(self._window, self._context, kind, title, write_to)

    def _export(self, session: BookSession, book: Book, path: Path) -> None:
        def write() -> Message | None:
            ledger, said = ledger_for_copy(session.ledger)
            write_whole(path, book_to_json(book, ledger), JSON)
            return said

        self._write(write, path)

    def _write(self, write: Callable[[], Message | None], path: Path) -> None:
        def done(said: Message | None) -> None:
            self._context.tell_written(path)
            if said:
                self._context.tell(said)

        self._context.tasks.start(lambda cancelled: write(), done, about=About.NOTHING)

    def _remember(self, path: Path) -> None:
        self._context.remember(recent=self._context.settings.opened(path).recent)


def _opened_with_keyring(path: Path) -> BookSession:
    try:
        return BookSession.open(path)
    except LockedBook:
        key = remembered_key(path)
        if key is None:
            raise
        return BookSession.open(path, key=key)
