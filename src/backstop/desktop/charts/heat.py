"""Losses by week: a strip for each, as tall in every week as cash is short, hatched below minimum.

Drawn by Qt. The figure of a week is read by pointing at it, or by walking there with the arrows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from backstop.desktop.charts.ticks import day_ticks
from backstop.desktop.look.theme import CORNER, Space
from backstop.desktop.widgets.sight import bring_into_sight
from backstop.desktop.widgets.text import as_tip

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

ROW, HEAD, GAP = 26, 22, 1
NAMES, LEAST_WEEK, LABEL_WIDTH = 150, 6, 44
WEEK = 7


@dataclass(frozen=True)
class Strip:
    """One loss: for each week the largest shortfall and the depth below the minimum (minor units,
    0 where there is none)."""

    key: str
    name: str
    short: tuple[int, ...]
    below: tuple[int, ...]


class HeatStrips(QWidget):
    """`chosen(key)`: a strip was clicked, or Return pressed on it. `pointed()`: another week is
    read out; `readout` says which."""

    chosen = Signal(str)
    pointed = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._strips: Sequence[Strip] = ()
        self._start = date.min
        self._days = 1
        self._deepest = 1
        self._row, self._week = 0, -1
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_strips(self, strips: Sequence[Strip], start: date, days: int) -> None:
        """Show these losses, in this order, over so many days."""
        self._strips, self._start, self._days = strips, start, days
        self._deepest = max((max(each.short, default=0) for each in strips), default=0) or 1
        self._row = min(self._row, max(len(strips) - 1, 0))
        self._week = min(self._week, self._weeks - 1)
        self.setFixedHeight(HEAD + ROW * max(len(strips), 1))
        self._read()

    @property
    def _weeks(self) -> int:
        return -(-self._days // WEEK)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(NAMES + self._weeks * LEAST_WEEK, HEAD + ROW * max(len(self._strips), 1))

    # what is read out

    @property
    def readout(self) -> str:
        """What stands in the week that is pointed at, with the loss it belongs to."""
        if not self._strips or not 0 <= self._week < self._weeks:
            return ""
        words, strip = self._context.words, self._strips[self._row]
        said = {
            "line": strip.name,
            "day": words.day(self._start + timedelta(days=WEEK * self._week)),
        }
        if strip.short[self._week]:
            amount = self._context.round_money(strip.short[self._week])
            return words.say("{line}, week from {day}: {amount} short", **said, amount=amount)
        if strip.below[self._week]:
            amount = self._context.round_money(strip.below[self._week])
            text = "{line}, week from {day}: {amount} below your minimum"
            return words.say(text, **said, amount=amount)
        return words.say("{line}, week from {day}: enough", **said)

    def point(self, row: int, week: int) -> None:
        """Point at a week of a strip, as mouse and keys do."""
        self._row = min(max(row, 0), max(len(self._strips) - 1, 0))
        self._week = min(max(week, 0), self._weeks - 1)
        self._read()

    def _read(self) -> None:
        self.setAccessibleDescription(self.readout)
        self.pointed.emit()
        self.update()

    # mouse and keys

    def _at(self, place: QPointF) -> tuple[int, int]:
        week = int((place.x() - NAMES) / self._width) if place.x() >= NAMES else 0
        return int((place.y() - HEAD) // ROW), week

    @property
    def _width(self) -> float:
        return max((self.width() - NAMES) / self._weeks, 1.0)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        row, week = self._at(event.position())
        if 0 <= row < len(self._strips) and event.position().x() >= NAMES:
            self.point(row, week)
            QToolTip.showText(event.globalPosition().toPoint(), as_tip(self.readout), self)
        elif 0 <= row < len(self._strips):
            name = as_tip(self._strips[row].name)
            QToolTip.showText(event.globalPosition().toPoint(), name, self)

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        row, _ = self._at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and 0 <= row < len(self._strips):
            self.chosen.emit(self._strips[row].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Walk from week to week and from row to row; Enter chooses."""
        steps = {
            Qt.Key.Key_Left: (0, -1),
            Qt.Key.Key_Right: (0, 1),
            Qt.Key.Key_Up: (-1, 0),
            Qt.Key.Key_Down: (1, 0),
        }.get(Qt.Key(event.key()))
        if steps is not None and self._strips:
            self.point(self._row + steps[0], self._week + steps[1])
            bring_into_sight(self, QRect(0, HEAD + ROW * self._row, self.width(), ROW))
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._strips:
            self.chosen.emit(self._strips[self._row].key)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:  # noqa: N802
        if not self.hasFocus():
            self._week = -1
            self._read()
        super().leaveEvent(event)

    # what is drawn

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        painter = QPainter(self)
        self._draw_head(painter)
        for number, strip in enumerate(self._strips):
            if event.rect().intersects(QRect(0, HEAD + ROW * number, self.width(), ROW)):
                self._draw_strip(painter, number, strip)
        self._draw_pointer(painter)
        painter.end()

    def _draw_head(self, painter: QPainter) -> None:
        painter.setPen(QColor(self._context.theme.muted))
        most = max(int((self.width() - NAMES) // LABEL_WIDTH), 1)
        for day, label in day_ticks(self._start, 0, self._days - 1, self._context.words, most):
            x = NAMES + day / WEEK * self._width
            room = QRectF(x, 0, LABEL_WIDTH, HEAD)
            painter.drawText(room, int(Qt.AlignmentFlag.AlignVCenter), label)

    def _draw_strip(self, painter: QPainter, number: int, strip: Strip) -> None:
        theme, top = self._context.theme, HEAD + number * ROW
        painter.setPen(QColor(theme.text))
        name = painter.fontMetrics().elidedText(
            strip.name, Qt.TextElideMode.ElideRight, NAMES - Space.MEDIUM
        )
        painter.drawText(QRectF(0, top, NAMES, ROW), int(Qt.AlignmentFlag.AlignVCenter), name)
        painter.fillRect(QRectF(NAMES, top + ROW - 4, self.width() - NAMES, 1), QColor(theme.line))
        danger = QColor(theme.danger)
        careful = QBrush(QColor(theme.careful), Qt.BrushStyle.BDiagPattern)
        for week in range(self._weeks):
            short, below = strip.short[week], strip.below[week]
            if not short and not below:
                continue
            tall = 4 + (ROW - 9) * short / self._deepest if short else 6
            x, wide = NAMES + week * self._width, max(self._width - GAP, 1)
            cell = QRectF(x, top + ROW - 4 - tall, wide, tall)
            painter.fillRect(cell, danger if short else careful)

    def _draw_pointer(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(QColor(self._context.theme.accent), 1))
        if 0 <= self._week < self._weeks and self._strips:
            x, y = NAMES + self._week * self._width, HEAD + self._row * ROW
            painter.drawRect(QRectF(x - 1, y + 2, self._width + 1, ROW - 5))
        if self.hasFocus():
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), CORNER, CORNER)
