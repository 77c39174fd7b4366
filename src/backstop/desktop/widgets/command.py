"""One command of the program, said once.

Menus, keys, tooltips, the palette and the list of keys are all made from these values.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum, StrEnum
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class Menu(StrEnum):
    """The menus in their order; each value is an English key of `words.say`."""

    FILE = "&File"
    EDIT = "&Edit"
    GO = "&Go to"
    VIEW = "&View"
    HELP = "&Help"


class Typing(Enum):
    """What becomes of a text that is being typed when a command is given."""

    TAKEN = "taken"
    """It goes into the book first; one that cannot be read stays where it is."""
    KEPT = "kept"
    """As above, but the command waits until the owner lets go of what cannot be read."""
    UNTOUCHED = "untouched"
    """The command itself sees to it."""


Need = Callable[["Context"], bool]
Keys = str | QKeySequence.StandardKey


def nothing(context: Context) -> bool:
    """The need of what can always be done."""
    return True


def open_book(context: Context) -> bool:
    """The need of what is about the open book."""
    return context.session is not None


def editable_book(context: Context) -> bool:
    """The need of what changes the open book."""
    return context.may_edit


@dataclass(frozen=True)
class Command:
    """What can be asked for by menu, key or palette.

    `key` names it in the code; `text` is an English key of `words.say`. It can be given while
    `needs` holds. In its `menu`, commands of one `group` stand between two lines. `said`, where it
    is there, gives a text that changes with the book, such as what would be undone.
    """

    key: str
    text: str
    run: Callable[[], object]
    menu: Menu
    group: int = 0
    shortcut: Keys = ""
    needs: Need = nothing
    typing: Typing = Typing.TAKEN
    said: Callable[[Context], str] | None = None

    @property
    def keys(self) -> list[QKeySequence]:
        """All key sequences of this system that give the command."""
        if isinstance(self.shortcut, QKeySequence.StandardKey):
            return QKeySequence.keyBindings(self.shortcut)
        return [QKeySequence(self.shortcut)] if self.shortcut else []

    @property
    def shown_keys(self) -> str:
        """The first of its key sequences as this system writes it; empty if there is none."""
        keys = self.keys
        return keys[0].toString(QKeySequence.SequenceFormat.NativeText) if keys else ""

    def name(self, context: Context) -> str:
        """Its text now, in the owner's language."""
        return self.said(context) if self.said else context.words.say(self.text)
