"""Small things done to files beside what is in them."""

import hashlib
import os
import sys
from contextlib import suppress
from pathlib import Path

LONGEST_NAME = 240
"""Bytes: what SQLite and a lock put after a name still fits into the 255 that systems take."""


def beside(path: Path) -> list[Path]:
    """The files that SQLite may have left beside one that is no more."""
    return [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal")]


def is_too_long(path: Path) -> bool:
    """Whether nothing that belongs to this file could be named after it."""
    return len(os.fsencode(path.name)) > LONGEST_NAME


def fresh_name(path: Path) -> Path:
    """What a file is called until it is whole; short where its own name is almost too long."""
    name = path.name
    if is_too_long(path):
        name = hashlib.sha256(os.fsencode(name)).hexdigest()[:32]
    return path.with_name(f".{name}.new")


def remove(*paths: Path) -> None:
    """Remove files that may not be there; what cannot be removed stays."""
    for each in paths:
        with suppress(OSError):
            each.unlink(missing_ok=True)


def remove_with_logs(path: Path) -> None:
    """Remove a database file with the logs that SQLite keeps beside it."""
    remove(path, *beside(path))


def make_private(folder: Path) -> None:
    """Make a folder, and those above it that are missing, for their owner alone; raises `OSError`.

    `mkdir` by itself gives its mode to the last of them only.
    """
    if os.path.isdir(folder):
        return
    make_private(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)


def settle(folder: Path) -> None:
    """Make a new name itself survive a loss of power (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
