"""The left rail: the program's name and one button for each page."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from backstop.desktop.look.icons import SIZE, icon, picture
from backstop.desktop.look.theme import Space, Theme
from backstop.desktop.shell.actions import Actions
from backstop.desktop.shell.commands import key_of_page
from backstop.desktop.widgets.page import RailEntry
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.telling import Words

WIDTH, NARROW_WIDTH = 200, 72
MARK = 24


class Rail(QWidget):
    """Emits `chosen(number)` when the owner asks for another page."""

    chosen = Signal(int)

    def __init__(self, entries: Sequence[RailEntry], actions: Actions) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFixedWidth(WIDTH)
        self._entries, self._actions = entries, actions
        self._group = QButtonGroup(self)
        self._titles: list[str] = []
        self._narrow = False
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.MEDIUM, Space.LARGE, Space.MEDIUM, Space.LARGE)
        layout.setSpacing(Space.TINY)
        layout.addLayout(self._brand())
        layout.addSpacing(Space.LARGE)
        for number, _ in enumerate(entries):
            layout.addWidget(self._button(number))
        layout.addStretch(1)
        self._group.idClicked.connect(self.chosen)

    def _brand(self) -> QHBoxLayout:
        mark = QLabel()
        mark.setPixmap(picture("backstop", MARK, self.devicePixelRatioF()))
        self._name = plain_label("section")
        row = QHBoxLayout()
        row.setContentsMargins(Space.SMALL, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(mark)
        row.addWidget(self._name, 1)
        return row

    def _button(self, number: int) -> QPushButton:
        made = button("rail")
        made.setCheckable(True)
        made.setIconSize(QSize(SIZE, SIZE))
        self._group.addButton(made, number)
        return made

    def set_narrow(self, narrow: bool) -> None:
        """Show icons alone, or icons with names."""
        if narrow == self._narrow:
            return
        self._narrow = narrow
        self.setFixedWidth(NARROW_WIDTH if narrow else WIDTH)
        self._name.setVisible(not narrow)
        self._write_names()

    def _write_names(self) -> None:
        for number, title in enumerate(self._titles):
            self._group.button(number).setText("" if self._narrow else "  " + as_typed(title))

    def check(self, number: int) -> None:
        """Mark the page that is shown."""
        self._group.button(number).setChecked(True)

    def restyle(self, theme: Theme) -> None:
        for number, entry in enumerate(self._entries):
            drawn = icon(entry.key, theme.muted, checked=theme.accent)
            self._group.button(number).setIcon(drawn)

    def retranslate(self, words: Words) -> None:
        self._name.setText(words.say("Backstop"))
        self._titles = [words.say(entry.title) for entry in self._entries]
        self._write_names()
        for number, title in enumerate(self._titles):
            made = self._group.button(number)
            made.setAccessibleName(title)
            made.setToolTip(self._actions[key_of_page(self._entries[number].key)].toolTip())
