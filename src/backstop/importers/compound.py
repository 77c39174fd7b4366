"""What an old spreadsheet (.xls) claims of itself, looked at before a reader believes it.

The reader sets aside room for every length that is written in the file and follows chains of
sectors as long as they lead on: one that is damaged, or made for it, would take all memory at once.
Sources: MS-CFB (compound files), sections 2.2 to 2.6; MS-XLS, sections 2.4.90 (Dimensions) and
2.4.265 (SST).
"""

import struct
from collections.abc import Iterator
from typing import NamedTuple

from backstop.importers.decoding import too_large
from backstop.work import current_work

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_ROWS, MOST_COLUMNS = 65_536, 256
_MOST_CELLS = 6_000_000
_HEADER, _ENTRY, _NUMBER = 512, 128, 4
_LAST = 0xFFFFFFFA
"""The highest number that a sector can have; above it are marks of an end."""
_SMALL = 4096
"""Bytes below which a stream lies in small sectors."""
_WORKBOOKS = ("Workbook", "Book")
_DIMENSIONS, _STRINGS = 0x0200, 0x00FC
_CELLS = frozenset((0x0006, 0x00BD, 0x00BE, 0x00D6, 0x00FD, 0x0201, 0x0203, 0x0204, 0x0205, 0x027E))
_EVERY = 65_536


class Damaged(ValueError):
    """The file cannot be what it says it is."""


class _Stream(NamedTuple):
    name: str
    first: int
    size: int
    is_root: bool


def check_compound(data: bytes) -> None:
    """Raises `Damaged`, or `BadInput` for sheets that reach too far."""
    file = _File(data)
    for stream in file.streams:
        content = file.content(stream)
        if stream.name in _WORKBOOKS:
            _check_records(content)


class _File:
    """Sectors and the chains that they form; every chain ends within the file."""

    def __init__(self, data: bytes) -> None:
        if len(data) < _HEADER or not data.startswith(MAGIC):
            raise Damaged
        self.data = data
        shift, small_shift = struct.unpack_from("<HH", data, 0x1E)
        if shift not in (9, 12) or small_shift != 6:
            raise Damaged
        self.size, self.small_size = 1 << shift, 1 << small_shift
        first, _, _, first_small, small_count, first_more = struct.unpack_from("<6I", data, 0x30)
        claimed = struct.unpack_from("<I", data, 0x28)[0]
        if max(claimed, small_count) * self.size > len(data):
            raise Damaged
        self.next = self._table(self._sectors_of_table(first_more))
        self.next_small = self._table(self._chain(first_small, self.next))
        directory = self._joined(self._chain(first, self.next))
        self.streams = list(_streams(directory))
        if any(each.size > len(data) for each in self.streams):
            raise Damaged
        root = next((each for each in self.streams if each.is_root), None)
        self.small = self._joined(self._chain(root.first, self.next)) if root else b""

    def content(self, stream: _Stream) -> bytes:
        """What a stream holds."""
        if stream.is_root or stream.size >= _SMALL:
            return self._joined(self._chain(stream.first, self.next))[: stream.size]
        chain = self._chain(stream.first, self.next_small) if stream.size else []
        pieces = (self.small[each * self.small_size :][: self.small_size] for each in chain)
        return b"".join(pieces)[: stream.size]

    def _sectors_of_table(self, first_more: int) -> list[int]:
        """The sectors in which it is written which sector follows which."""
        found = list(struct.unpack_from("<109I", self.data, 0x4C))
        seen: set[int] = set()
        while first_more < _LAST:
            if first_more in seen:
                raise Damaged
            seen.add(first_more)
            *numbers, first_more = _numbers(self._sector(first_more))
            found += numbers
        return [each for each in found if each < _LAST]

    def _table(self, sectors: list[int]) -> list[int]:
        if len(sectors) > len(self.data) // self.size + 1:
            raise Damaged
        return _numbers(self._joined(sectors))

    def _chain(self, first: int, following: list[int]) -> list[int]:
        found: list[int] = []
        while first < _LAST:
            if first >= len(following) or len(found) > len(following):
                raise Damaged
            found.append(first)
            first = following[first]
        return found

    def _sector(self, number: int) -> bytes:
        start = (number + 1) * self.size
        sector = self.data[start : start + self.size]
        if len(sector) % _NUMBER:
            raise Damaged
        return sector

    def _joined(self, sectors: list[int]) -> bytes:
        return b"".join(map(self._sector, sectors))


def _numbers(content: bytes) -> list[int]:
    return list(struct.unpack(f"<{len(content) // _NUMBER}I", content))


def _streams(directory: bytes) -> Iterator[_Stream]:
    for start in range(0, len(directory) - _ENTRY + 1, _ENTRY):
        entry = directory[start : start + _ENTRY]
        kind, length = entry[66], struct.unpack_from("<H", entry, 64)[0]
        first, size = struct.unpack_from("<IQ", entry, 116)
        if kind in (2, 5):
            name = entry[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
            yield _Stream(name, first, size & 0xFFFFFFFF, kind == 5)


def _check_records(book: bytes) -> None:
    """Cells no farther than a sheet has room, and no more strings than fit into the file."""
    at, number, end = 0, 0, len(book)
    while at + 4 <= end:
        kind, length = struct.unpack_from("<HH", book, at)
        at += 4
        if number % _EVERY == 0:
            current_work().check()
        number += 1
        if kind in _CELLS and length >= 4 and at + 4 <= end:
            if struct.unpack_from("<H", book, at + 2)[0] >= MOST_COLUMNS:
                raise too_large()
        elif kind == _DIMENSIONS and length >= 14 and at + 14 <= end:
            _check_dimensions(*struct.unpack_from("<IIHH", book, at))
        elif kind == _STRINGS and length >= 8 and at + 8 <= end:
            _check_strings(struct.unpack_from("<I", book, at + 4)[0], end)
        at += length


def _check_strings(count: int, size: int) -> None:
    """Each string takes three bytes at least."""
    if count * 3 > size:
        raise Damaged


def _check_dimensions(first_row: int, row_end: int, first: int, end: int) -> None:
    rows, columns = row_end - first_row, end - first
    if row_end > MOST_ROWS or end > MOST_COLUMNS or rows < 0 or columns < 0:
        raise Damaged
    if rows * columns > _MOST_CELLS:
        raise too_large()
