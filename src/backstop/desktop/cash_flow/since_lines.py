"""What each line lends and is owed now: as it follows from the list, beside what its app shows."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.forms.reading import read_amount
from backstop.desktop.look.theme import Space
from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.desktop.tables.typed import TypedRows
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.settling import LineNow
from backstop.telling import Words

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.services.settling import InWork


@dataclass(frozen=True)
class LineRow:
    """A line: limit and what is owed as they follow, beside those that are shown (minor units).
    It is `gone` as the owner says here, or `lost` by that or by a loss that happened."""

    name: str
    now: LineNow
    limit: int | None
    owed: int | None
    gone: bool
    lost: bool

    @property
    def id(self) -> str:
        """The id of the line."""
        return self.now.line

    @property
    def owed_difference(self) -> int:
        """What is shown as owed less what follows; 0 while nothing is said."""
        return 0 if self.owed is None else self.owed - self.now.owed


def line_rows(work: InWork) -> list[LineRow]:
    """Every line, in the order of the book."""
    lost = work.told.gone
    return [
        LineRow(
            work.book.by_id[each.line].name,
            each,
            work.limits.get(each.line),
            work.owed.get(each.line),
            each.line in work.gone,
            each.line in lost,
        )
        for each in work.result.lines
    ]


class LinesView(QWidget):
    """The third step. `other_wanted(line, difference)`: more or less is owed than follows, and the
    owner wants to say why."""

    other_wanted = Signal(str, int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.said = plain_label("detail", wrap=True)
        self.problem = plain_label("danger", wrap=True)
        self.problem.hide()
        self.gone, self.why = button(), button()
        self.table = TypedRows(context, self._columns(), key=lambda row: row.id)
        self.table.rows.refused.connect(self._refused)
        self.table.row_chosen.connect(lambda _: self._show_buttons())
        self.gone.clicked.connect(self._toggle_gone)
        self.why.clicked.connect(self._ask_why)
        row = QHBoxLayout()
        row.addWidget(self.gone)
        row.addWidget(self.why)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.said)
        column.addWidget(self.problem)
        column.addWidget(self.table, 1)
        column.addLayout(row)

    def _columns(self) -> list[TableColumn[LineRow]]:
        def currency() -> str:
            return self._context.book.currency

        limit, owed = partial(self._typed, "limit"), partial(self._typed, "owed")
        return [
            TableColumn("Source", _name, sort=lambda row: row.name, stretch=True),
            money_column("Limit until now", lambda row: row.now.limit_before, currency),
            money_column("Limit shown", _limit, currency, tone=_limit_tone, typed=limit),
            money_column("Owed as it follows", lambda row: row.now.owed, currency),
            money_column("Owed as shown", _owed, currency, tone=_owed_tone, typed=owed),
            TableColumn("", remark, sort=_remark_key, tone=_remark_tone),
        ]

    def _typed(self, what: str, row: LineRow, text: str) -> None:
        self.problem.hide()
        work = self._context.settling
        if work is None:
            return
        shown = read_amount(text, work.book.money) if text.strip() else None
        put = work.with_limit if what == "limit" else work.with_owed
        self._context.settle(put(row.id, shown))

    def _refused(self, bad: object) -> None:
        self.problem.setText(self._context.words.tell(bad.message))  # type: ignore[attr-defined]
        self.problem.show()

    def _toggle_gone(self) -> None:
        work, row = self._context.settling, self.table.current()
        if work is not None and row is not None:
            self._context.settle(work.with_gone(row.id, not row.gone))

    def _ask_why(self) -> None:
        row = self.table.current()
        if row is not None:
            self.other_wanted.emit(row.id, row.owed_difference)

    def show_work(self, work: InWork) -> None:
        """Show the lines as they follow from what is said so far."""
        self.table.set_rows(line_rows(work))
        self.speak()

    def _show_buttons(self) -> None:
        row: LineRow | None = self.table.current()
        say = self._context.words.say
        self.gone.setEnabled(row is not None and self._context.may_edit)
        is_gone = row is not None and row.gone
        self.gone.setText(
            as_typed(say("It is there after all" if is_gone else "This line is gone"))
        )
        self.why.setVisible(row is not None and bool(row.owed_difference))
        self.why.setText(as_typed(say("Say why another sum is owed…")))

    def speak(self) -> None:
        """Say what is to be done here."""
        say = self._context.words.say
        self.said.setText(
            say(
                "Type what each lender's app shows now, where that is another figure. A limit that "
                "is lower is kept with its day; a line that is gone lends nothing from today on."
            )
        )
        self.table.setAccessibleName(say("Credit lines"))
        self._show_buttons()


def _name(row: LineRow, words: Words) -> str:
    return row.name


def _is_lower(row: LineRow) -> bool:
    return _limit(row) < row.now.limit_before


def _limit(row: LineRow) -> int:
    """What holds until now stands there until something else is said."""
    return row.now.limit if row.limit is None else row.limit


def _owed(row: LineRow) -> int:
    return row.now.owed if row.owed is None else row.owed


def _limit_tone(row: LineRow) -> str:
    if row.limit is None:
        return "muted"
    return "careful" if _is_lower(row) else ""


def _owed_tone(row: LineRow) -> str:
    return "muted" if row.owed is None else ""


def remark(row: LineRow, words: Words) -> str:
    """What is otherwise with the line, in a word; empty where all is as it follows."""
    if row.lost:
        return words.say("gone")
    if row.owed_difference > 0:
        return words.say("more owed than follows")
    if row.owed_difference < 0:
        return words.say("less owed than follows")
    return words.say("limit cut") if _is_lower(row) else ""


def _remark_key(row: LineRow) -> int:
    return row.lost * 4 + bool(row.owed_difference) * 2 + _is_lower(row)


def _remark_tone(row: LineRow) -> str:
    return "careful"
