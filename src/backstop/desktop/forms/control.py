"""What every field's control has in common, and the one-line text that most of them are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QStyle, QStyleOptionComboBox, QWidget

from backstop.desktop.forms.typed import TypedLine
from backstop.domain.unseen import without_unseen

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.domain.fields import Field
    from backstop.telling import Words


class Control(QWidget):
    """The control of one field.

    - `left()`: the field was left with other contents, or something in it was chosen.
    - `typed()`: its contents changed and it is not left yet.
    - `escaped()`: Escape, while there was something to forget.
    """

    left = Signal()
    typed = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.row = QHBoxLayout(self)
        self.row.setContentsMargins(0, 0, 0, 0)
        self.row.setSpacing(4)

    @property
    def target(self) -> QWidget:
        """The widget that takes the focus."""
        raise NotImplementedError

    @property
    def is_touched(self) -> bool:
        """Whether it holds something typed that was not yet taken."""
        return False

    def value(self) -> Any:
        """What it holds; raises `BadInput` when that cannot be read."""
        raise NotImplementedError

    def show_value(self, value: Any) -> None:
        """Hold this value; whatever was typed is gone."""
        raise NotImplementedError

    @property
    def is_typed_into(self) -> bool:
        """Whether the owner is in the middle of it: what is shown anew must not disturb it."""
        return self.is_touched and self.target.hasFocus()

    def typed_text(self) -> str:
        """What stands in it, as typed."""
        return ""

    def retype(self, text: str) -> None:
        """Let a text stand in it as if typed."""

    def describe(self, field: Field) -> None:
        """Know what the record says of the field."""

    def belong_to(self, record_id: str) -> None:
        """Know whose field this is: a record is not linked with itself."""

    def speak(self, words: Words, book: Book) -> None:
        """Use these words, and the currency and the records of this book."""

    def set_wrong(self, wrong: bool) -> None:
        """Mark the contents as refused."""
        if bool(self.target.property("wrong")) is not wrong:
            self.target.setProperty("wrong", wrong)
            self.target.style().unpolish(self.target)
            self.target.style().polish(self.target)

    def set_read_only(self, read_only: bool) -> None:
        """Show the value, and let nobody change it."""
        self.setDisabled(read_only)


class LineControl(Control):
    """A control that is one line of text, read and written by its subclass."""

    def __init__(self) -> None:
        super().__init__()
        self.line = TypedLine()
        self.row.addWidget(self.line)
        self.line.left.connect(self.left)
        self.line.textEdited.connect(self.typed)
        self.line.escaped.connect(self.escaped)

    @property
    def target(self) -> QWidget:
        return self.line

    @property
    def is_touched(self) -> bool:
        return self.line.is_touched

    def value(self) -> Any:
        return self.read(without_unseen(self.line.text()))

    def show_value(self, value: Any) -> None:
        self.line.give(self.written(value))

    def typed_text(self) -> str:
        return self.line.text()

    def retype(self, text: str) -> None:
        self.line.setText(text)

    def read(self, text: str) -> Any:
        """The value of a text; raises `BadInput`."""
        raise NotImplementedError

    def written(self, value: Any) -> str:
        """The text of a value."""
        raise NotImplementedError


class CalmCombo(QComboBox):
    """A choice that the wheel changes only on purpose."""

    def __init__(self) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(self.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(6)

    def initStyleOption(self, option: QStyleOptionComboBox) -> None:  # noqa: N802
        """Let a text too long for its place end in dots, where Qt would cut a letter in half."""
        super().initStyleOption(option)
        style, part = self.style(), QStyle.SubControl.SC_ComboBoxEditField
        place = style.subControlRect(QStyle.ComplexControl.CC_ComboBox, option, part, self)
        option.currentText = option.fontMetrics.elidedText(
            option.currentText, Qt.TextElideMode.ElideRight, place.width()
        )

    def wheelEvent(self, event: QWheelEvent) -> None:  # noqa: N802
        """Leave the wheel to the page that scrolls."""
        event.ignore()
