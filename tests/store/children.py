"""Other programs that use a book file, run in processes of their own to be killed at will.

They come from a server that has SQLAlchemy imported, so that each starts in milliseconds.
"""

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from functools import cache
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

import pytest

from backstop.domain import Book, EnvironmentFault, Facility, Tranche
from backstop.store import BookFile, NotSaved
from store.example import DAY_0, small_book

NOBODY = 65534


@cache
def _context() -> Any:
    if sys.platform == "win32":
        return get_context("spawn")
    from multiprocessing import forkserver

    context = get_context("forkserver")
    context.set_forkserver_preload(
        ["backstop.store.writing", "store.children", "crash.jobs", "sqlcipher3.dbapi2"]
    )
    with pytest.MonkeyPatch.context() as patch:  # where the server finds what it imports first
        patch.setenv("PYTHONPATH", os.pathsep.join(sys.path))
        forkserver.ensure_running()
    return context


@contextmanager
def child(job: Callable[..., None], *arguments: object) -> Iterator[tuple[Any, Connection]]:
    """A process that runs `job(connection, *arguments)`, killed in the end if it still runs."""
    context = _context()
    ours, theirs = context.Pipe()
    process = context.Process(target=job, args=(theirs, *arguments), daemon=True)
    process.start()
    theirs.close()
    try:
        yield process, ours
    finally:
        process.kill()
        process.join()
        process.close()
        ours.close()


def state(number: int) -> Book:
    """A book that differs from its neighbours in several rows of several tables."""
    base = small_book()
    lines = tuple(
        Facility(
            id=f"line-{number}-{each}",
            name=f"Line {number}",
            notes="x" * (number * 997 % 3000),
            tranches=(
                Tranche(
                    id=f"draw-{number}-{each}",
                    name="Draw",
                    principal=number + 1,
                    next_due=DAY_0 + timedelta(days=each),
                ),
            ),
        )
        for each in range(1 + number % 4)
    )
    return base.changed(title=f"State {number}", facilities=base.facilities + lines)


def number_of(book: Book) -> int:
    return int(book.title.removeprefix("State "))


def keep_saving(connection: Connection, path: Path) -> None:
    """Save one state after the other, and tell each number once it is saved."""
    with BookFile.open(path) as file:
        number = number_of(file.book)
        while True:
            number += 1
            file.save(state(number))
            connection.send(number)


def keep_creating(connection: Connection, folder: Path) -> None:
    """Create one file after the other, and tell each name once it is there."""
    number = 0
    while True:
        path = folder / f"book-{number}.backstop"
        BookFile.create(path, state(number)).close()
        connection.send(number)
        number += 1


def hold(connection: Connection, path: Path) -> None:
    """Open a book for writing and keep it, until told to go."""
    with BookFile.open(path) as file:
        file.save(file.book.changed(title="Held"))
        connection.send("held")
        connection.recv()


def save_under_a_size_limit(connection: Connection, path: Path, most: int) -> None:
    """Try a large change and then a small one, where no file may grow beyond `most` bytes."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    with BookFile.open(path) as file:
        before = file.book
        large = before.put(before.facilities[0].changed(notes="x" * 19_000))
        try:
            file.save(large)
        except NotSaved as error:
            connection.send(str(error))
        connection.send(file.book == before)


def open_under_a_size_limit(connection: Connection, path: Path, most: int) -> None:
    """Open a book for writing where no file may grow beyond `most` bytes; tell the refusal."""
    import resource

    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        BookFile.open(path).close()
    except EnvironmentFault as error:
        connection.send(str(error))
    connection.send("old.backstop was opened")


def look_as_nobody(connection: Connection, path: Path) -> None:
    """Open a book as somebody who may only read it, and tell what came of it."""
    import shutil  # noqa: F401 (a user without rights may not import them later)
    import tempfile  # noqa: F401

    if os.geteuid() == 0:
        os.setuid(NOBODY)
    try:
        with BookFile.open(path) as file:
            connection.send((file.read_only, str(file.why_read_only), file.book.title))
    except EnvironmentFault as error:
        connection.send(("refused", str(error), ""))
