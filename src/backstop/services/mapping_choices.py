"""What can be chosen of a mapping in a form: columns, order of days, decimal mark, sign."""

import msgspec

from backstop.importers import DayOrder, Mapping, Sign
from backstop.importers.mapping import NONE
from backstop.services.statements import Preview

NO_COLUMN = NONE
PARTS = (
    ("day", "Day"),
    ("amount", "Amount"),
    ("incoming", "Money in"),
    ("outgoing", "Money out"),
    ("word", "In or out, as a word"),
    ("balance", "Balance"),
    ("counterparty", "Counterparty"),
)
"""Fields of `Columns` with their English names."""
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
_KINDS = {"days": DayOrder, "sign": Sign, "mark": str}


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


def with_column(mapping: Mapping, part: str, place: int) -> Mapping:
    """The mapping with a column at another place, or without it."""
    columns = msgspec.structs.replace(mapping.columns, **{part: place})
    return msgspec.structs.replace(mapping, columns=columns)


def with_choice(mapping: Mapping, key: str, value: str) -> Mapping:
    """The mapping with another order of days, decimal mark or sign."""
    return msgspec.structs.replace(mapping, **{key: _KINDS[key](value)})
