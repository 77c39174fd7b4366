"""The promises of the book file, tried from outside: `tests/crash/outside.py [TRIALS] [ROW]`.

The program is only run, as an owner does; what came of it is judged by plain SQLite, by the bytes
of files, and by the sentences. Each row prints its trials and what it saw; the exit code is 1 if a
promise was broken. `promises.py` tries the same promises through the program's own parts.
"""

import contextlib
import os
import random
import shutil
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

if __name__ == "__main__":
    ROOT = Path(__file__).parents[2]
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from backstop.services import clock, passphrase, patience
from backstop.services.session import BookSession, book_to_json
from backstop.store import BookFile, key
from crash.outside_damage import damage, damage_locked
from crash.outside_owner import (
    PLANTED,
    SECOND,
    SECRET,
    Broken,
    data_of,
    edit,
    expect,
    nothing_lies_about,
    rows_in,
    template,
    told,
    without_times,
)
from store.example import small_book


@dataclass
class Tally:
    """What a row saw, by name, and the promises that were broken, by seed."""

    trials: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


# kills: the same command is run once to its end, and then killed


def killed_after(seconds: float, job: Callable[[], object]) -> bool:
    """Run a job in a process of its own and kill it so many seconds later; whether it was done."""
    child = os.fork()
    if not child:
        with contextlib.suppress(BaseException):
            job()
        os._exit(0)
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    return bool(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0)


def edited_and_kept(session: BookSession) -> None:
    edit(session, 78)
    session.back_up()


def jobs(path: Path) -> dict[str, Callable[[], object]]:
    """What an owner may be doing; each ends by itself."""
    plan, table = path.with_name("out.csv"), path.with_name("out.json")
    other = path.with_name("other.json")

    def in_session(work: Callable[[BookSession], object]) -> Callable[[], object]:
        def run() -> None:
            with BookSession.open(path) as session:
                work(session)

        return run

    return {
        "edit": in_session(lambda session: edit(session, 77)),
        "backup": in_session(edited_and_kept),
        "settle": lambda: told("settle", path, "--as-planned", "--to", "2026-01-20"),
        "restore": lambda: told("restore", path, "--from", other, "--write"),
        "export": lambda: told("export", path, table),
        "table": lambda: told("project", path, "--csv", plan),
        "repair": lambda: told("check", path, "--repair", path.with_name("mended.backstop")),
        "lock": in_session(lambda session: passphrase.set_passphrase(session, SECRET)),
    }


def kill(folder: Path, chance: random.Random) -> str:
    """The file says what it said before, or what it says afterwards; nothing lies about then."""
    path = folder / "books" / "shop.backstop"
    path.parent.mkdir()
    ready(path)
    name = chance.choice(sorted(jobs(path)))
    shutil.copytree(folder, folder.with_name(folder.name + "-whole"))
    whole = folder.with_name(folder.name + "-whole") / "books" / path.name
    before = without_times(rows_in(path))
    with data_of(whole.parent.parent):
        began = time.perf_counter()
        jobs(whole)[name]()
        took = time.perf_counter() - began
        after = before if name == "lock" else without_times(rows_in(whole))
    with data_of(folder):
        killed_after(chance.uniform(0, 1.2 * took), jobs(path)[name])
        with BookSession.open(path, passphrase=SECRET if locked(path) else "") as session:
            session.back_up()
            session.history()
            if session.is_locked:
                passphrase.remove_passphrase(session, SECRET)
        now = without_times(rows_in(path))
        expect(now in (before, after), f"{name}: neither what was before nor what comes after")
        nothing_lies_about(folder, name)
    shutil.rmtree(whole.parent.parent)
    return name


def ready(path: Path) -> None:
    shutil.copy(template(), path)
    path.with_name("other.json").write_bytes(book_to_json(small_book().changed(title="Other")))


def locked(path: Path) -> bool:
    return not path.read_bytes().startswith(b"SQLite")


# secrets


def secrets(folder: Path, chance: random.Random) -> str:
    """After a passphrase is set, none of what was ever in the book can be read but what is said."""
    path = folder / "books" / "shop.backstop"
    path.parent.mkdir()
    shutil.copy(template(), path)
    for _ in range(chance.randrange(3)):
        name = chance.choice(["edit", "backup", "settle", "repair"])
        killed_after(chance.uniform(0, 0.4), jobs(path)[name])
    with BookSession.open(path) as session:
        edit(session, 3)
        if chance.random() < 0.7:
            session.back_up()
        passphrase.set_passphrase(session, SECRET)
        if chance.random() < 0.5:
            edit(session, 4)
            passphrase.change_passphrase(session, SECRET, SECOND)
            edit(session, 5)
            session.back_up()
        said = {str(each) for each in passphrase.readable_copies(path)}
    found = {
        str(each)
        for each in folder.rglob("*")
        if each.is_file() and PLANTED.encode() in each.read_bytes()
    }
    expect(found <= said, f"readable, and not said: {sorted(found - said)}")
    expect(not locked_with(folder, SECRET), "the passphrase itself is written somewhere")
    return f"{len(found)} said"


def locked_with(folder: Path, secret: str) -> list[Path]:
    return [e for e in folder.rglob("*") if e.is_file() and secret.encode() in e.read_bytes()]


# names and swaps

NAMES: tuple[bytes, ...] = (
    b"a" * 200 + b".backstop",
    b"a" * 231 + b".backstop",
    b"a" * 246 + b".backstop",
    "备".encode() * 80 + b".backstop",
    b"\xff\xfe.backstop",
    b"new\nline.backstop",
    b"what?is#this%20.backstop",
    b"-dash.backstop",
    b" blanks .backstop",
    "\u202eevil.backstop".encode(),
    "😀.backstop".encode(),
    b"'quo\"te.backstop",
    b"no-suffix",
)


def names(folder: Path, chance: random.Random) -> str:
    """A file of any name is opened, edited, backed up, locked; or refused in a sentence."""
    name = NAMES[chance.randrange(len(NAMES))]
    path = folder / "books" / os.fsdecode(name)
    path.parent.mkdir()
    shutil.copy(template(), folder / "books" / "x")
    os.rename(folder / "books" / "x", path)
    option = ("./" if name.startswith(b"-") else "") + str(path)
    told("check", option)
    with BookSession.open(path) as session:
        if session.read_only:
            return f"{len(name)} bytes: to be read only"
        edit(session, 9)
        expect(session.back_up() is not None, "no backup")
        passphrase.set_passphrase(session, SECRET)
        edit(session, 10)
    with BookSession.open(path, passphrase=SECRET) as session:
        expect(session.book.title == "Edit 10", "another book")
    modes = {each.stat().st_mode & 0o077 for each in (folder / "data").rglob("*")}
    expect(modes <= {0}, "others may look into the program's folder")
    nothing_lies_about(folder, repr(name))
    return f"{len(name)} bytes: used"


def swapped(folder: Path, chance: random.Random) -> str:
    """Something else is put in the place of an open book: no edit is said to be saved, what was put
    there is not written to, and a copy elsewhere has everything."""
    path = folder / "shop.backstop"
    shutil.copy(template(), path)
    what = chance.choice(["empty", "text", "other", "gone", "folder", "loop", "older"])
    with BookSession.open(path) as session:
        older = path.read_bytes()
        edit(session, 20)
        path.unlink()
        put_there(path, what, older)
        there = path.read_bytes() if path.is_file() else b""
        try:
            edit(session, 21)
        except Exception as fault:  # noqa: BLE001  whatever it is, it is judged
            expect(type(fault).__name__ == "NotSaved", f"{what}: {type(fault).__name__}")
        else:
            raise Broken(f"{what}: said to be saved")
        expect(not path.is_file() or path.read_bytes() == there, f"{what}: was written to")
        copy = folder / "copy.backstop"
        session.save_copy(copy)
        wanted = session.book
    with BookSession.open(copy) as copied:
        expect(copied.book == wanted, f"{what}: another book in the copy")
    return what


def put_there(path: Path, what: str, older: bytes) -> None:
    match what:
        case "empty":
            path.touch()
        case "text":
            path.write_text("text")
        case "other":
            BookFile.create(path.with_name("o.backstop"), small_book()).close()
            path.with_name("o.backstop").rename(path)
        case "folder":
            path.mkdir()
        case "loop":
            path.symlink_to(path)
        case "older":
            path.write_bytes(older)


ROWS: dict[str, Callable[[Path, random.Random], str]] = {
    "kill": kill,
    "damage": damage,
    "damage-locked": damage_locked,
    "secrets": secrets,
    "names": names,
    "swapped": swapped,
}


def tried(row: str, trials: int, first: int = 0) -> Tally:
    """So many trials of a row, each with a seed and a folder of its own."""
    tally = Tally()
    iterations, key.ITERATIONS = key.ITERATIONS, 1000
    patience.FIRST_SECONDS = 0
    for seed in range(first, first + trials):
        with tempfile.TemporaryDirectory() as made:
            folder = Path(made) / "all"
            folder.mkdir()
            os.environ["BACKSTOP_DATA_DIR"] = str(folder / "data")
            tally.trials += 1
            try:
                tally.seen[ROWS[row](folder, random.Random(f"{row} {seed}"))] += 1
            except Exception as error:  # noqa: BLE001  whatever it is, it is written down
                tally.broken.append(f"seed {seed}: {type(error).__name__}: {error}"[:3000])
    key.ITERATIONS = iterations
    return tally


if __name__ == "__main__":
    sys.modules["keyring"] = None  # type: ignore[assignment]  # not the keyring of this machine
    clock.today = lambda: date(2026, 1, 20)
    os.environ["BACKSTOP_DATA_DIR"] = tempfile.mkdtemp()
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 20
    failed = 0
    for chosen in sys.argv[2:] or ROWS:
        result = tried(chosen, number)
        failed += len(result.broken)
        seen = ", ".join(f"{each} {times}" for each, times in sorted(result.seen.items()))
        print(f"{chosen}: {result.trials} trials; {seen}; broken {len(result.broken)}", flush=True)
        for each in result.broken[:12]:
            print(f"    {each}", flush=True)
    sys.exit(1 if failed else 0)
