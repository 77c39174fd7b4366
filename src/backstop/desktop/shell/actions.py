"""The commands of a window as actions of Qt: named, enabled and given in one place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QWidget

from backstop.desktop.widgets.command import Command
from backstop.desktop.widgets.text import as_tip, as_typed

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class Actions:
    """One action for each command, by its key. `give(command)` is called when one is wanted."""

    def __init__(
        self, window: QWidget, commands: Iterable[Command], give: Callable[[Command], None]
    ) -> None:
        self._commands = {command.key: command for command in commands}
        self._actions: dict[str, QAction] = {}
        for command in self._commands.values():
            action = QAction(window)
            action.setShortcuts(command.keys)
            action.triggered.connect(lambda _=False, each=command: give(each))
            window.addAction(action)
            self._actions[command.key] = action

    def __getitem__(self, key: str) -> QAction:
        return self._actions[key]

    def __iter__(self) -> Iterator[Command]:
        return iter(self._commands.values())

    def refresh(self, context: Context) -> None:
        """Name and enable every action by what there is now, in the owner's language."""
        for key, command in self._commands.items():
            action, name = self._actions[key], command.name(context)
            action.setEnabled(command.needs(context))
            action.setText(as_typed(name))
            keys = command.shown_keys
            action.setToolTip(as_tip(f"{name} ({keys})" if keys else name))
