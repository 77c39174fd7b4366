"""MT940 (SWIFT), with the German structured `:86:`. Every `:61:` is read or refused, never dropped;
where the balances do not close the reading says so.

Source: SWIFT Standards MT, Category 9, MT 940, fields 60, 61, 62 and 86.
"""

import re
from datetime import date

from backstop.domain import BadInput, Message, message
from backstop.domain.figures import LONGEST_SHOWN
from backstop.importers.amounts import digits_of, minor_units
from backstop.importers.cells import kept
from backstop.importers.decoding import Decoded
from backstop.importers.rows import Balance, Direction, Reading, Refused, Row
from backstop.work import watched

KEY, TITLE = "mt940", message("MT940")
_FIELD = re.compile(r":([0-9]{2}[A-Z]?):(.*)")
_ENTRY = re.compile(
    r"(?P<day>[0-9]{6})(?P<booked>[0-9]{4})?(?P<way>R?[CD]|E[CD])[A-Z]?(?P<amount>[0-9]{1,12},[0-9]{0,3})"
    r"(?P<rest>.*)"
)
_BALANCE = re.compile(
    r"(?P<way>[CD])(?P<day>[0-9]{6})(?P<currency>[A-Z]{3})(?P<amount>[0-9]{1,12},[0-9]{0,3})"
)
_PART = re.compile(r"[?>]([0-9]{2})")
_OUT = frozenset(("D", "RC", "EC"))


def is_mt940(text: str) -> bool:
    """Whether a text begins like MT940."""
    start = text[:5000]
    return ":61:" in text[:100_000] and (":60F:" in start or ":60M:" in start or ":20:" in start)


def read_mt940(file: Decoded) -> Reading:
    """The entries of all statements in the file."""
    text, chosen = file
    reader = _Reader()
    fields = _fields(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"))
    for line, tag, value in watched(fields):
        reader.take(line, tag, value)
    reader.finish()
    return Reading(
        layout=KEY,
        rows=tuple(reader.rows),
        refused=tuple(reader.refused),
        account=reader.account,
        currency=reader.currency,
        encoding=chosen,
        closing=reader.closing,
        remarks=tuple(reader.remarks),
    )


def _fields(lines: list[str]) -> list[tuple[int, str, str]]:
    """Line, tag and value of each field; a value goes on until the next tag or the block's end."""
    found: list[tuple[int, str, list[str]]] = []
    for number, line in enumerate(lines, start=1):
        if match := _FIELD.match(line):
            found.append((number, match[1], [match[2]]))
        elif found and line.strip() and not line.startswith(("-", "{")):
            found[-1][2].append(line)
    return [(line, tag, "\n".join(parts)) for line, tag, parts in found]


class _Reader:
    """Gathers entries statement by statement."""

    def __init__(self) -> None:
        self.rows: list[Row] = []
        self.refused: list[Refused] = []
        self.remarks: list[Message] = []
        self.account = self.currency = ""
        self.opening: Balance | None = None
        self.closing: Balance | None = None
        self._entry: tuple[int, str] | None = None
        self._since = 0

    def take(self, line: int, tag: str, value: str) -> None:
        if tag != "86":
            self._flush("")
        if tag == "25":
            self.account = value.strip()[:60]
        elif tag in ("60F", "60M"):
            self.opening, self._since = self._balance(value), len(self.rows)
        elif tag == "61":
            self._entry = (line, value)
        elif tag == "86":
            self._flush(value)
        elif tag in ("62F", "62M"):
            self.closing = self._balance(value)
            self._check_closing()

    def finish(self) -> None:
        self._flush("")

    def _balance(self, value: str) -> Balance | None:
        match = _BALANCE.match(value)
        if match is None:
            return None
        self.currency = match["currency"]
        try:
            amount = minor_units(match["amount"], ",", digits_of(self.currency))
            day = _day(match["day"])
        except BadInput:
            return None
        return Balance(day, -amount if match["way"] == "D" else amount)

    def _check_closing(self) -> None:
        if self.opening is None or self.closing is None:
            return
        moved = sum(each.change for each in self.rows[self._since :])
        if self.opening.amount + moved != self.closing.amount:
            said = "The balances of the statement do not fit its rows: something is missing."
            self.remarks.append(message(said))

    def _flush(self, details: str) -> None:
        """Take the entry that waits, with what `:86:` says of it."""
        if self._entry is None:
            return
        (line, value), self._entry = self._entry, None
        try:
            self.rows.append(self._row(line, value, details))
        except BadInput as fault:
            self.refused.append(Refused(line, fault.message))

    def _row(self, line: int, value: str, details: str) -> Row:
        match = _ENTRY.match(value)
        if match is None:
            said = "“{text}” cannot be read as an entry."
            raise BadInput(message(said, text=value.split("\n", maxsplit=1)[0][:LONGEST_SHOWN]))
        kind, _, reference = match["rest"].partition("//")
        name, text = _details(details)
        return Row(
            line=line,
            day=_day(match["day"]),
            amount=minor_units(match["amount"], ",", digits_of(self.currency)),
            direction=Direction.OUT if match["way"] in _OUT else Direction.IN,
            counterparty=name,
            text=text,
            category=kept(kind[:4]),
            id=kept(reference.split("\n")[0]),
            order=kept(kind[4:]) if kind[4:].strip() != "NONREF" else "",
            currency=self.currency,
            account=self.account,
        )


def _details(value: str) -> tuple[str, str]:
    """Counterparty and text; parts 20–29 and 60–63 are the text, 32 and 33 the name."""
    pieces = _PART.split(value.replace("\n", ""))
    if len(pieces) < 3:
        return "", kept(" ".join(value.split()))
    parts = list(zip(pieces[1::2], pieces[2::2], strict=True))
    name = "".join(text for code, text in parts if code in ("32", "33"))
    text = " ".join(text.strip() for code, text in parts if code[0] == "2" or code in _MORE)
    return kept(name), kept(text)


_MORE = ("60", "61", "62", "63")


def _day(text: str) -> date:
    """A day of six figures; years from 80 on are of the last century, as SWIFT has it."""
    year = int(text[:2])
    try:
        return date(year + (1900 if year >= 80 else 2000), int(text[2:4]), int(text[4:6]))
    except ValueError:
        said = "“{text}” cannot be read as a day."
        raise BadInput(message(said, text=text)) from None
