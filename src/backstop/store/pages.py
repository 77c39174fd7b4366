"""The rows of a damaged database, page by page and without SQLite, which reads all or nothing.

Follows the published file format (https://www.sqlite.org/fileformat2.html, 1.3 to 2.1): each leaf
of a table tells its rows by itself, whatever has become of the pages above it. Nothing that the
file says is believed before it fits; what does not fit is counted and passed over.
"""

import struct
from collections.abc import Iterator
from dataclasses import dataclass

Value = str | int | float | bytes | None

_HEADER = 100
_LEAF_HEADER = 8
_LEAF = 13
"""First byte of a leaf of a table."""
_OTHER_PAGES = (2, 5, 10)
"""First bytes of the pages that hold no rows: inner pages, and leaves of an index."""
_USUAL_PAGE = 4096
_INTEGER_BYTES = {1: 1, 2: 2, 3: 3, 4: 4, 5: 6, 6: 8}


@dataclass(frozen=True)
class RawRow:
    """The number and the values of one row, of a table that is not known yet."""

    number: int
    values: tuple[Value, ...]


class Pages:
    """The bytes of a database; `lost` counts the rows that were seen but could not be read."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._size = _page_size(data)
        self._usable = self._size
        self.lost = 0

    def rows(self) -> Iterator[RawRow]:
        """Every row on every page that is in use; rows of the file's own catalogue among them."""
        free = self._free()
        for number in range(1, len(self._data) // self._size + 1):
            if number not in free:
                yield from self._on(number)

    def _page(self, number: int) -> bytes:
        """A page by its number, which counts from 1; empty where there is none."""
        return self._data[(number - 1) * self._size : number * self._size] if number > 0 else b""

    def _free(self) -> set[int]:
        """The pages that deleted rows have left; what stands there is no longer true."""
        free: set[int] = set()
        trunk = _integer(self._data, 32)
        while trunk not in free and len(page := self._page(trunk)) == self._size:
            free.add(trunk)
            leaves = min(_integer(page, 4), self._size // 4 - 2)
            free.update(_integer(page, 8 + 4 * place) for place in range(leaves))
            trunk = _integer(page, 0)
        return free

    def _on(self, number: int) -> Iterator[RawRow]:
        page, start = self._page(number), _HEADER if number == 1 else 0
        if page[start] in _OTHER_PAGES or not any(page):
            return
        (count,) = struct.unpack_from(">H", page, start + 3)
        first = start + _LEAF_HEADER
        for place in range(first, min(first + 2 * count, self._size - 1), 2):
            (at,) = struct.unpack_from(">H", page, place)
            try:
                yield self._row(page, at)
            except (ValueError, IndexError, struct.error):
                self.lost += page[start] == _LEAF

    def _row(self, page: bytes, at: int) -> RawRow:
        length, at = _varint(page, at)
        number, at = _varint(page, at)
        return RawRow(number, _record(self._payload(page, at, length)))

    def _payload(self, page: bytes, at: int, length: int) -> bytes:
        """The bytes of a row; those of a long one go on on pages of their own (1.6)."""
        if length > len(self._data):
            raise ValueError(length)
        most = self._usable - 35
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
            if len(page) < self._size:
                raise ValueError(number)
            found += page[4 : self._usable]
            number = _integer(page, 0)
        return bytes(found[:length])


def _page_size(data: bytes) -> int:
    (said,) = struct.unpack_from(">H", data.ljust(_HEADER, b"\0"), 16)
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
    """The values of a row: their kinds first, then their bytes (2.1)."""
    end, at = _varint(payload, 0)
    kinds: list[int] = []
    while at < end:
        kind, at = _varint(payload, at)
        kinds.append(kind)
    values: list[Value] = []
    for kind in kinds:
        value, at = _value(kind, payload, at)
        values.append(value)
    if at != len(payload):
        raise ValueError(at)
    return tuple(values)


def _value(kind: int, payload: bytes, at: int) -> tuple[Value, int]:
    if kind in (0, 8, 9):
        return (None if kind == 0 else kind - 8), at
    if kind in _INTEGER_BYTES:
        end = at + _INTEGER_BYTES[kind]
        return int.from_bytes(payload[at:end], "big", signed=True), end
    if kind == 7:
        return struct.unpack_from(">d", payload, at)[0], at + 8
    if kind < 12:
        raise ValueError(kind)
    end = at + (kind - 12) // 2
    if end > len(payload):
        raise ValueError(kind)
    raw = payload[at:end]
    return (raw.decode("utf-8", "replace") if kind % 2 else raw), end
