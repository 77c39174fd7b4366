"""A sentence across the top of the page: what went wrong and what to do, until it is closed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout

from backstop.desktop.icons import icon
from backstop.desktop.notices import Notice
from backstop.desktop.theme import Space, Theme
from backstop.desktop.widgets.text import plain_label, set_role, tool_button
from backstop.language import Words


class Banner(QFrame):
    """Shows the newest notice. Escape or its button closes it."""

    def __init__(self) -> None:
        super().__init__()
        self._notice: Notice | None = None
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
        return self._text.text()

    def show_notice(self, notice: Notice, words: Words) -> None:
        self._notice = notice
        set_role(self, "serious" if notice.serious else "notice")
        self._sign.setText("■" if notice.serious else "●")
        set_role(self._sign, "danger" if notice.serious else "fine")
        self.retranslate(words)
        self.show()

    def dismiss(self) -> None:
        self._notice = None
        self.hide()

    def retranslate(self, words: Words) -> None:
        self._close.setToolTip(words.say("Close this message"))
        self._close.setAccessibleName(words.say("Close this message"))
        if self._notice is not None:
            said = words.tell(self._notice.said)
            self._text.setText(said)
            self.setAccessibleName(said)

    def restyle(self, theme: Theme) -> None:
        self._close.setIcon(icon("close", theme.muted))
