"""Where the window stood and how large it was, as a text for the settings."""

from PySide6.QtCore import QByteArray
from PySide6.QtWidgets import QWidget


def place_of(window: QWidget) -> str:
    """Size, place, screen, and whether it is maximized."""
    return bytes(window.saveGeometry().toBase64().data()).decode("ascii")


def take_place(window: QWidget, place: str) -> None:
    """Go back to a place; Qt keeps it on a screen that is there, and passes over anything else."""
    if place.isascii():
        window.restoreGeometry(QByteArray.fromBase64(place.encode("ascii")))
