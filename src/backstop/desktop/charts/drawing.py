"""The matplotlib part of a chart. Only to be imported once `ChartLibrary` has loaded.

Artists are made once and then given other data; another theme gives them other colours. All charts
are drawn on one worker, in turn: for each thread, matplotlib would load the typeface again.
"""

from __future__ import annotations

from functools import cache
from typing import Literal

import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.collections import LineCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import fontManager
from matplotlib.lines import Line2D
from matplotlib.ticker import FixedFormatter, FixedLocator, FuncFormatter, MaxNLocator
from PySide6.QtGui import QImage

from backstop.desktop.charts.curves import Picture, Role
from backstop.desktop.charts.inks import ink
from backstop.desktop.charts.ticks import compact_money, day_ticks
from backstop.desktop.charts.view import View
from backstop.desktop.look.fonts import bundled_font
from backstop.desktop.look.theme import Theme, Type

DPI = 100.0
EDGE = 0.12
LABEL_WIDTH = 40
MARK_PIXELS = {1: 16, 2: 11, 3: 6}


@cache
def prepare() -> None:
    """Set matplotlib up, once in a process, before its first chart: our typeface, no formulas."""
    # Names may hold `$`: nothing a chart shows is a formula. Widgets draw the legends.
    mpl.rcParams.update({"text.parse_math": False, "axes.unicode_minus": True})
    fontManager.addfont(str(bundled_font()))
    mpl.rcParams["font.family"] = ["Noto Sans SC"]


def points(pixels: float) -> float:
    """Pixels in the points that matplotlib counts in."""
    return pixels * 72 / DPI


class Drawing:
    """Draws one chart, again and again."""

    def __init__(self) -> None:
        self._view: View | None = None
        self._theme: Theme | None = None
        self._lines: dict[Role, Line2D] = {}

    def drawn(self, view: View) -> QImage:
        """What is to be seen of a picture."""
        if self._view is None:
            self._make()
        self._view = view
        self._fit(view)
        self._show(view)
        self._canvas.draw()  # type: ignore[no-untyped-call]
        width, height = self._canvas.get_width_height()
        pixels = bytes(self._canvas.buffer_rgba())  # type: ignore[no-untyped-call]
        image = QImage(pixels, width, height, QImage.Format.Format_RGBA8888).copy()
        image.setDevicePixelRatio(view.ratio)
        return image

    def _make(self) -> None:
        self.figure = Figure(dpi=DPI)
        self._canvas = FigureCanvasAgg(self.figure)
        self._axes = self.figure.add_axes((0.1, 0.1, 0.8, 0.8))
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
        for side in ("top", "left", "right", "bottom"):
            self._axes.spines[side].set_visible(False)
        self._axes.yaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 2.5, 5, 10]))
        self._axes.yaxis.set_major_formatter(FuncFormatter(self._amount))
        self._axes.grid(axis="y")
        self._axes.set_axisbelow(True)
        self._axes.tick_params(length=0, labelsize=points(Type.SMALL), pad=6)

    def _amount(self, minor: float, _: object) -> str:
        assert self._view is not None
        return compact_money(minor, self._view.picture.currency, self._view.words)

    def _fit(self, view: View) -> None:
        """Take the size of the view, in pixels of the screen."""
        self.figure.set_dpi(DPI * view.ratio)
        self.figure.set_size_inches(view.width / DPI, view.height / DPI)
        left, right, top, bottom = view.plot
        place = left, view.height - bottom, right - left, bottom - top
        across, down = 1 / view.width, 1 / view.height
        self._axes.set_position(
            (place[0] * across, place[1] * down, place[2] * across, place[3] * down)
        )

    # what is shown

    def _show(self, view: View) -> None:
        picture = view.picture
        for role in Role:
            self._set_line(role, picture)
        if view.theme is not self._theme:
            self._restyle(view.theme)
        self._set_fills(picture)
        self._set_marks(view)
        self._loss.set_visible(bool(picture.loss_day))
        self._loss.set_xdata([picture.loss_day or 0] * 2)
        self._axes.set_xlim(*view.days)
        self._axes.set_ylim(*view.money)
        left, right, _, _ = view.plot
        most = (right - left) // LABEL_WIDTH
        ticks = day_ticks(picture.start, view.first, view.last, view.words, most)
        self._axes.xaxis.set_major_locator(FixedLocator([day for day, _ in ticks]))
        self._axes.xaxis.set_major_formatter(FixedFormatter([label for _, label in ticks]))
        self._name_lowest(view)

    def _set_line(self, role: Role, picture: Picture) -> None:
        curve, line = picture.curve(role), self._lines.get(role)
        if curve is None:
            if line is not None:
                line.set_data([], [])
            return
        if line is None:
            (line,) = self._axes.plot([], [], drawstyle="steps-post", solid_joinstyle="round")
            self._lines[role] = line
            if self._theme is not None:
                self._style_line(role, self._theme)
        line.set_data(np.arange(len(curve.values)), curve.values)

    def _set_fills(self, picture: Picture) -> None:
        days = np.arange(picture.days)
        floor, own = picture.floor, [each.values for each in picture.short_of_cash]
        deepest = np.minimum.reduce([np.minimum(each, floor) for each in own]) if own else floor
        self._below.set_data(days, deepest, floor)
        base = picture.curve(Role.BASE)
        top = base.values if base is not None and picture.filled else np.zeros(len(days))
        self._area.set_data(days, np.maximum(top, 0), np.zeros(len(days)))

    def _set_marks(self, view: View) -> None:
        _, _, top, bottom = view.plot
        high = max(bottom - top, 1)
        self._marks.set_segments(
            [((m.day, 0.0), (m.day, MARK_PIXELS[m.priority] / high)) for m in view.picture.marks]
        )

    def _name_lowest(self, view: View) -> None:
        """Write the lowest point of the named curve beside it, inside the picture."""
        picture = view.picture
        curve = picture.curve(picture.named) if picture.named else None
        seen = curve.values[view.first : view.last + 1] if curve is not None else ()
        if curve is None or not len(seen):
            self._dot.set_data([], [])
            self._name.set_text("")
            return
        day = view.first + int(np.argmin(seen))
        value = int(curve.values[day])
        self._dot.set_data([day], [value])
        self._dot.set_color(ink(curve.role, view.theme).colour)
        when = view.words.short_day(picture.date_of(day))
        what = view.words.round_money(value, picture.currency)
        self._name.set_text(view.words.language.clauses([what, when]))
        self._name.xy = (day, value)
        self._name.set_horizontalalignment(_side_of(day, view))

    # how it looks

    def _restyle(self, theme: Theme) -> None:
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
            self._style_line(role, theme)

    def _style_line(self, role: Role, theme: Theme) -> None:
        drawn, line = ink(role, theme), self._lines[role]
        line.set(color=drawn.colour, linewidth=points(drawn.width), zorder=drawn.level)
        if drawn.dashes:
            scale = points(1) / points(drawn.width)
            line.set_linestyle((0, tuple(each * scale for each in drawn.dashes)))


def _side_of(day: int, view: View) -> Literal["left", "center", "right"]:
    """Beside the dot there is always room below it; near an edge, the name leans inwards."""
    share = (day - view.first) / max(view.last - view.first, 1)
    return "left" if share < EDGE else "right" if share > 1 - EDGE else "center"
