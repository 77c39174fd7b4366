"""How tall the rows of a table stand: a name too long for its column goes on in further lines."""

from math import ceil

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QFontMetrics

from backstop.desktop.tables.look import ROW_HEIGHT

MOST_LINES = 4
_ANY_HEIGHT = 10_000


def row_height(text: str, width: int, metrics: QFontMetrics) -> int:
    """Pixels of a row whose name has so many pixels for its text."""
    if metrics.horizontalAdvance(text) <= width:
        return ROW_HEIGHT
    room, wrapped = QRect(0, 0, max(width, 1), _ANY_HEIGHT), int(Qt.TextFlag.TextWordWrap)
    lines = ceil(metrics.boundingRect(room, wrapped, text).height() / metrics.lineSpacing())
    return ROW_HEIGHT + (min(lines, MOST_LINES) - 1) * metrics.lineSpacing()
