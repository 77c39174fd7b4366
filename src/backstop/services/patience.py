"""A wrong passphrase costs a moment, and the next one a longer moment."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backstop.store import WrongPassphrase
from backstop.store.targets import real

FIRST_SECONDS = 0.5
MOST_SECONDS = 8.0
_wrong: dict[Path, int] = {}


@contextmanager
def patience(path: Path) -> Iterator[None]:
    """Around an attempt to open a book: waits after a wrong passphrase, then lets it be told.

    It blocks its thread, so a window opens locked books on a worker.
    """
    path = real(path)
    try:
        yield
    except WrongPassphrase:
        times = _wrong.get(path, 0)
        _wrong[path] = times + 1
        sleep(min(MOST_SECONDS, FIRST_SECONDS * 2**times))
        raise
    _wrong.pop(path, None)


def sleep(seconds: float) -> None:
    """The wait itself, for tests to measure."""
    time.sleep(seconds)
