"""What an owner does, at random and without end, in a process that will be killed."""

import json
import os
import random
import sys
import time
from collections import Counter
from datetime import date
from itertools import count
from multiprocessing.connection import Connection
from pathlib import Path

from backstop.domain import Book, EnvironmentFault, message
from backstop.services import passphrase
from backstop.services.commands import Change
from backstop.services.importing import import_book
from backstop.services.session import BookSession, book_to_json
from backstop.services.statements import forget, look_at, take_in
from backstop.store import key
from backstop.store.book_file import key_of
from backstop.store.history import Act
from crash.expecting import SOME_SECONDS
from store.example import small_book

PLANTED = "Planted-Zaubernuss-4711"
SECRET = "correct horse battery"
PASSPHRASES = (SECRET, "staple after staple")
BANK = "交易日期,摘要,收入,支出,余额,对方户名\n"
READ_ON = date(2026, 11, 3)


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
    begin(data)
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


def begin(data: str) -> None:
    """As in a program of its own, with folders of its own and no keyring of this machine."""
    os.environ["BACKSTOP_DATA_DIR"] = data
    key.ITERATIONS = 1000
    sys.modules["keyring"] = None  # type: ignore[assignment]


def take_statements(connection: Connection, path: Path, seed: int, data: str) -> None:
    """Statements taken in, and now and then the oldest forgotten. Tells by name how many rows of
    each there are."""
    begin(data)
    chance = random.Random(seed)
    with opened(path) as session:
        kept = session.statements()
        rows = Counter(each.statement for each in kept.rows)
        files = {each.name: each.key for each in kept.files if each.name}
        held = {name: rows[digest] for name, digest in files.items()}
        connection.send(("ready", b""))
        for number in count(seed):
            if held and chance.random() < 0.3:
                name = next(iter(held))
                change = forget(session.book, session.statements(), files.pop(name))
                del held[name]
            else:
                name, many = f"bank-{number}.csv", chance.randrange(1, 400)
                found = look_at(statement(number, many), name, session.book, session.statements())
                change = take_in(session.book, found, READ_ON)
                files[name], held[name] = found.key, many
            connection.send(("begun", json.dumps(held).encode()))
            session.apply(change, Act.IMPORT)
            connection.send(("done", json.dumps(held).encode()))


def statement(number: int, rows: int) -> bytes:
    """A bank's statement, of which no row is in another."""
    lines = (
        f"2026-{1 + row % 9:02}-{1 + row % 28:02},{PLANTED},,{1 + row}.{number % 100:02},"
        f"{number}.00,Shop {number}-{row}"
        for row in range(rows)
    )
    return (BANK + "\n".join(lines) + "\n").encode()


def upgrade_one(connection: Connection, path: Path, data: str) -> None:
    """A file of an older version is opened."""
    begin(data)
    connection.send(("ready", b""))
    with BookSession.open(path) as session:
        connection.send(("done", book_to_json(session.book)))
        time.sleep(SOME_SECONDS)


def relock_again(connection: Connection, path: Path, seed: int, data: str, holds: str) -> None:
    """The passphrase that holds (empty: none) set, changed or removed, with backups between. Tells
    which one holds then."""
    begin(data)
    chance = random.Random(seed)
    with BookSession.open(path, passphrase=holds) as session:
        connection.send(("ready", b""))
        while True:
            wanted = chance.choice([each for each in ("", *PASSPHRASES) if each != holds])
            connection.send(("begun", wanted.encode()))
            if not holds:
                passphrase.set_passphrase(session, wanted)
            elif wanted:
                passphrase.change_passphrase(session, holds, wanted)
            else:
                passphrase.remove_passphrase(session, holds)
            holds = wanted
            connection.send(("done", holds.encode()))
            if chance.random() < 0.3:
                session.back_up()


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
