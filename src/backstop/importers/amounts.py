"""Amounts as statements print them: whole minor units, with one decimal mark for a whole column."""

import re

from backstop.domain import BadInput, message
from backstop.domain.figures import LONGEST_SHOWN, plain_figures
from backstop.domain.money import CURRENCIES, MOST_MONEY

_USUAL = re.compile(r"-?[0-9]{1,12}\.[0-9]{2}")
_NAMES = re.compile(
    r"^(?:[A-Z]{0,3}[¥￥$€£₹₩]|[A-Z]{3}(?=[ 0-9.,+\-(])|R[Mp]|kr|zł|Kč)\s*"
    r"|\s*(?:[¥$€£₹₩]|[A-Z]{3}|元|円|kr|zł|Kč)$"
)
_BOOKED = re.compile(r"\s*(CR|DR|C|D|贷|借|H|S)$", re.IGNORECASE)
_OUT = frozenset(["DR", "D", "借", "S"])
_GROUPS = {
    ".": re.compile(
        r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,2}(?:,[0-9]{2})+,[0-9]{3}"
        r"|[0-9]{1,3}(?:[ '][0-9]{3})+|[0-9]*)(?:\.([0-9]*))?"
    ),
    ",": re.compile(r"([0-9]{1,3}(?:[. '][0-9]{3})+|[0-9]*)(?:,([0-9]*))?"),
}
_FIGURE = re.compile(r"[0-9]")


def digits_of(currency: str) -> int:
    """How many decimals amounts of this currency have; two where nobody knows it."""
    known = CURRENCIES.get(currency)
    return known.digits if known else 2


def minor_units(text: str, mark: str = ".", digits: int = 2) -> int:
    """Signed minor units; `BadInput` for what is no amount with this decimal mark.

    A minus may stand before or after, or be brackets, or the bank's word (`12.00 DR`).
    """
    if mark == "." and digits == 2 and _USUAL.fullmatch(text):
        return int(text.replace(".", ""))
    sign, figures = _signed(text)
    match = _GROUPS[mark].fullmatch(figures)
    if match is None or not _FIGURE.search(figures) or len(figures) > LONGEST_SHOWN:
        raise _no_amount(text)
    whole, part = _FIGURE.findall(match[1]), (match[2] or "").rstrip("0")
    if len(part) > digits:
        raise _no_amount(text)
    amount = int("".join(whole) + part.ljust(digits, "0") or "0")
    if amount > MOST_MONEY:
        raise _no_amount(text)
    return sign * amount


def _signed(text: str) -> tuple[int, str]:
    """1 or −1, and the figures without sign and name of the currency."""
    plain = _NAMES.sub("", _unsigned_ends(plain_figures(text)))
    sign = 1
    if booked := _BOOKED.search(plain):
        sign = -1 if booked[1].upper() in _OUT else 1
        plain = plain[: booked.start()]
    if plain.startswith("(") and plain.endswith(")"):
        return -sign, _NAMES.sub("", plain[1:-1].strip())
    if plain.endswith(("-", "+")):
        plain = plain[-1] + plain[:-1].strip()
    if plain.startswith(("-", "+")):
        sign = -sign if plain[0] == "-" else sign
        plain = _NAMES.sub("", plain[1:].strip())
    return sign, plain.strip()


def _unsigned_ends(plain: str) -> str:
    return plain.strip("\t\"' ")


def _no_amount(text: str) -> BadInput:
    said = "“{text}” cannot be read as an amount."
    return BadInput(message(said, text=text[:LONGEST_SHOWN]))
