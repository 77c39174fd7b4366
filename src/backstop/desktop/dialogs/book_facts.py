"""What the book says about itself: title, the day its figures stand for, minimum cash, review."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.editors.choices import cash_lines
from backstop.desktop.editors.control import Control, LineControl
from backstop.desktop.editors.days import DayControl
from backstop.desktop.editors.lines import AmountControl, TextControl, WholeControl
from backstop.desktop.editors.ordered import OrderedControl
from backstop.desktop.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput
from backstop.services.commands import change_facts

if TYPE_CHECKING:
    from backstop.desktop.context import Context

WIDTH = 460
STANDING_TOLD = (
    "When cash would end a day below the minimum, these lines are drawn on in this order. Stress "
    "and Projection show what that leaves."
)


class BookFactsDialog(QDialog):
    """Changes the open book in one step that can be undone."""

    def __init__(self, context: "Context", parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self.controls: dict[str, LineControl] = {
            "title": TextControl(),
            "owner": TextControl(),
            "as_of": DayControl(),
            "minimum_cash": AmountControl(),
            "horizon_days": WholeControl(),
            "next_review": DayControl(optional=True),
        }
        self.standing = OrderedControl(cash_lines)
        self.problem = plain_label("danger", wrap=True)
        self.problem.hide()
        self._lay_out()
        self.finished.connect(self.deleteLater)

    @property
    def _all(self) -> dict[str, Control]:
        return {**self.controls, "standing_draws": self.standing}

    def _lay_out(self) -> None:
        words, book = self._context.words, self._context.book
        self.setWindowTitle(words.say("Book details"))
        self.setMinimumWidth(WIDTH)
        form = QFormLayout()
        form.setSpacing(Space.MEDIUM)
        for name, control in self._all.items():
            control.speak(words, book)
            control.show_value(getattr(book, name))
            label = plain_label(text=words.field(name))
            label.setBuddy(control.target)
            control.target.setAccessibleName(words.field(name))
            form.addRow(label, control)
        form.addRow("", plain_label("small", words.say(STANDING_TOLD), wrap=True))
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel
        )
        buttons.button(QDialogButtonBox.StandardButton.Ok).setProperty("role", "primary")
        buttons.accepted.connect(self._keep)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.LARGE)
        layout.addLayout(form)
        layout.addWidget(self.problem)
        layout.addWidget(buttons)

    def _keep(self) -> None:
        try:
            fields = {name: control.value() for name, control in self._all.items()}
            change = change_facts(self._context.book, **fields)
        except BadInput as bad:
            self.problem.setText(self._context.words.tell(bad.message))
            self.problem.show()
            return
        self.accept()
        if not change.changes_nothing:
            self._context.apply(change)
