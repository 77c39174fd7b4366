"""The passphrase of the open book in the window: what File → Passphrase… does."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from backstop.desktop.books.passphrase_dialog import PassphraseDialog
from backstop.desktop.books.recovery_dialog import RecoveryDialog
from backstop.desktop.forms.choose_file import choose_place
from backstop.desktop.state.tasks import About, Cancelled
from backstop.domain.errors import Fault, Message, message
from backstop.services import clock
from backstop.services.documents import recovery_sheet_pdf
from backstop.services.passphrase import (
    change_passphrase,
    remark_on_readable_copies,
    remove_passphrase,
    set_passphrase,
)
from backstop.services.placing import write_whole

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.services.session import BookSession

T = TypeVar("T")


class _Steps(QObject):
    """Carries the progress of a worker to a dialog, which may be gone before it ends."""

    taken = Signal(int, int)

    def __init__(self, parent: QObject, dialog: PassphraseDialog) -> None:
        super().__init__(parent)
        self.taken.connect(dialog.show_progress, Qt.ConnectionType.QueuedConnection)
        dialog.destroyed.connect(self.deleteLater)


class Passphrases(QObject):
    """Sets, changes and removes it on a worker, and shows the recovery sheet."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self._context, self._window = context, window

    def ask(self, session: BookSession) -> None:
        """Ask for another passphrase of this book, or for none."""
        dialog = PassphraseDialog(self._context, self._window, is_locked=session.is_locked)
        dialog.set_wanted.connect(partial(self._set, dialog, session))
        dialog.remove_wanted.connect(partial(self._remove, dialog, session))
        dialog.sheet_wanted.connect(partial(self._make_sheet, dialog, session))
        dialog.open()

    def _set(self, dialog: PassphraseDialog, session: BookSession, current: str, new: str) -> None:
        steps = _Steps(self, dialog)

        def write(cancelled: Cancelled) -> Message | None:
            if session.is_locked:
                change_passphrase(session, current, new, steps.taken.emit)
            else:
                set_passphrase(session, new, steps.taken.emit)
            return remark_on_readable_copies(session.path) if session.path else None

        def done(remark: Message | None) -> None:
            said = message("The book is locked. Print the recovery sheet now.")
            self._context.tell(message("{one} {two}", one=said, two=remark) if remark else said)
            self._make_sheet(dialog, session, new)

        self._start(dialog, write, done)

    def _remove(self, dialog: PassphraseDialog, session: BookSession, current: str) -> None:
        steps = _Steps(self, dialog)

        def write(cancelled: Cancelled) -> None:
            remove_passphrase(session, current, steps.taken.emit)

        def done(_: None) -> None:
            dialog.accept()
            self._context.tell(message("The book has no passphrase any more."))

        self._start(dialog, write, done)

    def _make_sheet(self, dialog: PassphraseDialog, session: BookSession, typed: str) -> None:
        words = self._context.words

        def make(cancelled: Cancelled) -> bytes:
            return recovery_sheet_pdf(session, typed, words, clock.today())

        self._start(dialog, make, partial(self._show_sheet, dialog))

    def _show_sheet(self, dialog: QDialog, pdf: bytes) -> None:
        dialog.accept()
        sheet = RecoveryDialog(self._context, pdf, self._window)
        sheet.export_wanted.connect(partial(self._export_sheet, pdf))
        sheet.open()

    def _export_sheet(self, pdf: bytes) -> None:
        title = self._context.words.say("Recovery sheet")
        choose_place(self._window, self._context, "pdf", title, partial(self._write_sheet, pdf))

    def _write_sheet(self, pdf: bytes, path: Path) -> None:
        def write(cancelled: Cancelled) -> None:
            write_whole(path, pdf, "pdf")

        def done(_: None) -> None:
            self._context.tell_written(path)

        self._context.tasks.start(write, done, about=About.NOTHING)

    def _start(
        self,
        dialog: PassphraseDialog,
        work: Callable[[Cancelled], T],
        done: Callable[[T], None],
    ) -> None:
        """Run it on a worker; a refusal is said in the dialog."""

        def failed(error: Exception) -> None:
            if isinstance(error, Fault):
                dialog.say_problem(error.message)
            else:
                dialog.wait(False)
                dialog.reject()
                self._context.tell_error(error)

        self._context.tasks.start(work, done, failed, about=About.BOOK)
