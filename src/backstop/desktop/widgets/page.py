"""What all pages share: a question, the answer in one sentence, and the evidence below.

A page is made when it is first shown, after the first paint of the window. The window calls
`retranslate()` when the language changes, `refresh(answers)` whenever there are fresh answers (at
once for the visible page, for the others when they are next shown), `show_working(True)` from a
change of the book until then, `restyle()` when the theme changes, and `show_record(id)` when
somebody asks for one record or contingency on it. It lives as long as the book is open: another
book has pages of its own.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QSize
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.flow import ToolRow
from backstop.desktop.widgets.text import plain_label

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.plan import Answers


NARROW = 880
"""Below this width, in pixels, what else stands side by side stands one below the other."""


@dataclass(frozen=True)
class RailEntry:
    """How a page is named: `key` in the code and of its icon; `title` in the rail and `question`
    at its head are English keys of `words.say`."""

    key: str
    title: str
    question: str


class Page(QWidget):
    """Base of the pages. The window tells each its `entry` in the rail before it is shown.

    Subclasses put their evidence into `self.body`, buttons of the whole page into `self.tools`, and
    override what they need of `retranslate`,
    `refresh`, `restyle` and `show_record`, calling the base first.
    """

    entry = RailEntry("", "", "")

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.context = context
        self._question = plain_label("question")
        self._answer = plain_label("answer", wrap=True)
        self._detail = plain_label("detail", wrap=True)
        self._detail.hide()
        self._working = plain_label("muted")
        self._working.hide()
        self._rows: list[QBoxLayout] = []
        self._width = 0
        self._first = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._tools_place = QWidget()
        self.tools = ToolRow(self._tools_place, Space.SMALL, Space.SMALL)
        self._tools_place.installEventFilter(self)
        self.head = self._head()
        self.body = QVBoxLayout()
        self.body.setSpacing(Space.LARGE)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(Space.HUGE, Space.WIDE, Space.HUGE, Space.WIDE)
        layout.setSpacing(Space.LARGE)
        layout.addLayout(self.head)
        layout.addLayout(self.body, 1)

    def _head(self) -> QVBoxLayout:
        """Question and, at its right, the page's buttons; below them the answer."""
        beside = QHBoxLayout()
        beside.addWidget(self._tools_place)
        beside.addStretch(1)
        self._first.setSpacing(Space.SMALL)
        asked = QHBoxLayout()
        asked.addWidget(self._question)
        asked.addWidget(self._working, 1)
        self._first.addLayout(asked, 1)
        self._first.addLayout(beside)
        head = QVBoxLayout()
        head.setSpacing(Space.TINY)
        head.addLayout(self._first)
        head.addWidget(self._answer)
        head.addWidget(self._detail)
        return head

    def side_by_side(self) -> QBoxLayout:
        """A row whose parts stand one below the other where the page is narrow."""
        row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        row.setSpacing(Space.LARGE)
        self._rows.append(row)
        return row

    def fit(self, width: int) -> None:
        """Take up a new width: the window's, less the rail."""
        self._width = width
        narrow = width < NARROW
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        for row in self._rows:
            row.setDirection(down if narrow else right)
        side = Space.LARGE if narrow else Space.HUGE
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(side, Space.WIDE, side, Space.WIDE)
        self._place_tools()

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        """As tall as its texts are at the width that it has: Qt reckons with narrow ones, and would
        leave the difference blank."""
        layout, least = self.layout(), super().minimumSizeHint()
        if layout is None or not self._width:
            return least
        return QSize(least.width(), layout.totalMinimumHeightForWidth(self._width))

    def _place_tools(self) -> None:
        """Beside the question, or below it where there is no room for all of them in one row."""
        layout = self.layout()
        room = self._width - (2 * layout.contentsMargins().left() if layout is not None else 0)
        wanted = self._question.sizeHint().width() + self.tools.sizeHint().width() + Space.WIDE
        down, right = QBoxLayout.Direction.TopToBottom, QBoxLayout.Direction.LeftToRight
        self._first.setDirection(down if wanted > room else right)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        """What the tools say, and so how wide they are, changes with the answers."""
        if event.type() is QEvent.Type.LayoutRequest and self._width:
            self._place_tools()
        return super().eventFilter(watched, event)

    @property
    def key(self) -> str:
        """The key of its entry in the rail."""
        return self.entry.key

    @property
    def answers(self) -> Answers | None:
        """The answers of the book as it is now; None until they are there."""
        return self.context.answers

    def say(self, text: str, /, **values: object) -> str:
        """A text in the owner's language."""
        return self.context.words.say(text, **values)

    def set_answer(self, sentence: str, detail: str = "") -> None:
        """The page's answer, in 20 px, and what it adds in 15 px; plain text."""
        self._answer.setText(sentence)
        self._detail.setText(detail)
        self._detail.setVisible(bool(detail))

    @property
    def answer(self) -> str:
        """What the page says first."""
        return self._answer.text()

    def in_pieces(self) -> Iterator[None]:
        """Make, piece by piece, what will be wanted soon after the page is shown."""
        yield from ()

    def retranslate(self) -> None:
        """Say every visible text again, in the words of the context."""
        self._question.setText(self.say(self.entry.question))
        self._working.setText(self.say("Being worked out…"))
        self.setAccessibleName(self.say(self.entry.title))
        if self._width:
            self.fit(self._width)

    def refresh(self, answers: Answers) -> None:
        """Show fresh answers; first without cures, again when `answers.assessed`."""

    def show_working(self, working: bool) -> None:
        """Say beside the question whether what is shown is of an older state of the book."""
        self._working.setText(self.say("Being worked out…"))
        self._working.setVisible(working)

    def restyle(self) -> None:
        """Take up the colours of `context.theme`, where the style sheet cannot (charts)."""

    def show_record(self, record_id: str) -> None:
        """Select this record or contingency."""
