"""Help → Keyboard shortcuts: every command that has keys, menu by menu."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.command import Command, Menu
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.text import as_typed, button, plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from backstop.desktop.state.context import Context
    from backstop.telling import Words

BETWEEN = 48
"""Pixels between a name and its keys."""
_MNEMONIC = re.compile(r"\(&.\)|&")


class ShortcutsDialog(QDialog):
    """Made from the commands, so that no key is missing."""

    def __init__(self, context: Context, parent: QWidget, commands: Iterable[Command]) -> None:
        super().__init__(parent)
        outlives_book(self)
        words = context.words
        self.setWindowTitle(words.say("Keyboard shortcuts"))
        with_keys = [command for command in commands if command.keys]
        columns = QHBoxLayout()
        columns.setSpacing(BETWEEN)
        for menus in ((Menu.FILE, Menu.HELP), (Menu.EDIT, Menu.GO)):
            column = QVBoxLayout()
            column.setSpacing(Space.LARGE)
            for menu in menus:
                column.addLayout(_section(menu, with_keys, words))
            column.addStretch(1)
            columns.addLayout(column)
        close = button("primary")
        close.setText(as_typed(words.say("Close")))
        close.clicked.connect(self.accept)
        foot = QHBoxLayout()
        foot.addStretch(1)
        foot.addWidget(close)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.WIDE)
        layout.addLayout(columns)
        layout.addLayout(foot)
        self.finished.connect(self.deleteLater)


def _section(menu: Menu, commands: Iterable[Command], words: Words) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(BETWEEN)
    grid.setVerticalSpacing(Space.SMALL)
    grid.setColumnStretch(0, 1)
    title = _MNEMONIC.sub("", words.say(menu.value))
    grid.addWidget(plain_label("section", title), 0, 0, 1, 2)
    members = [command for command in commands if command.menu is menu]
    for row, command in enumerate(members, 1):
        name = words.say(command.text).rstrip("…")
        keys = plain_label("muted", command.shown_keys)
        keys.setAccessibleName(f"{name}: {command.shown_keys}")
        grid.addWidget(plain_label(text=name), row, 0)
        grid.addWidget(keys, row, 1)
    return grid
