"""Where tables stand, so that no row is cut in half: in a place of their own, which they fill and
scroll in, or in a page of several parts, which scrolls itself."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from backstop.desktop.tables.look import ROW_HEIGHT
from backstop.desktop.tables.view import RowsView
from backstop.desktop.widgets.sight import bring_into_sight
from backstop.desktop.widgets.text import as_typed, button

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

MOST_ROWS = 12
"""Of more rows so many stand in a page, or as many as there is room for, until all are wanted."""


class WholeRows(QWidget):
    """Holds a table that fills its place: what remains below the last whole row stays empty."""

    def __init__(self, view: RowsView) -> None:
        super().__init__()
        self._view = view
        view.setParent(self)
        view.setMinimumSize(0, 0)
        view.fitted.connect(self._place)
        self.setFocusProxy(view)

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show whole rows."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        above, heights = self._view.height_of(()), self._view.row_heights
        room = self.height() - above
        shown = heights[: _fitting(heights, room)]
        blank = (room - sum(shown)) // ROW_HEIGHT * ROW_HEIGHT if shown == heights else 0
        self._view.setGeometry(0, 0, self.width(), above + max(sum(shown) + blank, ROW_HEIGHT))


class RowsInPage(QWidget):
    """Gives a table the height of its rows, and the wheel to the page: a box of a few rows that
    scrolls inside a page that scrolls is hard to read, and the wheel is caught in it.

    There is room for `least` rows where there are fewer; of more than `most` the others are shown
    when they are asked for, or when one of them is chosen.
    """

    def __init__(
        self, context: Context, view: RowsView, least: int = 1, most: int | None = MOST_ROWS
    ) -> None:
        super().__init__()
        self._context, self._view, self._least, self._most = context, view, least, most
        self.more = button("quiet")
        self.more.setParent(self)
        self.more.clicked.connect(self._show_all)
        view.setParent(self)
        view.stand_in_page()
        view.fitted.connect(self._make_room)
        view.walked.connect(lambda _: self.bring_into_sight())
        view.selectionModel().currentRowChanged.connect(self._show_chosen)
        self.setFocusProxy(view)
        self._make_room()

    def bring_into_sight(self) -> None:
        """Scroll the page to the chosen row."""
        bring_into_sight(self._view.viewport(), self._view.visualRect(self._view.currentIndex()))

    def _show_all(self) -> None:
        self._most = None
        self._view.setFocus()
        self._make_room()

    def _show_chosen(self, chosen: QModelIndex) -> None:
        if self._most is not None and chosen.row() >= self._most:
            self._most = None
            self._make_room()

    # heights

    def _make_room(self) -> None:
        """Ask for the height of the rows that are to be seen."""
        heights = self._view.row_heights
        shown = heights[: self._most]
        least = max(sum(shown), self._least * ROW_HEIGHT)
        more = 0 if shown == heights else self._height_of_more
        self.setMinimumHeight(self._view.height_of((least, more)))
        self._place()

    @property
    def _height_of_more(self) -> int:
        return self.more.sizeHint().height()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        """Show as many whole rows as there is room for."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        heights, above = self._view.row_heights, self._view.height_of(())
        shown: Sequence[int] = heights
        if self._most is not None and above + sum(heights) > self.height():
            room = self.height() - above - self._height_of_more
            shown = heights[: max(_fitting(heights, room), min(self._most, len(heights)))]
        below = self._view.height_of(shown)
        height = below if len(shown) < len(heights) else max(below, self.height())
        self._view.setGeometry(0, 0, self.width(), height)
        self.more.setVisible(len(shown) < len(heights))
        self.more.setText(as_typed(self._context.words.say("Show all {n}", n=len(heights))))
        self.more.setGeometry(0, below, self.more.sizeHint().width(), self._height_of_more)


def _fitting(heights: Sequence[int], room: int) -> int:
    """How many rows, from above, find room."""
    return sum(below <= room for below in accumulate(heights))
