"""The promises of the book file, tried from outside: `tests/crash/outside.py [TRIALS] [ROW]`.

The program is only run, as an owner does; what came of it is judged by plain SQLite, by the bytes
of files, and by the sentences. Each row prints its trials and what it saw; the exit code is 1 if a
promise was broken. `promises.py` tries the same promises through the program's own parts.
"""

import contextlib
import io
import os
import random
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

if __name__ == "__main__":
    ROOT = Path(__file__).parents[2]
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from backstop.__main__ import main
from backstop.domain import KeptRow, KeptStatement, Settled, Statements, message
from backstop.services import clock, passphrase
from backstop.services.commands import Change
from backstop.services.session import BookSession, book_to_json
from backstop.store import BookFile, key
from store.example import DAY_0, small_book

PLANTED = "Planted-Haselstrauch-4712"
SECRET, SECOND = "correct horse battery", "staple and some more"
PAGE = 4096
Rows = dict[str, dict[object, tuple[object, ...]]]
"""Of each table, its rows by their first column."""


class Broken(AssertionError):
    """A promise was broken."""


@dataclass
class Tally:
    """What a row saw, by name, and the promises that were broken, by seed."""

    trials: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


def expect(holds: bool, said: str) -> None:
    if not holds:
        raise Broken(said)


def told(*arguments: object) -> tuple[int, str]:
    """One command line: its exit code, and all that it said."""
    out = io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        code = main([str(each) for each in arguments])
    expect(code != 1, f"a failure of ours: {out.getvalue()[-300:]}")
    return code, out.getvalue()


def full_book(path: Path, notes: str = PLANTED) -> None:
    """A book with something in every table: rows settled, a statement, a history, a backup."""
    settled = [
        Settled(
            kind="payment",
            name=f"{PLANTED} {n}",
            rule_date=DAY_0,
            planned_day=DAY_0,
            planned=100 + n,
            actual=n,
        )
        for n in range(40)
    ]
    file = KeptStatement(
        key="may", name=PLANTED, layout="alipay", read_on=DAY_0, first_day=DAY_0, last_day=DAY_0
    )
    rows = tuple(
        KeptRow(
            digest=f"d{n}",
            statement="may",
            line=n,
            day=DAY_0,
            amount=n,
            direction="out",
            nature="payment",
            standing="done",
            counterparty=f"{PLANTED} {n}",
        )
        for n in range(40)
    )
    kept = Statements((file,), rows)
    book = small_book()
    BookFile.create(path, book, ledger=settled, statements=kept).close()
    with BookSession.open(path) as session:
        for number in range(12):
            edit(session, number, notes)
        session.back_up()


def edit(session: BookSession, number: int, notes: str = PLANTED) -> None:
    after = session.book.changed(title=f"Edit {number}", notes=f"{notes} {number} " * (number % 40))
    session.apply(Change(session.book, after, message("edit")))


def rows_in(path: Path) -> Rows:
    """All that a file says, by plain SQLite; raises `sqlite3.Error`."""
    found: Rows = {}
    place = f"{path.absolute().as_uri()}?mode=ro&immutable=1"  # or it leaves logs beside it
    with contextlib.closing(sqlite3.connect(place, uri=True)) as connection:
        connection.text_factory = bytes
        listed = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (name,) in listed.fetchall():
            table = name.decode()
            found[table] = {row[0]: row for row in connection.execute(f"SELECT * FROM [{table}]")}
    return found


def without_times(rows: Rows) -> Rows:
    """The same without what the clock says, and the seal over it."""
    plain = {name: each for name, each in rows.items() if name not in ("seal", "history")}
    return plain | {"history": dict.fromkeys(rows["history"], ())}


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


def nothing_lies_about(folder: Path, name: str) -> None:
    ends = (".new", "-wal", "-shm", "-journal")
    left = [each.name for each in folder.rglob("*") if each.name.endswith(ends)]
    expect(not left, f"{name}: left {left}")
    open_to_others = [each for each in folder.rglob("*.backstop") if each.stat().st_mode & 0o077]
    expect(not [e for e in open_to_others if "data" in e.parts], f"others may read {name}")


@contextlib.contextmanager
def data_of(folder: Path) -> Iterator[None]:
    before = os.environ["BACKSTOP_DATA_DIR"]
    os.environ["BACKSTOP_DATA_DIR"] = str(folder / "data")
    yield
    os.environ["BACKSTOP_DATA_DIR"] = before


_kept: list[Path] = []


def template() -> Path:
    """A full book, made once."""
    if not _kept:
        folder = Path(tempfile.mkdtemp())
        _kept.append(folder / "template.backstop")
        with data_of(folder):
            full_book(_kept[0])
    return _kept[0]


# damage


def damage(folder: Path, chance: random.Random) -> str:
    """A page of one table in another's place, or one bit of one table: found by `check` where it
    changed what the file says, and told by a repair; the file itself is left alone."""
    path = folder / "shop.backstop"
    shutil.copy(template(), path)
    before = rows_in(path)
    data = bytearray(path.read_bytes())
    pages = pages_of(path)
    table = chance.choice(sorted(set(pages) - {"seal"}))
    what = chance.choice(["page", "bit", "bit"])
    at = (chance.choice(pages[table]) - 1) * PAGE
    if what == "page":
        other = chance.choice([each for each in pages if each != table])
        start = (pages[other][0] - 1) * PAGE
        data[at : at + PAGE] = data[start : start + PAGE]
    else:
        used = [at + place for place in range(PAGE) if data[at + place]]
        data[chance.choice(used)] ^= 1 << chance.randrange(8)
    path.write_bytes(data)
    same = said_the_same(path, before)
    code, said = told("check", path)
    found = "The file is whole" not in said
    expect(found or same, f"{table} {what}: another content, and whole to check")
    expect(path.read_bytes() == data, "the file was changed")
    if same:
        return f"{what}: {'found' if found else 'harmless'}"
    mended = path.with_name("mended.backstop")
    code, said = told("check", path, "--repair", mended)
    expect(path.read_bytes() == data, "the repair changed the file")
    if not mended.exists():
        return f"{what}: refused"
    expect(code == 3, f"mended without code 3: {code}")
    all_told(before, rows_in(mended), said, table)
    return f"{what}: repaired"


def said_the_same(path: Path, before: Rows) -> bool:
    try:
        with contextlib.closing(sqlite3.connect(f"{path.as_uri()}?immutable=1", uri=True)) as one:
            sound = one.execute("PRAGMA integrity_check(1)").fetchall() == [("ok",)]
        return sound and rows_in(path) == before
    except (sqlite3.Error, UnicodeError):
        return False


def all_told(before: Rows, after: Rows, said: str, table: str) -> None:
    doubt = "may have changed" in said
    asides = {
        "ledger": "planned and actual",
        "history": "history of changes",
        "statement": "statements",
        "statement_row": "statements",
    }
    for name, rows in before.items():
        if name == "seal" or (name in asides and asides[name] in said):
            continue
        for first, row in rows.items():
            now = after.get(name, {}).get(first)
            if now is None:
                words = [each.decode() for each in row[:5] if isinstance(each, bytes) and each]
                named = any(f"“{each}”" in said for each in words)
                expect(
                    named or "end of the file" in said, f"{table}: lost in {name}: {row}\n{said}"
                )
            elif now != row:
                expect(
                    doubt or first_text(row) in said, f"{table}: changed in {name}: {row}, {now}"
                )


def first_text(row: tuple[object, ...]) -> str:
    return next((each.decode() for each in row[1:] if isinstance(each, bytes) and each), "?")


def pages_of(path: Path) -> dict[str, list[int]]:
    """The pages of each table, root first (https://www.sqlite.org/fileformat2.html, 1.6)."""
    data = path.read_bytes()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        roots = connection.execute(
            "SELECT name, rootpage FROM sqlite_master WHERE type = 'table'"
        ).fetchall()

    def below(number: int) -> list[int]:
        page = data[(number - 1) * PAGE : number * PAGE]
        if page[0] != 5:
            return [number]
        count = int.from_bytes(page[3:5], "big")
        places = [int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(count)]
        children = [int.from_bytes(page[each : each + 4], "big") for each in places]
        children.append(int.from_bytes(page[8:12], "big"))
        return [number, *(found for each in children for found in below(each))]

    return {name: below(root) for name, root in roots}


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
    "secrets": secrets,
    "names": names,
    "swapped": swapped,
}


def tried(row: str, trials: int, first: int = 0) -> Tally:
    """So many trials of a row, each with a seed and a folder of its own."""
    tally = Tally()
    iterations, key.ITERATIONS = key.ITERATIONS, 1000
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
