"""QIF, Quicken's lines of one letter each. It has no encoding, no currency and no order of days.

Entries of investments, categories and other lists are no payments and are told apart by their
`!Type:`. Parts of a split add up to their entry and are not read again.
"""

from typing import NamedTuple

from backstop.domain import BadInput, message
from backstop.importers.amounts import minor_units
from backstop.importers.cells import kept
from backstop.importers.decoding import Decoded
from backstop.importers.guessing import decimal_mark, order_of_days
from backstop.importers.moments import day_of
from backstop.importers.rows import Direction, Reading, Refused, Row
from backstop.work import watched

KEY, TITLE = "qif", message("QIF")
_CASH = frozenset(("bank", "cash", "ccard", "oth a", "oth l"))
_NO_AMOUNT = message("There is no amount in this row.")


class _Entry(NamedTuple):
    line: int
    account: str
    fields: dict[str, str]


def is_qif(text: str) -> bool:
    """Whether a text has QIF's header in its first lines."""
    return any(each.lower().startswith(("!type:", "!account")) for each in text[:5000].split("\n"))


def read_qif(file: Decoded) -> Reading:
    """The entries of all cash accounts, cards among them."""
    text, chosen = file
    entries = _entries(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    order, _ = order_of_days([each.fields.get("D", "") for each in entries])
    mark, _ = decimal_mark([each.fields.get("T", "") for each in entries])
    rows: list[Row] = []
    refused: list[Refused] = []
    for each in watched(entries):
        try:
            if "T" not in each.fields:
                raise BadInput(_NO_AMOUNT)
            amount = minor_units(each.fields["T"].strip(), mark)
            day = day_of(each.fields.get("D", "").strip(), order)
        except BadInput as fault:
            refused.append(Refused(each.line, fault.message))
            continue
        rows.append(
            Row(
                line=each.line,
                day=day,
                amount=abs(amount),
                direction=Direction.OUT if amount < 0 else Direction.IN,
                counterparty=kept(each.fields.get("P", "")),
                text=kept(each.fields.get("M", "")),
                category=kept(each.fields.get("L", "")),
                order=kept(each.fields.get("N", "")),
                account=each.account,
            )
        )
    return Reading(layout=KEY, rows=tuple(rows), refused=tuple(refused), encoding=chosen)


def _entries(lines: list[str]) -> list[_Entry]:
    found: list[_Entry] = []
    kind, account, naming = "", "", False
    fields: dict[str, str] = {}
    start = 0
    for number, text in enumerate([*lines, "^"], start=1):
        line = text.strip()
        if line.startswith("!"):
            header = line[1:].strip().lower()
            naming = header.startswith("account")
            if not naming and header.startswith("type:"):
                kind = header.removeprefix("type:").strip()
            fields = {}
        elif line == "^":
            if naming:
                account = fields.get("N", "")[:60]
            elif kind in _CASH and fields:
                found.append(_Entry(start, account, fields))
            fields = {}
        elif line:
            start = start if fields else number
            fields.setdefault(line[0], line[1:])
    return found
