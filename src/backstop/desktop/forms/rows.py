"""The control of a short table: one row a line, typed or pasted, such as a lender's schedule."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import Enum, auto
from typing import TYPE_CHECKING, Any, assert_never

import msgspec
from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from backstop.desktop.forms.lines import PaperControl
from backstop.desktop.forms.reading import read_amount, read_percent
from backstop.desktop.forms.typed import TypedText
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput, Book, Currency, Message, currency_of, message
from backstop.services.day_reading import read_day
from backstop.telling import Words, words_for
from backstop.telling.words import figures

if TYPE_CHECKING:
    from collections.abc import Iterator

LEAST_LINES, MOST_LINES = 3, 9
DASHES = "–-—"
"""What stands in a row for a value that is not there."""
PADDING = 9
_MARKS = re.compile(r"[\t;；|]")
_SPACES = re.compile("[ \u3000]+")  # others do not break: they divide thousands
_COMMAS = re.compile(r"[,，、]")

Finish = Callable[[dict[str, Any], int, Currency], dict[str, Any]]
"""Completes and checks the values of a row, given its number; raises `BadInput`."""


class Cell(Enum):
    """What stands in a column; AMOUNT is money of the book, NAME the identifier of a record."""

    TEXT = auto()
    DAY = auto()
    PERCENT = auto()
    AMOUNT = auto()
    NAME = auto()


@dataclass(frozen=True)
class RowColumn:
    """One value of a row: a field of its struct, and how it is read.

    The first may be words. The last columns may be `optional`: a row may end
    before them, or have a dash in one of them. Those that are `silent` have no head: the program
    fills them in.
    """

    name: str
    cell: Cell
    optional: bool = False
    silent: bool = False


def as_read(values: dict[str, Any], number: int, currency: Currency) -> dict[str, Any]:
    """A row that needs no completing."""
    return values


class RowsControl(PaperControl):
    """Rows of one struct, as lines of a text with a column at every tab stop.

    Cells stand apart by tabs, as spreadsheets copy them, by semicolons, or by spaces.
    """

    def __init__(
        self, kind: type[msgspec.Struct], columns: Sequence[RowColumn], finish: Finish = as_read
    ) -> None:
        super().__init__()
        self.kind, self.columns, self._finish = kind, tuple(columns), finish
        self._currency, self._words = currency_of("CNY"), words_for()
        self.heads = [plain_label("small") for _ in self.columns]
        self.hint = plain_label("small", wrap=True)
        self.paper.setLineWrapMode(TypedText.LineWrapMode.NoWrap)
        self.paper.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._lay_out()
        self._fit()
        self.paper.textChanged.connect(self._fit)

    def _lay_out(self) -> None:
        heads = QHBoxLayout()
        heads.setContentsMargins(PADDING, 0, 0, 0)
        heads.setSpacing(0)
        for each in self.heads:
            heads.addWidget(each)
        heads.addStretch(1)
        column = QVBoxLayout()
        column.setSpacing(Space.TINY)
        column.addWidget(self.hint)
        column.addLayout(heads)
        column.addWidget(self.paper)
        self.row.addLayout(column, 1)

    def _fit(self) -> None:
        lines = min(max(self.paper.blockCount(), LEAST_LINES), MOST_LINES)
        self.paper.setFixedHeight(self.fontMetrics().lineSpacing() * lines + 24)

    def value(self) -> tuple[msgspec.Struct, ...]:
        lines = enumerate(self.paper.toPlainText().splitlines(), start=1)
        return tuple(self._read(line, number) for number, line in lines if line.strip())

    def _read(self, line: str, number: int) -> msgspec.Struct:
        values = self._values(_cells(line), number)
        try:
            return self.kind(**self._finish(values, number, self._currency))
        except BadInput as bad:
            if bad.field:
                raise
            raise self._in_row(number, bad.message) from None

    def _values(self, cells: list[str], number: int) -> dict[str, Any]:
        """What the cells of a row say; words may be those of its text, as few as give the rest a
        meaning."""
        words = range(1, len(cells)) if self.columns[0].cell is Cell.TEXT else range(1, 2)
        refused = self._in_row(number, self._wanted())
        for many in words:
            joined = [" ".join(cells[:many]), *cells[many:]]
            least = sum(not each.optional for each in self.columns)
            if least <= len(joined) <= len(self.columns):
                try:
                    return dict(self._pairs(joined))
                except BadInput as bad:
                    refused = self._in_row(number, bad.message)
        raise refused

    def _pairs(self, cells: list[str]) -> Iterator[tuple[str, Any]]:
        for column, cell in zip(self.columns, cells, strict=False):
            blank = column.optional and cell in DASHES
            yield column.name, None if blank else self._value_in(column.cell, cell)

    def _wanted(self) -> Message:
        names = [self._words.field(each.name) for each in self.columns if not each.silent]
        return message("write {columns}, with spaces between.", columns=self._words.listing(names))

    def _in_row(self, number: int, problem: Message) -> BadInput:
        return BadInput(message("row {row}: {problem}", row=number, problem=problem))

    def _value_in(self, cell: Cell, text: str) -> Any:
        match cell:
            case Cell.DAY:
                return read_day(text)
            case Cell.TEXT:
                return text
            case Cell.PERCENT:
                return read_percent(text)
            case Cell.AMOUNT:
                return read_amount(text, self._currency)
            case Cell.NAME:
                return text
            case _:
                assert_never(cell)

    def show_value(self, value: Any) -> None:
        self.paper.give("\n".join("\t".join(self._written(row)) for row in value))

    def _written(self, row: Any) -> Iterator[str]:
        columns = list(self.columns)
        while columns and getattr(row, columns[-1].name) is None:
            del columns[-1]
        for column in columns:
            value = getattr(row, column.name)
            if value is None:
                yield DASHES[0]
            elif column.optional and not value:  # nothing is said there, nor after it
                return
            elif isinstance(value, date):
                yield value.isoformat()
            elif isinstance(value, Decimal):
                yield figures(value)
            elif column.cell is Cell.AMOUNT:
                yield self._words.money(value, self._currency.code, sign=False)
            else:
                yield str(value)

    def speak(self, words: Words, book: Book) -> None:
        self._words, self._currency = words, book.money
        self.hint.setText(words.say("One row a line, with spaces between; or paste from a table."))
        stop = self._stop()
        self.paper.setTabStopDistance(stop)
        for label, column in zip(self.heads, self.columns, strict=True):
            label.setText("" if column.silent else words.field(column.name))
            label.setFixedWidth(stop)

    def _stop(self) -> int:
        """Room for a day or an amount of six figures, and for the heads in this language."""
        heads = (self.fontMetrics().horizontalAdvance(each.text()) for each in self.heads)
        wide = self.fontMetrics().horizontalAdvance("2026-12-31")
        return max(wide + Space.SMALL, *(each for each in heads), 0)

    def minimumSizeHint(self) -> QSize:  # noqa: N802
        return QSize(200, super().minimumSizeHint().height())


def _cells(line: str) -> list[str]:
    """What stands in a line: apart by tabs or semicolons, else by spaces, else by commas."""
    for mark in (_MARKS, _SPACES, _COMMAS):
        cells = [each.strip() for each in mark.split(line.strip())]
        if len(cells) > 1:
            return [each for each in cells if each]
    return [line.strip()]
