"""Help → Keyboard shortcuts: every command that has keys, menu by menu, and the keys of lists and
fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.command import Command, Menu
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.keys import LOCAL_KEYS
from backstop.desktop.widgets.room import Yielding
from backstop.desktop.widgets.text import as_typed, button, plain_label

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.telling import Words

COLUMNS = ((Menu.FILE, Menu.HELP), (Menu.EDIT, Menu.GO, Menu.VIEW))
BESIDE = 120
"""The height of what stands around the keys, in pixels."""
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
        held = QWidget()
        columns = QHBoxLayout(held)
        columns.setContentsMargins(0, 0, 0, 0)
        columns.setSpacing(BETWEEN)
        for menus in COLUMNS:
            grid = _grid([each for each in with_keys if each.menu in menus], words)
            if menus is COLUMNS[0]:
                _add_local_keys(grid, words)
            column = QVBoxLayout()
            column.addLayout(grid)
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
        layout.addWidget(Yielding(held, BESIDE), 1)
        layout.addLayout(foot)
        self.finished.connect(self.deleteLater)


def _grid(commands: Iterable[Command], words: Words) -> QGridLayout:
    """Names and keys of commands, those of one menu under its name."""
    grid = QGridLayout()
    grid.setHorizontalSpacing(BETWEEN)
    grid.setVerticalSpacing(Space.SMALL)
    grid.setColumnStretch(0, 1)
    for menu, members in groupby(commands, key=lambda each: each.menu):
        _add_title(grid, _MNEMONIC.sub("", words.say(menu.value)))
        for command in members:
            _add(grid, words.say(command.text).rstrip("…"), command.shown_keys)
    return grid


def _add_local_keys(grid: QGridLayout, words: Words) -> None:
    """Below the commands, the keys of lists and fields."""
    _add_title(grid, words.say("In lists and fields"))
    for text, keys in LOCAL_KEYS:
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        _add(grid, words.say(text), shown)


def _add_title(grid: QGridLayout, title: str) -> None:
    if grid.count():
        grid.setRowMinimumHeight(grid.rowCount(), Space.SMALL)
    grid.addWidget(plain_label("section", title), grid.rowCount(), 0, 1, 2)


def _add(grid: QGridLayout, name: str, shown: str) -> None:
    row, keys = grid.rowCount(), plain_label("muted", shown)
    keys.setAccessibleName(f"{name}: {shown}")
    grid.addWidget(plain_label(text=name), row, 0)
    grid.addWidget(keys, row, 1)
