"""Files damaged in one place or another: what `check` finds and a repair tells of it."""

import contextlib
import random
import shutil
import sqlite3
from pathlib import Path

from backstop.services import passphrase
from backstop.services.session import BookSession
from crash.outside_owner import PAGE, SECRET, Rows, expect, rows_in, template, told


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


def damage_locked(folder: Path, chance: random.Random) -> str:
    """The same of a locked file, of which no page tells what table it is of."""
    path, word = folder / "shop.backstop", folder / "word"
    word.write_text(SECRET)
    shutil.copy(template(), path)
    with BookSession.open(path) as session:
        passphrase.set_passphrase(session, SECRET)
    data, pages = bytearray(path.read_bytes()), path.stat().st_size // PAGE
    what = chance.choice(["bit", "page", "cut"])
    if what == "bit":
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    elif what == "page":
        one, two = (chance.randrange(pages) * PAGE for _ in "ab")
        data[one : one + PAGE] = path.read_bytes()[two : two + PAGE]
    else:
        del data[chance.randrange(1, pages) * PAGE :]
    path.write_bytes(data)
    _, said = told("check", path, "--passphrase-file", word)
    if "The file is whole" in said:
        same = unlocked_rows(path, folder / "open.backstop") == rows_in(template())
        expect(same, f"{what}: another content, and whole to check")
        return f"{what}: harmless"
    mended = folder / "mended.backstop"
    _, said = told("check", path, "--repair", mended, "--passphrase-file", word)
    expect(path.read_bytes() == data, "the file was changed")
    if not mended.exists():
        return f"{what}: refused"
    all_told(rows_in(template()), unlocked_rows(mended, folder / "open.backstop"), said, what)
    return f"{what}: repaired"


def unlocked_rows(path: Path, copy: Path) -> Rows:
    shutil.copy(path, copy)
    with BookSession.open(copy, passphrase=SECRET) as session:
        passphrase.remove_passphrase(session, SECRET)
    return rows_in(copy)


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
                words = [each.decode() for each in row[:4] if isinstance(each, bytes) and each]
                named = any(each.lower() in said.lower() for each in words)
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
