"""Tables in plain text that line up, Chinese characters included."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

from backstop.telling.widths import width

GAP = "  "


@dataclass(frozen=True)
class Column:
    """A column's heading, and whether its cells stand flush right."""

    heading: str
    right: bool = False


def padded(text: str, cells: int, *, right: bool = False) -> str:
    """Text filled up with spaces to so many cells; wider text as it is."""
    space = " " * max(0, cells - width(text))
    return space + text if right else text + space


def plain(text: str) -> str:
    """Text that cannot move the cursor or break a line."""
    if text.isprintable():
        return text
    return "".join(c if unicodedata.category(c)[0] != "C" else " " for c in text)


def table(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table: headings, a rule, the rows."""
    cells = [[each.heading for each in columns], *([plain(c) for c in row] for row in rows)]
    widths = [max(width(row[i]) for row in cells) for i in range(len(columns))]
    lines = [_line(columns, row, widths) for row in cells]
    rule = GAP.join("─" * each for each in widths)
    return [lines[0], rule, *lines[1:]]


def block(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> list[str]:
    """The table after an empty line; nothing where it has no rows."""
    return ["", *table(columns, rows)] if rows else []


def _line(columns: Sequence[Column], row: Sequence[str], widths: Sequence[int]) -> str:
    parts = [
        padded(cell, cells, right=column.right)
        for column, cell, cells in zip(columns, row, widths, strict=True)
    ]
    return GAP.join(parts).rstrip()
