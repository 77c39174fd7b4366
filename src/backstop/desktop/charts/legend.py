"""Names of the curves beside a sample of each: drawn by Qt, so that names stay as typed."""

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from backstop.desktop.charts.curves import Picture, Role
from backstop.desktop.charts.inks import ink
from backstop.desktop.look.theme import Space, Theme
from backstop.desktop.widgets.flow import FlowLayout
from backstop.desktop.widgets.text import ElidedLabel, as_tip

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


class _Entry(QWidget):
    """A sample and the name of its curve, which ends in an ellipsis where there is no room."""

    def __init__(self, role: Role, theme: Theme) -> None:
        super().__init__()
        self.sample, self.label = _Sample(role, theme), ElidedLabel("small")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.sample)
        row.addWidget(self.label)


class Legend(QWidget):
    """One entry for each role that the picture has, in the roles' own order."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self._entries = {role: _Entry(role, theme) for role in Role}
        layout = FlowLayout(self, Space.LARGE, 0)
        for entry in self._entries.values():
            entry.hide()
            layout.addWidget(entry)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_picture(self, picture: Picture) -> None:
        """Name the curves of a picture."""
        for role, entry in self._entries.items():
            curve = picture.curve(role)
            entry.setVisible(curve is not None)
            entry.label.setText(curve.label if curve is not None else "")
            entry.label.setToolTip(as_tip(entry.label.text()))
        self.updateGeometry()

    def restyle(self, theme: Theme) -> None:
        for entry in self._entries.values():
            entry.sample.theme = theme
            entry.sample.update()
