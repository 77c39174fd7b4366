"""The rows of a damaged database, page by page and without SQLite, which reads all or nothing.

Follows the published file format (https://www.sqlite.org/fileformat2.html, 1.3 to 2.1): each leaf
of a table tells its rows by itself, whatever has become of the pages above it. Nothing that the
file says is believed before it fits; what does not fit is counted and passed over.
"""

import struct
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from os import SEEK_END
from typing import BinaryIO

from backstop.work import current_work

Value = str | int | float | bytes | None

_HEADER = 100
_LEAF_HEADER = 8
_LEAF = 13
"""First byte of a leaf of a table."""
_OTHER_PAGES = (2, 5, 10)
"""First bytes of the pages that hold no rows: inner pages, and leaves of an index."""
_INDEX_PAGES = {2: (12, 4), 10: (8, 0)}
"""First bytes of inner pages and leaves of an index: where pointers to its cells begin, and how
many bytes each cell has before its length (1.6)."""
_LEAST_CELL = 6
"""Bytes that a row takes at least: its pointer, length, number, one kind of value (1.6, 2.1)."""
_LONGEST_ROW = 32_000_000
"""Bytes; no row of ours comes near it."""
_MOST_FOLLOWED = 8
"""How often all pages may be read as what a long row goes on on; each is so once, and no more."""
_OFTEN = 1000
"""After so many pages it is asked whether anybody still waits."""
_USUAL_PAGE = 4096
_SIZES = (0, 1, 2, 3, 4, 6, 8, 8, 0, 0)
"""Bytes of a value by its kind (2.1); kinds from 12 on, texts and bytes, say their length."""


@dataclass(frozen=True)
class RawRow:
    """The number and the values of one row, of a table that is not known yet."""

    number: int
    values: tuple[Value, ...]


class Pages:
    """The pages of an open database, one after the other: a file may be larger than memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._length = file.seek(0, SEEK_END)
        file.seek(0)
        self._head = file.read(_HEADER).ljust(_HEADER, b"\0")
        self._size = _page_size(self._head)
        self._usable = self._size
        self._free = self._freed()
        self._nothing = bytes(self._size)
        self._followed = 0
        self.lost = 0

    @property
    def count(self) -> int:
        """How many pages there are."""
        return self._length // self._size

    @property
    def gone(self) -> int:
        """How many pages the file says it has, and has not."""
        is_told = self._head[24:28] == self._head[92:96]  # 1.3.7: else the number is an old one
        return max(0, _integer(self._head, 28) - self.count) if is_told else 0

    def rows(self) -> Iterator[RawRow]:
        """Every row on every page that is in use; rows of the file's own catalogue among them.

        `lost` then counts the rows that were seen but could not be read. Raises `Cancelled`.
        """
        self.lost = 0
        for number, page in self._used():
            start = _HEADER if number == 1 else 0
            if page[start] not in _OTHER_PAGES and page != self._nothing:
                yield from self._on(page, start)

    def ids(self) -> Iterator[str]:
        """Every text that is a key of one column: those of all indexes of ids."""
        for _, page in self._used():
            for place in _places(page, *_INDEX_PAGES.get(page[0], (0, 0))):
                with suppress(ValueError, IndexError, struct.error):
                    length, at = _varint(page, place)
                    match _record(self._payload(page, at, length, self._most_of_index)):
                        case (str() as key, int()):
                            yield key

    def _used(self) -> Iterator[tuple[int, bytes]]:
        for number in range(1, self.count + 1):
            if number % _OFTEN == 0:
                current_work().check()
            if number not in self._free:
                yield number, self._page(number)

    def _page(self, number: int) -> bytes:
        """A page by its number, which counts from 1; empty where there is none."""
        if not 0 < number <= self.count:
            return b""
        self._file.seek((number - 1) * self._size)
        return self._file.read(self._size)

    def _freed(self) -> set[int]:
        """The pages that deleted rows have left; what stands there is no longer true."""
        free: set[int] = set()
        trunk = _integer(self._head, 32)
        while trunk not in free and len(page := self._page(trunk)) == self._size:
            free.add(trunk)
            leaves = min(_integer(page, 4), self._size // 4 - 2)
            free.update(_integer(page, 8 + 4 * place) for place in range(leaves))
            trunk = _integer(page, 0)
        return free

    def _on(self, page: bytes, start: int) -> Iterator[RawRow]:
        for at in _places(page, start + _LEAF_HEADER, 0, start):
            try:
                yield self._row(page, at)
            except (ValueError, IndexError, struct.error):
                self.lost += page[start] == _LEAF

    def _row(self, page: bytes, at: int) -> RawRow:
        length, at = _varint(page, at)
        number, at = _varint(page, at)
        return RawRow(number, _record(self._payload(page, at, length, self._usable - 35)))

    @property
    def _most_of_index(self) -> int:
        """How long a key may be before it goes on on other pages."""
        return (self._usable - 12) * 64 // 255 - 23

    def _payload(self, page: bytes, at: int, length: int, most: int) -> bytes:
        """The bytes of a row; those of a long one go on on pages of their own (1.6)."""
        if length > min(self._length, _LONGEST_ROW):
            raise ValueError(length)
        if length <= most:
            return page[at : at + length]
        least = (self._usable - 12) * 32 // 255 - 23
        local = least + (length - least) % (self._usable - 4)
        end = at + (local if local <= most else least)
        return page[at:end] + self._overflow(_integer(page, end), length - (end - at))

    def _overflow(self, number: int, length: int) -> bytes:
        found = bytearray()
        while len(found) < length:
            page = self._page(number)
            self._followed += 1
            if len(page) < self._size or self._followed > _MOST_FOLLOWED * self.count:
                raise ValueError(number)
            found += page[4 : self._usable]
            number = _integer(page, 0)
        return bytes(found[:length])


def _places(page: bytes, first: int, before: int, start: int = 0) -> Iterator[int]:
    """Where the cells of a page begin, past the bytes `before` their length; none without a place
    of the first pointer. What a damaged page says twice, or beyond what it can hold, is none."""
    if not first:
        return
    (count,) = struct.unpack_from(">H", page, start + 3)
    most = (len(page) - first) // _LEAST_CELL
    for place in dict.fromkeys(struct.unpack_from(f">{min(count, most)}H", page, first)):
        if first <= place < len(page):
            yield place + before


def _page_size(data: bytes) -> int:
    (said,) = struct.unpack_from(">H", data, 16)
    return said if said >= 512 and said & (said - 1) == 0 else _USUAL_PAGE


def _integer(data: bytes, at: int) -> int:
    return int.from_bytes(data[at : at + 4], "big")


def _varint(data: bytes, at: int) -> tuple[int, int]:
    """A number of one to nine bytes, and the place after it (1.6)."""
    value = 0
    for place in range(at, at + 8):
        value = value << 7 | data[place] & 0x7F
        if data[place] < 0x80:
            return value, place + 1
    value = value << 8 | data[at + 8]
    return value - (1 << 64 if value >> 63 else 0), at + 9


def _record(payload: bytes) -> tuple[Value, ...]:
    """The values of a row: their kinds first, then their bytes (2.1). What is no row is given up as
    soon as its kinds need more bytes than there are: much of a damaged page looks like long ones.
    """
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    needed = 0
    while at < end:
        kind, at = _varint(payload, at)
        needed += _size(kind)
        if at + needed > len(payload):
            raise ValueError(at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        end = at + _size(kind)
        values.append(_value(kind, payload[at:end]))
        at = end
    if at != len(payload):
        raise ValueError(at)
    return tuple(values)


def _size(kind: int) -> int:
    if kind >= 12:
        return (kind - 12) // 2
    if 0 <= kind < len(_SIZES):
        return _SIZES[kind]
    raise ValueError(kind)


def _value(kind: int, raw: bytes) -> Value:
    match kind:
        case 0:
            return None
        case 8 | 9:
            return kind - 8
        case 7:
            (real,) = struct.unpack(">d", raw)
            return float(real)
        case _ if kind < 7:
            return int.from_bytes(raw, "big", signed=True)
        case _:
            return raw.decode("utf-8", "replace") if kind % 2 else raw
