"""Mappings as an owner writes them: `date=Buchungstag`, `amount=4`, `decimal=comma`."""

from collections.abc import Sequence
from typing import Any

import msgspec

from backstop.domain import BadInput, message
from backstop.importers import Columns, DayOrder, Mapping, Sign, Statement
from backstop.importers.cells import Table, heading
from backstop.importers.mapping import NONE

COLUMN_WORDS = {
    "date": "day",
    "time": "time",
    "amount": "amount",
    "in": "incoming",
    "out": "outgoing",
    "word": "word",
    "balance": "balance",
    "who": "counterparty",
    "kind": "category",
    "source": "source",
    "status": "status",
    "number": "id",
    "currency": "currency",
}
"""What an owner calls a column, and the field of `Columns`."""
_DAYS = {each.value: each for each in DayOrder}
_MARKS = {"point": ".", "comma": ","}
_SIGNS = {each.value: each for each in Sign}
_DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
_KNOWN = (
    *COLUMN_WORDS,
    *("text", "header", "days", "decimal", "sign", "encoding", "delimiter", "sheet"),
)


def encoding_said(said: Sequence[str]) -> str:
    """The encoding, which has to be known before a file can be guessed at; empty where none is."""
    return dict(map(_pair, said)).get("encoding", "")


def mapping_said(said: Sequence[str], found: Statement) -> Mapping:
    """The guessed mapping, changed as said; raises `BadInput` for words that are not known."""
    pairs = [_pair(each) for each in said]
    guess = found.guess.mapping if found.guess else None
    sheet = next((_number("sheet", value) - 1 for key, value in pairs if key == "sheet"), None)
    sheet = sheet if sheet is not None else (guess.sheet if guess else 0)
    if not 0 <= sheet < len(found.tables):
        raise BadInput(message("This file has no such sheet."))
    table = found.tables[sheet]
    line = next((_number("header", value) for key, value in pairs if key == "header"), None)
    line = line if line is not None else (guess.header if guess else _first_line(table))
    heads = _heads(table, line)
    columns, settings = _changes(pairs, heads)
    base = msgspec.structs.asdict(guess.columns) if guess else {}
    merged: dict[str, Any] = {**base, **columns}
    if "day" not in merged:
        raise BadInput(message("Say which column has the days: --map date=HEADING."))
    settings |= _sign_of(columns, settings)
    made = guess or Mapping(columns=Columns(**merged), encoding="", delimiter="")
    return msgspec.structs.replace(
        made, columns=Columns(**merged), header=line, sheet=sheet, **settings
    )


def _changes(
    pairs: Sequence[tuple[str, str]], heads: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    columns: dict[str, Any] = {}
    settings: dict[str, Any] = {}
    for key, value in pairs:
        match key:
            case "days":
                settings["days"] = _choice(_DAYS, key, value)
            case "decimal":
                settings["mark"] = _choice(_MARKS, key, value)
            case "sign":
                settings["sign"] = _choice(_SIGNS, key, value)
            case "encoding":
                settings["encoding"] = value
            case "delimiter":
                settings["delimiter"] = _choice(_DELIMITERS, key, value)
            case "header" | "sheet":
                pass
            case "text":
                columns["text"] = (*columns.get("text", ()), _place(value, heads))
            case _:
                columns[COLUMN_WORDS[key]] = _place(value, heads) if value else NONE
    return columns, settings


def _sign_of(columns: dict[str, Any], settings: dict[str, Any]) -> dict[str, Any]:
    """The sign that follows from which columns were named."""
    if "sign" in settings:
        return {}
    if {"incoming", "outgoing"} <= columns.keys():
        return {"sign": Sign.COLUMNS}
    if "word" in columns:
        return {"sign": Sign.WORD}
    return {"sign": Sign.MINUS_IS_OUT} if "amount" in columns else {}


def _pair(said: str) -> tuple[str, str]:
    key, equals, value = said.partition("=")
    if not equals or key.strip() not in _KNOWN:
        text = "“{said}” is not of the form KEY=VALUE with one of these keys: {known}."
        raise BadInput(message(text, said=said[:60], known=", ".join(_KNOWN)))
    return key.strip(), value.strip()


def _choice(choices: dict[str, Any], key: str, value: str) -> Any:
    if value not in choices:
        text = "“{value}” cannot be said of {key}. Use one of: {known}."
        raise BadInput(message(text, value=value[:40], key=key, known=", ".join(choices)))
    return choices[value]


def _number(key: str, value: str) -> int:
    if not value.isdecimal():
        raise BadInput(message("{key} is a number, such as {key}=1.", key=key))
    return int(value)


def _first_line(table: Table) -> int:
    return table.records[0].line if table.records else 0


def _heads(table: Table, line: int) -> list[str]:
    cells = next((each.cells for each in table.records if each.line == line), [])
    return [heading(each) for each in cells]


def _place(value: str, heads: Sequence[str]) -> int:
    """The place of a column by its heading, or by its number from 1."""
    if heading(value) in heads:
        return heads.index(heading(value))
    if value.isdecimal() and 1 <= int(value) <= 500:
        return int(value) - 1
    text = "There is no column “{value}” in this file. Its columns are: {known}."
    raise BadInput(message(text, value=value[:40], known=", ".join(filter(None, heads)) or "1 …"))
