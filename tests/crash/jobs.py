"""What programs are doing when they are killed: each job tells what is done once it is done.

Every job begins where the one before it was killed, and says “ready” before the first thing that
may be interrupted.
"""

import os
import shutil
import sys
from multiprocessing.connection import Connection
from pathlib import Path

from backstop.domain import message
from backstop.services import passphrase
from backstop.services.backups import Reason, make_backup
from backstop.services.commands import Change
from backstop.services.importing import import_book
from backstop.services.session import BookSession
from backstop.store import BookFile, book_to_json, key
from backstop.store.migrations import upgrade
from store.children import number_of, state

PASSPHRASES = ("the first passphrase", "the second passphrase")


def use_folder_of(path: Path) -> None:
    """Backups go where the test looks for them; a server's child has the server's environment."""
    os.environ["BACKSTOP_DATA_DIR"] = str(path.parent.parent / "data")


def edit(connection: Connection, path: Path) -> None:
    """Edits, undos and redos, each saved when told: as a session makes them."""
    use_folder_of(path)
    with BookSession.open(path) as session:
        number = number_of(session.book)
        connection.send("ready")
        while True:
            number += 1
            session.apply(Change(session.book, state(number), message("edit")))
            connection.send(number)


def import_books(connection: Connection, path: Path) -> None:
    """One `book.json` after the other in the place of the book, each after a backup."""
    use_folder_of(path)
    with BookSession.open(path) as session:
        number = number_of(session.book)
        connection.send("ready")
        while True:
            number += 1
            source = path.with_name("incoming.json")
            source.write_bytes(book_to_json(state(number)))
            import_book(session, source)
            connection.send(number)


def upgrade_books(connection: Connection, path: Path, old: Path) -> None:
    """One old file after the other brought to the present version, in one place."""
    number = 0
    connection.send("ready")
    while True:
        target = path.with_name(f"old-{number}.backstop")
        shutil.copyfile(old, target)
        upgrade(target)
        connection.send(number)
        number += 1


def make_backups(connection: Connection, path: Path) -> None:
    """A change and a backup of it, again and again."""
    use_folder_of(path)
    with BookFile.open(path) as file:
        number = number_of(file.book)
        connection.send("ready")
        while True:
            number += 1
            file.save(state(number))
            make_backup(path, Reason.EDIT)
            connection.send(number)


def change_passphrases(connection: Connection, path: Path) -> None:
    """Set, change and remove the passphrase in turn; tells which one holds: 0, 1, or 2 for none."""
    use_folder_of(path)
    key.ITERATIONS = 1000
    sys.modules["keyring"] = None  # type: ignore[assignment]  # not the keyring of this machine
    session = open_with_any(path)
    connection.send("ready")
    while True:
        if not session.is_locked:
            passphrase.set_passphrase(session, PASSPHRASES[0])
            connection.send(0)
        passphrase.change_passphrase(session, current(session, path), PASSPHRASES[1])
        connection.send(1)
        passphrase.remove_passphrase(session, PASSPHRASES[1])
        connection.send(2)


def current(session: BookSession, path: Path) -> str:
    """Which of the two passphrases the session was opened with."""
    from backstop.store.book_file import key_of

    return next(each for each in PASSPHRASES if key_of(path, each) == session.key)


def open_with_any(path: Path, *, read_only: bool = False) -> BookSession:
    """The book, with whichever passphrase holds, or with none."""
    from backstop.store import LockedBook, WrongPassphrase

    for each in ("", *PASSPHRASES):
        try:
            return BookSession.open(path, read_only=read_only, passphrase=each)
        except (LockedBook, WrongPassphrase):
            continue
    raise AssertionError("no passphrase opens it any more")
