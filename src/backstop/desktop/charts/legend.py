"""Names of the curves beside a sample of each: drawn by Qt, so that names stay as typed."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QLabel, QWidget

from backstop.desktop.charts.curves import Picture, Role
from backstop.desktop.charts.inks import ink
from backstop.desktop.models.table import as_tip
from backstop.desktop.theme import Space, Theme
from backstop.desktop.widgets.text import ElidedLabel

SAMPLE = QSize(26, 16)


class _Sample(QWidget):
    """A short piece of the line."""

    def __init__(self, role: Role, theme: Theme) -> None:
        super().__init__()
        self.setFixedSize(SAMPLE)
        self._role = role
        self.theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802
        drawn = ink(self._role, self.theme)
        pen = QPen(QColor(drawn.colour), drawn.width)
        if drawn.dashes:
            pen.setDashPattern([each / drawn.width for each in drawn.dashes])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(pen)
        middle = self.height() / 2
        painter.drawLine(QPointF(1, middle), QPointF(self.width() - 1, middle))
        painter.end()


class Legend(QWidget):
    """One entry for each role that the picture has, in the roles' own order."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entries: dict[Role, tuple[_Sample, QLabel]] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(Space.SMALL)
        for role in Role:
            sample, label = _Sample(role, theme), ElidedLabel("small")
            sample.hide()
            layout.addWidget(sample)
            layout.addWidget(label)
            layout.addSpacing(Space.SMALL)
            self._entries[role] = sample, label
        layout.addStretch(1)

    def show_picture(self, picture: Picture) -> None:
        for role, (sample, label) in self._entries.items():
            curve = picture.curve(role)
            sample.setVisible(curve is not None)
            label.setVisible(curve is not None)
            label.setText(curve.label if curve is not None else "")
            label.setToolTip(as_tip(label.text()))

    def restyle(self, theme: Theme) -> None:
        for sample, _ in self._entries.values():
            sample.theme = theme
            sample.update()
