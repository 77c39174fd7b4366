"""Fuzzing of one reader without coverage: `python tests/fuzz/mutating.py READER SECONDS FOLDER
[SEED]`.

READER is one of `SEEDS`. Real and written files are altered by cells, lines, bytes and, in packed
files, by what is inside. What gave an answer of a new kind (layout, encoding, reasons of refusal)
is altered further. What nobody foresaw, or took longer than it may, is kept in FOLDER with what
happened.
"""

import hashlib
import random
import re
import resource
import sys
import time
import traceback
import zipfile
from collections.abc import Callable
from io import BytesIO
from multiprocessing import Process
from pathlib import Path

ROOT = Path(__file__).parents[2]
if __name__ == "__main__":
    sys.path[:0] = [str(ROOT / "src"), str(ROOT / "tests")]

from fuzz.seeds import SEEDS  # noqa: E402 (the paths come first)
from fuzz.targets import try_statement  # noqa: E402 (the paths come first)

LONGEST = 120_000
"""Bytes of an altered file."""
MOST_SECONDS = 3.0
"""Of processor time for one altered file."""
MOST_MEMORY = 1_500_000_000
"""Bytes of one process."""
TOKENS = (
    *("1e999", "NaN", "-0", "0.00", "１２．５", "-", "/", '"', '""', "\0", "\t", " ", "\u3000"),
    *("9" * 25, "-9999999999999.99", "2026-02-30", "0000-00-00", "9999-12-31", "31/12/69"),
    *("支出", "收入", "不计收支", "交易关闭", "退款成功", "还款成功", "花呗", "DR", "(1,00)"),
    *("&amp;", "&#0;", "&#x110000;", "<", ">", "</", "]]>", "<!DOCTYPE x [", "\ud83d\ude00"),
    *("a" * 5000, "," * 500, ";" * 500, "\n" * 50, "\r", "\ufeff", "\u2028", "=1+1", "'", "`"),
    *("46107", "1.234,5", "\u202e"),
)  # fmt: skip
BYTES = (b"\xff\xfe", b"\x00", b"\xff" * 9, b"\x81\x30", b"\xef\xbb\xbf", b"\x1a", b"PK\x03\x04")
_MARK = re.compile(r"[,;\t|<>:^\n]")

Alter = Callable[[random.Random, bytes], bytes]


def alter_text(chance: random.Random, data: bytes) -> bytes:
    """Cells, tags and lines of a text in its own encoding."""
    encoding = "utf-8"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        encoding = "gb18030"
        text = data.decode(encoding, "replace")
    places = [each.end() for each in _MARK.finditer(text)] or [0]
    for _ in range(chance.randint(1, 6)):
        start = min(chance.choice(places), len(text))
        ending = _MARK.search(text, start)
        end = ending.start() if ending else len(text)
        kind = chance.randrange(6)
        if kind == 0:
            text = text[:start] + chance.choice(TOKENS) + text[end:]
        elif kind == 1:
            text = text[:start] + text[end + 1 :]
        elif kind == 2:
            text = text[:start] + chance.choice(TOKENS) + text[start:]
        elif kind == 3:
            other = chance.choice(places)
            text = text[:start] + text[other : other + chance.randint(1, 200)] + text[end:]
        elif kind == 4:
            text = _lines_moved(chance, text)
        else:
            text = text[: chance.randint(0, len(text))]
    return text.encode(chance.choice([encoding, encoding, "utf-16", "utf-8"]), "replace")


def _lines_moved(chance: random.Random, text: str) -> str:
    lines = text.split("\n")
    at, to = chance.randrange(len(lines)), chance.randrange(len(lines))
    if chance.random() < 0.5:
        return "\n".join([*lines[:at], *[lines[to]] * chance.randint(0, 40), *lines[at:]])
    lines.insert(to, lines.pop(at))
    return "\n".join(lines)


def alter_bytes(chance: random.Random, data: bytes) -> bytes:
    """Bytes anywhere."""
    content = bytearray(data)
    for _ in range(chance.randint(1, 8)):
        start = chance.randint(0, len(content))
        kind = chance.randrange(4)
        if kind == 0 and start < len(content):
            content[start] ^= 1 << chance.randrange(8)
        elif kind == 1:
            content[start : start + chance.randint(0, 40)] = chance.randbytes(chance.randint(0, 12))
        elif kind == 2:
            content[start:start] = chance.choice(BYTES)
        else:
            other = chance.randint(0, len(content))
            content[start : start + 30] = content[other : other + chance.randint(0, 60)]
    return bytes(content)


def alter_packed(chance: random.Random, data: bytes) -> bytes:
    """What is inside a packed file, packed again; its bytes where it does not open."""
    if chance.random() < 0.3:
        return alter_bytes(chance, data)
    try:
        with zipfile.ZipFile(BytesIO(data)) as packed:
            parts = {each: packed.read(each) for each in packed.namelist()}
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError, ValueError, EOFError):
        return alter_bytes(chance, data)
    if not parts:
        return alter_bytes(chance, data)
    name = chance.choice([*parts, *[each for each in parts if "sheet" in each] * 3])
    parts[name] = chance.choice((alter_text, alter_bytes))(chance, parts[name])
    if chance.random() < 0.1:
        del parts[chance.choice(list(parts))]
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as packed:
        for each, content in parts.items():
            packed.writestr(each, content)
    return file.getvalue()


def way_of(data: bytes) -> Alter:
    """What alters a file of this kind best."""
    if data.startswith(b"PK"):
        return alter_packed
    return alter_bytes if data.startswith(b"\xd0\xcf") else alter_text


def kind_of(data: bytes) -> object:
    """What kind of an answer these bytes give."""
    reading = try_statement(data)
    if reading is None:
        return None
    reasons = {each.reason.text for each in reading.refused}
    natures = {each.nature for each in reading.rows}
    remarks = len(reading.remarks)
    return (reading.layout, reading.encoding, frozenset(reasons), frozenset(natures), remarks)


def fuzz(reader: str, seconds: float, folder: Path, seed: int = 0) -> None:
    """Alter and try files for so many seconds of processor time, and print what came of it."""
    chance = random.Random(f"{reader} {seed}")
    pool, kinds, tried, failed = list(SEEDS[reader]()), set(), 0, 0
    last = folder / f"{reader}.last"
    while time.process_time() < seconds:
        before = chance.choice(pool)
        way = way_of(before) if chance.random() < 0.8 else alter_bytes
        data = way(chance, before)[:LONGEST]
        last.write_bytes(data)
        tried, began = tried + 1, time.process_time()
        try:
            kind = kind_of(data)
            if time.process_time() - began > MOST_SECONDS:
                raise TimeoutError(f"{time.process_time() - began:.1f} s")
        except Exception:  # noqa: BLE001  whatever it is, it is what is looked for
            failed += 1
            keep(folder, reader, data, traceback.format_exc())
            continue
        if kind is not None and kind not in kinds and len(pool) < 2000:
            kinds.add(kind)
            pool.append(data)
    print(f"{reader}: {tried} files, {len(kinds)} kinds of answers, {failed} failed", flush=True)


def keep(folder: Path, reader: str, data: bytes, said: str) -> None:
    """The file that failed, and what happened."""
    name = hashlib.blake2b(data, digest_size=6).hexdigest()
    (folder / f"{reader}-{name}").write_bytes(data)
    (folder / f"{reader}-{name}.txt").write_text(said, encoding="utf-8")


def fuzz_apart(reader: str, seconds: float, folder: Path, seed: int = 0) -> None:
    """Fuzz in a process of its own with bounded memory, since a reader may bring it down; begin
    again for what is left of the time."""
    left = seconds
    while left > 1:
        process = Process(target=fuzz, args=(reader, left, folder, seed))
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        process.start()
        process.join()
        if process.exitcode == 0:
            return
        last = (folder / f"{reader}.last").read_bytes()
        keep(folder, reader, last, f"ended by {process.exitcode}")
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        left -= after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        seed += 1000


if __name__ == "__main__":
    name, given, kept, *seeded = sys.argv[1:]
    Path(kept).mkdir(parents=True, exist_ok=True)
    resource.setrlimit(resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
    fuzz_apart(name, float(given), Path(kept), int(*seeded))
