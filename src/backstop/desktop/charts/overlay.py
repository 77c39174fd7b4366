"""Mouse and keys over a chart: readout under the pointer, zoom, pan, choosing a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QWidget

from backstop.desktop.charts.curves import Picture
from backstop.desktop.charts.inks import ink
from backstop.desktop.look.theme import CORNER, Theme
from backstop.telling import Words

if TYPE_CHECKING:
    from backstop.desktop.charts.canvas import CashCanvas

ZOOM = 0.8
PAD, SWATCH = 10, 14
STILL = 4
"""Pixels that the mouse may move between press and release of a click."""


class Overlay(QWidget):
    """Lies over the canvas. Emits the day pointed at (-1: none) and the day chosen."""

    pointed = Signal(int)
    chosen = Signal(int)

    def __init__(self, canvas: CashCanvas, theme: Theme, zoomable: bool) -> None:
        super().__init__(canvas)
        self._canvas, self.theme, self._zoomable = canvas, theme, zoomable
        self.picture: Picture | None = None
        self._words: Words | None = None
        self.day = -1
        self._pressed: QPointF | None = None
        self._span = (0, 1)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_picture(self, picture: Picture, words: Words) -> None:
        """The curves that the pointer reads from."""
        self.picture, self._words = picture, words
        self.update()

    @property
    def lines(self) -> list[str]:
        """What is read out: the day, then each curve with its amount."""
        picture, words = self.picture, self._words
        if picture is None or words is None or not 0 <= self.day < picture.days:
            return []
        said = [words.day(picture.date_of(self.day))]
        for curve in picture.curves:
            amount = words.round_money(int(curve.values[self.day]), picture.currency)
            said.append(f"{curve.label}  {amount}")
        return said

    def point(self, day: int) -> None:
        """Point at a day, as the mouse would."""
        if day != self.day:
            self.day = day
            self.pointed.emit(day)
            self.update()

    # mouse

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        where = event.position()
        if self._pressed is not None and self._zoomable:
            moved = self._canvas.day_at(self._pressed.x()) - self._canvas.day_at(where.x())
            if abs(where.x() - self._pressed.x()) > STILL and moved:
                first, last = self._span
                self._canvas.set_span(first + moved, last + moved)
                self._pressed, self._span = where, (self._canvas.first, self._canvas.last)
        self.point(self._canvas.day_at(where.x()))

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Begin to drag the days, or to choose one."""
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed = event.position()
            self._down_at = event.position()
            self._span = (self._canvas.first, self._canvas.last)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        """Choose the day, unless the days were dragged."""
        if self._pressed is None:
            return
        self._pressed = None
        if abs(event.position().x() - self._down_at.x()) <= STILL:
            self.chosen.emit(self._canvas.day_at(event.position().x()))

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        self.point(-1)
        super().leaveEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Zoom around the day under the pointer."""
        if not self._zoomable:
            event.ignore()
            return
        factor = ZOOM if event.angleDelta().y() > 0 else 1 / ZOOM
        self._zoom(factor, self._canvas.day_at(event.position().x()))

    def _zoom(self, factor: float, around: int) -> None:
        first, last = self._canvas.first, self._canvas.last
        start = around - round((around - first) * factor)
        self._canvas.set_span(start, start + max(round((last - first) * factor), 7))
        self.update()

    # keys

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walk day by day, with Shift week by week; zoom, and choose the day."""
        first, last = self._canvas.first, self._canvas.last
        middle = (first + last) // 2
        here = self.day if self.day >= 0 else middle
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        step = 7 if shift else 1
        match event.key():
            case Qt.Key.Key_Left | Qt.Key.Key_Right:
                ahead = event.key() == Qt.Key.Key_Right
                self._walk(here + (step if ahead else -step))
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if self.day >= 0:
                self.chosen.emit(self.day)
            case Qt.Key.Key_Plus | Qt.Key.Key_Equal if self._zoomable:
                self._zoom(ZOOM, here)
            case Qt.Key.Key_Minus if self._zoomable:
                self._zoom(1 / ZOOM, here)
            case Qt.Key.Key_0 | Qt.Key.Key_Home if self._zoomable:
                self._canvas.set_span(0, self.picture.days if self.picture else 1)
            case Qt.Key.Key_PageUp | Qt.Key.Key_PageDown if self._zoomable:
                page = (last - first) // 2
                page = page if event.key() == Qt.Key.Key_PageDown else -page
                self._canvas.set_span(first + page, last + page)
            case _:
                super().keyPressEvent(event)
                return
        self.update()

    def _walk(self, day: int) -> None:
        days = self.picture.days if self.picture else 1
        day = min(max(day, 0), days - 1)
        first, last = self._canvas.first, self._canvas.last
        if not first <= day <= last:
            shift = day - last if day > last else day - first
            self._canvas.set_span(first + shift, last + shift)
        self.point(day)

    # what it draws

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.day >= 0 and self.picture is not None:
            self._draw_pointer(painter, self.picture)
            self._draw_readout(painter, self.picture)
        if self.hasFocus():
            painter.setPen(QPen(QColor(self.theme.accent), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), CORNER, CORNER)
        painter.end()

    def _draw_readout(self, painter: QPainter, picture: Picture) -> None:
        """A small box beside the pointer, on the side where there is room."""
        lines, metrics = self.lines, self.fontMetrics()
        height = metrics.height() + 2
        width = max(metrics.horizontalAdvance(line) for line in lines) + 2 * PAD + SWATCH
        x = self._canvas.pixel_of(self.day, 0).x()
        left = x + PAD if x + PAD + width < self.width() else x - PAD - width
        box = QRectF(max(left, 0), PAD, width, len(lines) * height + PAD)
        painter.setPen(QPen(QColor(self.theme.line), 1))
        painter.setBrush(QColor(self.theme.surface))
        painter.drawRoundedRect(box, CORNER, CORNER)
        for number, line in enumerate(lines):
            y = box.top() + PAD / 2 + number * height
            indent = PAD if number == 0 else PAD + SWATCH
            painter.setPen(QColor(self.theme.muted if number == 0 else self.theme.text))
            room = QRectF(box.left() + indent, y, width, height)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), line)
            if number:
                drawn = ink(picture.curves[number - 1].role, self.theme)
                painter.setPen(Qt.PenStyle.NoPen)
                painter.setBrush(QColor(drawn.colour))
                painter.drawEllipse(QPointF(box.left() + PAD + 4, y + height / 2), 4, 4)

    def _draw_pointer(self, painter: QPainter, picture: Picture) -> None:
        top, bottom = self._canvas.plot_height()
        x = self._canvas.pixel_of(self.day, 0).x()
        painter.setPen(QPen(QColor(self.theme.muted), 1))
        painter.drawLine(QPointF(x, top), QPointF(x, bottom))
        painter.setPen(QPen(QColor(self.theme.surface), 1.5))
        for curve in picture.curves:
            if self.day < len(curve.values):
                painter.setBrush(QColor(ink(curve.role, self.theme).colour))
                there = self._canvas.pixel_of(self.day, int(curve.values[self.day]))
                painter.drawEllipse(there, 4, 4)
