"""Every file that the program writes: under another name first, so that it appears whole or not at
all. No other module opens a file for writing."""

import os
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from backstop.disk.files import remove, settle

LEFT_SECONDS = 3600
"""After that an unfinished file is taken for that of a program that was killed."""
_BINARY = getattr(os, "O_BINARY", 0)  # Windows alone would turn line ends into pairs without it
_UNNAMED = getattr(os, "O_TMPFILE", 0)


def begin(fresh: Path) -> None:
    """An empty file that its owner alone can read; raises `OSError`, also where one is there."""
    os.close(_opened(fresh))


def give_name(fresh: Path, path: Path) -> None:
    """Let a finished file take this name, and survive a loss of power under it."""
    with fresh.open("rb+") as file:
        os.fsync(file.fileno())
    fresh.replace(path)
    settle(path.parent)


@contextmanager
def appearing(path: Path) -> Iterator[Path]:
    """An empty file beside `path` to be filled; without an error it takes the name of `path`."""
    fresh = _beside(path)
    try:
        begin(fresh)
        yield fresh
        give_name(fresh, path)
    finally:
        remove(fresh)


def write_whole(path: Path, data: bytes) -> None:
    """Write all of a file, or leave it as it was; raises `OSError`.

    Where the system has files without a name it is one until it is whole: a program that is
    killed leaves nothing behind.
    """
    fresh = _beside(path)
    try:
        with os.fdopen(_nameless(path.parent) or _opened(fresh), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if not fresh.exists():
                _link(file.fileno(), fresh)
        fresh.replace(path)
        settle(path.parent)
    finally:
        remove(fresh)


def _opened(fresh: Path) -> int:
    return os.open(fresh, os.O_CREAT | os.O_EXCL | os.O_WRONLY | _BINARY, 0o600)


def _nameless(folder: Path) -> int | None:
    """A file without a name in this folder; None where the system has none."""
    if not _UNNAMED or not os.path.isdir("/proc/self/fd"):
        return None
    try:
        return os.open(folder, _UNNAMED | os.O_WRONLY, 0o600)
    except OSError:
        return None


def _link(handle: int, fresh: Path) -> None:
    """Give a nameless file its first name; only with a folder's handle are links followed, which
    the absolute path then makes of no account."""
    os.link(f"/proc/self/fd/{handle}", fresh, src_dir_fd=handle, follow_symlinks=True)


def _beside(path: Path) -> Path:
    """A name in the same folder that nothing else has; what a killed program left there goes."""
    for left in path.parent.glob(".backstop-*.new"):
        with suppress(OSError):
            if time.time() - left.stat().st_mtime > LEFT_SECONDS:
                left.unlink()
    return path.with_name(f".backstop-{os.getpid()}-{threading.get_ident()}.new")
