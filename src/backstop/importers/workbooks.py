"""XLSX and XLS files as tables of text. Formulas and macros are never run: values alone are read.

A packed file is looked through before it is read: how large it becomes, and how far its cells
reach, since a reader sets aside room for all cells up to the last.
"""

import re
import struct
import zipfile
import zlib
from datetime import date, datetime, time, timedelta
from io import BytesIO
from typing import TYPE_CHECKING

from backstop.domain import BadInput, message
from backstop.importers.cells import MOST_RECORDS, Record, Table
from backstop.importers.compound import check_compound
from backstop.importers.decoding import check_size, too_large
from backstop.work import current_work

if TYPE_CHECKING:
    from python_calamine import CalamineSheet, CalamineWorkbook

MAGIC = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MOST_UNPACKED = 400_000_000
_MOST_CELLS = 40_000_000
_CELL = re.compile(rb'r="([A-Z]{1,3})([0-9]{1,7})"')
_CHUNK = 1 << 20
_EXACT = 2**53
_DAMAGED = (OSError, ValueError, RuntimeError, EOFError, LookupError, zlib.error, struct.error)
Value = int | float | str | bool | time | date | datetime | timedelta


def is_workbook(data: bytes) -> bool:
    """Whether these bytes are a spreadsheet of Excel's, by what they hold and not by a name."""
    if data.startswith(MAGIC[1]):
        return True
    return data.startswith(MAGIC[0]) and b"[Content_Types].xml" in data and b"xl/" in data


def tables_of_workbook(data: bytes) -> list[Table]:
    """The tables of all sheets that hold any cell; `BadInput` for what cannot be opened."""
    check_size(len(data))
    if data.startswith(MAGIC[0]):
        _check_packed(data)
    else:
        _check_old(data)
    from python_calamine import CalamineWorkbook

    try:
        return [_table(each) for each in _sheets(CalamineWorkbook.from_filelike(BytesIO(data)))]
    except BadInput:
        raise
    except BaseException as error:  # a panic of the reader is no Exception
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _unreadable() from error
        raise


def _sheets(book: "CalamineWorkbook") -> list["CalamineSheet"]:
    return [book.get_sheet_by_name(each.name) for each in book.sheets_metadata[:50]]


def _table(sheet: "CalamineSheet") -> Table:
    records: list[Record] = []
    start = sheet.start
    if start is None:
        return Table(records)
    for number, values in enumerate(sheet.iter_rows()):
        if number % 4096 == 0:
            current_work().check()
        cells = [as_text(each) for each in values]
        if any(cells):
            records.append(Record(number + 1, cells))
        if len(records) > MOST_RECORDS:
            raise too_large()
    return Table(records)


def as_text(value: Value) -> str:
    """A cell as a bank would have printed it; a number beyond what a cell holds exactly is none."""
    if isinstance(value, str):
        return value.translate(_PLAIN)
    if isinstance(value, datetime):
        return (value + timedelta(microseconds=500_000)).isoformat(" ", "seconds")
    if isinstance(value, (float, int)) and not isinstance(value, bool):
        return _number(value)
    return str(value)


_PLAIN = {number: None for number in range(32) if number not in (9, 10)}


def _number(value: float) -> str:
    if not abs(value) < _EXACT:  # neither too large, nor no number at all
        return ""
    if value == int(value):
        return str(int(value))
    cents = f"{value:.2f}"
    return cents if abs(float(cents) - value) < 1e-9 * max(1, abs(value)) else f"{value:.12g}"


def _check_packed(data: bytes) -> None:
    """Raises `BadInput` for a bomb: too much when unpacked, or cells that reach too far."""
    size = 0
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            infos = packed.infolist()
            if len(infos) > 5000 or sum(each.file_size for each in infos) > MOST_UNPACKED:
                raise too_large()
            for each in infos:
                size += _looked_through(packed, each)
                if size > MOST_UNPACKED:
                    raise too_large()
    except (zipfile.BadZipFile, *_DAMAGED) as error:
        raise _unreadable() from error


def _check_old(data: bytes) -> None:
    """The same for the older kind of file."""
    try:
        check_compound(data)
    except _DAMAGED as error:  # also what is too short for what it says
        raise _unreadable() from error


def _looked_through(packed: zipfile.ZipFile, info: zipfile.ZipInfo) -> int:
    size, widest, last = 0, 0, 0
    is_sheet = info.filename.endswith(".xml") and "worksheets/" in info.filename
    with packed.open(info) as file:
        while chunk := file.read(_CHUNK):
            current_work().check()
            size += len(chunk)
            if size > MOST_UNPACKED:
                raise too_large()
            if is_sheet:
                found = _CELL.findall(chunk)
                widest = max([widest, *(map(_column, {each[0] for each in found}))])
                last = max([last, *(int(each[1]) for each in found[-1:] + found[:1])])
                if widest * last > _MOST_CELLS:
                    raise too_large()
    return size


def _column(letters: bytes) -> int:
    number = 0
    for each in letters:
        number = number * 26 + each - 64
    return number


def _unreadable() -> BadInput:
    said = "This spreadsheet cannot be opened. Save it again, or export it as CSV."
    return BadInput(message(said))
