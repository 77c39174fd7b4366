"""Draws the program's mark into files of the sizes and kinds that systems ask for.

Run by the Python of the build environment, which has Qt: FILE SIZE, again and again.
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer


def draw(drawing: str, file: str, size: int) -> None:
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    QSvgRenderer(drawing).render(painter)
    painter.end()
    if not image.save(file):
        raise SystemExit(f"cannot write {file}")


if __name__ == "__main__":
    drawing, *pairs = sys.argv[1:]
    for file, size in zip(pairs[::2], pairs[1::2], strict=True):
        draw(drawing, file, int(size))
