"""Where an output may go: never over a book, nor over a file of another kind."""

import os
import struct
from pathlib import Path

import msgspec

from backstop.disk.files import is_too_long
from backstop.domain import Message, message
from backstop.domain.validation import clip
from backstop.store.faults import NotSaved, folder
from backstop.store.header import MAGIC, SIZE, looks_locked
from backstop.store.json_text import MOST_BYTES
from backstop.store.layout import APPLICATION_ID, SUFFIX

BOOK, JSON = SUFFIX.removeprefix("."), "json"
"""The kinds of output that are books themselves, and replace nothing."""
_COMPANIONS = ("-wal", "-shm", "-journal", ".lock", ".new")
_DOCUMENTS = (b"%PDF-", b"PK\x03\x04")
_BLANK = b"\xef\xbb\xbf \t\r\n"
_BOOK_FIELDS = {"version", "title", "as_of"}


def check_target(path: Path, kind: str) -> Path:
    """Where an output of this kind (how its name ends, such as `pdf`) is to be written.

    Links are followed to the file that they mean. Raises `NotSaved`, or `NotABook` for a folder.
    """
    path = real(path)
    if path.is_dir():
        raise folder(path)
    if not path.parent.is_dir():
        raise NotSaved(
            message(
                "The folder “{folder}” does not exist. Make it first, or choose another one.",
                folder=str(path.parent),
            )
        )
    if refused := _why_not(path, kind):
        raise NotSaved(refused)
    return path


def check_length(path: Path) -> None:
    """Refuse a name so long that what lies beside a book could not be named; raises `NotSaved`."""
    if is_too_long(path):
        raise NotSaved(
            message(
                "The name “{file}” is too long for a book. Choose a shorter one.",
                file=clip(path.name),
            )
        )


def real(path: Path) -> Path:
    """The file that a name means, through every link; it need not be there."""
    return Path(os.path.realpath(path))


def is_a_book(path: Path) -> bool:
    """Whether a file is a book, by its name or by what it holds, or belongs to one: its log, its
    lock. Books that are locked or damaged, and those in a `book.json`, are among them."""
    return _belongs_to_one(path) or (path.is_file() and (_is_named_so(path) or holds_a_book(path)))


def _why_not(path: Path, kind: str) -> Message | None:
    if is_a_book(path):
        return message("That is a book. Choose another name.")
    if path.exists() and not _gives_way(path, kind):
        return message(
            "“{file}” exists already and is something else. Choose another name.", file=path.name
        )
    if kind == BOOK and not _is_named_so(path):
        return message(
            "“{file}” is not named like a book file. Name it “{better}”.",
            file=path.name,
            better=path.with_suffix(SUFFIX).name,
        )
    if kind != BOOK and _is_named_so(path):
        return message(
            "“{file}” is named like a book file, and this is none. Name it “{better}”.",
            file=path.name,
            better=path.with_suffix(f".{kind}").name,
        )
    return None


def _gives_way(path: Path, kind: str) -> bool:
    """A file of the same kind does, as its name says; so does an empty one, but not a device."""
    if not path.is_file():
        return False
    if not path.stat().st_size:
        return kind != BOOK
    return kind not in (BOOK, JSON) and path.suffix.casefold() == f".{kind}"


def _is_named_so(path: Path) -> bool:
    return path.suffix.casefold() == SUFFIX


def _belongs_to_one(path: Path) -> bool:
    name = path.name.casefold()
    for ending in _COMPANIONS:
        if name.endswith(ending):
            owner = path.with_name(path.name.removeprefix(".")[: -len(ending)] or path.name)
            there = owner != path and owner.is_file()
            return _is_named_so(owner) or (there and holds_a_book(owner))
    return False


def holds_a_book(path: Path) -> bool:
    """Whether there is a book in this file, whatever its name is; a damaged one may hide."""
    try:
        with path.open("rb") as file:
            start = file.read(SIZE)
            text = start + file.read(MOST_BYTES) if start.lstrip(_BLANK).startswith(b"{") else b""
    except OSError:
        return False
    if start.startswith(MAGIC):
        return struct.pack(">I", APPLICATION_ID) == start[68:72]
    if looks_locked(path):
        return not start.startswith(_DOCUMENTS)
    return _is_json_book(text)


def _is_json_book(text: bytes) -> bool:
    try:
        found = msgspec.json.decode(text.removeprefix(b"\xef\xbb\xbf"), type=dict[str, msgspec.Raw])
    except (msgspec.DecodeError, ValueError, RecursionError):
        return False
    return found.keys() >= _BOOK_FIELDS
