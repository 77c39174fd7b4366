"""Two plans for the same loss side by side: the one without the owner's wishes, and this one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.plan import Plan
    from backstop.telling import Words


class Comparison(QWidget):
    """Steps, cost, new debt and what stays unpaid, a column for each plan."""

    def __init__(self) -> None:
        super().__init__()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.LARGE)
        self._grid.setVerticalSpacing(Space.TINY)
        self._grid.setColumnStretch(0, 1)

    def show_plans(self, book: Book, before: Plan, after: Plan, words: Words) -> None:
        """Show two plans figure by figure."""
        self.clear()
        for row, cells in enumerate(rows(book, before, after, words)):
            for column, text in enumerate(cells):
                label = plain_label("small" if row == 0 else "", text)
                if column:
                    label.setAlignment(Qt.AlignmentFlag.AlignRight)
                self._grid.addWidget(label, row, column)

    def clear(self) -> None:
        """Show nothing."""
        while (item := self._grid.takeAt(0)) is not None:
            if (held := item.widget()) is not None:
                held.hide()
                held.deleteLater()


def rows(book: Book, before: Plan, after: Plan, words: Words) -> list[tuple[str, str, str]]:
    """A head and one row for each figure: its name, without the wishes, with them."""
    plans = (before, after)

    def money(*amounts: int) -> tuple[str, str]:
        first, second = (words.money(each, book.currency) for each in amounts)
        return first, second

    return [
        ("", words.say("before"), words.say("with my changes")),
        (words.say("Steps"), str(len(before.actions)), str(len(after.actions))),
        (words.say("Cost"), *money(*(each.cost for each in plans))),
        (words.say("New debt"), *money(*(each.new_debt for each in plans))),
        (
            words.say("Not paid"),
            *money(*(sum(b.missed for b in each.missed) for each in plans)),
        ),
    ]
