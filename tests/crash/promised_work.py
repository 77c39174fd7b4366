"""What an owner does, at random and without end, in a process that will be killed."""

import os
import random
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from backstop.domain import Book, EnvironmentFault, message
from backstop.services import passphrase
from backstop.services.commands import Change
from backstop.services.importing import import_book
from backstop.services.session import BookSession, book_to_json
from backstop.store import key
from backstop.store.book_file import key_of
from store.example import small_book

PLANTED = "Planted-Zaubernuss-4711"
SECRET = "correct horse battery"


def some_book(number: int) -> Book:
    """A book that differs from the one before it in figures, names and length."""
    book = small_book().changed(title=f"{PLANTED} {number}", notes=PLANTED * (1 + number % 90))
    line = book.facilities[0]
    lines = (
        line.changed(id=f"line-{each}", name=f"Line {each}", tranches=(), limit=number + each)
        for each in range(number % 7)
    )
    return book.changed(
        facilities=(line.changed(limit=1000 + number), *book.facilities[1:], *lines)
    )


def work(connection: Connection, path: Path, seed: int, data: str, locks: bool) -> None:
    """Tells `(begun, json)` before and `(done, json)` after each change; backups, imports, exports
    and, where it `locks`, passphrases come between."""
    os.environ["BACKSTOP_DATA_DIR"] = data
    key.ITERATIONS = 1000
    sys.modules["keyring"] = None  # type: ignore[assignment]  # not the keyring of this machine
    chance = random.Random(seed)
    with opened(path) as session:
        connection.send(("ready", b""))
        number = seed % 1000
        while True:
            number += 1
            one_thing(connection, path, session, chance, number, locks)


def one_thing(
    connection: Connection,
    path: Path,
    session: BookSession,
    chance: random.Random,
    number: int,
    locks: bool,
) -> None:
    """One change, or something that changes nothing of what the book says."""
    what = chance.choice(["edit", "edit", "undo", "import", "backup", "copy", "lock"])
    if what == "undo" and session.can_undo:
        connection.send(("begun", b""))
        session.undo()
    elif what == "import":
        source = path.with_name("incoming.json")
        after = some_book(number)
        source.write_bytes(book_to_json(after))
        connection.send(("begun", book_to_json(after)))
        import_book(session, source)
        source.unlink()
    elif what == "backup":
        session.back_up()
        return
    elif what == "copy":
        session.save_copy(path.with_name(f"copy-{number}-{os.getpid()}.backstop"))
        return
    elif what == "lock" and locks:
        relock(path, session)
        return
    else:
        after = some_book(number)
        connection.send(("begun", book_to_json(after)))
        session.apply(Change(session.book, after, message("edit")))
    connection.send(("done", book_to_json(session.book)))


def relock(path: Path, session: BookSession) -> None:
    if session.is_locked:
        passphrase.remove_passphrase(session, SECRET)
    else:
        passphrase.set_passphrase(session, SECRET)


def opened(path: Path, *, read_only: bool = False) -> BookSession:
    """The book, locked or not."""
    found = key_of(path, SECRET)
    return BookSession.open(path, key=found, read_only=read_only)


def edit_under_a_limit(connection: Connection, path: Path, data: str, most: int) -> None:
    """One large change where no file may grow beyond `most` bytes: tells what came of it."""
    import resource
    import signal

    os.environ["BACKSTOP_DATA_DIR"] = data
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))
    try:
        with BookSession.open(path) as session:
            session.apply(Change(session.book, some_book(most), message("edit")))
        connection.send(("saved", b""))
    except EnvironmentFault as fault:
        connection.send(("refused", str(fault).encode()))
