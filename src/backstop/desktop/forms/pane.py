"""The detail pane beside a table: one thing at a time, with the way back and the way out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from backstop.desktop.forms.record_view import RecordView
from backstop.desktop.look.icons import icon
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label, tool_button

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

NARROWEST = 330
USUAL = 380


class DetailPane(QFrame):
    """Shows one of its views, under a title.

    - `closed()`: the owner is done with it (button or Escape).
    - `went_back()`: the owner wants the view before this one.
    """

    closed = Signal()
    went_back = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._views: list[QWidget] = []
        self.setProperty("role", "card")
        self.setMinimumWidth(NARROWEST)
        self.back = button("quiet")
        self.title = plain_label("section", wrap=True)
        self.remark = plain_label("small", wrap=True)
        self.close_button = tool_button()
        self._place = QWidget()
        self._place.setObjectName("page")
        self._column = QVBoxLayout(self._place)
        self._column.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.LARGE)
        self.scroller = QScrollArea()
        self.scroller.setWidget(self._place)
        self.scroller.setWidgetResizable(True)
        self.scroller.setFrameShape(QFrame.Shape.NoFrame)
        self.scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.scroller.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._lay_out()
        self.close_button.clicked.connect(self.closed)
        self.back.clicked.connect(self.went_back)
        context.theme_changed.connect(self.restyle)
        self.restyle()

    def _lay_out(self) -> None:
        names = QVBoxLayout()
        names.setSpacing(2)
        names.addWidget(self.title)
        names.addWidget(self.remark)
        head = QHBoxLayout()
        head.setContentsMargins(Space.LARGE, 0, Space.SMALL, 0)
        head.addLayout(names, 1)
        head.addWidget(self.close_button, 0, Qt.AlignmentFlag.AlignTop)
        way_back = QHBoxLayout()
        way_back.setContentsMargins(Space.SMALL, 0, 0, 0)
        way_back.addWidget(self.back)
        way_back.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, Space.MEDIUM, 0, Space.TINY)
        layout.setSpacing(Space.TINY)
        layout.addLayout(way_back)
        layout.addLayout(head)
        layout.addSpacing(Space.SMALL)
        layout.addWidget(_line())
        layout.addWidget(self.scroller, 1)

    def add_view(self, view: QWidget) -> None:
        """Add a view that the pane can show."""
        self._views.append(view)
        view.setParent(self._place)
        view.hide()
        self._column.addWidget(view)

    def show_view(self, view: QWidget, title: str, remark: str = "", back: str = "") -> None:
        """Show this view; with `back`, the name of what lies behind it."""
        changed = not view.isVisibleTo(self._place) or self.title.text() != title
        for each in self._views:
            each.setVisible(each is view)
        self.title.setText(title)
        self.remark.setText(remark)
        self.remark.setVisible(bool(remark))
        self.back.setText(f"‹  {as_typed(back)}")
        self.back.setVisible(bool(back))
        self.setAccessibleName(title)
        if changed and self.isVisible():
            self.scroller.verticalScrollBar().setValue(0)

    def forget(self) -> None:
        """Another book is open: nothing of the old one may wait in a view."""
        for view in self._views:
            if isinstance(view, RecordView):
                view.forget()

    @property
    def view(self) -> QWidget | None:
        """The view that is shown."""
        shown = (each for each in self._views if each.isVisibleTo(self._place))
        return next(shown, None)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Escape goes back, or closes the pane where there is nothing to go back to."""
        if event.key() == Qt.Key.Key_Escape:
            if self.back.isVisible():
                self.went_back.emit()
            else:
                self.closed.emit()
        else:
            super().keyPressEvent(event)

    def speak(self) -> None:
        close = self._context.words.say("Close the details")
        self.close_button.setToolTip(close)
        self.close_button.setAccessibleName(close)

    def restyle(self) -> None:
        self.close_button.setIcon(icon("close", self._context.theme.muted))


def _line() -> QFrame:
    line = QFrame()
    line.setProperty("role", "line")
    return line
