"""Looks at a screen and reads PDF files; run by the Python of the build environment, with Qt.

look.py screen PICTURE SECONDS    says `ready`, then when a window came and the curve in it
look.py pdf FILE                  the text of a PDF file
"""

import sys
import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QRect
from PySide6.QtGui import QGuiApplication, QImage
from PySide6.QtPdf import QPdfDocument

CHART = QRect(330, 270, 400, 195)
"""Where the curve of the overview lies on a screen without a window manager, in pixels: inside its
axes, so that no label and no legend counts."""
DARK = 90
ENOUGH = 300
"""Dark pixels that a curve has and a lone marker has not."""
PAUSE = 0.05


def watch(picture: str, seconds: float) -> int:
    app = QGuiApplication(sys.argv[:1])
    print("ready", flush=True)
    began = time.monotonic()
    window = seconds_until(has_window, app, began + seconds)
    curve = seconds_until(has_curve, app, began + seconds)
    time.sleep(1)
    grabbed(app).save(picture)
    print(f"{window - began:.2f} {curve - began:.2f}")
    return 0


def seconds_until(seen: Callable[[QImage], bool], app: QGuiApplication, end: float) -> float:
    while time.monotonic() < end:
        if seen(grabbed(app)):
            return time.monotonic()
        time.sleep(PAUSE)
    raise SystemExit(f"not seen in time: {seen.__name__.replace('_', ' ')}")


def grabbed(app: QGuiApplication) -> QImage:
    return app.primaryScreen().grabWindow(0).toImage().convertToFormat(QImage.Format.Format_RGB32)


def has_window(screen: QImage) -> bool:
    """An empty screen is black from corner to corner."""
    return any(screen.pixelColor(x, 300).lightness() > DARK for x in range(100, 1200, 50))


def has_curve(screen: QImage) -> bool:
    dark = sum(
        screen.pixelColor(x, y).lightness() < DARK
        for x in range(CHART.left(), CHART.right())
        for y in range(CHART.top(), CHART.bottom())
    )
    return ENOUGH < dark < CHART.width() * CHART.height() // 2


def read(file: str) -> int:
    app = QCoreApplication(sys.argv[:1])
    document = QPdfDocument()
    document.load(file)
    for page in range(document.pageCount()):
        print(document.getAllText(page).text())
    del app
    return 0


if __name__ == "__main__":
    what, path, *rest = sys.argv[1:]
    sys.exit(watch(path, float(rest[0])) if what == "screen" else read(path))
