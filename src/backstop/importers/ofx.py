"""OFX 1 (SGML), OFX 2 (XML) and QFX, read as tags without a grammar: banks keep to none.

The label of the encoding is not believed; the day is the one that is written, whatever zone stands
behind it. Closing tags may be missing, empty tags may be there. Source: OFX 2.3, section 11.4.
"""

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import NamedTuple

from backstop.domain import BadInput, Message, message
from backstop.importers.amounts import digits_of, minor_units
from backstop.importers.cells import kept
from backstop.importers.decoding import Decoded
from backstop.importers.moments import day_of
from backstop.importers.rows import Balance, Direction, Reading, Refused, Row
from backstop.work import current_work

KEY, TITLE = "ofx", message("OFX, QFX")
_TAG = re.compile(r"<(/?)([A-Za-z0-9_.]{1,40})>([^<]*)")
_DAY = re.compile(r"[0-9]{8}")
_ENTRY = ("STMTTRN",)


class _Tag(NamedTuple):
    line: int
    closes: bool
    name: str
    value: str


def is_ofx(text: str) -> bool:
    """Whether a text begins like OFX."""
    return "<OFX>" in text[:20_000].upper()


def read_ofx(file: Decoded) -> Reading:
    """All entries of all accounts in the file, each with the account that it is of."""
    return _Reader(file).reading()


def _tags(text: str) -> Iterator[_Tag]:
    line, at = 1, 0
    for number, match in enumerate(_TAG.finditer(text)):
        if number % 8192 == 0:
            current_work().check()
            current_work().progress(at, len(text))
        line += text.count("\n", at, match.start())
        at = match.start()
        yield _Tag(line, bool(match[1]), match[2].upper(), html.unescape(match[3]).strip())


class _Reader:
    """Gathers entries while it passes the tags once."""

    def __init__(self, text: Decoded) -> None:
        self.encoding = text.encoding
        self.rows: list[Row] = []
        self.refused: list[Refused] = []
        self.currency = self.account = self.balance = ""
        self.closing: Balance | None = None
        self._tags = _tags(text.text)

    def reading(self) -> Reading:
        entry: dict[str, str] | None = None
        line, within = 0, ""
        for tag in self._tags:
            if tag.name in _ENTRY:
                self._take(entry, line)
                entry, line = (None if tag.closes else {}), tag.line
            elif tag.name == "BANKTRANLIST" and tag.closes:
                self._take(entry, line)
                entry = None
            elif entry is not None and not tag.closes and tag.value:
                entry.setdefault(tag.name, tag.value)
            elif tag.name in ("LEDGERBAL", "AVAILBAL"):
                within = "" if tag.closes else tag.name
            elif not tag.closes:
                self._about(tag, within)
        self._take(entry, line)
        return Reading(
            layout=KEY,
            rows=tuple(self.rows),
            refused=tuple(self.refused),
            account=self.account,
            currency=self.currency,
            encoding=self.encoding,
            closing=self.closing,
        )

    def _about(self, tag: _Tag, within: str) -> None:
        """What the file says of the account that the next entries are of."""
        if tag.name == "CURDEF":
            self.currency = tag.value.upper()[:3]
        elif tag.name == "ACCTID":
            self.account = tag.value[:60]
        elif within == "LEDGERBAL" and tag.name == "BALAMT":
            self.balance = tag.value
        elif within == "LEDGERBAL" and tag.name == "DTASOF":
            self._close(tag.value)

    def _close(self, day: str) -> None:
        try:
            amount = minor_units(self.balance, _mark(self.balance), digits_of(self.currency))
            self.closing = Balance(_day(day), amount)
        except BadInput:
            self.closing = None

    def _take(self, entry: dict[str, str] | None, line: int) -> None:
        if not entry:
            return
        try:
            self.rows.append(self._row(entry, line))
        except BadInput as fault:
            self.refused.append(Refused(line, fault.message))

    def _row(self, entry: dict[str, str], line: int) -> Row:
        if "TRNAMT" not in entry:
            raise BadInput(_NO_AMOUNT)
        said = entry["TRNAMT"]
        currency = entry.get("CURSYM", self.currency).upper()[:3]
        amount = minor_units(said, _mark(said), digits_of(currency))
        name, memo = kept(entry.get("NAME", "")), kept(entry.get("MEMO", ""))
        return Row(
            line=line,
            day=_day(entry.get("DTUSER") or entry.get("DTPOSTED", "")),
            amount=abs(amount),
            direction=Direction.OUT if amount < 0 else Direction.IN,
            counterparty=name or memo,
            text="" if memo.startswith(name) and not name else memo,
            category=kept(entry.get("TRNTYPE", "")),
            id=kept(entry.get("FITID", "")),
            order=kept(entry.get("CHECKNUM", "")),
            currency=currency,
            account=self.account,
        )


_NO_AMOUNT: Message = message("There is no amount in this row.")


def _day(text: str) -> date:
    match = _DAY.match(text)
    return day_of(match[0] if match else text)


def _mark(text: str) -> str:
    """A comma is the decimal mark where it stands last: OFX groups no thousands."""
    return "," if text.rfind(",") > text.rfind(".") else "."
