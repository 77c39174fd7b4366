"""A picture of a schedule: a bar for each instalment, its interest hatched on top."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QBrush, QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from backstop.desktop.look.theme import Space

if TYPE_CHECKING:
    from collections.abc import Sequence

    from backstop.desktop.state.context import Context
    from backstop.projection import Instalment

HEIGHT = 120
WIDEST_BAR = 28.0
GAP = 0.25
"""Of the room that one bar has."""


class ScheduleBars(QWidget):
    """Bars from the first instalment to the last, under the highest amount; days below the ends."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.instalments: Sequence[Instalment] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        context.theme_changed.connect(self.update)

    def sizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, HEIGHT)

    def show_schedule(self, instalments: Sequence[Instalment], said: str) -> None:
        """Draw these; `said` is the same in words, for those who do not see it."""
        self.instalments = instalments
        self.setAccessibleName(said)
        self.update()

    def bars(self) -> list[tuple[QRectF, QRectF]]:
        """Where principal and interest of each instalment stand."""
        line = self.fontMetrics().lineSpacing()
        room = QRectF(self.rect()).adjusted(0, line + Space.TINY, 0, -line - Space.TINY)
        highest = max((each.total for each in self.instalments), default=0)
        if not highest:
            return []
        step = min(room.width() / len(self.instalments), WIDEST_BAR)
        made = []
        for number, each in enumerate(self.instalments):
            left, width = room.left() + number * step, step * (1 - GAP)
            whole = room.height() * each.total / highest
            own = room.height() * each.principal / highest
            principal = QRectF(left, room.bottom() - own, width, own)
            made.append((principal, QRectF(left, room.bottom() - whole, width, whole - own)))
        return made

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        bars = self.bars()
        if not bars:
            return
        theme, words = self._context.theme, self._context.words
        painter = QPainter(self)
        painter.setPen(Qt.PenStyle.NoPen)
        hatched = QBrush(QColor(theme.careful), Qt.BrushStyle.Dense4Pattern)
        for principal, interest in bars:
            painter.fillRect(principal, QColor(theme.accent))
            painter.fillRect(interest, hatched)
        painter.setPen(QColor(theme.muted))
        highest = max(each.total for each in self.instalments)
        above = words.say("at most {amount}", amount=self._context.round_money(highest))
        top, bottom = Qt.AlignmentFlag.AlignTop, Qt.AlignmentFlag.AlignBottom
        painter.drawText(self.rect(), top | Qt.AlignmentFlag.AlignLeft, above)
        first, last = (words.month(self.instalments[n].due) for n in (0, -1))
        painter.drawText(self.rect(), bottom | Qt.AlignmentFlag.AlignLeft, first)
        if len(self.instalments) > 1:
            wide = 2 * self.fontMetrics().horizontalAdvance(first) + Space.LARGE
            below = self.rect()
            below.setWidth(max(round(bars[-1][0].right()), min(wide, below.width())))
            painter.drawText(below, bottom | Qt.AlignmentFlag.AlignRight, last)
        painter.end()
