"""Which column of a table is what, and how its figures and days are written."""

import re
from collections.abc import Callable
from collections.abc import Mapping as MappingOf
from enum import StrEnum

import msgspec

from backstop.domain import BadInput, message
from backstop.domain.figures import LONGEST_SHOWN
from backstop.importers.amounts import digits_of, minor_units
from backstop.importers.cells import heading, kept
from backstop.importers.moments import DayOrder, moment_of
from backstop.importers.rows import Direction, Row, Standing
from backstop.importers.vocabulary import IN_WORDS, OUT_WORDS

NONE = -1
"""The place of a column that the table does not have."""


class Sign(StrEnum):
    """What tells money in from money out."""

    MINUS_IS_OUT = "minus"
    MINUS_IS_IN = "plus"
    COLUMNS = "columns"
    WORD = "word"


class Columns(msgspec.Struct, frozen=True, kw_only=True):
    """The place of each column, from 0; `NONE` for one that is missing. `text` may be several."""

    day: int
    time: int = NONE
    amount: int = NONE
    incoming: int = NONE
    outgoing: int = NONE
    word: int = NONE
    balance: int = NONE
    counterparty: int = NONE
    text: tuple[int, ...] = ()
    category: int = NONE
    source: int = NONE
    status: int = NONE
    id: int = NONE
    order: int = NONE
    currency: int = NONE
    account: int = NONE


class Mapping(msgspec.Struct, frozen=True, kw_only=True):
    """How to read a table that nobody described. `header` is the line of its header, 0 for none.

    `encoding` and `delimiter` are empty for a workbook; `sheet` counts its sheets from 0.
    """

    columns: Columns
    header: int = 0
    days: DayOrder = DayOrder.YEAR_FIRST
    mark: str = "."
    sign: Sign = Sign.MINUS_IS_OUT
    encoding: str = ""
    delimiter: str = ""
    sheet: int = 0
    currency: str = ""


RowReader = Callable[[int, list[str]], Row]
"""Takes a line and its cells; raises `BadInput` with the reason."""


def columns_named(header: MappingOf[str, int], **names: tuple[str, ...]) -> Columns:
    """The columns with these headings: the first that is there of each; of `text`, all."""
    found: dict[str, int | tuple[int, ...]] = {}
    for role, headings in names.items():
        places = [header[each] for each in headings if each in header]
        if role == "text":
            found["text"] = tuple(places)
        elif places:
            found[role] = places[0]
    return msgspec.convert(found, Columns)


def headings_of(cells: list[str]) -> dict[str, int]:
    """The place of each heading; the first of two that are the same."""
    found: dict[str, int] = {}
    for place, cell in enumerate(cells):
        found.setdefault(heading(cell), place)
    return found


def reader_by(mapping: Mapping) -> RowReader:
    """What reads one row by a mapping; raises `BadInput` for one that lacks what it needs."""
    _check(mapping)
    at, order = mapping.columns, mapping.days
    change = _change_by(mapping)
    widest = _widest(at)
    usual = digits_of(mapping.currency)

    def read(line: int, cells: list[str]) -> Row:
        if len(cells) <= widest:
            cells = cells + [""] * (widest + 1 - len(cells))
        currency = _code(kept(cells[at.currency])) if at.currency >= 0 else mapping.currency
        digits = digits_of(currency) if at.currency >= 0 else usual
        moment = moment_of(cells[at.day].strip(), order)
        amount = change(cells, digits)
        return Row(
            line=line,
            day=moment.day,
            time=moment.time or _cell(cells, at.time),
            amount=abs(amount),
            direction=Direction.OUT if amount < 0 else Direction.IN,
            counterparty=_cell(cells, at.counterparty),
            text=" ".join(filter(None, (kept(cells[each]) for each in at.text))),
            category=_cell(cells, at.category),
            source=_cell(cells, at.source),
            status=_cell(cells, at.status),
            standing=_standing(_cell(cells, at.status)),
            id=_cell(cells, at.id),
            order=_cell(cells, at.order),
            account=_cell(cells, at.account),
            currency=currency,
            balance=_balance(cells, at.balance, mapping.mark, digits),
        )

    return read


def _check(mapping: Mapping) -> None:
    at, sign = mapping.columns, mapping.sign
    if at.day < 0:
        raise BadInput(message("Choose the column of the days."))
    if sign is Sign.COLUMNS and at.incoming < 0 and at.outgoing < 0:
        raise BadInput(message("Choose the columns of money in and money out."))
    if sign is not Sign.COLUMNS and at.amount < 0:
        raise BadInput(message("Choose the column of the amounts."))
    if sign is Sign.WORD and at.word < 0:
        raise BadInput(message("Choose the column whose word says in or out."))


def _widest(columns: Columns) -> int:
    """The last place that is looked at."""
    places: list[int] = [
        getattr(columns, name) for name in Columns.__struct_fields__ if name != "text"
    ]
    return max([*places, *columns.text])


def _cell(cells: list[str], place: int) -> str:
    return kept(cells[place]) if place >= 0 else ""


_PENDING = re.compile(r"pending|processing|uncleared|vorgemerkt|待|处理中|處理中", re.IGNORECASE)
_NEVER = re.compile(
    r"fail|declin|cancel|revert|reject|abgelehnt|storniert|失败|失敗|关闭|撤销|取消", re.IGNORECASE
)


def _standing(status: str) -> Standing:
    """What became of a payment by the bank's own word for it."""
    if not status:
        return Standing.DONE
    if _NEVER.search(status):
        return Standing.CLOSED
    return Standing.PENDING if _PENDING.search(status) else Standing.DONE


_CURRENCIES = {"人民币": "CNY", "人民币元": "CNY", "rmb": "CNY", "美元": "USD", "港币": "HKD"}


def _code(cell: str) -> str:
    return _CURRENCIES.get(cell.lower(), cell.upper()[:3] if cell.isascii() else "")


def _balance(cells: list[str], place: int, mark: str, digits: int) -> int | None:
    """What the account holds; a balance that cannot be read is none, and spoils no row."""
    if place < 0:
        return None
    try:
        return minor_units(cells[place].strip(), mark, digits)
    except BadInput:
        return None


def _change_by(mapping: Mapping) -> Callable[[list[str], int], int]:
    """What reads the signed amount of one row."""
    at, mark = mapping.columns, mapping.mark
    if mapping.sign is Sign.COLUMNS:
        return lambda cells, digits: _of_two(
            _cell(cells, at.incoming), _cell(cells, at.outgoing), mark, digits
        )
    if mapping.sign is Sign.WORD:
        return lambda cells, digits: _by_word(cells[at.amount], cells[at.word], mark, digits)
    way = -1 if mapping.sign is Sign.MINUS_IS_IN else 1
    return lambda cells, digits: way * minor_units(cells[at.amount].strip(), mark, digits)


def _of_two(incoming: str, outgoing: str, mark: str, digits: int) -> int:
    """In or out by the column that is filled; 0.00 in the other one is as good as nothing.

    Some banks print what goes out as negative, some do not: the column decides. A negative amount
    in the column of what comes in takes back what came.
    """
    came = minor_units(incoming, mark, digits) if incoming else 0
    went = minor_units(outgoing, mark, digits) if outgoing else 0
    if not incoming and not outgoing:
        raise BadInput(message("There is no amount in this row."))
    if came and went:
        raise BadInput(message("This row has an amount in and an amount out. Only one can be."))
    return came - abs(went)


def _by_word(amount: str, word: str, mark: str, digits: int) -> int:
    said = heading(word)
    size = abs(minor_units(amount.strip(), mark, digits))
    if said in OUT_WORDS:
        return -size
    if said in IN_WORDS:
        return size
    reason = "“{word}” says neither that money came in nor that it went out."
    raise BadInput(message(reason, word=word.strip()[:LONGEST_SHOWN]))
