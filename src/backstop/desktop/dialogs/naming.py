"""Asking for a name, in a small dialog that says no more."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QDialogButtonBox, QVBoxLayout, QWidget

from backstop.desktop.editors.lines import TextControl
from backstop.desktop.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput

if TYPE_CHECKING:
    from backstop.desktop.context import Context

WIDTH = 360


class NameDialog(QDialog):
    """Hands the name to `keep`, which may refuse it with `BadInput`: then the dialog says so."""

    def __init__(
        self,
        context: "Context",
        parent: QWidget,
        title: str,
        name: str,
        keep: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self._context, self._keep = context, keep
        self.setWindowTitle(title)
        self.setMinimumWidth(WIDTH)
        self.name = TextControl()
        self.name.show_value(name)
        self.name.line.selectAll()
        self.name.target.setAccessibleName(context.words.field("name"))
        label = plain_label(text=context.words.field("name"))
        label.setBuddy(self.name.target)
        self.problem = plain_label("danger", wrap=True)
        self.problem.hide()
        kinds = QDialogButtonBox.StandardButton
        buttons = QDialogButtonBox(kinds.Ok | kinds.Cancel)
        buttons.button(kinds.Ok).setProperty("role", "primary")
        buttons.accepted.connect(self._accept)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        for each in (label, self.name, self.problem, buttons):
            layout.addWidget(each)
        self.finished.connect(self.deleteLater)

    def _accept(self) -> None:
        try:
            self._keep(self.name.value())
        except BadInput as bad:
            self.problem.setText(self._context.words.tell(bad.message))
            self.problem.show()
            return
        self.accept()
