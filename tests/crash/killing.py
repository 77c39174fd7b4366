"""Kill a program at a random moment, and judge what it left. Each round counts one kill."""

import os
import random
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from multiprocessing.connection import Connection
from pathlib import Path

from backstop.domain import Book, EnvironmentFault
from backstop.services import patience
from backstop.services.backups import backups_of, book_in, folder_of, is_good
from backstop.services.session import read_book
from backstop.store import BookFile, key
from backstop.store.layout import FILE_VERSION
from crash import jobs
from store.children import child, number_of, state

SOME_SECONDS = 60
UPGRADE = Path(__file__).parents[1] / "upgrade"
LONGEST = 0.15


@dataclass
class Tally:
    """How many kills there were, how many left something unfinished, what was acknowledged."""

    kills: int = 0
    interrupted: int = 0
    acknowledged: int = 0
    lost: list[str] = field(default_factory=list)


def killed(
    job: Callable[..., None], chance: random.Random, *arguments: object, longest: float = LONGEST
) -> list[int]:
    """Run the job, kill it some moments after the first thing that it did, or, every fourth time,
    after it became ready; returns what it told until then."""
    told: list[int] = []
    with child(job, *arguments) as (process, connection):
        if not connection.poll(SOME_SECONDS):
            raise AssertionError(f"{job.__name__} never began")
        assert connection.recv() == "ready"
        if chance.random() < 0.75:
            assert connection.poll(SOME_SECONDS)
        time.sleep(chance.uniform(0, longest))
        process.kill()
        process.join()
        told += rest(connection)
    return told


def rest(connection: Connection) -> list[int]:
    told: list[int] = []
    try:
        while connection.poll():
            told.append(int(connection.recv()))
    except (EOFError, OSError):
        pass
    return told


def kill_edits(folder: Path, seed: int, rounds: int, job: Callable[..., None] = jobs.edit) -> Tally:
    """Edits or imports: what was told is there; at most the one after it too; nothing half."""
    tally, chance = Tally(), random.Random(seed)
    path = folder / "book.backstop"
    BookFile.create(path, state(0)).close()
    known = 0
    for _ in range(rounds):
        told = killed(job, chance, path)
        tally.kills += 1
        last = max([known, *told])
        with BookFile.open(path) as file:
            number = number_of(file.book)
            if not last <= number <= last + 1 or file.book != state(number):
                tally.lost.append(f"{last} was told, the file holds {number}")
            if len({entry.change for entry in file.history()}) != number:
                tally.lost.append(f"{number} changes, and a history of another number")
        tally.interrupted += number > last
        tally.acknowledged += len(told)
        known = number
    return tally


def kill_imports(folder: Path, seed: int, rounds: int) -> Tally:
    return kill_edits(folder, seed, rounds, jobs.import_books)


def kill_synced_edits(folder: Path, seed: int, rounds: int) -> Tally:
    """Edits where a rollback journal takes the place of the log."""
    synced = folder / "Dropbox"
    synced.mkdir()
    return kill_edits(synced, seed, rounds)


def kill_upgrades(folder: Path, seed: int, rounds: int) -> Tally:
    """Whatever was told as upgraded is; the one that was not opens as the old file it was. Every
    older version has its turn."""
    tally, chance = Tally(), random.Random(seed)
    path = folder / "book.backstop"
    for turn in range(rounds):
        old = UPGRADE / f"v{1 + turn % (FILE_VERSION - 1)}.backstop"
        book = read_book(old)
        told = killed(jobs.upgrade_books, chance, path, old, longest=LONGEST / 2)
        tally.kills += 1
        tally.acknowledged += len(told)
        for number in [*told, len(told)]:
            target = path.with_name(f"old-{number}.backstop")
            if number in told or whole_copy(target, old):
                tally.interrupted += number not in told
                with BookFile.open(target) as file:
                    if file.book != book:
                        tally.lost.append(target.name)
        for each in folder.iterdir():
            each.unlink()
    return tally


def whole_copy(target: Path, old: Path) -> bool:
    """Whether the kill came after the test itself had put the old file there."""
    return target.exists() and target.stat().st_size >= old.stat().st_size


def kill_backups(folder: Path, seed: int, rounds: int) -> Tally:
    """Every backup that has its name is good; the newest told one is there."""
    tally, chance = Tally(), random.Random(seed)
    path = folder / "book.backstop"
    BookFile.create(path, state(0)).close()
    known = 0
    for _ in range(rounds):
        told = killed(jobs.make_backups, chance, path)
        tally.kills += 1
        tally.acknowledged += len(told)
        kept = backups_of(path)
        tally.lost += [each.path.name for each in kept if not is_good(each)]
        numbers = {number_of(book_in(each)) for each in kept}
        tally.lost += [f"backup of {number}" for number in told if number not in numbers]
        known = number_of(read_book(path)) if not told else max(known, *told)
        unfinished = [each for each in folder_of(path).glob(".*") if each.suffix != ".backstop"]
        tally.interrupted += bool(unfinished)
        for each in (*unfinished, *(backup.path for backup in kept)):
            each.unlink()
    return tally


def kill_passphrases(folder: Path, seed: int, rounds: int) -> Tally:
    """The passphrase before, or the one after, opens a book that has lost nothing."""
    tally, chance = Tally(), random.Random(seed)
    patience.FIRST_SECONDS = 0
    key.ITERATIONS = 1000
    path = folder / "book.backstop"
    book = state(1)
    BookFile.create(path, book).close()
    for _ in range(rounds):
        told = killed(jobs.change_passphrases, chance, path, longest=3 * LONGEST)
        tally.kills += 1
        tally.acknowledged += len(told)
        tally.lost += judged(path, book)
        tally.interrupted += any(each.name.endswith(".new") for each in folder.iterdir())
    return tally


def judged(path: Path, book: Book) -> list[str]:
    try:
        with jobs.open_with_any(path) as session:
            return [] if session.book == book else ["another book"]
    except (EnvironmentFault, AssertionError) as error:
        return [str(error)]


KILLS: dict[str, Callable[[Path, int, int], Tally]] = {
    "edits": kill_edits,
    "synced edits": kill_synced_edits,
    "imports": kill_imports,
    "upgrades": kill_upgrades,
    "backups": kill_backups,
    "passphrases": kill_passphrases,
}


def use_folder(folder: Path) -> None:
    """Backups of this process and of its children go below this folder."""
    os.environ["BACKSTOP_DATA_DIR"] = str(folder / "data")
