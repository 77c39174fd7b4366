"""What an owner types into, in one line or several: it says when it is left with other contents,
and shares Escape and Ctrl+Z with the window. What an input method composes is nobody else's before
it is chosen: no text to take, none to write over, and no key of it a shortcut.
"""

from typing import TYPE_CHECKING, ClassVar, Protocol

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QInputMethodEvent,
    QKeyEvent,
    QKeySequence,
    QTextCursor,
)
from PySide6.QtWidgets import QPlainTextEdit, QWidget

from backstop.desktop.forms.selecting_line import SelectingLine

if TYPE_CHECKING:
    _Widget = QWidget
else:
    _Widget = object  # the field itself is the widget: Qt allows one in a class

_PASSING = (Qt.FocusReason.PopupFocusReason, Qt.FocusReason.ActiveWindowFocusReason)


class _History(Protocol):
    """The undoing of what was typed, as Qt's fields and documents have it."""

    def isUndoAvailable(self) -> bool: ...  # noqa: N802

    def isRedoAvailable(self) -> bool: ...  # noqa: N802


class _Typed(_Widget):
    """What one line and several have in common: whether they were changed since they were last set,
    and which keys are theirs."""

    left: ClassVar[Signal]
    escaped: ClassVar[Signal]

    def __init__(self) -> None:
        super().__init__()
        self.given = ""
        self.composes = False

    @property
    def written(self) -> str:
        """The text as it stands, without what is being composed."""
        raise NotImplementedError

    @property
    def history(self) -> _History:
        """Who knows whether there is typing to undo."""
        raise NotImplementedError

    @property
    def is_touched(self) -> bool:
        """Whether the text is another than was set."""
        return self.composes or self.written != self.given

    @property
    def may_escape(self) -> bool:
        """Whether there is something that Escape forgets."""
        return self.is_touched or bool(self.property("wrong"))

    def event(self, event: QEvent) -> bool:
        taken = _claimed(event, self)
        return super().event(event) if taken is None else taken

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        """An input method that loses the focus for good composes no more."""
        self.composes = self.composes and event.reason() in _PASSING
        super().focusOutEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:  # noqa: N802
        """Know whether an input method is in the middle of a word."""
        self.composes = bool(event.preeditString())
        super().inputMethodEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        if _is_command_amid_composing(event, self):
            return
        if event.key() == Qt.Key.Key_Escape and self.may_escape:
            self.escaped.emit()
            return
        super().keyPressEvent(event)


class TypedLine(_Typed, SelectingLine):
    """One line that says when it is left."""

    left = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.editingFinished.connect(self._leave)

    @property
    def written(self) -> str:
        return self.text()

    @property
    def history(self) -> _History:
        return self

    def give(self, text: str) -> None:
        """Show a text as the one to compare with. Clears the history of what was typed."""
        self.given = text
        self.renew(text)

    def _leave(self) -> None:
        if self.is_touched and not self.composes:
            self.left.emit()


class TypedText(_Typed, QPlainTextEdit):
    """Several lines that say when they are left. Keys that come to them write on at their end: what
    took long to write is not gone by one key."""

    left = Signal()
    escaped = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setTabChangesFocus(True)

    @property
    def written(self) -> str:
        return self.toPlainText()

    @property
    def history(self) -> _History:
        return self.document()

    def give(self, text: str) -> None:
        """Show a text as the one to compare with. In the same one the caret stays where it is."""
        if text != self.toPlainText() or self.document().isUndoAvailable():
            caret = self.textCursor().position() if text == self.toPlainText() else 0
            self.setPlainText(text)
            self._place(caret)
        self.given = self.toPlainText()

    def _place(self, caret: int) -> None:
        cursor = self.textCursor()
        cursor.setPosition(caret)
        self.setTextCursor(cursor)

    def focusInEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusInEvent(event)
        if event.reason() in (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason):
            self.moveCursor(QTextCursor.MoveOperation.End)

    def focusOutEvent(self, event: QFocusEvent) -> None:  # noqa: N802
        super().focusOutEvent(event)
        if self.is_touched and event.reason() not in _PASSING:
            self.left.emit()


def _claimed(event: QEvent, typed: _Typed) -> bool | None:
    """Who has a key before the shortcuts of the window: True where it is ours, False where it is
    the window's, None where nobody claims it.

    Every key is ours while an input method composes. Escape is ours while there is something to
    forget, Ctrl+Z the window's while there is no typing to undo.
    """
    if event.type() is not QEvent.Type.ShortcutOverride or not isinstance(event, QKeyEvent):
        return None
    if typed.composes or (event.key() == Qt.Key.Key_Escape and typed.may_escape):
        event.accept()
        return True
    if _has_no_use_for(event, typed.history):
        event.ignore()
        return False
    return None


def _is_command_amid_composing(event: QKeyEvent, typed: _Typed) -> bool:
    """Whether this would undo, paste, take or the like in a text that is not chosen yet."""
    is_control = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
    is_return = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return typed.composes and (is_control or is_return)


def _has_no_use_for(event: QKeyEvent, history: _History) -> bool:
    if event.matches(QKeySequence.StandardKey.Undo):
        return not history.isUndoAvailable()
    return event.matches(QKeySequence.StandardKey.Redo) and not history.isRedoAvailable()
