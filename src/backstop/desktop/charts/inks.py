"""How each role of a curve is drawn, on the canvas and in the legend: from the theme alone."""

from dataclasses import dataclass

from backstop.desktop.charts.curves import Role
from backstop.desktop.look.theme import Theme


@dataclass(frozen=True)
class Ink:
    """Colour, width in pixels, and dashes (on, off, … in pixels; empty for a solid line)."""

    colour: str
    width: float
    dashes: tuple[float, ...] = ()
    level: int = 0


def ink(role: Role, theme: Theme) -> Ink:
    """The colour of a curve in this theme."""
    match role:
        case Role.BASE:
            return Ink(theme.text, 1.8, level=3)
        case Role.LOSS:
            return Ink(theme.danger, 1.8, (6, 3), level=4)
        case Role.WORSE:
            return Ink(theme.careful, 1.8, (3, 3), level=4)
        case Role.STANDING:
            return Ink(theme.fine, 1.8, (12, 3), level=4)
        case Role.PLAN:
            return Ink(theme.accent, 2.2, level=5)
        case Role.HEADROOM:
            return Ink(theme.accent, 1.6, (8, 3, 2, 3), level=2)
        case Role.BUFFER:
            return Ink(theme.muted, 1.4, (1.5, 3), level=1)
        case Role.FLOOR:
            return Ink(theme.danger, 1.2, (1.5, 3), level=1)
