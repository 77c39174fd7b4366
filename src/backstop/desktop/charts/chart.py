"""A chart of cash curves as a widget: legend, picture, and a box that reads out one day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtWidgets import QStackedLayout, QVBoxLayout, QWidget

from backstop.desktop.charts.canvas import CashCanvas
from backstop.desktop.charts.curves import Picture
from backstop.desktop.charts.legend import Legend
from backstop.desktop.charts.overlay import Overlay
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class CashChart(QWidget):
    """Shows the newest `Picture`, as soon as matplotlib is there. `chosen(day)`: a click."""

    chosen = Signal(int)

    def __init__(self, context: Context, *, zoomable: bool = False, height: int = 220) -> None:
        super().__init__()
        self._context, self._zoomable = context, zoomable
        self.picture: Picture | None = None
        self.canvas: CashCanvas | None = None
        self.overlay: Overlay | None = None
        self._legend = Legend(context.theme)
        self._place = QWidget()
        self._place.setMinimumSize(QSize(240, height))
        self._inside = QStackedLayout(self._place)
        self._waiting = plain_label("small")
        self._waiting.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._inside.addWidget(self._waiting)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self._legend)
        layout.addWidget(self._place, 1)
        context.charts.ready.connect(self._draw)

    def show_picture(self, picture: Picture) -> None:
        """Show these curves now, or as soon as the drawing library is loaded."""
        self.picture = picture
        self._legend.show_picture(picture)
        self._legend.show()
        self._waiting.setText(self._context.words.say("Drawing…"))
        self._context.charts.want()
        self._draw()

    def clear(self) -> None:
        """Show nothing until there is a new picture: the old one is of something else."""
        self.picture = None
        self._legend.hide()
        self._waiting.setText(self._context.words.say("Being worked out…"))
        self._inside.setCurrentWidget(self._waiting)

    def restyle(self) -> None:
        self._legend.restyle(self._context.theme)
        if self.canvas is not None and self.overlay is not None:
            self.canvas.restyle(self._context.theme)
            self.overlay.theme = self._context.theme
            self.overlay.update()

    def describe(self, name: str, sentence: str) -> None:
        """What a screen reader says in place of the picture."""
        for each in (self, self.overlay):
            if each is not None:
                each.setAccessibleName(name)
                each.setAccessibleDescription(sentence)

    def _draw(self) -> None:
        if self.picture is None or not self._context.charts.loaded:
            return
        if self.canvas is None:
            self._make_canvas()
        assert self.canvas is not None
        assert self.overlay is not None
        self.canvas.show_picture(self.picture, self._context.words)
        self.overlay.show_picture(self.picture, self._context.words)
        self._inside.setCurrentWidget(self.canvas)

    def _make_canvas(self) -> None:
        context = self._context
        drawing = context.charts.make_drawing()
        self.canvas = CashCanvas(context.tasks, drawing, context.theme, context.words)
        self.overlay = Overlay(self.canvas, context.theme, self._zoomable)
        self.overlay.chosen.connect(self.chosen)
        self.overlay.setAccessibleName(self.accessibleName())
        self.overlay.setAccessibleDescription(self.accessibleDescription())
        self.canvas.installEventFilter(self)
        self._inside.addWidget(self.canvas)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """Keep the overlay as large as what it lies on."""
        if event.type() == QEvent.Type.Resize and self.canvas is not None and self.overlay:
            self.overlay.setGeometry(self.canvas.rect())
        return super().eventFilter(watched, event)

    @property
    def readout(self) -> str:
        """What is read out for the day pointed at."""
        return "\n".join(self.overlay.lines) if self.overlay is not None else ""
