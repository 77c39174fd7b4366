"""Colours, spaces and type in one place: widgets and charts read them from here, and only here."""

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from backstop.resources import resource

CORNER = 6
"""Radius of cards, fields and buttons, in pixels."""


class Space:
    """Distances in pixels."""

    TINY = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 24
    HUGE = 32


class Type:
    """Sizes of text in pixels."""

    SMALL = 12
    BODY = 13
    EMPHASIS = 15
    ANSWER = 20
    FIGURE = 28


@dataclass(frozen=True)
class Theme:
    """The colours of one appearance. Every text pair reaches 4.5:1 on all three backgrounds."""

    dark: bool
    window: str
    surface: str
    highlight: str
    text: str
    muted: str
    line: str
    accent: str
    on_accent: str
    hover: str
    accent_hover: str
    disabled: str
    fine: str
    careful: str
    danger: str

    def drawing(self, name: str) -> str:
        """The path of a small drawing in the colours of this theme, as style sheets want it."""
        return resource("icons", f"{name}-{'dark' if self.dark else 'light'}.svg").as_posix()


LIGHT = Theme(
    dark=False,
    window="#F7F8FA",
    surface="#FFFFFF",
    highlight="#E3F1F5",
    text="#1B2430",
    muted="#56606E",
    line="#D9DEE5",
    accent="#0B6E8F",
    on_accent="#FFFFFF",
    hover="#EEF1F4",
    accent_hover="#095A75",
    disabled="#9AA3AF",
    fine="#1E7B4F",
    careful="#8F5200",
    danger="#B3261E",
)
DARK = Theme(
    dark=True,
    window="#14181D",
    surface="#1C2229",
    highlight="#17333D",
    text="#E8ECF1",
    muted="#A3AEBB",
    line="#323B46",
    accent="#5CC3E0",
    on_accent="#14181D",
    hover="#262E37",
    accent_hover="#7FD1E8",
    disabled="#5F6A77",
    fine="#6FCF97",
    careful="#F2B756",
    danger="#FF8A80",
)

CHOICES = ("system", "light", "dark")


def theme_for(choice: str) -> Theme:
    """The theme of a choice; `system` follows the desktop's colour scheme."""
    if choice == "dark":
        return DARK
    if choice == "light":
        return LIGHT
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT
