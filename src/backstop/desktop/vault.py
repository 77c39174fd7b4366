"""Backups, history and passphrase in the window: what File → Backups… and its neighbours do."""

from collections.abc import Callable
from datetime import date
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from backstop.desktop.dialogs.choose import choose_place
from backstop.desktop.tasks import Cancelled
from backstop.domain.errors import Fault, Message, message

if TYPE_CHECKING:
    from backstop.desktop.context import Context
    from backstop.desktop.dialogs.backups import BackupsDialog
    from backstop.desktop.dialogs.passphrase import PassphraseDialog
    from backstop.services.backups import Backup, Differences
    from backstop.services.history import HistoryLine, LimitCourse
    from backstop.services.passphrase import Key
    from backstop.services.repair import Repaired
    from backstop.services.session import BookSession

T = TypeVar("T")
_NO_FILE = message("This book is not in a file yet. Use “Save as” to give it one.")


class _Steps(QObject):
    """Carries the progress of a worker to a dialog, which may be gone before it ends."""

    taken = Signal(int, int)

    def __init__(self, parent: QObject, dialog: "PassphraseDialog") -> None:
        super().__init__(parent)
        self.taken.connect(dialog.show_progress, Qt.ConnectionType.QueuedConnection)
        dialog.destroyed.connect(self.deleteLater)


class Vault(QObject):
    """`open_path` opens a book in the window; work goes to workers, dialogs are shown by `open`."""

    def __init__(
        self, context: "Context", window: QWidget, open_path: "Callable[[Path, Key | None], None]"
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._open_path = context, window, open_path

    def do(self, name: str) -> None:
        session = self._context.session
        if session is None or session.path is None:
            self._context.tell(_NO_FILE)
            return
        match name:
            case "backups":
                self.show_backups(session.path, key=session.key)
            case "history":
                self._show_history(session)
            case "passphrase":
                self._ask_passphrase(session)

    # backups

    def show_backups(
        self, path: Path, said: Message | None = None, key: "Key | None" = None
    ) -> None:
        """List the backups of the book at this path. `said` tells why it cannot be opened: then
        the newest good backup is offered, and a repair."""

        def load(cancelled: Cancelled) -> "tuple[list[Backup], Backup | None]":
            from backstop.services.backups import backups_of, newest_good

            return backups_of(path), newest_good(path, key) if said else None

        self._context.tasks.start(load, partial(self._list, path, said, key))

    def _list(
        self,
        path: Path,
        said: Message | None,
        key: "Key | None",
        found: "tuple[list[Backup], Backup | None]",
    ) -> None:
        from backstop.desktop.dialogs.backups import BackupsDialog

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
        self, dialog: "BackupsDialog", key: "Key | None", said: Message | None, backup: "Backup"
    ) -> None:
        session = self._context.session
        now = session.book if session and said is None else None

        def load(cancelled: Cancelled) -> "Differences | Message":
            from backstop.services.backups import book_in, differences

            then = book_in(backup, key)
            if now is None:
                return message("It holds “{title}” of {day}.", title=then.title, day=then.as_of)
            return differences(then, now)

        def failed(error: Exception) -> None:
            if isinstance(error, Fault):
                dialog.tell_problem(backup, error.message)
            else:
                self._context.tell_error(error)

        self._context.tasks.start(load, partial(dialog.tell_content, backup), failed)

    def _look(self, dialog: "BackupsDialog", key: "Key | None", backup: "Backup") -> None:
        dialog.accept()

        def load(cancelled: Cancelled) -> "BookSession":
            from backstop.services.session import BookSession

            return BookSession.open(backup.path, read_only=True, key=key)

        def done(opened: "BookSession") -> None:
            self._context.open_session(opened)
            self._context.tell(
                message("This is a backup, to look at. “Save as” makes a book of it.")
            )

        self._context.tasks.start(load, done)

    def _restore(
        self, dialog: "BackupsDialog", path: Path, key: "Key | None", backup: "Backup"
    ) -> None:
        dialog.accept()

        def write(cancelled: Cancelled) -> Path:
            from backstop.services.backups import restore_as, restored_name

            return restore_as(backup, restored_name(path, backup), key)

        self._context.tasks.start(write, lambda restored: self._open_path(restored, key))

    # repair

    def _ask_repair(self, dialog: "BackupsDialog", path: Path, key: "Key | None") -> None:
        dialog.accept()
        title = self._context.words.say("{name} repaired", name=path.stem)
        then = partial(self._repair, path, key)
        choose_place(self._window, self._context, "backstop", title, then)

    def _repair(self, path: Path, key: "Key | None", target: Path) -> None:
        def write(cancelled: Cancelled) -> "Repaired":
            from backstop.services.repair import repair_into

            return repair_into(path, target, key)

        self._context.tasks.start(write, partial(self._show_fixes, target, key))

    def _show_fixes(self, target: Path, key: "Key | None", found: "Repaired") -> None:
        from backstop.desktop.dialogs.fixes import FixesDialog

        self._open_path(target, key)
        FixesDialog(self._context, self._window, target, found.fixes).open()

    # history

    def _show_history(self, session: "BookSession") -> None:
        def load(cancelled: Cancelled) -> "tuple[list[HistoryLine], list[LimitCourse]]":
            from backstop.services.history import history_lines, limit_courses

            session.save()
            entries, book = session.history(), session.book
            return history_lines(entries, book.currency), limit_courses(entries, book, _today())

        self._context.tasks.start(load, self._list_history)

    def _list_history(self, found: "tuple[list[HistoryLine], list[LimitCourse]]") -> None:
        from backstop.desktop.dialogs.history import HistoryDialog

        HistoryDialog(self._context, self._window, *found).open()

    # passphrase

    def _ask_passphrase(self, session: "BookSession") -> None:
        from backstop.desktop.dialogs.passphrase import PassphraseDialog

        dialog = PassphraseDialog(self._context, self._window, is_locked=session.is_locked)
        dialog.set_wanted.connect(partial(self._set, dialog, session))
        dialog.remove_wanted.connect(partial(self._remove, dialog, session))
        dialog.sheet_wanted.connect(partial(self._make_sheet, dialog, session))
        dialog.open()

    def _set(
        self, dialog: "PassphraseDialog", session: "BookSession", current: str, new: str
    ) -> None:
        steps = _Steps(self, dialog)

        def write(cancelled: Cancelled) -> None:
            from backstop.services.passphrase import change_passphrase, set_passphrase

            if session.is_locked:
                change_passphrase(session, current, new, steps.taken.emit)
            else:
                set_passphrase(session, new, steps.taken.emit)

        def done(_: None) -> None:
            self._context.tell(message("The book is locked. Print the recovery sheet now."))
            self._make_sheet(dialog, session, new)

        self._start(dialog, write, done)

    def _remove(self, dialog: "PassphraseDialog", session: "BookSession", current: str) -> None:
        steps = _Steps(self, dialog)

        def write(cancelled: Cancelled) -> None:
            from backstop.services.passphrase import remove_passphrase

            remove_passphrase(session, current, steps.taken.emit)

        def done(_: None) -> None:
            dialog.accept()
            self._context.tell(message("The book has no passphrase any more."))

        self._start(dialog, write, done)

    def _make_sheet(self, dialog: "PassphraseDialog", session: "BookSession", typed: str) -> None:
        words = self._context.words

        def make(cancelled: Cancelled) -> bytes:
            from backstop.services.passphrase import recovery_sheet_pdf

            return recovery_sheet_pdf(session, typed, words, _today())

        self._start(dialog, make, partial(self._show_sheet, dialog))

    def _show_sheet(self, dialog: QDialog, pdf: bytes) -> None:
        from backstop.desktop.dialogs.recovery import RecoveryDialog

        dialog.accept()
        sheet = RecoveryDialog(self._context, pdf, self._window)
        sheet.export_wanted.connect(partial(self._export_sheet, pdf))
        sheet.open()

    def _export_sheet(self, pdf: bytes) -> None:
        title = self._context.words.say("Recovery sheet")
        choose_place(self._window, self._context, "pdf", title, partial(self._write_sheet, pdf))

    def _write_sheet(self, pdf: bytes, path: Path) -> None:
        def write(cancelled: Cancelled) -> None:
            from backstop.services.documents import write_whole

            write_whole(path, pdf)

        def done(_: None) -> None:
            self._context.tell_written(path)

        self._context.tasks.start(write, done)

    def _start(
        self,
        dialog: "PassphraseDialog",
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

        self._context.tasks.start(work, done, failed)


def _today() -> date:
    return date.today()  # noqa: DTZ011  the owner's own calendar day is meant
