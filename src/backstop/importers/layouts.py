"""A table with a known header, read row by row; what is no row is left aside, never lost."""

import re
from collections.abc import Callable, Iterable
from typing import NamedTuple

from backstop.domain import BadInput, Message
from backstop.importers.amounts import minor_units
from backstop.importers.cells import Record, Table, heading
from backstop.importers.mapping import RowReader, headings_of
from backstop.importers.rows import Balance, Reading, Refused, Row, Stated
from backstop.work import watched

LOOKED_AT = 200
"""Records in which a header is looked for."""
_FIGURE = re.compile(r"[0-9]")
_DASHES = re.compile(r"-{4,}")
_ROWS = re.compile(r"共([0-9]+)笔")
_TOTAL = re.compile(
    r"(?<!待)(收入|支出|不计收支|其他|中性交易)[:：]\s*[0-9]+笔[,，\s]*([0-9.,]+)元"
)
_SIDES = {"收入": "incoming", "支出": "outgoing"}
_ACCOUNT = re.compile(r"(?:支付宝账户|微信昵称|账号|卡号)[:：]\s*\[?([^\],\s]+)")


class Layout(NamedTuple):
    """One format of tables. `needs` are the headings that only it has together; `bind` makes the
    reader of its rows from the place of each heading."""

    key: str
    title: Message
    needs: frozenset[str]
    bind: Callable[[dict[str, int]], RowReader]
    currency: str = "CNY"


def needed(*headings: str) -> frozenset[str]:
    """Headings as they are compared."""
    return frozenset(map(heading, headings))


def header_in(table: Table, layouts: Iterable[Layout]) -> tuple[int, Layout] | None:
    """Which record is the header of which layout, by its cells; the layout that needs most."""
    known = sorted(layouts, key=lambda each: -len(each.needs))
    for at, record in enumerate(table.records[:LOOKED_AT]):
        cells = set(map(heading, record.cells))
        for layout in known:
            if layout.needs <= cells:
                return at, layout
    return None


def read_table(table: Table, at: int, layout: Layout) -> Reading:
    """All rows after the header at this place, and what the lines around them state."""
    header = table.records[at].cells
    reader = layout.bind(headings_of(header))
    rows, refused, notes = read_records(table.records[at + 1 :], reader, len(header))
    around = "\n".join(",".join(each.cells) for each in [*table.records[:at], *notes])
    account = _ACCOUNT.search(around)
    return Reading(
        layout=layout.key,
        rows=tuple(rows),
        refused=tuple(refused),
        stated=_stated(around),
        account=account[1] if account else "",
        currency=layout.currency,
        encoding=table.encoding,
        closing=closing_of(rows),
    )


def closing_of(rows: list[Row]) -> Balance | None:
    """What the account holds at the end: the balance of the newest row, from above or below."""
    known = [each for each in rows if each.balance is not None]
    if not known:
        return None
    newest = known[-1] if known[0].day <= known[-1].day else known[0]
    return Balance(newest.day, newest.balance or 0)


def read_records(
    records: list[Record], reader: RowReader, width: int
) -> tuple[list[Row], list[Refused], list[Record]]:
    """Rows, refused lines, and lines that are no rows but notes between or after them."""
    rows: list[Row] = []
    refused: list[Refused] = []
    notes: list[Record] = []
    for number, (line, cells) in enumerate(watched(records)):
        try:
            rows.append(reader(line, cells))
        except BadInput as fault:
            if _DASHES.match(cells[0].strip()):
                notes.extend(records[number:])
                break
            if _is_note(cells, width):
                notes.append(Record(line, cells))
            else:
                refused.append(Refused(line, fault.message))
    return rows, refused, notes


def _is_note(cells: list[str], width: int) -> bool:
    """Whether a record that cannot be read was never a row: without figures, or a total."""
    filled = [each.strip() for each in cells if each.strip()]
    if not any(map(_FIGURE.search, filled)):
        return True
    first = filled[0]
    return len(filled) <= max(3, width // 3) and not _FIGURE.match(first)


def _stated(text: str) -> Stated:
    count = _ROWS.search(text)
    sums = dict.fromkeys(("incoming", "outgoing", "neutral"), None) | {
        _SIDES.get(match[1], "neutral"): _amount(match[2]) for match in _TOTAL.finditer(text)
    }
    return Stated(int(count[1]) if count else None, **sums)


def _amount(text: str) -> int | None:
    try:
        return minor_units(text)
    except BadInput:
        return None
