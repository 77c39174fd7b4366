"""What an owner does is killed at any moment: what was told is there, nothing is half there."""

import contextlib
import json
import random
import shutil
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Iterator
from multiprocessing.connection import Connection
from pathlib import Path

from backstop.services import passphrase, patience
from backstop.services.backups import backups_of, book_in, is_good
from backstop.services.session import BookSession, book_from_json, book_to_json, read_book
from backstop.store import BookFile, LockedBook, WrongPassphrase
from backstop.store.book_file import key_of
from backstop.store.layout import FILE_VERSION
from crash import promised_work
from crash.expecting import SOME_SECONDS, expect
from crash.promised_work import PASSPHRASES, PLANTED, SECRET, opened, some_book
from store.children import child

LONGEST_KILL = 0.6
UNDO = b"undo"
UPGRADE = Path(__file__).parents[1] / "upgrade"


def kill(folder: Path, chance: random.Random, *, locks: bool = False) -> str:
    """Whatever an owner does is killed: what was told is there, nothing is half there, and after
    the next opening nothing unfinished lies about."""
    path = folder / "books" / "shop.backstop"
    BookFile.create(path, some_book(0)).close()
    before, begun = book_to_json(some_book(0)), b""
    told = {before}
    for _ in range(2):
        with child(
            promised_work.work, path, chance.randrange(10**6), str(folder / "data"), locks
        ) as pair:
            process, connection = pair
            expect(connection.poll(SOME_SECONDS), "never began")
            time.sleep(chance.uniform(0, LONGEST_KILL))
            process.kill()
            process.join()
            for word, data in rest(connection):
                if word == "done":
                    before, begun = data, b""
                    told.add(data)
                elif word == "begun":
                    begun = data or UNDO
        with opened(path) as session:
            found = book_to_json(session.book)
            begun_is_there = found == begun or (begun == UNDO and found in told)
            expect(found == before or begun_is_there, "another book than was told")
            session.history()
            kept = backups_of(path)
            bad = [each for each in kept if not is_good(each, key_of(each.path, SECRET))]
            expect(not bad, f"backups that open neither by the passphrase nor without: {bad}")
            before = found
            told.add(found)  # what was begun may have come about untold
        left = [each.name for each in folder.rglob("*") if each.name.endswith((".new", "-wal"))]
        expect(not left, f"left: {left}")
    return "told" if len(told) > 1 else "killed early"


def kill_locked(folder: Path, chance: random.Random) -> str:
    """The same with passphrases set and taken away; then one is set, and nothing of ours can be
    read without it but what is said."""
    seen = kill(folder, chance, locks=True)
    path = folder / "books" / "shop.backstop"
    with opened(path) as session:
        if not session.is_locked:
            passphrase.set_passphrase(session, SECRET)
    said = {str(each) for each in passphrase.readable_copies(path)}
    readable = {
        str(each)
        for each in folder.rglob("*")
        if each.is_file() and PLANTED.encode() in each.read_bytes()
    }
    of_ours = {each for each in readable if not Path(each).name.startswith(("copy-", "incoming"))}
    expect(of_ours <= said, f"readable, and not said: {sorted(of_ours - said)}")
    return seen


def kill_statement(folder: Path, chance: random.Random) -> str:
    """Statements taken in and forgotten: all rows of one are there or none, and none twice."""
    path = folder / "books" / "shop.backstop"
    BookFile.create(path, some_book(0)).close()
    held: dict[str, int] = {}
    seen = "killed early"
    for _ in range(2):
        begun = held
        seed, data = chance.randrange(10**6), str(folder / "data")
        for word, told in killed(
            chance, LONGEST_KILL, promised_work.take_statements, path, seed, data
        ):
            now = json.loads(told)
            held, begun, seen = (now, now, "told") if word == "done" else (held, now, seen)
        with opened(path) as session:
            kept = session.statements()
            rows = Counter(each.statement for each in kept.rows)
            found = {each.name: rows[each.key] for each in kept.files if each.name}
            expect(found in (held, begun), f"{found}, and told was {held}, begun {begun}")
            expect(sum(found.values()) == len(kept.rows), "rows of no statement")
            expect(session.book == some_book(0), "another book")
        nothing_left(folder)
        held = found
    return seen


def kill_upgrade(folder: Path, chance: random.Random) -> str:
    """A file of an older version is opened: it is that version's or this one's, whole, and once it
    is this one's there is a backup of it as it was."""
    version = chance.randrange(1, FILE_VERSION)
    path = folder / "books" / "shop.backstop"
    path.parent.mkdir()
    shutil.copyfile(UPGRADE / f"v{version}.backstop", path)
    kept = UPGRADE / f"v{version}.json"
    before = book_from_json(kept.read_bytes()) if kept.exists() else read_book(path)
    with BookFile.open(path, read_only=True) as file:
        changes = len(file.history())
    arguments = path, str(folder / "data")
    if chance.random() < 0.2:
        told = killed(chance, 1.2, promised_work.upgrade_one, *arguments)
    else:  # while the file itself is changed
        told = killed(
            chance, 0.15, promised_work.upgrade_one, *arguments, begun=lambda: any(backups_of(path))
        )
    is_new = version_of(path) == FILE_VERSION
    expect(is_new or version_of(path) == version, f"of version {version_of(path)}")
    expect(is_new or not told, "told as upgraded, and is not")
    kept_good = [each for each in backups_of(path) if is_good(each)]
    expect(len(kept_good) == len(backups_of(path)), "a backup that does not open")
    same = [each for each in kept_good if book_in(each) == before]
    expect(bool(same) or not is_new, "no backup of the file as it was")
    for _ in range(2):
        with BookSession.open(path) as session:
            expect(session.book == before, "another book")
            expect(len(session.history()) >= changes, "a shorter history")
    nothing_left(folder)
    return f"told {version}" if told else "upgraded untold" if is_new else "as it was"


def version_of(path: Path) -> int:
    with contextlib.closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
        (found,) = connection.execute("PRAGMA user_version").fetchone()
    return int(found)


def kill_passphrase(folder: Path, chance: random.Random) -> str:
    """A passphrase set, changed, removed: the one that was told opens the book, or the one that was
    begun, no other does; and what can be read without it is said."""
    path = folder / "books" / "shop.backstop"
    book = some_book(chance.randrange(90))
    BookFile.create(path, book).close()
    holds, told, first = "", [], patience.FIRST_SECONDS
    patience.FIRST_SECONDS = 0
    try:
        for _ in range(2):
            seed, data = chance.randrange(10**6), str(folder / "data")
            told = killed(chance, 0.9, promised_work.relock_again, path, seed, data, holds)
            begun = holds
            for word, which in told:
                begun = which.decode()
                holds = begun if word == "done" else holds
            opening = [each for each in ("", *PASSPHRASES) if opens(path, each, book)]
            expect(opening in ([holds], [begun]), f"{opening} opens it, told {holds or 'none'!r}")
            holds = opening[0]
            nothing_left(folder)
            for each in backups_of(path):
                keys = (None, *(key_of(each.path, one) for one in PASSPHRASES))
                expect(any(is_good(each, key) for key in keys), f"nothing opens {each.path.name}")
            if holds:
                said = set(passphrase.readable_copies(path))
                expect(readable(folder) <= said, f"readable, not said: {readable(folder) - said}")
    finally:
        patience.FIRST_SECONDS = first
    return holds or "none holds"


def opens(path: Path, typed: str, book: object) -> bool:
    """Whether this passphrase (empty: none) opens the book, which then has to be that one."""
    try:
        with BookSession.open(path, passphrase=typed) as session:
            expect(session.book == book, "another book")
            return bool(typed) == session.is_locked
    except (LockedBook, WrongPassphrase):
        return False


def readable(folder: Path) -> set[Path]:
    """Files in which what was planted can be read."""
    files = (each for each in folder.rglob("*") if each.is_file())
    return {each for each in files if PLANTED.encode() in each.read_bytes()}


def nothing_left(folder: Path) -> None:
    left = [each.name for each in folder.rglob("*") if each.name.endswith((".new", "-wal"))]
    expect(not left, f"left: {left}")


def killed(
    chance: random.Random,
    longest: float,
    job: Callable[..., None],
    *arguments: object,
    begun: Callable[[], bool] = lambda: True,
) -> list[tuple[str, bytes]]:
    """What a program told until it was killed, some seconds (at most `longest`) after it had
    `begun`."""
    with child(job, *arguments) as (process, connection):
        expect(connection.poll(SOME_SECONDS), "never began")
        connection.recv()
        end = time.monotonic() + SOME_SECONDS
        while not begun() and time.monotonic() < end:
            time.sleep(0.002)
        time.sleep(chance.uniform(0, longest))
        process.kill()
        process.join()
        return list(rest(connection))


def rest(connection: Connection) -> Iterator[tuple[str, bytes]]:
    with contextlib.suppress(EOFError, OSError):
        while connection.poll():
            yield connection.recv()
