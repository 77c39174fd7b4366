"""Reading a file of an older version: a copy of it is upgraded, and it stays as it is."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backstop.disk.own import scratch
from backstop.store.backup import copy_pages, told_as
from backstop.store.header import fitting
from backstop.store.key import Key
from backstop.store.migrations import upgrade
from backstop.store.reading import COPY_NAME, reading


@contextmanager
def upgraded_copy(
    path: Path, key: Key | None, connection: sqlite3.Connection
) -> Iterator[sqlite3.Connection]:
    """A connection to a copy in the newest version, gone afterwards; raises as `reading` does."""
    with scratch() as folder:
        copy = folder / COPY_NAME
        with told_as(path):
            copy_pages(connection, copy, fitting(path, key))
        upgrade(copy, key)
        with reading(copy, key) as upgraded:
            yield upgraded
