"""Help → Keyboard shortcuts: every command that has keys, menu by menu, and the keys of lists and
fields."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.command import Command, Menu
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.keys import LOCAL_KEYS
from backstop.desktop.widgets.text import as_typed, button, plain_label

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from backstop.desktop.state.context import Context
    from backstop.telling import Words

COLUMNS = ((Menu.FILE, Menu.HELP), (Menu.EDIT, Menu.GO, Menu.VIEW))
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
        for menus in COLUMNS:
            grids = [_grid([each for each in with_keys if each.menu in menus], words)]
            if menus is COLUMNS[0]:
                grids.append(_local_grid(words))
            columns.addLayout(_below_each_other(grids))
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


def _below_each_other(grids: Iterable[QGridLayout]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(2 * Space.SMALL)
    for each in grids:
        column.addLayout(each)
    column.addStretch(1)
    return column


def _local_grid(words: Words) -> QGridLayout:
    """The keys of lists and fields."""
    grid = _empty_grid()
    grid.addWidget(plain_label("section", words.say("In lists and fields")), 0, 0, 1, 2)
    for text, keys in LOCAL_KEYS:
        shown = QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText)
        _add(grid, words.say(text), shown)
    return grid


def _empty_grid() -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(BETWEEN)
    grid.setVerticalSpacing(Space.SMALL)
    grid.setColumnStretch(0, 1)
    return grid


def _grid(commands: Iterable[Command], words: Words) -> QGridLayout:
    """Names and keys of commands, those of one menu under its name."""
    grid = _empty_grid()
    for menu, members in groupby(commands, key=lambda each: each.menu):
        if grid.count():
            grid.setRowMinimumHeight(grid.rowCount(), Space.SMALL)
        title = _MNEMONIC.sub("", words.say(menu.value))
        grid.addWidget(plain_label("section", title), grid.rowCount(), 0, 1, 2)
        for command in members:
            _add(grid, words.say(command.text).rstrip("…"), command.shown_keys)
    return grid


def _add(grid: QGridLayout, name: str, shown: str) -> None:
    row, keys = grid.rowCount(), plain_label("muted", shown)
    keys.setAccessibleName(f"{name}: {shown}")
    grid.addWidget(plain_label(text=name), row, 0)
    grid.addWidget(keys, row, 1)
