"""A sentence across the top of the page: what went wrong and what to do, until it is closed."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFrame, QHBoxLayout

from backstop.desktop.look.icons import icon
from backstop.desktop.look.theme import Space, Theme
from backstop.desktop.state.notices import Notice
from backstop.desktop.widgets.text import (
    as_typed,
    button,
    plain_label,
    set_role,
    tool_button,
)
from backstop.telling import Words


class Banner(QFrame):
    """Shows the newest notice. Escape or its button closes it.

    What stands, such as that the book cannot be changed, comes back when another notice is closed.
    """

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._notice: Notice | None = None
        self._standing: Notice | None = None
        self._sign = plain_label("danger")
        self._text = plain_label(wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.open, self.show_folder = button("quiet"), button("quiet")
        self.open.clicked.connect(lambda: self._open_written(folder=False))
        self.show_folder.clicked.connect(lambda: self._open_written(folder=True))
        self._close = tool_button()
        self._close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.SMALL)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self._sign)
        layout.addWidget(self._text, 1)
        layout.addWidget(self.open)
        layout.addWidget(self.show_folder)
        layout.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown."""
        return self._text.text()

    def show_notice(self, notice: Notice, words: Words) -> None:
        """Say this until it is closed."""
        self._notice = notice
        self._close.setVisible(notice is not self._standing)
        for each in (self.open, self.show_folder):
            each.setVisible(notice.written is not None)
        set_role(self, "serious" if notice.serious else "notice")
        self._sign.setText("■" if notice.serious else "●")
        set_role(self._sign, "danger" if notice.serious else "fine")
        self.retranslate(words)
        self.show()

    def stand(self, notice: Notice | None, words: Words) -> None:
        """Say this until told otherwise, and nothing else for now; None ends it."""
        self._standing = self._notice = notice
        self.setVisible(notice is not None)
        self._text.clear()
        if notice is not None:
            self.show_notice(notice, words)

    def dismiss(self) -> None:
        """Close the message; one that stands comes back."""
        self._notice = self._standing
        self.hide()
        if self._standing is not None:
            self.show_notice(self._standing, self._words)

    def turn_page(self) -> None:
        """What was written is no news any more on another page."""
        if self._notice is not None and self._notice.written is not None:
            self.dismiss()

    def _open_written(self, *, folder: bool) -> None:
        written = self._notice.written if self._notice is not None else None
        if written is not None:
            _open_by_system(written.parent if folder else written)

    def retranslate(self, words: Words) -> None:
        self._words = words
        self.open.setText(as_typed(words.say("Open")))
        self.show_folder.setText(as_typed(words.say("Show in folder")))
        self._close.setToolTip(words.say("Close this message"))
        self._close.setAccessibleName(words.say("Close this message"))
        if self._notice is not None:
            said = words.tell(self._notice.said)
            self._text.setText(said)
            self.setAccessibleName(said)

    def restyle(self, theme: Theme) -> None:
        self._close.setIcon(icon("close", theme.muted))


def _open_by_system(path: Path) -> None:
    """With the program that the owner's system has for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
