"""What the file promises, tried at random: `python tests/crash/promises.py [TRIALS] [ROW ...]`.

Written against the promises, not against the code: only what an owner's programs call is used, and
what is right is worked out here. Each row prints its trials, what it saw, and what broke a promise;
the exit code is 1 if anything did. A failed trial names its seed: `promises.py 1 ROW SEED`.
"""

import contextlib
import csv
import os
import random
import re
import shutil
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from io import StringIO
from pathlib import Path

if __name__ == "__main__":
    ROOT = Path(__file__).parents[2]
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from backstop.domain import BOOK_VERSION, Book, EnvironmentFault
from backstop.export.grid import Sheet, to_csv
from backstop.services.backups import Reason, backups_of, book_in, make_backup, newest_good
from backstop.services.repair import Repaired, repair_into
from backstop.services.session import BookSession, book_from_json, book_to_json, read_book
from backstop.store import BookFile, key
from backstop.telling import words_for
from crash.expecting import SOME_SECONDS, Trial, expect
from crash.promised_kills import kill, kill_locked, kill_passphrase, kill_statement, kill_upgrade
from crash.promised_work import edit_under_a_limit, some_book
from store.children import child

PAGE = 4096
MOST_SECONDS = 6.0
"""Of processor time, for an answer to any input."""


HEAD = b'{"version":%d,"title":"x","as_of":"2026-01-01","accounts":[' % BOOK_VERSION


@dataclass
class Tally:
    """What a row saw, by name, and the promises that were broken, by seed."""

    trials: int = 0
    seen: Counter[str] = field(default_factory=Counter)
    broken: list[str] = field(default_factory=list)


# damage


def damage(folder: Path, chance: random.Random) -> str:
    """Bytes, pages, ends, pages of one table in the place of another's: the file is refused and not
    touched, or made no difference; a repair tells of every record that is not as it was."""
    path = folder / "books" / "shop.backstop"
    before = some_book(chance.randrange(1, 500))
    BookFile.create(path, some_book(0)).close()
    with BookSession.open(path) as session:
        from backstop.domain import message
        from backstop.services.commands import Change

        session.apply(Change(session.book, before, message("edit")))
        if chance.random() < 0.5:
            session.back_up()
    data = damaged(path.read_bytes(), chance)
    path.write_bytes(data)
    try:
        same = read_book(path) == before
    except EnvironmentFault as fault:
        in_words(fault)
        same = None
    expect(same is not False, "another book was shown")
    expect(path.read_bytes() == data, "the damaged file was changed")
    expect([each.name for each in path.parent.iterdir()] == [path.name], "something lies beside it")
    if same:
        return "harmless"
    target = path.with_name("mended.backstop")
    try:
        repaired = repair_into(path, target)
    except EnvironmentFault as fault:
        in_words(fault)
        return "refused"
    expect(path.read_bytes() == data, "the repair changed the damaged file")
    expect(read_book(target) == repaired.book, "the mended file holds another book")
    all_told(before, repaired)
    return "repaired whole" if repaired.book == before else "repaired in part"


def damaged(whole: bytes, chance: random.Random) -> bytes:
    """The file after one of the things that happen to files."""
    data, pages = bytearray(whole), len(whole) // PAGE

    def page(number: int) -> slice:
        return slice(number * PAGE, (number + 1) * PAGE)

    one, two = chance.randrange(pages), chance.randrange(pages)
    match chance.choice(["bit", "bits", "zero", "noise", "cut", "over", "swap", "letter"]):
        case "bit":
            data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
        case "bits":
            for _ in range(chance.randrange(2, 60)):
                data[chance.randrange(len(data))] = chance.randrange(256)
        case "zero":
            data[page(one)] = bytes(PAGE)
        case "noise":
            data[page(one)] = chance.randbytes(PAGE)
        case "cut":
            del data[chance.randrange(len(data)) :]
        case "over":
            data[page(one)] = whole[page(two)]
        case "swap":
            data[page(one)], data[page(two)] = whole[page(two)], whole[page(one)]
        case _:
            used = [place for place, byte in enumerate(data) if chr(byte).isalnum()]
            data[chance.choice(used)] = ord("x")
    return bytes(data)


def all_told(before: Book, repaired: Repaired) -> None:
    """No record is lost or other than it was without a fix that names it or doubts every value."""
    said = "\n".join(words_for("en").tell(each) for each in repaired.fixes)
    doubt = "may have changed" in said
    cut = "the end of the file is missing" in said  # with what would have named them
    for each in before.by_id.values():
        now = repaired.book.by_id.get(each.id)
        if now is None:
            expect(each.name in said or each.id in said or cut, f"lost without a word: {each.id}")
        elif now != each:
            expect(doubt or each.name in said, f"changed without a word: {each.id}")
    if repaired.book != before:
        expect(bool(repaired.fixes), "another book without a word")


# logs


def logs(folder: Path, chance: random.Random) -> str:
    """A log that a kill left, then damaged, cut, or that of an earlier day: the newest state is
    shown, or what is missing is said; the log is never gone without a trace."""
    import sqlite3

    path = folder / "books" / "shop.backstop"
    BookFile.create(path, some_book(0)).close()
    log, old = path.with_name(path.name + "-wal"), b""
    for round_number in range(2):
        aside = folder / f"aside-{round_number}"
        with contextlib.closing(sqlite3.connect(path)) as reader, BookFile.open(path) as file:
            reader.execute("PRAGMA journal_mode = WAL")
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM book").fetchall()
            for number in range(1, chance.randrange(2, 5)):
                file.save(some_book(100 * round_number + number))
            newest = file.book
            shutil.copytree(path.parent, aside, ignore=shutil.ignore_patterns("*.lock"))
        if not round_number:
            old = (aside / log.name).read_bytes()
    shutil.rmtree(path.parent)
    shutil.copytree(aside, path.parent)
    what = chance.choice(["none", "flip", "cut", "old"])
    data = bytearray(log.read_bytes())
    if what == "flip":
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif what == "cut":
        del data[chance.randrange(len(data)) :]
    elif what == "old":
        with BookFile.open(path) as file:
            newest = file.book
        data = bytearray(old)
    log.write_bytes(data)
    with BookFile.open(path, read_only=True) as file:
        seen, said = file.book, file.found
    expect(seen == newest or said is not None, f"{what}: an older state without a word")
    expect(what != "none" or said is None, "said of a log that is whole")
    expect(log.read_bytes() == bytes(data), "a look changed the log")
    with BookFile.open(path) as file:
        expect(file.book == newest or bool(file.found or said), f"{what}: older, without a word")
        kept = [each.read_bytes() for each in path.parent.glob("*.kept-*")]
        expect(file.found is None or bytes(data) in kept, f"{what}: the log is gone")
    return f"{what}, {'said' if said else 'nothing to say'}"


# input


def hostile_json(folder: Path, chance: random.Random) -> str:
    """Text made to exhaust or mislead: a sentence, or a book that comes back as it is, in time."""
    data = hostile(chance)
    began = time.process_time()
    try:
        book = book_from_json(data)
    except EnvironmentFault as fault:
        in_words(fault)
        seen = "refused"
    else:
        text = book_to_json(book)
        expect(book_to_json(book_from_json(text)) == text, "not the same again")
        seen = "taken"
    took = time.process_time() - began
    expect(took < MOST_SECONDS, f"took {took:.1f} s")
    return seen


def hostile(chance: random.Random) -> bytes:
    many = int(10 ** chance.uniform(1, 5.3))
    text = bytearray(book_to_json(some_book(chance.randrange(50))))
    place = chance.randrange(len(text))
    splice: Callable[[], bytes] = chance.choice(
        [
            lambda: b"[" * many,
            lambda: b'{"a":' * many,
            lambda: b"9" * many,
            lambda: b"1e" + b"9" * (many % 400),
            lambda: b'"' + b"x" * many + b'":',
            lambda: b",".join(b'"k%d":1' % each for each in range(many)) + b",",
            lambda: b'"k":1,' * many,
            lambda: b",".join(b'{"id":"a%d","name":"A"}' % each for each in range(many)),
            lambda: b"\\ud800" * (many % 999),
            lambda: b"NaN",
            lambda: chance.randbytes(many % 50),
            "１２３＝".encode,
            lambda: b"null",
            lambda: b"",
        ]
    )
    if chance.random() < 0.4:
        rows = b",".join(b'{"id":"a%d","name":"A","balance":%d}' % (n, n) for n in range(many))
        return HEAD + rows + b"]}"
    text[place : place + chance.randrange(20)] = splice()
    return bytes(text)


def in_words(fault: EnvironmentFault) -> None:
    for language in ("en", "zh_CN"):
        said = words_for(language).tell(fault.message)
        expect(bool(said) and len(said) < 1200, f"no sentence: {said[:80]}")


# clock, disk, tables


def clock(folder: Path, chance: random.Random) -> str:
    """Backups under a clock that jumps: the newest is the last one made, none is made twice of the
    same, and the last two dozen stay."""
    path = folder / "books" / "shop.backstop"
    now, made, number = datetime(2026, 1, 5, 12, tzinfo=UTC), 0, 0
    with BookFile.create(path, some_book(0)) as file:
        for _ in range(chance.randrange(5, 30)):
            now += timedelta(minutes=chance.choice([1, 30, 600, 5000, 6_000_000, -6_000_000, -90]))
            changed = chance.random() < 0.7
            if changed:
                number += 1
                file.save(some_book(number))
            done = make_backup(path, Reason.EDIT, at=now)
            expect(bool(done) == (changed or not made), "a backup of the same, or none of another")
            made += bool(done)
            newest = newest_good(path)
            expect(newest is not None and book_in(newest) == file.book, "another is the newest")
    expect(len(backups_of(path)) >= min(made, 24), "the last ones did not all stay")
    return "kept"


def full_disk(folder: Path, chance: random.Random) -> str:
    """No room at some point: refused in words and nothing lost, or saved."""
    path = folder / "books" / "shop.backstop"
    BookFile.create(path, some_book(0)).close()
    most = chance.randrange(0, 2 * path.stat().st_size)
    with child(edit_under_a_limit, path, str(folder / "data"), most) as (_, connection):
        expect(connection.poll(SOME_SECONDS), "no answer")
        word, said = connection.recv()
    now = read_book(path)
    expect(now == some_book(most if word == "saved" else 0), f"{word}, and another book")
    expect(word == "saved" or path.name.encode() in said, "refused without a sentence")
    return str(word)


def tables(folder: Path, chance: random.Random) -> str:
    """Names made to run as formulas, wherever a spreadsheet divides cells."""
    pieces = [
        "=",
        "+",
        "-",
        "@",
        "＝",
        "−",
        ";",
        ",",
        "\t",
        "\n",
        "'",
        '"',
        " ",
        "\ufeff",
        "\u200b",
        "\u202e",
        "\u00a0",
        "\u2066",
        "a",
        "1",
        "cmd|",
        "(A1)",
    ]
    rows = [
        tuple("".join(chance.choices(pieces, k=chance.randrange(8))) for _ in "ab")
        for _ in range(20)
    ]
    text = to_csv(Sheet("T", ("A", "B"), rows)).decode("utf-8-sig")
    back = list(csv.reader(StringIO(text, newline="")))[1:]
    for row, found in zip(rows, back, strict=True):
        for cell, written in zip(row, found, strict=True):
            for part in re.split(r"[;\t\r\n]", written):
                seen = "".join(c for c in part if unicodedata.category(c)[0] not in "CZ")
                expect(seen[:1] not in "=+-@＝＋－＠−" or not seen, f"runs: {written!r}")
            expect(re.sub(r"(^|[;\t\r\n])'", r"\1", written) == cell, f"not the same: {cell!r}")
    return "20 rows"


ROWS: dict[str, Trial] = {
    "kill": kill,
    "kill-locked": kill_locked,
    "kill-statement": kill_statement,
    "kill-upgrade": kill_upgrade,
    "kill-passphrase": kill_passphrase,
    "damage": damage,
    "logs": logs,
    "json": hostile_json,
    "clock": clock,
    "full-disk": full_disk,
    "tables": tables,
}


def tried(row: str, trials: int, first: int = 0) -> Tally:
    """So many trials of a row, each with a seed and a folder of its own."""
    tally = Tally()
    iterations, key.ITERATIONS = key.ITERATIONS, 1000
    before = os.environ.get("BACKSTOP_DATA_DIR")
    try:
        for seed in range(first, first + trials):
            with tempfile.TemporaryDirectory() as made:
                os.environ["BACKSTOP_DATA_DIR"] = str(Path(made) / "data")
                tally.trials += 1
                try:
                    tally.seen[ROWS[row](Path(made), random.Random(f"{row} {seed}"))] += 1
                except Exception as error:  # noqa: BLE001  whatever it is, it is written down
                    tally.broken.append(f"seed {seed}: {type(error).__name__}: {error}"[:300])
    finally:
        key.ITERATIONS = iterations
        os.environ.pop("BACKSTOP_DATA_DIR")
        if before is not None:
            os.environ["BACKSTOP_DATA_DIR"] = before
    return tally


if __name__ == "__main__":
    sys.modules["keyring"] = None  # type: ignore[assignment]  # not the keyring of this machine
    asked = sys.argv[1:]
    number = int(asked[0]) if asked else 100
    start = int(asked.pop()) if len(asked) > 2 and asked[-1].isdigit() else 0
    failed = 0
    for name in asked[1:] or ROWS:
        result = tried(name, number, start)
        failed += len(result.broken)
        seen = ", ".join(f"{each} {times}" for each, times in sorted(result.seen.items()))
        print(f"{name}: {result.trials} trials; {seen}; broken {len(result.broken)}", flush=True)
        for each in result.broken[:5]:
            print(f"    {each}", flush=True)
    sys.exit(1 if failed else 0)
