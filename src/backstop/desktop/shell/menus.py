"""The menu bar, made from the commands: File, Edit, Go to, View, Help."""

from collections.abc import Iterable
from itertools import groupby

from PySide6.QtWidgets import QMenu, QMenuBar

from backstop.desktop.shell.actions import Actions
from backstop.desktop.widgets.command import Command, Menu
from backstop.desktop.widgets.text import as_typed
from backstop.telling import Words


class Menus:
    """The bar and what hangs on it. Whoever knows the samples fills the menu `samples`."""

    def __init__(self, actions: Actions) -> None:
        self.bar = QMenuBar()
        self._menus = {each: self.bar.addMenu("") for each in Menu}
        for menu, made in self._menus.items():
            _fill(made, actions, (each for each in actions if each.menu is menu))
        self.samples = QMenu(self.bar)
        self._menus[Menu.FILE].insertMenu(actions["save_as"], self.samples)

    def add_appearance(self, menu: QMenu) -> None:
        """Hang the choice of colours under View."""
        self._menus[Menu.VIEW].addMenu(menu)

    def retranslate(self, words: Words) -> None:
        """Name the menus in the owner's language; the actions name themselves."""
        for menu, made in self._menus.items():
            made.setTitle(words.say(menu.value))
        self.samples.setTitle(as_typed(words.say("Open a sample")))


def _fill(menu: QMenu, actions: Actions, commands: Iterable[Command]) -> None:
    for _, members in groupby(commands, key=lambda each: each.group):
        if not menu.isEmpty():
            menu.addSeparator()
        for command in members:
            menu.addAction(actions[command.key])
