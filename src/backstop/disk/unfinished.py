"""What is being made: written down until it has its name, so that what a killed program leaves is
found again and removed, wherever it lies.

Each file or folder has an entry, a small file in a folder of the program that says where it is, and
that the program holds as long as it lives. An entry that nobody holds tells of something left.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from itertools import count
from pathlib import Path
from shutil import rmtree

from backstop.disk.files import make_private, remove, remove_with_logs
from backstop.disk.holding import hold

_ENDING = ".new"
_ATTEMPTS = 3
_numbers = count()


def unused_name() -> str:
    """A name that nothing else has: of this process, this thread, this moment."""
    return f".backstop-{os.getpid()}-{threading.get_ident()}-{next(_numbers)}{_ENDING}"


@contextmanager
def unfinished(path: Path, own: Path) -> Iterator[Path]:
    """Whatever is at `path` afterwards goes, with its logs; after a kill the next `sweep` sees to
    it. `own` is the program's folder; where that takes nothing, there is no entry."""
    handle, entry = _entered(path, own / "unfinished")
    try:
        yield path
    finally:
        _remove(path)
        if entry is not None:
            remove(entry)
        if handle is not None:
            os.close(handle)


def sweep(own: Path) -> list[Path]:
    """Remove what killed programs left unfinished; returns what is out of reach, such as what lies
    on a disk that is not there."""
    folder = own / "unfinished"
    try:
        found = list(folder.iterdir())
    except OSError:
        return []
    for each in found:
        if each.name.startswith("."):  # its program was killed while it wrote it
            _remove_unheld(each)
    entries = [each for each in found if not each.name.startswith(".")]
    return [left for each in entries if (left := _swept(each)) is not None]


def _remove_unheld(hidden: Path) -> None:
    with suppress(OSError):
        handle = os.open(hidden, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
        try:
            hold(handle)
            remove(hidden)
        finally:
            os.close(handle)


def _swept(entry: Path) -> Path | None:
    """The thing itself, where it could not be removed."""
    try:
        handle = os.open(entry, os.O_RDWR | getattr(os, "O_NOFOLLOW", 0))
    except OSError:  # it has just been finished
        return None
    try:
        hold(handle)
        path = Path(os.fsdecode(os.read(handle, 1 << 16)))
        if _is_ours(path):
            if not path.parent.is_dir():
                return path
            _remove(path)
            if path.exists():
                return path
        remove(entry)
    except (OSError, ValueError):  # somebody makes it just now
        return None
    finally:
        os.close(handle)
    return None


def _entered(path: Path, folder: Path) -> tuple[int | None, Path | None]:
    """An entry for this path, held; it has its name only when it is, so that no sweep takes it.

    Before it is held a sweep may take it: then it is made anew.
    """
    for _ in range(_ATTEMPTS):
        with suppress(OSError):
            make_private(folder)
            return _entry(path, folder, unused_name())
    return None, None


def _entry(path: Path, folder: Path, name: str) -> tuple[int, Path]:
    hidden, entry = folder / name, folder / name.lstrip(".")
    handle = os.open(hidden, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600)
    try:
        hold(handle)
        os.write(handle, os.fsencode(path.absolute()))
        hidden.replace(entry)
    except OSError:
        remove(hidden)
        os.close(handle)
        raise
    return handle, entry


def _is_ours(path: Path) -> bool:
    """Nothing else is ever removed, whatever an entry says."""
    return path.is_absolute() and path.name.startswith(".") and path.name.endswith(_ENDING)


def _remove(path: Path) -> None:
    if os.path.isdir(path) and not os.path.islink(path):  # pathlib's raise where one may not look
        rmtree(path, ignore_errors=True)
    else:
        remove_with_logs(path)
