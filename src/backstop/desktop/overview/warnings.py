"""What the named checks find in the book, quietly: the gravest finding, and all when asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.record_places import place_of_record
from backstop.desktop.widgets.text import as_typed, button, plain_label, set_role
from backstop.telling.cells import level_cell

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.services.checks import Finding

LEVEL_WIDTH = 84
ABOUT_THE_BOOK = ("outdated", "review_due")
_ROLES = {"problem": "danger", "warning": "careful", "note": "muted"}


class WarningRow(QFrame):
    """One finding. A click, Return or Space asks for what it speaks of: `wanted()`."""

    wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "finding")
        self._level = plain_label("muted")
        self._level.setMinimumWidth(LEVEL_WIDTH)
        self._level.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop)
        self._sentence = plain_label(wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.SMALL, Space.TINY, Space.SMALL, Space.TINY)
        row.setSpacing(Space.SMALL)
        row.addWidget(self._level)
        row.addWidget(self._sentence, 1)

    @property
    def text(self) -> str:
        """The sentence of the row."""
        return self._sentence.text()

    @property
    def level(self) -> str:
        """How grave the finding is, in words."""
        return self._level.text()

    def show_finding(self, level: str, role: str, sentence: str, leads: bool) -> None:
        """Say it; `leads` tells whether there is a place to go to."""
        self._level.setText(level)
        set_role(self._level, role)
        self._sentence.setText(sentence)
        self.setAccessibleName(f"{level}: {sentence}")
        hand, arrow = Qt.CursorShape.PointingHandCursor, Qt.CursorShape.ArrowCursor
        self.setCursor(hand if leads else arrow)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if leads else Qt.FocusPolicy.NoFocus)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        inside = self.rect().contains(event.position().toPoint())
        if event.button() is Qt.MouseButton.LeftButton and inside:
            self.wanted.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Enter and Space go where the warning leads."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.wanted.emit()
        else:
            super().keyPressEvent(event)


class Warnings(QFrame):
    """A card that is not there when there is nothing to say."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self._context = context
        self._found: list[Finding] = []
        self._rows: list[WarningRow] = []
        self._open = False
        self.more = button("quiet")
        self.more.clicked.connect(self._toggle)
        self._column = QVBoxLayout()
        self._column.setSpacing(0)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(Space.SMALL, Space.TINY, Space.SMALL, Space.TINY)
        layout.addLayout(self._column, 1)
        layout.addWidget(self.more, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def shown(self) -> list[WarningRow]:
        """The rows in sight."""
        return [each for each in self._rows if not each.isHidden()]

    @property
    def sentences(self) -> list[str]:
        """The sentences in sight."""
        return [each.text for each in self._rows[: len(self._found)]]

    @property
    def levels(self) -> list[str]:
        """How grave the findings in sight are, in words."""
        return [each.level for each in self._rows[: len(self._found)]]

    def show_findings(self, found: list[Finding]) -> None:
        """Say these, the gravest first."""
        words, self._found = self._context.words, found
        for number in range(len(self._rows), len(found)):
            self._add(number)
        for row, each in zip(self._rows, found, strict=False):
            leads = bool(self._place(each)) or each.check in ABOUT_THE_BOOK
            said = words.tell(each.said)
            row.show_finding(level_cell(each.level, words), _ROLES[each.level], said, leads)
        self._show()

    def _add(self, number: int) -> None:
        row = WarningRow()
        row.wanted.connect(lambda: self._go(number))
        self._rows.append(row)
        self._column.addWidget(row)

    def _toggle(self) -> None:
        self._open = not self._open
        self._show()

    def _show(self) -> None:
        count, say = len(self._found), self._context.words.say
        for number, row in enumerate(self._rows):
            row.setVisible(number < count and (self._open or number == 0))
        self.more.setVisible(count > 1)
        self.more.setText(as_typed(say("Show less") if self._open else say("All {n}", n=count)))
        self.more.setAccessibleName(say("All {n} remarks about the book", n=count))
        self.setAccessibleName(say("Remarks about the book"))
        self.setVisible(count > 0)

    def _place(self, found: Finding) -> tuple[str, str] | None:
        """The page, and the record on it, that a finding speaks of."""
        record = self._context.book.by_id.get(found.records[0]) if found.records else None
        if record is not None:
            return place_of_record(record)
        return ("projection", "") if found.check == "base_shortfall" else None

    def _go(self, number: int) -> None:
        found = self._found[number]
        place = self._place(found)
        if place is not None:
            self._context.show_page(*place)
        elif found.check in ABOUT_THE_BOOK:
            self._context.command_wanted.emit("facts")
