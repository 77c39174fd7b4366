"""What this program is, which version, and what it does not do behind its owner's back."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backstop import __version__
from backstop.desktop.look.icons import picture
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.text import as_typed, button, plain_label

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

WIDTH = 460
MARK = 48
SENTENCES = (
    (
        "Backstop uses no network: it sends nothing, fetches nothing and looks for no updates. "
        "What you enter stays in your book file on this computer."
    ),
    "A newer version is installed over this one; books and settings stay as they are.",
    (
        "Free software under the Apache License 2.0. Made with Python, Qt (LGPL 3), HiGHS, "
        "matplotlib, typst and Noto Sans SC; their licences are installed along with it."
    ),
)


class AboutDialog(QDialog):
    """Name, version, and three sentences."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        say = context.words.say
        self.setWindowTitle(say("About Backstop"))
        self.setFixedWidth(WIDTH)
        self.version = plain_label("muted", say("Version {version}", version=__version__))
        close = button("primary")
        close.setText(as_typed(say("Close")))
        close.clicked.connect(self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        layout.setSpacing(Space.MEDIUM)
        layout.addLayout(self._head())
        for sentence in SENTENCES:
            layout.addWidget(plain_label(text=say(sentence), wrap=True))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(close)
        layout.addLayout(row)
        for each in self.findChildren(QWidget):
            each.ensurePolished()  # or the height would be that of another typeface
        self.setFixedHeight(layout.totalHeightForWidth(WIDTH))
        self.finished.connect(self.deleteLater)
        outlives_book(self)

    def _head(self) -> QHBoxLayout:
        """The mark beside the name, and under the name the version."""
        mark = QLabel()
        mark.setPixmap(picture("backstop", MARK, self.devicePixelRatioF()))
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addWidget(plain_label("section", "Backstop · 备援"))
        names.addWidget(self.version)
        row = QHBoxLayout()
        row.setSpacing(Space.MEDIUM)
        row.addWidget(mark)
        row.addLayout(names, 1)
        return row
