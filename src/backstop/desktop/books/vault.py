"""Backups, history and passphrase in the window: what File → Backups… and its neighbours do."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from backstop.desktop.books.backups_dialog import BackupsDialog
from backstop.desktop.books.fixes_dialog import FixesDialog
from backstop.desktop.books.history_dialog import HistoryDialog
from backstop.desktop.books.passphrases import Passphrases
from backstop.desktop.forms.choose_file import choose_place
from backstop.desktop.state.tasks import About, Cancelled
from backstop.domain.errors import EnvironmentFault, Fault, Message, message
from backstop.services import clock
from backstop.services.backups import (
    backups_of,
    book_in,
    differences,
    newest_good,
    restore_as,
    restored_name,
)
from backstop.services.history import history_lines, limit_courses
from backstop.services.repair import repair_into
from backstop.services.session import BookSession, DamagedBook

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.services.backups import Backup, Differences
    from backstop.services.history import HistoryLine, LimitCourse
    from backstop.services.passphrase import Key
    from backstop.services.repair import Repaired

_NO_FILE = message("This book is not in a file yet. Use “Save as” to give it one.")


class Vault(QObject):
    """`open_path` opens a book in the window; work goes to workers, dialogs are shown by `open`."""

    def __init__(
        self, context: Context, window: QWidget, open_path: Callable[[Path, Key | None], None]
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._open_path = context, window, open_path
        self._passphrases = Passphrases(context, window)

    def ask_backups(self) -> None:
        """List the backups of the open book."""
        session = self._session_with_file()
        if session is not None and session.path is not None:
            self.show_backups(session.path, session.key)

    def ask_history(self) -> None:
        """List what was changed in the open book."""
        session = self._session_with_file()
        if session is not None:
            self._show_history(session)

    def ask_passphrase(self) -> None:
        """Ask for another passphrase of the open book, or for none."""
        session = self._session_with_file()
        if session is not None:
            self._passphrases.ask(session)

    def _session_with_file(self) -> BookSession | None:
        """The open book; None, which the banner then says, where it is in no file yet."""
        session = self._context.session
        if session is None or session.path is None:
            self._context.tell(_NO_FILE)
            return None
        return session

    # backups

    def show_backups(self, path: Path, key: Key | None) -> None:
        """List the backups of the book at this path."""

        def load(cancelled: Cancelled) -> tuple[list[Backup], Backup | None]:
            return backups_of(path), None

        self._context.tasks.start(load, partial(self._list, path, None, key), about=About.NOTHING)

    def offer_backups(self, path: Path, fault: EnvironmentFault, key: Key | None) -> None:
        """A book cannot be opened: offer its newest good backup, and a repair. Of a file that is no
        book, only where there are backups of one by that name."""

        def load(cancelled: Cancelled) -> tuple[list[Backup], Backup | None, bool]:
            backups = backups_of(path)
            return backups, newest_good(path, key), bool(backups) or isinstance(fault, DamagedBook)

        def done(found: tuple[list[Backup], Backup | None, bool]) -> None:
            backups, offered, is_of_use = found
            if is_of_use:
                self._list(path, fault.message, key, (backups, offered))

        self._context.tasks.start(load, done, about=About.NOTHING)

    def _list(
        self,
        path: Path,
        said: Message | None,
        key: Key | None,
        found: tuple[list[Backup], Backup | None],
    ) -> None:
        backups, offered = found
        dialog = BackupsDialog(self._context, self._window, backups, said)
        dialog.chosen.connect(partial(self._compare, dialog, key, said))
        dialog.look_wanted.connect(partial(self._look, dialog, key))
        dialog.restore_wanted.connect(partial(self._restore, dialog, path, key))
        dialog.repair_wanted.connect(partial(self._ask_repair, dialog, path, key))
        dialog.open()
        if offered is not None:
            dialog.view.choose(offered.path)

    def _compare(
        self, dialog: BackupsDialog, key: Key | None, said: Message | None, backup: Backup
    ) -> None:
        session = self._context.session
        now = session.book if session and said is None else None

        def load(cancelled: Cancelled) -> Differences | Message:
            then = book_in(backup, key)
            if now is None:
                return message("It holds “{title}” of {day}.", title=then.title, day=then.as_of)
            return differences(then, now)

        def failed(error: Exception) -> None:
            if isinstance(error, Fault):
                dialog.tell_problem(backup, error.message)
            else:
                self._context.tell_error(error)

        told = partial(dialog.tell_content, backup)
        task = self._context.tasks.start(load, told, failed, about=About.BOOK)
        dialog.finished.connect(lambda _: task.cancel())

    def _look(self, dialog: BackupsDialog, key: Key | None, backup: Backup) -> None:
        dialog.accept()

        def load(cancelled: Cancelled) -> BookSession:
            return BookSession.open(backup.path, read_only=True, key=key)

        def done(opened: BookSession) -> None:
            self._context.open_session(opened)
            self._context.tell(
                message("This is a backup, to look at. “Save as” makes a book of it.")
            )

        start = self._context.tasks.start
        self._context.leave_wanted.emit(lambda: start(load, done, about=About.NOTHING))

    def _restore(self, dialog: BackupsDialog, path: Path, key: Key | None, backup: Backup) -> None:
        dialog.accept()

        def write(cancelled: Cancelled) -> Path:
            return restore_as(backup, restored_name(path, backup), key)

        def done(restored: Path) -> None:
            self._open_path(restored, key)

        self._context.tasks.start(write, done, about=About.NOTHING)

    # repair

    def _ask_repair(self, dialog: BackupsDialog, path: Path, key: Key | None) -> None:
        dialog.accept()
        title = self._context.words.say("{name} repaired", name=path.stem)
        then = partial(self._repair, path, key)
        choose_place(self._window, self._context, "backstop", title, then)

    def _repair(self, path: Path, key: Key | None, target: Path) -> None:
        def write(cancelled: Cancelled) -> Repaired:
            return repair_into(path, target, key)

        shown = partial(self._show_fixes, target, key)
        self._context.tasks.start(write, shown, about=About.NOTHING)

    def _show_fixes(self, target: Path, key: Key | None, found: Repaired) -> None:
        self._open_path(target, key)
        FixesDialog(self._context, self._window, target, found.fixes).open()

    # history

    def _show_history(self, session: BookSession) -> None:
        def load(cancelled: Cancelled) -> tuple[list[HistoryLine], list[LimitCourse]]:
            session.save()
            entries, book = session.history(), session.book
            return history_lines(entries, book.currency), limit_courses(
                entries, book, clock.today()
            )

        self._context.tasks.start(load, self._list_history, about=About.BOOK)

    def _list_history(self, found: tuple[list[HistoryLine], list[LimitCourse]]) -> None:
        HistoryDialog(self._context, self._window, *found).open()
