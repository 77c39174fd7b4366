"""How a day of the calendar is drawn: its number, and a line for each receipt and payment."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from backstop.desktop.cash_flow.month_model import DAY_ROLE, CalendarDay, Entry
from backstop.desktop.look.theme import CORNER, Space, Type

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

Index = QModelIndex | QPersistentModelIndex
HEAD = 26
LINE = 20
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class DayPainter(QStyledItemDelegate):
    """Draws days; `chosen` is the id of the receipt or payment being edited."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.chosen = ""

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:  # noqa: N802
        return QSize(80, HEAD + 2 * LINE)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        day: CalendarDay = index.data(DAY_ROLE)
        area: QRect = option.rect
        painter.save()
        painter.setClipRect(area)
        self._paint_ground(painter, area, day, option)
        self._paint_number(painter, area, day)
        self._paint_entries(painter, area, day)
        painter.restore()

    def entry_at(self, area: QRect, day: CalendarDay, point: QPoint) -> Entry | None:
        """The receipt or payment drawn at this point of a day's cell."""
        number = (point.y() - area.top() - HEAD) // LINE
        shown = self._shown(area, day)
        return day.entries[number] if 0 <= number < shown else None

    # parts

    def _paint_ground(
        self, painter: QPainter, area: QRect, day: CalendarDay, option: QStyleOptionViewItem
    ) -> None:
        theme = self._context.theme
        if day.is_closed:
            painter.fillRect(area, QColor(theme.window))
        painter.setPen(QColor(theme.line))
        painter.drawLine(area.bottomLeft(), area.bottomRight())
        painter.drawLine(area.topRight(), area.bottomRight())
        state: QStyle.StateFlag = option.state
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QColor(theme.accent))
            painter.drawRoundedRect(area.adjusted(1, 1, -2, -2), CORNER, CORNER)

    def _paint_number(self, painter: QPainter, area: QRect, day: CalendarDay) -> None:
        theme = self._context.theme
        place = QRect(area.left() + Space.TINY, area.top() + 3, 26, HEAD - 6)
        painter.setFont(_font(painter, Type.SMALL, bold=day.is_today))
        if day.is_today:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(theme.accent))
            painter.drawRoundedRect(place, 10, 10)
            painter.setPen(QColor(theme.on_accent))
        else:
            painter.setPen(QColor(theme.text if day.in_month else theme.disabled))
        painter.drawText(place, Qt.AlignmentFlag.AlignCenter, str(day.date.day))

    def _paint_entries(self, painter: QPainter, area: QRect, day: CalendarDay) -> None:
        painter.setFont(_font(painter, Type.SMALL))
        shown = self._shown(area, day)
        for number in range(shown):
            self._paint_entry(painter, _line(area, number), day.entries[number], day)
        if shown < len(day.entries):
            rest = self._context.words.say("{n} more", n=len(day.entries) - shown)
            painter.setPen(QColor(self._context.theme.muted))
            painter.drawText(_line(area, shown), _LEFT, rest)

    def _paint_entry(self, painter: QPainter, place: QRect, entry: Entry, day: CalendarDay) -> None:
        theme, metrics = self._context.theme, painter.fontMetrics()
        if entry.id == self.chosen:
            painter.fillRect(place.adjusted(-2, 1, 2, -1), QColor(theme.highlight))
        colour = theme.fine if entry.amount > 0 else theme.text
        painter.setPen(QColor(colour if day.in_month else theme.disabled))
        amount = self._amount(entry)
        room = place.width() - metrics.horizontalAdvance(amount) - Space.SMALL
        if room < metrics.averageCharWidth() * 4:
            sign = "+" if entry.amount > 0 else "−"
            painter.drawText(place, _LEFT, _elided(metrics, f"{sign} {entry.name}", place.width()))
            return
        painter.drawText(place, _LEFT, _elided(metrics, entry.name, room))
        painter.drawText(place, _RIGHT, amount)

    def _amount(self, entry: Entry) -> str:
        """Whole units with a sign: what comes in has a plus."""
        book = self._context.book
        whole = 10**book.money.digits
        rounded = (abs(entry.amount) + whole // 2) // whole * whole
        text = self._context.words.round_money(rounded, book.currency)
        figures = text.removeprefix(book.money.sign)
        return f"+{figures}" if entry.amount > 0 else f"−{figures}"

    def _shown(self, area: QRect, day: CalendarDay) -> int:
        room = max(0, (area.height() - HEAD) // LINE)
        return len(day.entries) if len(day.entries) <= room else max(0, room - 1)


def _line(area: QRect, number: int) -> QRect:
    top = area.top() + HEAD + number * LINE
    return QRect(area.left() + Space.SMALL, top, area.width() - 2 * Space.SMALL, LINE)


def _font(painter: QPainter, size: int, *, bold: bool = False) -> QFont:
    font = QFont(painter.font())
    font.setPixelSize(size)
    font.setBold(bold)
    return font


def _elided(metrics: QFontMetrics, text: str, width: int) -> str:
    return metrics.elidedText(text, Qt.TextElideMode.ElideRight, width)
