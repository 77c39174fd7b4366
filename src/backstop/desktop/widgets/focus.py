"""The keyboard stays where it is while what is shown is made anew: lost, it would go to the top of
the window, and the page would jump."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtWidgets import QWidget


def tab_through(stops: Iterable[QWidget]) -> None:
    """Let Tab go through these in their order."""
    for one, following in pairwise(stops):
        QWidget.setTabOrder(one, following)


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


class HeldFocus:
    """The keyboard, kept for a widget that is hidden for a while: until then nobody has it, and
    whoever moves on meanwhile is not called back."""

    def __init__(self) -> None:
        self._kept_for: QWidget | None = None

    def keep_for(self, kept_for: QWidget) -> None:
        """To be called before what has it is hidden, or it would go elsewhere."""
        now = kept_for.window().focusWidget()
        if now is not None:
            now.clearFocus()
        self._kept_for = kept_for

    def give_back(self) -> None:
        """Give the keyboard back to what had it, if nothing else took it."""
        if self._kept_for is not None and self._kept_for.window().focusWidget() is None:
            self._kept_for.setFocus()
        self._kept_for = None
