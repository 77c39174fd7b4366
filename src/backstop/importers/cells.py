"""Tables of text cells, with the line of the file that each record came from."""

import csv
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from io import StringIO
from typing import NamedTuple

from backstop.importers.decoding import Decoded, too_large
from backstop.importers.rows import LONGEST_TEXT
from backstop.work import current_work, watched

MOST_RECORDS = 1_100_000
DELIMITERS = (",", "\t", ";", "|")
_LONGEST_RECORD = 30
"""Lines over which one quoted cell may run."""
_LOOKED_AT = 60
_MOST_CELLS = 131_072
_CHUNK = 1 << 22
_EVERY = 2048
_QUOTED = re.compile(r'"[^"]*"|\t(?=,)')
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f]")


class Record(NamedTuple):
    """The cells of one record, as they stand in the file, and its line."""

    line: int
    cells: list[str]


@dataclass(frozen=True)
class Table:
    """All records of one table that hold anything; `encoding` is empty for a workbook."""

    records: list[Record]
    encoding: str = ""
    delimiter: str = ""


def table_of_text(text: Decoded, delimiter: str = "") -> Table:
    """The records of a CSV file."""
    lines = _repaired(text.text).split("\n")
    if len(lines) > MOST_RECORDS:
        raise too_large()
    mark = delimiter or guessed_delimiter(lines)
    records = [each for each in _records(lines, mark) if any(map(str.strip, each.cells))]
    return Table(records, text.encoding, mark)


def _repaired(text: str) -> str:
    """Without control characters, carriage returns, and tabs that hide an opening quote."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    parts = []
    for start in range(0, len(lines), _CHUNK):
        current_work().check()
        parts.append(_CONTROL.sub("", lines[start : start + _CHUNK]))
    return "".join(parts).replace(',\t"', ',"')


def guessed_delimiter(lines: list[str]) -> str:
    """The separator of which most lines have as many as another, and as many as can be."""
    looked = [_QUOTED.sub("", each) for each in lines[: _LOOKED_AT * 4] if each.strip()]
    return max(DELIMITERS, key=lambda each: _evenness(looked, each))


def _evenness(lines: list[str], delimiter: str) -> int:
    counts = [each.count(delimiter) for each in lines]
    return max((counts.count(each) * min(each, 8) for each in set(counts)), default=0)


def _records(lines: list[str], delimiter: str) -> Iterator[Record]:
    if not any(each.count('"') % 2 for each in lines) and max(map(len, lines)) < _MOST_CELLS:
        reader = csv.reader(watched(lines), delimiter=delimiter)
        yield from (Record(line, cells) for line, cells in enumerate(reader, start=1))
        return
    at = number = 0
    while at < len(lines):
        if number % _EVERY == 0:
            current_work().check()
            current_work().progress(at, len(lines))
        number += 1
        taken, cells = _one_record(lines, at, delimiter)
        yield Record(at + 1, cells)
        at += taken


def _one_record(lines: list[str], at: int, delimiter: str) -> tuple[int, list[str]]:
    """How many lines a record takes, and its cells; an open quote that never closes is no quote."""
    whole = lines[at][:_MOST_CELLS]
    most = _LONGEST_RECORD if whole.count('"') % 2 else 1
    for taken in range(1, most + 1):
        if taken > 1:
            if at + taken > len(lines):
                break
            whole = f"{whole}\n{lines[at + taken - 1]}"[:_MOST_CELLS]
        try:
            reader = csv.reader(StringIO(whole), delimiter=delimiter, strict=most > 1)
            return taken, next(reader, [])
        except csv.Error:
            continue
    return 1, [each.strip('"') for each in lines[at][:_MOST_CELLS].split(delimiter)]


@lru_cache(maxsize=4096)
def heading(cell: str) -> str:
    """A header cell as layouts are recognised by: plain widths, no blanks, small letters."""
    return "".join(unicodedata.normalize("NFKC", cell).split()).lower()


def kept(cell: str) -> str:
    """A cell as a row keeps it: without blanks at its ends or the mark that makes a cell text in a
    spreadsheet, and never longer than is shown."""
    text = cell.strip(_BLANKS)
    if text[:1] in _TEXT_MARKS:
        text = text[1:]
    return "" if text in _EMPTY else text[:LONGEST_TEXT]


_BLANKS = " \t\u3000\xa0\n"
_TEXT_MARKS = ("'", "`")
_EMPTY = ("/", "-", "--")
