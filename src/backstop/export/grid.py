"""Tables for spreadsheets: what somebody typed stays text there, whatever it begins with.

A spreadsheet takes a cell that begins with = + - @ for a formula, in CSV even inside quotes, and a
formula can fetch and send. In XLSX every cell has its kind and none is a formula. CSV knows no
kinds: there such a text gets an apostrophe before it (and so does a text that begins with one, so
that taking one apostrophe away gives every text back). Where the system has commas in its figures
a spreadsheet divides cells at semicolons, quotes or not, so each part after one counts as a
beginning; and what nobody sees, such as a direction mark, hides none. Figures are figures, negative
ones too.
"""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO

from backstop.domain.money import currency_of

Cell = str | int | Decimal | date | None
_UNSEEN = (
    r"\s\x00-\x1f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e"
    r"\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""Blanks, control characters, and what Unicode lets a screen pass over."""
_RUNS = re.compile(
    rf"(^|[;\t\r\n])(?='|[\t\r\n]|[{_UNSEEN}]*"
    r"[=+\-@\u2212\uff1d\uff0b\uff0d\uff20\ufe62\ufe63\ufe66\ufe6b])"
)
"""Before the beginnings that spreadsheets act on, the full-width and small forms among them."""
_DAY = "yyyy-mm-dd"


@dataclass(frozen=True)
class Sheet:
    """One table: a heading for each column, and rows of as many cells."""

    title: str
    head: tuple[str, ...]
    rows: Sequence[tuple[Cell, ...]]


def money(minor: int, currency: str) -> Decimal:
    """An amount as a figure in whole units of the currency."""
    return Decimal(minor).scaleb(-currency_of(currency).digits)


def to_csv(sheet: Sheet) -> bytes:
    """RFC 4180, UTF-8 with the mark by which spreadsheets know it."""
    text = StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    for row in (sheet.head, *sheet.rows):
        writer.writerow([_as_text(each) for each in row])
    return text.getvalue().encode("utf-8-sig")


def _as_text(cell: Cell) -> str:
    match cell:
        case None:
            return ""
        case str():
            return _RUNS.sub(r"\1'", cell)
        case date():
            return cell.isoformat()
        case _:
            return str(cell)


def to_xlsx(sheets: Sequence[Sheet]) -> bytes:
    """A workbook without a formula, a link or a macro."""
    from xlsxwriter import Workbook  # takes a quarter of a second: not for CSV

    file = BytesIO()
    with Workbook(file, {"in_memory": True}) as book:
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": _DAY})
        figure = book.add_format({"num_format": "#,##0.00"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.title)
            page.freeze_panes(1, 0)
            for number, row in enumerate((sheet.head, *sheet.rows)):
                for place, cell in enumerate(row):
                    match cell:
                        case str():
                            page.write_string(number, place, cell, None if number else bold)
                        case date():
                            page.write_datetime(number, place, cell, day)
                        case Decimal():
                            page.write_number(number, place, cell, figure)
                        case int():
                            page.write_number(number, place, cell)
            page.autofit()
    return file.getvalue()
