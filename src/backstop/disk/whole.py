"""Every file that the program writes: under another name first, so that it appears whole or not at
all. No other module opens a file for writing."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backstop.disk.files import settle
from backstop.disk.own import data_folder
from backstop.disk.unfinished import unfinished, unused_name

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
    with unfinished(_beside(path), data_folder()) as fresh:
        begin(fresh)
        yield fresh
        give_name(fresh, path)


def write_whole(path: Path, data: bytes) -> None:
    """Write all of a file, or leave it as it was; raises `OSError`.

    Where the system has files without a name it is one until it is whole: a program that is
    killed leaves nothing behind.
    """
    with unfinished(_beside(path), data_folder()) as fresh:
        with os.fdopen(_nameless(path.parent) or _opened(fresh), "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
            if not fresh.exists():
                _link(file.fileno(), fresh)
        fresh.replace(path)
        settle(path.parent)


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
    """A name in the same folder that nothing else has."""
    return path.with_name(unused_name())
