"""How long a dialog stays: with the open book, or with its present state, or longer than both."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

_OUTLIVES_BOOK = "outlives_book"


def outlives_book(dialog: QDialog) -> None:
    """Let a dialog that is about no open book stay when another one is opened."""
    dialog.setProperty(_OUTLIVES_BOOK, True)


def ends_with_book(dialog: QDialog) -> bool:
    """Whether a dialog closes when another book is opened."""
    return not dialog.property(_OUTLIVES_BOOK)


def ends_with_state(dialog: QDialog, context: Context) -> None:
    """Close a dialog that shows what was worked out as soon as the book changes."""

    context.book_changed.connect(dialog.reject)
