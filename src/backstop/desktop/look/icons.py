"""The outline icons, drawn in a colour of the theme at the sharpness of the screen."""

from functools import cache
from math import ceil

from PySide6.QtCore import QByteArray, QRectF, Qt
from PySide6.QtGui import QGuiApplication, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from backstop.resources import resource

SIZE = 20


@cache
def _drawing(name: str) -> str:
    return resource("icons", f"{name}.svg").read_text(encoding="utf-8")


def icon(name: str, colour: str, checked: str = "") -> QIcon:
    """An icon in a colour; `checked` is the colour of its button's checked state."""
    made = QIcon()
    scale = sharpest()
    made.addPixmap(_pixmap(name, colour, SIZE, scale), QIcon.Mode.Normal, QIcon.State.Off)
    if checked:
        made.addPixmap(_pixmap(name, checked, SIZE, scale), QIcon.Mode.Normal, QIcon.State.On)
    return made


def sharpest() -> int:
    """Pixels in one unit on the sharpest screen: drawings are made for that one."""
    return max(ceil(screen.devicePixelRatio()) for screen in QGuiApplication.screens())


def picture(name: str, size: int, ratio: float) -> QPixmap:
    """A drawing with colours of its own."""
    return _pixmap(name, "", size, ratio)


def _pixmap(name: str, colour: str, size: int, scale: float) -> QPixmap:
    drawing = _drawing(name).replace("currentColor", colour)
    pixmap = QPixmap(round(size * scale), round(size * scale))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    renderer = QSvgRenderer(QByteArray(drawing.encode()))
    renderer.render(painter, QRectF(pixmap.rect()))
    painter.end()
    pixmap.setDevicePixelRatio(scale)
    return pixmap
