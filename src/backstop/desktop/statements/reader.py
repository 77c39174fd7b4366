"""The file that is looked at: read, compared and searched in the background."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from backstop.desktop.state.tasks import Cancelled
from backstop.desktop.statements.dialogs import PasswordDialog
from backstop.services import clock
from backstop.services.importing import statement_bytes
from backstop.services.looking import File, Looked, looked, stage_of_looking
from backstop.services.statements import Asked, Mapping, PasswordNeeded

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.desktop.statements.long_work import LongWork
    from backstop.desktop.widgets.page import Page


class Reader(QObject):
    """- `came(Looked)`: what is kept, and what `file` would add to it.

    What is stopped leaves everything as it was before.
    """

    came = Signal(object)

    def __init__(self, context: Context, page: Page, work: LongWork) -> None:
        super().__init__(page)
        self._context, self._page, self._work = context, page, work
        self.file: File | None = None
        self._shown: File | None = None

    def read(self, path: Path) -> None:
        """Read a statement, and show what it holds."""

        def load(cancelled: Cancelled) -> bytes:
            return statement_bytes(path)

        def done(data: bytes) -> None:
            self.put(File(path.name, data, Asked()))

        self._work.start(load, done, self._failed, stage_of_looking, self._stopped)

    def put(self, file: File | None) -> None:
        """Look at this file, or at what is kept alone."""
        self.file = file
        self.look()

    def of_account(self, account: str) -> None:
        """Look at the file as one of this account or line."""
        if self.file is not None:
            self.put(replace(self.file, account=account))

    def by_mapping(self, mapping: Mapping) -> None:
        """Look at the file as it is read by this mapping."""
        if self.file is not None:
            self.put(read_by(self.file, mapping))

    def look(self) -> None:
        """Look again; the newest look counts."""
        session = self._context.session
        if session is None:
            return
        file, book, today = self.file, session.book, clock.today()

        def work(cancelled: Cancelled) -> Looked:
            return looked(book, session.statements(), file, today)

        def done(found: Looked) -> None:
            self._shown = file
            self.came.emit(found)

        self._work.start(work, done, self._failed, stage_of_looking, self._stopped)

    def _stopped(self) -> None:
        self.file = self._shown

    def _failed(self, error: Exception) -> None:
        file, self.file = self.file, self._shown
        if isinstance(error, PasswordNeeded) and file is not None:
            self._ask_password(file, self._context.words.tell(error.message))
        else:
            self._context.tell_error(error)

    def _ask_password(self, file: File, problem: str) -> None:
        def then(password: str) -> None:
            self.put(replace(file, asked=Asked(password=password)))

        PasswordDialog(self._context, self._page, problem, then).open()


def read_by(file: File, mapping: Mapping) -> File:
    """The file read by a mapping."""
    return replace(file, asked=Asked(password=file.asked.password, layout="table", mapping=mapping))
