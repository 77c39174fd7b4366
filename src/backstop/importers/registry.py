"""All formats; which one a file is in, by what it holds and never by its name."""

from collections.abc import Callable
from typing import NamedTuple

import msgspec

from backstop.domain import BadInput, Message, message
from backstop.importers import alipay, banks, camt, mt940, ofx, qif, shops, wechat
from backstop.importers.archives import is_archive, unpacked
from backstop.importers.cells import Table, table_of_text
from backstop.importers.decoding import Decoded, decoded
from backstop.importers.guessing import Guess, guessed, guessed_below
from backstop.importers.layouts import Layout, closing_of, header_in, read_records, read_table
from backstop.importers.mapping import Mapping, reader_by
from backstop.importers.natures import classified
from backstop.importers.rows import Reading
from backstop.importers.workbooks import is_workbook, tables_of_workbook
from backstop.work import stage

LAYOUTS: tuple[Layout, ...] = (
    *alipay.LAYOUTS,
    *wechat.LAYOUTS,
    *banks.LAYOUTS,
    *shops.LAYOUTS,
)
TABLE = "table"
"""The key of a table without a known header, read by a mapping."""


class TextFormat(NamedTuple):
    """A format that is no table: what it looks like, and its reader."""

    key: str
    title: Message
    fits: Callable[[str], bool]
    read: Callable[[Decoded], Reading]


TEXT_FORMATS = (
    TextFormat(ofx.KEY, ofx.TITLE, ofx.is_ofx, ofx.read_ofx),
    TextFormat(camt.KEY, camt.TITLE, camt.is_camt, camt.read_camt),
    TextFormat(mt940.KEY, mt940.TITLE, mt940.is_mt940, mt940.read_mt940),
    TextFormat(qif.KEY, qif.TITLE, qif.is_qif, qif.read_qif),
)
TITLES: dict[str, Message] = {
    **{each.key: each.title for each in LAYOUTS},
    **{each.key: each.title for each in TEXT_FORMATS},
    TABLE: message("another table, by its columns"),
}


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """What an owner says of a file: its password, its format, its mapping, its encoding.

    `currency` is the book's: files that name none are in it.
    """

    password: str = ""
    layout: str = ""
    mapping: Mapping | None = None
    encoding: str = ""
    currency: str = ""


class Statement(msgspec.Struct, frozen=True, kw_only=True):
    """A file that was read. `tables`, `guess` and the `mapping` that was used are there for a
    mapping to be changed."""

    reading: Reading
    tables: tuple[Table, ...] = ()
    guess: Guess | None = None
    mapping: Mapping | None = None


NOTHING_ASKED = Asked()


def read_statement(data: bytes, asked: Asked = NOTHING_ASKED) -> Statement:
    """What a file of any known kind says, rows classified; raises `BadInput` where it is none."""
    if is_archive(data):
        data = unpacked(data, asked.password).data
    with stage(0, 80):
        found = _read(data, asked)
    reading = found.reading
    if not reading.rows and not reading.refused:
        raise BadInput(message("There are no rows in this statement."))
    with stage(80, 100):
        rows = classified(reading.rows)
    return msgspec.structs.replace(found, reading=msgspec.structs.replace(reading, rows=rows))


def guessed_again(data: bytes, asked: Asked, *, keeps_header: bool) -> Mapping:
    """The asked mapping with columns, marks and sign guessed anew from its encoding, separator and
    sheet, and with the header it says or a guessed one; as it was where they cannot be. Raises
    `BadInput`, as reading does."""
    mapping = asked.mapping
    assert mapping is not None
    if is_archive(data):
        data = unpacked(data, asked.password).data
    if is_workbook(data):
        tables = tables_of_workbook(data)
    else:
        tables = [table_of_text(_text(data, mapping.encoding), mapping.delimiter)]
    if mapping.sheet >= len(tables):
        raise BadInput(message("This file has no such sheet."))
    table = tables[mapping.sheet]
    found = guessed_below(table, mapping.header) if keeps_header else guessed([table])
    if found is None:
        return mapping
    return msgspec.structs.replace(
        found.mapping,
        encoding=mapping.encoding,
        delimiter=mapping.delimiter,
        sheet=mapping.sheet,
        currency=mapping.currency,
    )


def _read(data: bytes, asked: Asked) -> Statement:
    if is_workbook(data):
        with stage(0, 50):
            sheets = tables_of_workbook(data)
        return _of_tables(sheets, asked)
    mapping = asked.mapping
    text = _text(data, asked.encoding or (mapping.encoding if mapping else ""))
    for each in () if mapping else TEXT_FORMATS:
        if asked.layout == each.key or (not asked.layout and each.fits(text.text)):
            return Statement(reading=each.read(text))
    with stage(0, 50):
        table = table_of_text(text, mapping.delimiter if mapping else "")
    return _of_tables([table], asked)


def _text(data: bytes, encoding: str) -> Decoded:
    if data.startswith((b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"SQLite format 3")):
        raise BadInput(message("This file is no statement. Export one as CSV, XLSX or OFX."))
    return decoded(data, encoding)


def _of_tables(tables: list[Table], asked: Asked) -> Statement:
    with stage(50, 100):
        return _read_by(tables, asked)


def _read_by(tables: list[Table], asked: Asked) -> Statement:
    if asked.mapping is None and asked.layout != TABLE:
        layouts = [each for each in LAYOUTS if asked.layout in ("", each.key)]
        for table in tables:
            if found := header_in(table, layouts):
                return Statement(reading=read_table(table, *found))
        if asked.layout:
            raise _not_that(asked.layout)
    return _mapped(tables, asked)


def _mapped(tables: list[Table], asked: Asked) -> Statement:
    guess = guessed(tables, asked.currency)
    mapping = asked.mapping or (guess.mapping if guess else None)
    if mapping is None:
        raise BadInput(message("No column of days and no column of amounts is found in this file."))
    if mapping.sheet >= len(tables):
        raise BadInput(message("This file has no such sheet."))
    return Statement(
        reading=by_mapping(tables[mapping.sheet], mapping),
        tables=tuple(tables),
        guess=guess,
        mapping=mapping,
    )


def by_mapping(table: Table, mapping: Mapping) -> Reading:
    """The rows of a table below its header, read by a mapping."""
    records = [each for each in table.records if each.line > mapping.header]
    width = max((len(each.cells) for each in records), default=0)
    rows, refused, _ = read_records(records, reader_by(mapping), width)
    return Reading(
        layout=TABLE,
        rows=tuple(rows),
        refused=tuple(refused),
        currency=mapping.currency,
        encoding=table.encoding,
        closing=closing_of(rows),
    )


def _not_that(key: str) -> BadInput:
    if key not in TITLES:
        known = ", ".join(TITLES)
        return BadInput(message("“{key}” is no format. Use one of: {known}.", key=key, known=known))
    return BadInput(message("This file is not in the format “{format}”.", format=TITLES[key]))
