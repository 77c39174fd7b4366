"""What of a picture is seen, and where: days and money in pixels, without any drawing."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF

if TYPE_CHECKING:
    from backstop.desktop.charts.curves import Picture
    from backstop.desktop.look.theme import Theme
    from backstop.telling import Words

PAD_LEFT, PAD_RIGHT, PAD_TOP, PAD_BOTTOM = 70, 18, 14, 30
NAME_ROOM, MARKS_ROOM = 26, 18
"""Pixels kept free below the curves: for the name of the lowest point, for strokes at the foot."""
LEAST_WIDTH, LEAST_HEIGHT = 160, 90
LEAST_DAYS = 7
BESIDE = 0.008
"""Room at both ends of the days, as a share of them."""


@dataclass(frozen=True, eq=False)
class View:
    """The days from `first` to `last` of a picture, with the money that occurs on them, on so many
    pixels of the window, each `ratio` of the screen's."""

    picture: Picture
    words: Words
    theme: Theme
    first: int
    last: int
    width: int
    height: int
    ratio: float

    @cached_property
    def days(self) -> tuple[float, float]:
        """Where the picture begins and ends, in days."""
        margin = max(self.last - self.first, 1) * BESIDE
        return self.first - margin, self.last + margin

    @cached_property
    def money(self) -> tuple[float, float]:
        """The lowest and the highest amount that has a place, in minor units."""
        seen = [c.values[self.first : self.last + 1] for c in self.picture.curves]
        low = min(0, *(int(each.min()) for each in seen if len(each)))
        high = max(0, *(int(each.max()) for each in seen if len(each)))
        pixel = (high - low or 100) / max(self.height - PAD_TOP - PAD_BOTTOM - 40, 60)
        below = NAME_ROOM + (MARKS_ROOM if self.picture.marks else 0)
        return low - below * pixel, high + 8 * pixel

    @property
    def plot(self) -> tuple[int, int, int, int]:
        """Left, right, top and bottom of the curves, in pixels."""
        return PAD_LEFT, self.width - PAD_RIGHT, PAD_TOP, self.height - PAD_BOTTOM

    def day_at(self, x: float) -> int:
        """The day at a pixel, kept inside what is seen."""
        begin, end = self.days
        left, right, _, _ = self.plot
        day = begin + (x - left) / max(right - left, 1) * (end - begin)
        return min(max(round(day), self.first), self.last)

    def pixel_of(self, day: int, minor: int) -> QPointF:
        """Where a value lies."""
        (begin, end), (low, high) = self.days, self.money
        left, right, top, bottom = self.plot
        x = left + (day - begin) / (end - begin) * (right - left)
        return QPointF(x, bottom - (minor - low) / (high - low) * (bottom - top))
