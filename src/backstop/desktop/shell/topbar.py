"""The top bar: menus, the book's name, undo and redo, appearance, language."""

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QHBoxLayout, QMenu, QMenuBar, QToolButton, QWidget

from backstop.desktop.look.icons import SIZE, icon
from backstop.desktop.look.theme import CHOICES, Space, Theme
from backstop.desktop.shell.actions import Actions
from backstop.desktop.widgets.text import ElidedLabel, as_typed, tool_button
from backstop.telling import LANGUAGES, Words

CHOICE_NAMES = {"system": "Like the system", "light": "Light", "dark": "Dark"}


class TopBar(QWidget):
    """`language_chosen(code)` and `theme_chosen(choice)` say what the owner picked."""

    language_chosen = Signal(str)
    theme_chosen = Signal(str)

    def __init__(self, actions: Actions, menus: QMenuBar) -> None:
        super().__init__()
        self.setObjectName("top")
        self._actions = actions
        self._words: Words | None = None
        self._title = ElidedLabel("muted")
        self._undo = self._action_button("undo")
        self._redo = self._action_button("redo")
        self._appearance = tool_button()
        self._appearance.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.appearance_menu = QMenu(self)
        self._choices = self._add_choices()
        self._appearance.setMenu(self.appearance_menu)
        self.language = tool_button()
        self.language.setProperty("role", "language")
        self.language.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.language_menu = QMenu(self)
        self.language_menu.aboutToShow.connect(self._list_languages)
        self.language.setMenu(self.language_menu)
        self._lay_out(menus)

    def _lay_out(self, menus: QMenuBar) -> None:
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.SMALL, Space.LARGE, 0)
        layout.setSpacing(Space.TINY)
        layout.addWidget(menus, 0, Qt.AlignmentFlag.AlignVCenter)
        layout.addStretch(1)
        layout.addWidget(self._title)
        layout.addStretch(1)
        for each in (self._undo, self._redo, self._appearance, self.language):
            each.setIconSize(QSize(SIZE, SIZE))
            layout.addWidget(each)

    def _action_button(self, name: str) -> QToolButton:
        made = tool_button()
        made.setDefaultAction(self._actions[name])
        made.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonIconOnly)
        return made

    def _add_choices(self) -> dict[str, QAction]:
        group = QActionGroup(self)
        choices = {}
        for choice in CHOICES:
            action = self.appearance_menu.addAction("")
            action.setCheckable(True)
            action.triggered.connect(lambda _=False, each=choice: self.theme_chosen.emit(each))
            group.addAction(action)
            choices[choice] = action
        return choices

    def _list_languages(self) -> None:
        """Each language by its own name, the one spoken now checked."""
        assert self._words is not None
        self.language_menu.clear()
        for code, language in LANGUAGES.items():
            action = self.language_menu.addAction(as_typed(language.name))
            action.setCheckable(True)
            action.setChecked(code == self._words.language.code)
            action.triggered.connect(lambda _=False, each=code: self.language_chosen.emit(each))

    def set_title(self, title: str) -> None:
        """Name the open book."""
        self._title.setText(title)

    def check_theme(self, choice: str) -> None:
        """Mark the appearance that is chosen."""
        self._choices[choice].setChecked(True)

    def restyle(self, theme: Theme) -> None:
        self._actions["undo"].setIcon(icon("undo", theme.text))
        self._actions["redo"].setIcon(icon("redo", theme.text))
        self._appearance.setIcon(icon("appearance", theme.text))

    def retranslate(self, words: Words) -> None:
        self._words = words
        self.language.setText(words.language.mark)
        self.language.setToolTip(words.say("Language"))
        self.language.setAccessibleName(words.say("Language"))
        self.language_menu.setTitle(as_typed(words.say("Language")))
        self._appearance.setToolTip(words.say("Appearance"))
        self._appearance.setAccessibleName(words.say("Appearance"))
        self.appearance_menu.setTitle(as_typed(words.say("Appearance")))
        for choice, action in self._choices.items():
            action.setText(as_typed(words.say(CHOICE_NAMES[choice])))
