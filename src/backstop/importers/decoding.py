"""Bytes of a text file as text, whatever its label says.

A byte order mark decides; then strict UTF-8, which other text hardly ever passes for; then GB18030
against Windows-1252: Chinese letters are pairs of high bytes, European ones stand alone between
plain letters.
"""

import codecs
import re
from typing import NamedTuple

from backstop.domain import BadInput, message
from backstop.work import current_work

MOST_BYTES = 200_000_000
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_TRIED = ("utf-8", "gb18030", "cp1252")
_HIGH = re.compile(rb"[\x80-\xff]+")
_SAMPLE = 200_000
_CHUNK = 1 << 20


class Decoded(NamedTuple):
    """The text, and the name of its encoding."""

    text: str
    encoding: str


def decoded(data: bytes, encoding: str = "") -> Decoded:
    """The text in these bytes, without NUL; by `encoding` where one is chosen. `BadInput` where it
    is too long or cannot be text."""
    check_size(len(data))
    chosen, text = (encoding, _text(data, encoding)) if encoding else _guessed(data)
    if text is None:
        said = "This file cannot be read as text in {encoding}. Choose another encoding."
        raise BadInput(message(said, encoding=chosen))
    return Decoded(text.replace("\0", "").removeprefix("\ufeff"), chosen)


def check_size(size: int) -> None:
    """Raises `BadInput` for more bytes than any statement has."""
    if size > MOST_BYTES:
        raise too_large()


def too_large() -> BadInput:
    """The refusal of what no statement ever is."""
    return BadInput(message("This file is too large for a statement. Export a shorter period."))


def _guessed(data: bytes) -> tuple[str, str | None]:
    """The encoding that fits these bytes best, and their text in it."""
    sure = next((name for mark, name in _MARKS if data.startswith(mark)), _wide(data[:_SAMPLE]))
    if sure:
        return sure, _text(data, sure)
    for name in _TRIED:
        if name == "gb18030" and _stand_alone(data):
            continue
        if (text := _text(data, name)) is not None:
            return name, text
    return "latin-1", data.decode("latin-1")


def _text(data: bytes, encoding: str) -> str | None:
    """The text in pieces, so that it can be given up; None where it is none in this encoding."""
    parts = []
    try:
        reader = codecs.getincrementaldecoder(encoding)()
        for start in range(0, max(len(data), 1), _CHUNK):
            current_work().check()
            end = start + _CHUNK
            parts.append(reader.decode(data[start:end], end >= len(data)))
    except (UnicodeDecodeError, LookupError):
        return None
    return "".join(parts)


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
