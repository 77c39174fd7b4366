"""The matplotlib part of a chart. Only to be imported once `ChartLibrary` has loaded.

Artists are made once and then given other data; a change of theme gives them other colours.
"""

from __future__ import annotations

from typing import Any, Literal

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_qtagg import FigureCanvasQTAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator
from PySide6.QtCore import QPointF
from PySide6.QtGui import QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy

from backstop.desktop.charts.curves import Picture, Role
from backstop.desktop.charts.inks import ink
from backstop.desktop.charts.ticks import compact_money, day_ticks
from backstop.desktop.look.fonts import bundled_font
from backstop.desktop.look.theme import Theme, Type
from backstop.telling import Words

DPI = 100.0
PAD_LEFT, PAD_RIGHT, PAD_TOP, PAD_BOTTOM = 70, 18, 14, 30
NAME_ROOM, MARKS_ROOM = 26, 18
"""Pixels kept free below the curves: for the name of the lowest point, for strokes at the foot."""
EDGE = 0.12
LABEL_WIDTH = 40
MARK_PIXELS = {1: 16, 2: 11, 3: 6}


def prepare() -> None:
    """Set matplotlib up, once, before the first chart: our typeface, and no formulas."""
    # Names may hold `$`: nothing a chart shows is a formula. Widgets draw the legends.
    mpl.rcParams.update({"text.parse_math": False, "axes.unicode_minus": True})
    fontManager.addfont(str(bundled_font()))
    mpl.rcParams["font.family"] = ["Noto Sans SC"]


def points(pixels: float) -> float:
    """Pixels in the points that matplotlib counts in."""
    return pixels * 72 / DPI


class CashCanvas(FigureCanvasQTAgg):
    """Draws a `Picture`. Day offsets run along x, minor units along y."""

    def __init__(self, theme: Theme, words: Words) -> None:
        self.figure = Figure(dpi=DPI)
        super().__init__(self.figure)  # type: ignore[no-untyped-call]
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self._theme, self._words = theme, words
        self._picture: Picture | None = None
        self.first, self.last = 0, 1
        self._axes = self.figure.add_axes((0.1, 0.1, 0.8, 0.8))
        self._lines: dict[Role, Line2D] = {}
        self._below = self._axes.fill_between([0], [0], [0], step="post", zorder=1)
        self._area = self._axes.fill_between([0], [0], [0], step="post", zorder=0)
        self._marks = LineCollection([], transform=self._axes.get_xaxis_transform(), zorder=6)
        self._axes.add_collection(self._marks, autolim=False)
        self._zero = self._axes.axhline(0, zorder=2)
        self._loss = self._axes.axvline(0, zorder=2)
        (self._dot,) = self._axes.plot([], [], marker="o", linestyle="none", zorder=7)
        self._name = self._axes.annotate(
            "", (0, 0), (0, -points(7)), textcoords="offset points", va="top", zorder=8
        )
        self._set_up()
        self.restyle(theme)

    def _set_up(self) -> None:
        for side in ("top", "left", "right", "bottom"):
            self._axes.spines[side].set_visible(False)
        self._axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        self._axes.yaxis.set_major_formatter(FuncFormatter(self._amount))
        self._axes.grid(axis="y")
        self._axes.set_axisbelow(True)
        self._axes.tick_params(length=0, labelsize=points(Type.SMALL), pad=6)

    def _amount(self, minor: float, _: object) -> str:
        currency = self._picture.currency if self._picture else "CNY"
        return compact_money(minor, currency, self._words)

    # what is shown

    def show_picture(self, picture: Picture, words: Words) -> None:
        """Show other curves; the visible span stays unless the number of days changed."""
        known = self._picture
        if known is not None and words is self._words and picture.looks_like(known):
            return
        self._picture, self._words = picture, words
        for role in Role:
            self._set_line(role)
        self._set_fills()
        self._set_marks()
        self._loss.set_visible(bool(picture.loss_day))
        self._loss.set_xdata([picture.loss_day or 0] * 2)
        if known is None or known.days != picture.days:
            self.first, self.last = 0, max(picture.days - 1, 1)
        self.set_span(self.first, self.last)

    def _set_line(self, role: Role) -> None:
        assert self._picture is not None
        curve = self._picture.curve(role)
        line = self._lines.get(role)
        if curve is None:
            if line is not None:
                line.set_data([], [])
            return
        if line is None:
            (line,) = self._axes.plot([], [], drawstyle="steps-post", solid_joinstyle="round")
            self._lines[role] = line
            self._style_line(role)
        line.set_data(np.arange(len(curve.values)), curve.values)

    def _set_fills(self) -> None:
        assert self._picture is not None
        days = np.arange(self._picture.days)
        floor, own = self._picture.floor, [each.values for each in self._picture.short_of_cash]
        deepest = np.minimum.reduce([np.minimum(each, floor) for each in own]) if own else floor
        self._below.set_data(days, deepest, floor)
        base = self._picture.curve(Role.BASE)
        top = base.values if base is not None and self._picture.filled else np.zeros(len(days))
        self._area.set_data(days, np.maximum(top, 0), np.zeros(len(days)))

    def _set_marks(self) -> None:
        assert self._picture is not None
        high = max(self.height() - PAD_TOP - PAD_BOTTOM, 1)
        self._marks.set_segments(
            [((m.day, 0.0), (m.day, MARK_PIXELS[m.priority] / high)) for m in self._picture.marks]
        )

    def set_span(self, first: int, last: int) -> None:
        """Show the days from `first` to `last`, with the money that occurs on them."""
        if self._picture is None or not self._picture.days:
            return
        longest = max(self._picture.days - 1, 1)
        length = min(max(last - first, min(7, longest)), longest)
        self.first = min(max(first, 0), longest - length)
        self.last = self.first + length
        margin = length * 0.008
        self._axes.set_xlim(self.first - margin, self.last + margin)
        self._fit_money()
        most = (self.width() - PAD_LEFT - PAD_RIGHT) // LABEL_WIDTH
        ticks = day_ticks(self._picture.start, self.first, self.last, self._words, most)
        self._axes.xaxis.set_major_locator(FixedLocator([day for day, _ in ticks]))
        self._axes.xaxis.set_major_formatter(FixedFormatter([label for _, label in ticks]))
        self._name_lowest()
        self.draw_idle()  # type: ignore[no-untyped-call]

    def _fit_money(self) -> None:
        assert self._picture is not None
        seen = [c.values[self.first : self.last + 1] for c in self._picture.curves]
        low = min(0, *(int(each.min()) for each in seen if len(each)))
        high = max(0, *(int(each.max()) for each in seen if len(each)))
        pixel = (high - low or 100) / max(self.height() - PAD_TOP - PAD_BOTTOM - 40, 60)
        below = NAME_ROOM + (MARKS_ROOM if self._picture.marks else 0)
        self._axes.set_ylim(low - below * pixel, high + 8 * pixel)

    def _name_lowest(self) -> None:
        """Write the lowest point of the named curve beside it, inside the picture."""
        assert self._picture is not None
        curve = self._picture.curve(self._picture.named) if self._picture.named else None
        seen = curve.values[self.first : self.last + 1] if curve is not None else ()
        if curve is None or not len(seen):
            self._dot.set_data([], [])
            self._name.set_text("")
            return
        day = self.first + int(np.argmin(seen))
        value = int(curve.values[day])
        self._dot.set_data([day], [value])
        self._dot.set_color(ink(curve.role, self._theme).colour)
        when = self._words.short_day(self._picture.date_of(day))
        what = self._words.round_money(value, self._picture.currency)
        self._name.set_text(self._words.language.clauses([what, when]))
        self._name.xy = (day, value)
        self._name.set_horizontalalignment(self._side_of(day))

    def _side_of(self, day: int) -> Literal["left", "center", "right"]:
        """Beside the dot there is always room below it; near an edge, the name leans inwards."""
        share = (day - self.first) / max(self.last - self.first, 1)
        return "left" if share < EDGE else "right" if share > 1 - EDGE else "center"

    # how it looks

    def restyle(self, theme: Theme) -> None:
        """Draw in the colours of this theme from now on."""
        self._theme = theme
        self.figure.set_facecolor(theme.surface)
        self._axes.set_facecolor(theme.surface)
        self._axes.tick_params(colors=theme.muted, grid_color=theme.line, grid_linewidth=0.8)
        self._below.set(facecolor="none", edgecolor=theme.danger, hatch="/////", linewidth=0)
        self._area.set(facecolor=theme.text, alpha=0.05, linewidth=0)
        self._marks.set(color=theme.muted, linewidth=points(1.5))
        self._zero.set(color=theme.muted, linewidth=points(1))
        self._loss.set(color=theme.danger, linewidth=points(1), linestyle=":")
        self._dot.set(markersize=points(7))
        self._name.set(color=theme.text, fontsize=points(Type.SMALL))
        self._name.set_bbox({"facecolor": theme.surface, "alpha": 0.85, "linewidth": 0, "pad": 1.5})
        for role in self._lines:
            self._style_line(role)
        if self._picture is not None:
            self._name_lowest()
        self.draw_idle()  # type: ignore[no-untyped-call]

    def _style_line(self, role: Role) -> None:
        drawn, line = ink(role, self._theme), self._lines[role]
        line.set(color=drawn.colour, linewidth=points(drawn.width), zorder=drawn.level)
        if drawn.dashes:
            scale = points(1) / points(drawn.width)
            line.set_linestyle((0, tuple(each * scale for each in drawn.dashes)))

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page that scrolls: matplotlib would keep it to itself."""
        event.ignore()

    def resizeEvent(self, event: QResizeEvent) -> None:  # noqa: N802
        width, height = max(event.size().width(), 160), max(event.size().height(), 90)
        self._axes.set_position(
            (
                PAD_LEFT / width,
                PAD_BOTTOM / height,
                1 - (PAD_LEFT + PAD_RIGHT) / width,
                1 - (PAD_TOP + PAD_BOTTOM) / height,
            )
        )
        super().resizeEvent(event)  # type: ignore[no-untyped-call]
        if self._picture is not None:
            self._set_marks()
            self.set_span(self.first, self.last)

    # between days and pixels

    def day_at(self, x: float) -> int:
        """The day under a widget coordinate, kept inside the visible span."""
        ratio = self.device_pixel_ratio
        day = self._axes.transData.inverted().transform((x * ratio, 0))[0]
        return int(min(max(round(float(day)), self.first), self.last))

    def pixel_of(self, day: int, minor: int) -> QPointF:
        """Where a value lies, in widget coordinates."""
        ratio = self.device_pixel_ratio
        x, y = self._axes.transData.transform((day, minor))
        return QPointF(float(x) / ratio, self.height() - float(y) / ratio)

    def plot_height(self) -> tuple[int, int]:
        """Top and bottom of the plot, in widget coordinates."""
        return PAD_TOP, self.height() - PAD_BOTTOM

    def data_of(self, role: Role) -> Any:
        """The values that the line of this role now has."""
        line = self._lines.get(role)
        return None if line is None else line.get_ydata()
