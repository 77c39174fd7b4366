"""What stands in the window while no book is open: what this is, and three ways to begin."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QLabel, QMenu, QPushButton, QVBoxLayout, QWidget

from backstop.desktop.look.icons import SIZE, icon, picture
from backstop.desktop.look.theme import Space, Theme
from backstop.desktop.shell.actions import Actions
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.telling import Words

WAYS = (
    ("sample", "Open a sample", "primary"),
    ("new", "New book…", ""),
    ("open", "Open…", ""),
)
WIDTH = 560
MARK = 64


class StartScreen(QWidget):
    """Title, one sentence, three buttons: the samples' menu, and two actions."""

    def __init__(self, actions: Actions, samples: QMenu) -> None:
        super().__init__()
        self._mark = QLabel()
        self._mark.setPixmap(picture("backstop", MARK, self.devicePixelRatioF()))
        self._title = plain_label("figure")
        self._text = plain_label("emphasis", wrap=True)
        self._buttons: dict[str, QPushButton] = {}
        column = QVBoxLayout()
        column.setSpacing(Space.MEDIUM)
        column.addWidget(self._mark)
        column.addWidget(self._title)
        column.addWidget(self._text)
        column.addSpacing(Space.MEDIUM)
        for name, _, role in WAYS:
            made = button(role)
            made.setIconSize(QSize(SIZE, SIZE))
            if name == "sample":
                made.setMenu(samples)
            else:
                made.clicked.connect(actions[name].trigger)
            column.addWidget(made)
            self._buttons[name] = made
        middle = QWidget()
        middle.setLayout(column)
        middle.setFixedWidth(WIDTH)
        self.setFocusProxy(self._buttons[WAYS[0][0]])
        outer = QVBoxLayout(self)
        outer.addWidget(middle, 0, Qt.AlignmentFlag.AlignCenter)

    def restyle(self, theme: Theme) -> None:
        for name, _, role in WAYS:
            colour = theme.on_accent if role == "primary" else theme.muted
            self._buttons[name].setIcon(icon(name, colour))

    def retranslate(self, words: Words) -> None:
        self._title.setText(words.say("What if one credit line closed today?"))
        self._text.setText(
            words.say(
                "Register the money you have and the credit you lean on. Backstop shows what "
                "happens if any one line is closed, and what to do about it, on paper."
            )
        )
        for name, text, _ in WAYS:
            self._buttons[name].setText("  " + as_typed(words.say(text)))
