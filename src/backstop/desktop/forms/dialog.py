"""What dialogs that ask for several values share: a column, a sentence when refused, OK, Cancel."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QFormLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

WIDTH = 420


class AskingDialog(QDialog):
    """Closes once `take` took what was entered; until then `problem` says what is wrong.

    A subclass puts its fields into `body`.
    """

    def __init__(self, context: Context, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(context.words.say(title))
        self.setMinimumWidth(WIDTH)
        self.problem = plain_label("danger", wrap=True)
        self.problem.hide()
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.LARGE)
        which = QDialogButtonBox.StandardButton
        self.buttons = QDialogButtonBox(which.Ok | which.Cancel)
        self.buttons.button(which.Ok).setProperty("role", "primary")
        for each in self.buttons.buttons():
            each.setIcon(QIcon())  # some desktops put pictures of another look beside the words
        self.buttons.accepted.connect(self._try)
        self.buttons.rejected.connect(self.reject)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        self._column.setSpacing(Space.LARGE)
        self._column.addLayout(self.body, 1)
        self._column.addWidget(self.problem)
        self.finished.connect(self.deleteLater)

    def setVisible(self, visible: bool) -> None:  # noqa: N802
        """Who types at once types into the first field; the buttons come after the last."""
        if visible and not self.isVisible():
            self._column.addWidget(self.buttons)
            self._focus_first()
        super().setVisible(visible)

    def _focus_first(self) -> None:
        for each in self.findChildren(QWidget):
            stops = each.focusPolicy() & Qt.FocusPolicy.TabFocus == Qt.FocusPolicy.TabFocus
            if stops and not self.buttons.isAncestorOf(each):
                each.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def take(self) -> None:
        """Take what was entered and `accept`; raises `BadInput` when it cannot be right."""
        raise NotImplementedError

    def _try(self) -> None:
        try:
            self.take()
        except BadInput as bad:
            self.problem.setText(self._context.words.tell(bad.message))
            self.problem.show()


def add_field(form: QFormLayout, said: str, field: QWidget) -> None:
    """A field under its label, which screen readers say too."""
    label = plain_label(text=said)
    label.setBuddy(field)
    field.setAccessibleName(said)
    form.addRow(label, field)
