"""The commands about book files: opening, saving, exporting, backups, the lock."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from backstop.desktop.widgets.command import (
    Command,
    Menu,
    Typing,
    editable_book,
    open_book,
)

if TYPE_CHECKING:
    from backstop.desktop.books.desk import BookDesk


def book_commands(desk: Callable[[], BookDesk]) -> tuple[Command, ...]:
    """`desk` gives what carries them out; it is asked for only when one is given."""

    def by(run: Callable[[BookDesk], object]) -> Callable[[], object]:
        return lambda: run(desk())

    file, kept, key = Menu.FILE, Typing.KEPT, QKeySequence.StandardKey
    new, ask = by(lambda d: d.files.ask_new()), by(lambda d: d.files.ask_open())
    days, facts = by(lambda d: d.files.ask_export_days()), by(lambda d: d.files.ask_facts())
    copy, json = by(lambda d: d.files.ask_save_as()), by(lambda d: d.files.ask_export())
    backups, history = by(lambda d: d.vault.ask_backups()), by(lambda d: d.vault.ask_history())
    passphrase, lock = by(lambda d: d.vault.ask_passphrase()), by(lambda d: d.keeper.lock())
    replace = by(lambda d: d.replacing.ask())
    rows = by(lambda d: d.files.ask_export_ledger("csv"))
    sheet = by(lambda d: d.files.ask_export_ledger("xlsx"))
    return (
        Command("new", "New book…", new, file, 0, key.New, typing=kept),
        Command("open", "Open…", ask, file, 0, key.Open, typing=kept),
        Command("save_as", "Save as…", copy, file, 0, key.SaveAs, open_book),
        Command("backups", "Backups…", backups, file, 1, needs=open_book),
        Command("history", "History of changes…", history, file, 1, "Ctrl+H", open_book),
        Command("passphrase", "Passphrase…", passphrase, file, 1, needs=open_book),
        Command("lock", "Lock now", lock, file, 1, "Ctrl+L", open_book, kept),
        Command(
            "import_json", "Replace the book from JSON…", replace, file, 2, "", editable_book, kept
        ),
        Command("export_json", "Export the book as JSON…", json, file, 2, needs=open_book),
        Command("export_csv", "Export the projection as CSV…", days, file, 2, needs=open_book),
        Command("ledger_csv", "Export planned and actual as CSV…", rows, file, 2, needs=open_book),
        Command(
            "ledger_xlsx", "Export planned and actual as XLSX…", sheet, file, 2, needs=open_book
        ),
        Command("facts", "Book details…", facts, Menu.EDIT, 1, "Ctrl+I", editable_book),
    )
