"""The keyboard stays where it is while what is shown is made anew: lost, it would go to the top of
the window, and the page would jump."""

from PySide6.QtWidgets import QWidget


def focused_in(holder: QWidget) -> str:
    """The object name of the widget in here that has the keyboard; empty where none has."""
    focused = holder.window().focusWidget()
    if focused is None or not holder.isAncestorOf(focused):
        return ""
    return focused.objectName()


def focus_again(holder: QWidget, name: str) -> None:
    """Give the keyboard to what bears this name in here, if anything does."""
    again = holder.findChild(QWidget, name) if name else None
    if again is not None:
        again.setFocus()
