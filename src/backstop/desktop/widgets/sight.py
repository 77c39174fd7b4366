"""Scrolling the page to what the keyboard has reached."""

from PySide6.QtCore import QRect, QTimer
from PySide6.QtWidgets import QScrollArea, QWidget


def bring_into_sight(widget: QWidget, place: QRect) -> None:
    """Scroll what holds this widget until its place is seen, once the layout has settled."""
    QTimer.singleShot(0, widget, lambda: _scroll(widget, place))


def _scroll(widget: QWidget, place: QRect) -> None:
    area = widget.parentWidget()
    while area is not None and not isinstance(area, QScrollArea):
        area = area.parentWidget()
    page = area.widget() if area is not None else None
    if area is not None and page is not None and place.isValid():
        middle = widget.mapTo(page, place.center())
        area.ensureVisible(0, middle.y(), 0, 2 * place.height())
