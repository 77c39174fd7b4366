"""What can be chosen of a mapping in a form: how the table is written, and which column is what."""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec

from backstop.importers import DayOrder, Mapping, Sign, guessed_again
from backstop.importers.cells import Record
from backstop.importers.mapping import NONE
from backstop.services.looking import File
from backstop.services.statements import Asked, Preview

NO_COLUMN = NONE
TEXT, MORE_TEXT = "text", "more_text"
PARTS = (
    ("day", "Day"),
    ("amount", "Amount"),
    ("incoming", "Money in"),
    ("outgoing", "Money out"),
    ("word", "In or out, as a word"),
    ("balance", "Balance"),
    ("counterparty", "Counterparty"),
    (TEXT, "Text"),
    (MORE_TEXT, "More text"),
    ("currency", "Currency"),
)
"""Fields of `Columns` with their English names; the text may stand in two columns."""
CHOICES = (
    (
        "days",
        "Order of the date",
        (
            (DayOrder.YEAR_FIRST.value, "year, month, day"),
            (DayOrder.DAY_FIRST.value, "day, month, year"),
            (DayOrder.MONTH_FIRST.value, "month, day, year"),
        ),
    ),
    ("mark", "Decimal mark", ((".", "point"), (",", "comma"))),
    (
        "sign",
        "Money out is",
        (
            (Sign.MINUS_IS_OUT.value, "below zero"),
            (Sign.MINUS_IS_IN.value, "above zero, as on cards"),
            (Sign.COLUMNS.value, "in a column of its own"),
            (Sign.WORD.value, "said by a word"),
        ),
    ),
)
"""Fields of `Mapping`, their English names, and what each may be."""
LAYOUT = (
    ("encoding", "Encoding"),
    ("delimiter", "Separator"),
    ("sheet", "Sheet"),
    ("header", "Header"),
)
"""Fields of `Mapping` that say where the table stands: another one gives other columns."""
_KINDS = {"days": DayOrder, "sign": Sign, "mark": str}
_ENCODINGS = (
    *("utf-8", "gb18030", "big5", "shift_jis", "euc_kr"),
    *("cp1252", "iso8859-2", "iso8859-15", "utf-16"),
)
_DELIMITERS = ((",", "comma"), (";", "semicolon"), ("\t", "tab"), ("|", "bar"))
_HEADERS = 40
_SHOWN_CELLS, _SHOWN_LETTERS = 4, 60


class Option(NamedTuple):
    """One thing to choose: its value, an English text, and what is shown as it stands."""

    value: object
    text: str
    shown: str = ""


def layout_options(preview: Preview, key: str) -> list[Option]:
    """What this part of the layout may be; at most one where there is nothing to choose."""
    mapping, tables = preview.mapping, preview.statement.tables
    match key:
        case "encoding":
            return [Option(each, "", each) for each in _encodings(mapping.encoding)]
        case "delimiter":
            known = _DELIMITERS if mapping.delimiter else ()
            return [Option(each, text) for each, text in known]
        case "sheet":
            return [Option(number, "", str(number + 1)) for number in range(len(tables))]
        case _:
            lines = [Option(e.line, "", f"{e.line}: {_begins(e)}") for e in _records(preview)]
            return [Option(0, "none"), *lines]


def _encodings(now: str) -> Sequence[str]:
    if not now:
        return ()
    return _ENCODINGS if now in _ENCODINGS else (now, *_ENCODINGS)


def _begins(record: Record) -> str:
    cells = [each.strip() for each in record.cells if each.strip()]
    return " \u00b7 ".join(cells[:_SHOWN_CELLS])[:_SHOWN_LETTERS]


def _records(preview: Preview) -> list[Record]:
    tables, sheet = preview.statement.tables, preview.mapping.sheet
    return tables[sheet].records[:_HEADERS] if sheet < len(tables) else []


def column_names(preview: Preview) -> list[str]:
    """The headings of the table, or as many empty ones as it has columns."""
    mapping = preview.mapping
    tables = preview.statement.tables
    table = tables[mapping.sheet] if mapping.sheet < len(tables) else None
    records = table.records if table else []
    header = next((each.cells for each in records if each.line == mapping.header), None)
    width = max((len(each.cells) for each in records[:100]), default=0)
    named = [each.strip()[:40] for each in header or []]
    return [*named, *[""] * (width - len(named))]


def column_of(mapping: Mapping, part: str) -> int:
    """The place of a part, `NO_COLUMN` where it has none."""
    texts = (*mapping.columns.text, NO_COLUMN, NO_COLUMN)
    if part in (TEXT, MORE_TEXT):
        return texts[part == MORE_TEXT]
    place: int = getattr(mapping.columns, part)
    return place


def with_column(mapping: Mapping, part: str, place: int) -> Mapping:
    """The mapping with a column at another place, or without it."""
    if part in (TEXT, MORE_TEXT):
        one, more = (column_of(mapping, each) for each in (TEXT, MORE_TEXT))
        one, more = (place, more) if part == TEXT else (one, place)
        found = tuple(dict.fromkeys(each for each in (one, more) if each >= 0))
        columns = msgspec.structs.replace(mapping.columns, text=(*found, *mapping.columns.text[2:]))
    else:
        columns = msgspec.structs.replace(mapping.columns, **{part: place})
    return msgspec.structs.replace(mapping, columns=columns)


def with_choice(mapping: Mapping, key: str, value: str) -> Mapping:
    """The mapping with another order of days, decimal mark or sign."""
    return msgspec.structs.replace(mapping, **{key: _KINDS[key](value)})


def with_layout(file: File, mapping: Mapping, key: str, value: object) -> Mapping:
    """The mapping with another encoding, separator, sheet or header, its columns guessed anew.
    Raises `BadInput` for text that is none in this encoding."""
    asked = msgspec.structs.replace(mapping, **{key: value})
    how = Asked(password=file.asked.password, mapping=asked)
    return guessed_again(file.data, how, keeps_header=key == "header")
