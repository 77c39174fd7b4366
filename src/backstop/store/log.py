"""The log beside a book file, looked at before SQLite works it in: is it whole, and the file's own?

SQLite takes a log for what it says. It passes over what follows a damaged place, and so drops
changes that were saved; and a log of another file, or of an earlier state, it works in as if it
were its own.
Follows the published format (https://www.sqlite.org/fileformat2.html, 4).
"""

import sqlite3
import struct
import time
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from shutil import copyfile
from typing import BinaryIO, Self

from backstop.disk.files import remove
from backstop.domain import EnvironmentFault, Message, message
from backstop.store.faults import DamagedBook, damaged
from backstop.store.header import has_log, logs_of
from backstop.store.key import Key
from backstop.store.layout import BOOK_SEAL, FIRST_WITH_HISTORY
from backstop.store.reading import file_version, is_sound, reading
from backstop.store.seal import book_seal, history_seal, stored_seals

_HEADER, _FRAME_HEADER = 32, 24
_MAGIC = 0x377F0682
"""The last bit says in which order of bytes the sums are reckoned."""
_WORD = 1 << 32
_A_MOMENT = 0.05


class Doubt(Enum):
    """What is wrong with a log: its end is damaged, or it is not this file's."""

    DAMAGED = "damaged"
    FOREIGN = "foreign"


def doubt_about(path: Path, key: Key | None) -> Doubt | None:
    """What is wrong with the log beside this file; None where there is none, or nothing is."""
    if not has_log(path):
        return None
    is_cut = _stays_cut(logs_of(path)[0])  # first, for SQLite makes the log's index anew
    if _makes_older(path, key):
        return Doubt.FOREIGN
    return Doubt.DAMAGED if is_cut else None


def set_logs_aside(path: Path, *, copied: bool = False) -> str:
    """Give the logs beside a file other names, or copy them under these; returns the first."""
    names = []
    for log in logs_of(path):
        if log.exists() and log.stat().st_size:
            kept = _free_name(log)
            if copied:
                copyfile(log, kept)
            else:
                log.replace(kept)
            names.append(kept.name)
    if not copied:
        remove(path.with_name(path.name + "-shm"))
    return names[0] if names else ""


def is_kept_log(file: Path) -> bool:
    """Whether the file is a log that was set aside."""
    stem, _, number = file.name.rpartition(_KEPT)
    return stem.endswith(("-wal", "-journal")) and number.isdigit()


def said_of(doubt: Doubt, path: Path, kept: str) -> Message:
    """The sentence; `kept` is what the log is called now, empty where it was only passed over."""
    if doubt is Doubt.DAMAGED:
        text = (
            "The log beside “{file}” is damaged: changes from just before the program was last "
            "stopped may be missing. Compare what you entered last."
        )
    else:
        text = (
            "Beside “{file}” lies a log that is not its own, or is older than the file: it was not "
            "worked in."
        )
    said = message(text, file=path.name)
    if not kept:
        return said
    return message("{problem} The log is kept as “{log}”.", problem=said, log=kept)


_KEPT = ".kept-"


def _free_name(log: Path) -> Path:
    number = 1
    while (kept := log.with_name(f"{log.name}{_KEPT}{number}")).exists():
        number += 1
    return kept


# is it whole?


def _stays_cut(log: Path) -> bool:
    """Looked at twice: a program that writes just now leaves it as it is for a moment only."""
    if not log.exists() or not _is_cut(log):
        return False
    time.sleep(_A_MOMENT)
    return log.exists() and _is_cut(log)


def _is_cut(log: Path) -> bool:
    """Whether there is more in the log than SQLite will read of it."""
    promised = _promised_frames(log)
    with log.open("rb") as file:
        try:
            head = _Head.of(file.read(_HEADER))
        except ValueError:
            return file.seek(0, 2) > _HEADER + _FRAME_HEADER
        whole = 0
        sums = head.sums
        frames = _frames(file, head.page_size)
        for frame, page in frames:
            expected = _sums(head.order, struct.pack(">II", *frame[:2]) + page, sums)
            if frame[2:4] != head.salts or frame[4:6] != expected:
                if _hides_a_change(frame, frames, head):
                    return True
                break
            sums, whole = expected, whole + 1
        return promised.get(head.salts, 0) > whole


@dataclass(frozen=True)
class _Head:
    order: str
    page_size: int
    salts: tuple[int, ...]
    sums: tuple[int, int]

    @classmethod
    def of(cls, data: bytes) -> Self:
        """Raises `ValueError` where it is none."""
        if len(data) < _HEADER:
            raise ValueError(len(data))
        magic, _, size, _, *salts, one, two = struct.unpack(">8I", data)
        order = ">" if magic & 1 else "<"
        if magic & ~1 != _MAGIC or _sums(order, data[:24], (0, 0)) != (one, two):
            raise ValueError(magic)
        if not 512 <= size <= 65536:
            raise ValueError(size)
        return cls(order, size, tuple(salts), (one, two))


_Frame = tuple[int, ...]


def _hides_a_change(frame: _Frame, later: Iterator[tuple[_Frame, bytes]], head: _Head) -> bool:
    """Whether what a bad frame stands in was committed. An older log's frames, which this one did
    not reach, have neither of its salts; one that was being written ends no change, and is last."""
    salts = frame[2:4]
    if salts != head.salts:
        return salts[0] == head.salts[0] or salts[1] == head.salts[1]
    return bool(frame[1]) or any(each[2:4] == head.salts for each, _ in later)


def _frames(file: BinaryIO, page_size: int) -> Iterator[tuple[_Frame, bytes]]:
    while len(data := file.read(_FRAME_HEADER + page_size)) == _FRAME_HEADER + page_size:
        yield struct.unpack(">6I", data[:_FRAME_HEADER]), data[_FRAME_HEADER:]


def _sums(order: str, data: bytes, start: tuple[int, int]) -> tuple[int, int]:
    one, two = start
    for first, second in struct.iter_unpack(f"{order}II", data):
        one = (one + first + two) % _WORD
        two = (two + second + one) % _WORD
    return one, two


def _promised_frames(log: Path) -> dict[tuple[int, ...], int]:
    """How many frames the index beside the log counts, by the salts of that log; it stays there
    when a program is killed."""
    try:
        with log.with_name(log.name.removesuffix("-wal") + "-shm").open("rb") as file:
            first, second = file.read(48), file.read(48)
    except OSError:
        return {}
    if len(first) < 48 or first != second:
        return {}
    (frames,) = struct.unpack_from("=I", first, 16)
    return {struct.unpack_from(">II", first, 32): frames}


# is it the file's own?


@dataclass(frozen=True)
class _State:
    """How far a file has come: its version, and how much history it has."""

    version: int
    changes: int

    @classmethod
    def of(cls, path: Path, connection: sqlite3.Connection) -> Self:
        """Raises `DamagedBook` where the file is not whole."""
        version = file_version(path, connection)
        if not is_sound(connection):
            raise damaged(path)
        if version < FIRST_WITH_HISTORY:
            return cls(version, 0)
        if book_seal(connection) != stored_seals(connection)[BOOK_SEAL]:
            raise damaged(path)
        last = connection.execute("SELECT coalesce(max(number), 0) FROM history").fetchone()
        return cls(version, int(last[0]))


def _makes_older(path: Path, key: Key | None) -> bool:
    """Whether the file by itself is whole, and is not what its log goes on from.

    The file by itself is looked at first: what is written meanwhile only goes on.
    """
    try:
        with reading(path, key, without_log=True) as connection:
            alone = _State.of(path, connection)
            seal = history_seal(connection, alone.changes)
    except EnvironmentFault:
        return False
    try:
        with reading(path, key) as connection:
            together = _State.of(path, connection)
            if together.version < alone.version or together.changes < alone.changes:
                return True
            return bool(alone.changes) and history_seal(connection, alone.changes) != seal
    except DamagedBook:
        return True
