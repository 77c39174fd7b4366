"""Figures as owners type or paste them, in the ways of many countries.

A separator is read as what its place makes it: between groups of figures it divides them, before
the last figures it is the decimal mark. Where it can be neither it is refused, never dropped: a
comma passed over makes 417,26 a hundred times as much. Which groups a place knows is as in the
Unicode Common Locale Data Repository (three; two, two and three in India) and in GB/T 15835 and
Japanese and Chinese usage (four, 万 and 亿).
"""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal

from backstop.domain.errors import BadInput, message

LONGEST_SHOWN = 40
MOST_FIGURES = 20
"""Far more than any amount has, and few enough for exact decimal arithmetic."""

_ALIKE = str.maketrans("−‐–’‘。萬億", "---''.万亿")
_WIDTHS = ("<wide>", "<narrow>", "<small>")
_FIGURES = re.compile(r"[0-9.,' ]*[0-9][0-9.,' ]*")
_THREES = re.compile(r"[1-9][0-9]{0,2}(?P<mark>[.,' ])[0-9]{3}((?P=mark)[0-9]{3})*")
_FOURS = re.compile(r"[1-9][0-9]{0,3}(,[0-9]{4})+")
_LAKHS = re.compile(r"[1-9][0-9]?(,[0-9]{2})*,[0-9]{3}")
_POINT_BEFORE_THREE = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_NO_FIGURE = re.compile(r"[^0-9]")
_POWERS = {"百": 2, "千": 3, "万": 4, "百万": 6, "千万": 7, "亿": 8}
_POWER = re.compile(f"({'|'.join(sorted(_POWERS, key=len, reverse=True))})")


@dataclass(frozen=True)
class Ways:
    """How figures of one kind may be written.

    `decimals` is how many figures may follow a decimal mark, None for any number of them. One comma
    before three figures divides thousands where they are `grouped`, as we write amounts ourselves;
    elsewhere (percentages, which never reach a thousand) it is a decimal mark. One point there is
    refused unless that many decimals are usual: 1.234 is a thousand and more to half of Europe.
    `by_four` and `by_lakh` are groups that some currencies are written with as well.
    """

    decimals: int | None = None
    grouped: bool = False
    by_four: bool = False
    by_lakh: bool = False


def plain_figures(text: str) -> str:
    """The text with the figures, marks and spaces of other widths and scripts as the plain ones."""
    return "".join(map(_plain, text.strip())).translate(_ALIKE).strip()


def _plain(each: str) -> str:
    """One character; raised and circled figures stay what they are, for 5² is not 52."""
    kind = unicodedata.category(each)
    if kind in ("Cf", "Zs"):  # marks of direction come along with what is pasted
        return " " if kind == "Zs" else ""
    if each.isdecimal():
        return str(unicodedata.decimal(each))
    form, _, code = unicodedata.decomposition(each).partition(" ")
    return chr(int(code, 16)) if form in _WIDTHS else each


def signed(plain: str) -> tuple[int, str]:
    """1 or −1, and what follows the sign; parentheses are a minus, as accountants write it."""
    if plain.startswith("(") and plain.endswith(")"):
        return -1, plain[1:-1].strip()
    if plain.startswith(("+", "-")):
        return (-1 if plain[0] == "-" else 1), plain[1:].strip()
    return 1, plain


def read_figures(figures: str, ways: Ways, text: str) -> Decimal | None:
    """The number that plain figures without a sign stand for; None where they are no number.

    Raises `BadInput` where a separator cannot stand, or where the figures can mean two numbers; it
    shows `text`, which is what was typed.
    """
    *pairs, tail = _POWER.split(figures)
    if not pairs:
        return _read(figures, ways, text)
    total, room = Decimal(0), Decimal("Infinity")
    for part, unit in zip(pairs[::2], pairs[1::2], strict=True):
        number = _read(part.strip(), Ways(grouped=True), text)
        if number is None:
            return None
        power = _POWERS[unit]
        if number.scaleb(power) >= room or total % room:
            raise _unsure(text)
        total, room = total + number.scaleb(power), Decimal(1).scaleb(power)
    return total + _rest(tail.strip(), pairs[-1], total, text)


def _rest(tail: str, unit: str, total: Decimal, text: str) -> Decimal:
    """The figures after the last 万: all that it leaves room for, since 3万5 is said for 35,000."""
    if not tail:
        return Decimal(0)
    whole, _, _ = tail.partition(".")
    number = _read(tail, Ways(), text)
    if number is None or len(whole) != _POWERS[unit] or total.scaleb(-_POWERS[unit]) % 1:
        raise _unsure(text)
    return number


def _read(figures: str, ways: Ways, text: str) -> Decimal | None:
    """A number without units."""
    if not _FIGURES.fullmatch(figures):
        return None
    if sum(map(str.isdigit, figures)) > MOST_FIGURES:
        said = "“{text}” has too many figures. Use at most {most}."
        raise BadInput(message(said, text=text[:LONGEST_SHOWN], most=MOST_FIGURES))
    if ways.decimals in (0, 1, 2) and _POINT_BEFORE_THREE.fullmatch(figures):
        raise _two_ways(figures, ways.decimals, text)
    whole, mark, part = _split(figures, ways)
    if wrong := _wrong_mark(whole, mark, part, ways):
        raise _misplaced(wrong, text)
    return Decimal(f"{_NO_FIGURE.sub('', whole)}.{part}")


def _wrong_mark(whole: str, mark: str, part: str, ways: Ways) -> str:
    """The first separator that cannot stand where it does; empty where all can."""
    before, after = _NO_FIGURE.search(whole), _NO_FIGURE.search(part)
    if before and not _is_grouped(whole, ways):
        return before[0]
    if after:
        return after[0]
    most = len(part) if ways.decimals is None else ways.decimals
    return mark if mark == "," and not 0 < len(part) <= most else ""


def _split(figures: str, ways: Ways) -> tuple[str, str, str]:
    """What stands before the decimal mark, the mark and what follows; no mark where all is whole.

    The last point or comma is the decimal mark if it stands there once, and does not group.
    """
    place = max(figures.rfind("."), figures.rfind(","))
    mark = figures[place] if place >= 0 else ""
    groups = mark == "," and ways.grouped and _is_grouped(figures, ways)
    if not mark or groups or figures.count(mark) > 1:
        return figures, "", ""
    return figures[:place], mark, figures[place + 1 :]


def _is_grouped(whole: str, ways: Ways) -> bool:
    return bool(
        _THREES.fullmatch(whole)
        or (ways.by_four and _FOURS.fullmatch(whole))
        or (ways.by_lakh and _LAKHS.fullmatch(whole))
    )


def _misplaced(mark: str, text: str) -> BadInput:
    if mark == " ":
        said = (
            "“{text}” has a space where it neither divides thousands nor ends the figures. "
            "Type figures such as 1234.56."
        )
        return BadInput(message(said, text=text[:LONGEST_SHOWN]))
    said = (
        "In “{text}” the “{mark}” stands neither between thousands nor before the decimals. "
        "Type figures such as 1234.56."
    )
    return BadInput(message(said, text=text[:LONGEST_SHOWN], mark=mark))


def _two_ways(figures: str, decimals: int, text: str) -> BadInput:
    said = (
        "“{text}” can mean {thousands}, or it has too many decimals. "
        "Type {thousands}, or at most {digits} decimals."
    )
    thousands = figures.replace(".", "")
    shown = text[:LONGEST_SHOWN]
    return BadInput(message(said, text=shown, thousands=thousands, digits=decimals))


def _unsure(text: str) -> BadInput:
    said = "“{text}” can be read in more than one way. Type all its figures, such as 35000."
    return BadInput(message(said, text=text[:LONGEST_SHOWN]))
