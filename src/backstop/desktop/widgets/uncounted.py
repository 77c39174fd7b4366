"""Lines that no plan counts on, named where the answer stands, and one click that mends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.services import clock
from backstop.services.commands import unverified, verify
from backstop.telling import Narrator
from backstop.telling.uncounted import uncounted_sentences

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class Uncounted(QWidget):
    """Hidden where plans count on every line."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.said = plain_label("careful", wrap=True)
        self.looked = button()
        self.looked.clicked.connect(self._verify)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.said, 1)
        row.addWidget(self.looked)
        self.hide()

    def show_book(self) -> None:
        """Name the lines of the open book."""
        book, words = self._context.book, self._context.words
        said = uncounted_sentences(Narrator(book, words))
        self.said.setText("\n".join(said))
        self.looked.setText(as_typed(words.say("I have looked at all of them today")))
        self.looked.setVisible(bool(unverified(book)) and self._context.may_edit)
        self.setVisible(bool(said))

    def _verify(self) -> None:
        book = self._context.book
        self._context.apply(verify(book, unverified(book), clock.today_of(book)))
