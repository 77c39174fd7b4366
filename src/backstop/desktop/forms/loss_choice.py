"""What can be lost, as a list to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from backstop.services.questions import What, causes_in

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.telling import Words


WHAT = {
    What.LINES: "every line",
    What.LINKED: "lines and linked groups",
    What.GROUPS: "lines and all groups",
    What.PAIRS: "pairs of lines",
    What.ACCOUNTS: "own accounts",
}


def offer_what(combo: QComboBox, book: Book, words: Words) -> None:
    """Offer what of a book can be lost, and the causes that hit something in it."""
    combo.clear()
    for what, text in WHAT.items():
        combo.addItem(words.say(text), what.value)
    if book.contingencies:
        combo.addItem(words.say("saved cases"), What.SAVED.value)
    combo.insertSeparator(combo.count())
    for preset in causes_in(book):
        combo.addItem(words.tell(preset.name), preset.key)
