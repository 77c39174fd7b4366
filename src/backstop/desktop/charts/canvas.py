"""The place of a chart: it shows what was drawn last, and has what is wanted now drawn aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from backstop.desktop.charts.curves import Picture, Role
from backstop.desktop.charts.view import LEAST_DAYS, LEAST_HEIGHT, LEAST_WIDTH, View
from backstop.desktop.state.tasks import About, Cancelled

if TYPE_CHECKING:
    from backstop.desktop.charts.drawing import Drawing
    from backstop.desktop.look.theme import Theme
    from backstop.desktop.state.tasks import Tasks
    from backstop.telling import Words


class CashCanvas(QWidget):
    """Shows a `Picture`: day offsets run along x, minor units along y.

    A drawing takes twice as long as the window may stand still: it is made on a worker, one at a
    time, and what is wanted meanwhile is drawn next. Until it is there, the one before is seen.
    """

    def __init__(self, tasks: Tasks, drawing: Drawing, theme: Theme, words: Words) -> None:
        super().__init__()
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._tasks, self._drawing = tasks, drawing
        self._theme, self._words = theme, words
        self._picture: Picture | None = None
        self.first, self.last = 0, 1
        self._drawn = QImage()
        self._is_drawing = self._is_another = False

    # what is shown

    def show_picture(self, picture: Picture, words: Words) -> None:
        """Show other curves; the visible span stays unless the number of days changed."""
        known = self._picture
        if known is not None and words is self._words and picture.looks_like(known):
            return
        self._picture, self._words = picture, words
        if known is None or known.days != picture.days:
            self.first, self.last = 0, max(picture.days - 1, 1)
        self.set_span(self.first, self.last)

    def set_span(self, first: int, last: int) -> None:
        """Show the days from `first` to `last`, with the money that occurs on them."""
        if self._picture is None or not self._picture.days:
            return
        longest = max(self._picture.days - 1, 1)
        length = min(max(last - first, min(LEAST_DAYS, longest)), longest)
        self.first = min(max(first, 0), longest - length)
        self.last = self.first + length
        self.draw_soon()

    def restyle(self, theme: Theme) -> None:
        """Draw in the colours of this theme from now on."""
        self._theme = theme
        self.draw_soon()

    def data_of(self, role: Role) -> Any:
        """The values that the line of this role now has."""
        curve = self._picture.curve(role) if self._picture is not None else None
        return None if curve is None else curve.values

    # drawing

    def draw_soon(self) -> None:
        """Have what is wanted now drawn, after what is being drawn."""
        if self._is_drawing:
            self._is_another = True
            return
        view = self.view
        if view is None:
            return
        self._is_drawing = True

        def draw(cancelled: Cancelled) -> QImage:
            return self._drawing.drawn(view)

        self._tasks.start(
            draw, self._take, self._fail, about=About.NOTHING, shown_in=self, in_turn=True
        )

    def _fail(self, error: Exception) -> None:
        self._is_drawing = False
        self._tasks.failed(error)

    def _take(self, drawn: QImage) -> None:
        self._drawn = drawn
        self._is_drawing = False
        self.update()
        if self._is_another:
            self._is_another = False
            self.draw_soon()

    @property
    def view(self) -> View | None:
        """What is wanted now; None while there is no picture."""
        if self._picture is None or not self._picture.days:
            return None
        return View(
            self._picture,
            self._words,
            self._theme,
            self.first,
            self.last,
            max(self.width(), LEAST_WIDTH),
            max(self.height(), LEAST_HEIGHT),
            self.devicePixelRatioF(),
        )

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.fillRect(self.rect(), QColor(self._theme.surface))
        if self._drawn.isNull():
            painter.setPen(QColor(self._theme.muted))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._words.say("Drawing…"))
        else:
            painter.drawImage(0, 0, self._drawn)
        painter.end()
        if self._drawn.devicePixelRatioF() != self.devicePixelRatioF():
            self.draw_soon()  # the window is on another screen

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        super().resizeEvent(event)
        self.draw_soon()

    # between days and pixels

    def day_at(self, x: float) -> int:
        """The day under a widget coordinate, kept inside the visible span."""
        view = self.view
        return self.first if view is None else view.day_at(x)

    def pixel_of(self, day: int, minor: int) -> QPointF:
        """Where a value lies, in widget coordinates."""
        view = self.view
        return QPointF() if view is None else view.pixel_of(day, minor)

    def plot_height(self) -> tuple[int, int]:
        """Top and bottom of the plot, in widget coordinates."""
        view = self.view
        return (0, self.height()) if view is None else view.plot[2:]
