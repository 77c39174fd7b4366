"""The menu bar: File, Edit, Go, View."""

from collections.abc import Callable

from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QMenuBar

from backstop.desktop.shell.actions import Actions
from backstop.desktop.shell.sections import SECTIONS
from backstop.desktop.widgets.text import as_typed
from backstop.telling import Words

FILE = (
    *("new", "open", "save_as", ""),
    *("backups", "history", "passphrase", "lock", ""),
    *("import_json", "export_json", "export_csv", "export_pdf", "export_xlsx", "export_ics", ""),
    *("print", ""),
    "quit",
)
EDIT = ("undo", "redo", "", "facts")


class Menus:
    """The bar and what hangs on it. Whoever knows the samples fills the menu `samples`."""

    def __init__(self, actions: Actions, show_section: Callable[[int], None]) -> None:
        self.bar = QMenuBar()
        self._file = self._menu(actions, FILE)
        self.samples = QMenu(self.bar)
        self._file.insertMenu(actions["save_as"], self.samples)
        self._edit = self._menu(actions, EDIT)
        self._go = self.bar.addMenu("")
        self._view = self.bar.addMenu("")
        self._pages: list[QAction] = []
        for number, _ in enumerate(SECTIONS):
            action = self._go.addAction("")
            action.triggered.connect(lambda _=False, each=number: show_section(each))
            self._pages.append(action)

    def _menu(self, actions: Actions, names: tuple[str, ...]) -> QMenu:
        menu = self.bar.addMenu("")
        for name in names:
            if name:
                menu.addAction(actions[name])
            else:
                menu.addSeparator()
        return menu

    def add_appearance(self, menu: QMenu) -> None:
        self._view.addMenu(menu)

    def retranslate(self, words: Words) -> None:
        for menu, title in (
            (self._file, "&File"),
            (self._edit, "&Edit"),
            (self._go, "&Go to"),
            (self._view, "&View"),
        ):
            menu.setTitle(words.say(title))
        self.samples.setTitle(as_typed(words.say("Open a sample")))
        for action, section in zip(self._pages, SECTIONS, strict=True):
            action.setText(as_typed(words.say(section.title)))
