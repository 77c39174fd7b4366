"""All that handles book files in one window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from backstop.desktop.books.files import Files
from backstop.desktop.books.keeper import Keeper
from backstop.desktop.books.replacing import Replacing
from backstop.desktop.books.vault import Vault

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from backstop.desktop.state.context import Context


class BookDesk(QObject):
    """Carries out `book_commands`, and looks after the open book by itself."""

    def __init__(self, context: Context, window: QWidget) -> None:
        super().__init__(window)
        self.files = Files(context, window)
        self.replacing = Replacing(context, window)
        self.vault = Vault(context, window, self.files.leave_for)
        self.files.damaged.connect(self.vault.offer_backups)
        self.keeper = Keeper(context, self.files.ask_passphrase, window)
        self.keeper.begin()
