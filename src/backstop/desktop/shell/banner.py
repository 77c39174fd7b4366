"""A sentence across the top of the page: what went wrong and what to do, until it is closed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from backstop.desktop.look.icons import icon
from backstop.desktop.look.theme import Space, Theme
from backstop.desktop.state.notices import Notice
from backstop.desktop.widgets.text import plain_label, set_role, tool_button
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
        self._close = tool_button()
        self._close.clicked.connect(self.dismiss)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.LARGE, Space.SMALL, Space.SMALL, Space.SMALL)
        layout.setSpacing(Space.SMALL)
        layout.addWidget(self._sign)
        layout.addWidget(self._text, 1)
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

    def retranslate(self, words: Words) -> None:
        self._words = words
        self._close.setToolTip(words.say("Close this message"))
        self._close.setAccessibleName(words.say("Close this message"))
        if self._notice is not None:
            said = words.tell(self._notice.said)
            self._text.setText(said)
            self.setAccessibleName(said)

    def restyle(self, theme: Theme) -> None:
        self._close.setIcon(icon("close", theme.muted))
