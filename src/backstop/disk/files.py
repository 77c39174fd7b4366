"""Small things done to files beside what is in them."""

import os
import sys
from contextlib import suppress
from pathlib import Path


def beside(path: Path) -> list[Path]:
    """The files that SQLite may have left beside one that is no more."""
    return [path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", "-journal")]


def fresh_name(path: Path) -> Path:
    """What a file is called until it is whole."""
    return path.with_name(f".{path.name}.new")


def remove(*paths: Path) -> None:
    """Remove files that may not be there; what cannot be removed stays."""
    for each in paths:
        with suppress(OSError):
            each.unlink(missing_ok=True)


def remove_with_logs(path: Path) -> None:
    """Remove a database file with the logs that SQLite keeps beside it."""
    remove(path, *beside(path))


def settle(folder: Path) -> None:
    """Make a new name itself survive a loss of power (Windows does so by itself)."""
    if sys.platform == "win32":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
