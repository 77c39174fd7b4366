"""Bytes of a text file as text, whatever its label says.

A byte order mark decides; then strict UTF-8, which other text hardly ever passes for; then GB18030
against Windows-1252: Chinese letters are pairs of high bytes, European ones stand alone between
plain letters.
"""

import re
from typing import NamedTuple

from backstop.domain import BadInput, message

MOST_BYTES = 200_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 200_000


class Decoded(NamedTuple):
    """The text, and the name of its encoding."""

    text: str
    encoding: str


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """The text in these bytes, without NUL; by `encoding` where one is chosen. `BadInput` where it
    is too long or cannot be text."""
    check_size(len(data))
    chosen = encoding or guessed_encoding(data)
    try:
        text = data.decode(chosen)
    except (UnicodeDecodeError, LookupError):
        said = "This file cannot be read as text in {encoding}. Choose another encoding."
        raise BadInput(message(said, encoding=chosen)) from None
    return Decoded(text.replace("\0", "").removeprefix("\ufeff"), chosen)


def check_size(size: int) -> None:
    """Raises `BadInput` for more bytes than any statement has."""
    if size > MOST_BYTES:
        raise too_large()


def too_large() -> BadInput:
    """The refusal of what no statement ever is."""
    return BadInput(message("This file is too large for a statement. Export a shorter period."))


def guessed_encoding(data: bytes) -> str:
    """The encoding that fits these bytes best."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return name
    if wide := _wide(data[:_SAMPLE]):
        return wide
    for name in ("utf-8", "gb18030"):
        if _fits(data, name) and not (name == "gb18030" and _stand_alone(data)):
            return name
    return "cp1252" if _fits(data, "cp1252") else "latin-1"


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except UnicodeDecodeError:
        return False
    return True


def _wide(sample: bytes) -> str:
    """UTF-16 without a mark: every other byte of figures and separators is nothing."""
    half = len(sample) // 2
    if half < 4:
        return ""
    even, odd = sample[::2].count(0), sample[1::2].count(0)
    if odd > half * 0.3 and even < half * 0.05:
        return "utf-16-le"
    return "utf-16-be" if even > half * 0.3 and odd < half * 0.05 else ""


def _stand_alone(data: bytes) -> bool:
    runs = _HIGH.findall(data[:_SAMPLE])
    return sum(len(each) == 1 for each in runs) * 2 > len(runs)
