"""Columns of a statement's rows, of suggestions, and of the statements that a book keeps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from backstop.desktop.tables.columns import TableColumn, money_column
from backstop.domain import KeptStatement
from backstop.services.learning import LearntRule
from backstop.services.looking import FATES, Fate, ShownRow, row_said
from backstop.services.pairing import KeptPair
from backstop.services.statements import title_of
from backstop.services.suggesting import Suggestion
from backstop.telling import Words

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

_TONES = {Fate.REFUSED: "danger", Fate.MAYBE: "careful", Fate.NEW: "", Fate.PAIR: "careful"}


@dataclass(frozen=True)
class KeptRowShown:
    """A statement that the book keeps, and how many rows of it."""

    file: KeptStatement
    rows: int


def statement_columns(context: Context) -> list[TableColumn[ShownRow]]:
    """Day, counterparty, text, amount, and what becomes of the row."""

    def currency() -> str:
        return context.book.currency

    return [
        TableColumn("Day", _day, sort=lambda row: (row.day is None, row.day or row.line)),
        TableColumn("Counterparty", _name, sort=lambda row: row.name, tip=_name, stretch=True),
        TableColumn("Text", _text, sort=lambda row: row.text, tip=_text, spare=3),
        money_column("Amount", lambda row: row.change, currency),
        TableColumn("What becomes of it", _fate, sort=lambda row: row.fate.value, tone=_tone),
    ]


def suggestion_columns() -> list[TableColumn[Suggestion]]:
    """What is suggested, and why."""
    return [
        TableColumn("Suggested", _said, sort=lambda row: row.kind.value, tip=_said, stretch=True),
        TableColumn("Evidence", _evidence, sort=lambda row: len(row.rows), tone=_muted),
    ]


def pair_columns(context: Context) -> list[TableColumn[KeptPair]]:
    """Day, amount, the two rows, and what is said of them."""

    def currency() -> str:
        return context.book.currency

    return [
        TableColumn("Day", _pair_day, sort=lambda row: row.pair.new.day),
        money_column("Amount", lambda row: row.pair.new.amount, currency),
        TableColumn("One row", _one, sort=lambda row: row.key, tip=_one, stretch=True),
        TableColumn("The other row", _other, sort=lambda row: row.key, tip=_other, stretch=True),
        TableColumn("What they are", _pair_said, sort=lambda row: row.is_decided, tone=_pair_tone),
    ]


def rule_columns() -> list[TableColumn[LearntRule]]:
    """Whose name stands for what, and since when."""
    return [
        TableColumn("In statements", _printed, sort=lambda row: row.name, stretch=True),
        TableColumn("Is", _called, sort=lambda row: row.called, stretch=True),
        TableColumn("Times", _times, sort=lambda row: row.count, figures=True),
        TableColumn("Newest", _newest, sort=lambda row: row.newest),
    ]


def kept_columns() -> list[TableColumn[KeptRowShown]]:
    """Name, format, days and number of rows."""
    return [
        TableColumn("Statement", _file, sort=lambda row: row.file.name, tip=_file, stretch=True),
        TableColumn("Format", _format, sort=lambda row: row.file.layout, tone=_muted, spare=2),
        TableColumn("From", _from, sort=lambda row: row.file.first_day),
        TableColumn("Until", _until, sort=lambda row: row.file.last_day),
        TableColumn("Rows", _count, sort=lambda row: row.rows, figures=True, spare=1),
    ]


def _day(row: ShownRow, words: Words) -> str:
    if row.day is None:
        return words.say("line {number}", number=row.line)
    return words.day(row.day)


def _name(row: ShownRow, words: Words) -> str:
    return words.tell(row.reason) if row.reason else row.name


def _text(row: ShownRow, words: Words) -> str:
    return row.text


def _fate(row: ShownRow, words: Words) -> str:
    return words.tell(FATES[row.fate])


def _tone(row: ShownRow) -> str:
    return _TONES.get(row.fate, "muted")


def _said(row: Suggestion, words: Words) -> str:
    return words.tell(row.said)


def _evidence(row: Suggestion, words: Words) -> str:
    return words.tell(row.evidence)


def _muted(row: object) -> str:
    return "muted"


def _pair_day(row: KeptPair, words: Words) -> str:
    return words.day(row.pair.new.day)


def _one(row: KeptPair, words: Words) -> str:
    return row_said(row.pair.new)


def _other(row: KeptPair, words: Words) -> str:
    return row_said(row.pair.other)


def _pair_said(row: KeptPair, words: Words) -> str:
    return words.say("counted as one" if row.is_decided else "one movement or two?")


def _pair_tone(row: KeptPair) -> str:
    return "muted" if row.is_decided else "careful"


def _printed(row: LearntRule, words: Words) -> str:
    return row.printed


def _called(row: LearntRule, words: Words) -> str:
    return row.called


def _times(row: LearntRule, words: Words) -> str:
    return str(row.count)


def _newest(row: LearntRule, words: Words) -> str:
    return words.day(row.newest)


def _file(row: KeptRowShown, words: Words) -> str:
    return row.file.name


def _format(row: KeptRowShown, words: Words) -> str:
    return words.tell(title_of(row.file.layout))


def _from(row: KeptRowShown, words: Words) -> str:
    return words.day(row.file.first_day)


def _until(row: KeptRowShown, words: Words) -> str:
    return words.day(row.file.last_day)


def _count(row: KeptRowShown, words: Words) -> str:
    return str(row.rows)
