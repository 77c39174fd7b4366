"""Whether a rebuilding changed what the program answers: write all answers twice, and compare.

    python tests/benchmarks/same_results.py books BOOKS
    python tests/benchmarks/same_results.py write BOOKS BEFORE
    python tests/benchmarks/same_results.py write BOOKS AFTER      (with the code rebuilt)
    python tests/benchmarks/same_results.py compare BEFORE AFTER

`books` writes the samples, 300 generated books and 24 small trading years as `book.json`, once:
generators draw other books as soon as a record has another field, so the files are what is kept.
`write` answers them through the command line, in this process, on a fixed day. `compare` names
each file that differs and each place in it, and ends with exit code 1 if there is one.

All books are projected, stressed and checked. Samples, trading years and the first generated books
with credit, 40 books besides the samples, also get all their plans: as JSON, as the text of the
PDF, as a workbook and as a calendar, in both languages by turns; samples in both.
"""

import argparse
import contextlib
import hashlib
import io
import itertools
import json
import os
import re
import shutil
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.domain import Book

ROOT = Path(__file__).parents[2]
PRINTED = date(2026, 11, 30)
GENERATED, PLANNED, YEARS = 300, 16, 24
SEED = 13
LANGUAGES = ("en", "zh_CN")
DIGESTS = "digests.json"
MOST_PLACES = 12
"""Places named of each file that differs."""


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    books = commands.add_parser("books")
    books.add_argument("books", type=Path)
    writing = commands.add_parser("write")
    writing.add_argument("books", type=Path)
    writing.add_argument("out", type=Path)
    writing.add_argument("--books", dest="wanted", default="*", help="only these, as a pattern")
    comparing = commands.add_parser("compare")
    comparing.add_argument("before", type=Path)
    comparing.add_argument("after", type=Path)
    comparing.add_argument("--common", action="store_true", help="only what both folders have")
    for each in (books, writing):
        each.add_argument("--quick", action="store_true", help="a few books only")
    asked = parser.parse_args(arguments)
    if asked.command == "books":
        return write_books(asked.books, quick=asked.quick)
    if asked.command == "write":
        return write_answers(asked.books, asked.out, asked.wanted, quick=asked.quick)
    return compare(asked.before, asked.after, common=asked.common)


def write_books(folder: Path, *, quick: bool = False) -> int:
    """The books to ask about, as files named by their kind and number."""
    folder.mkdir(parents=True)
    for sample in sorted((ROOT / "resources" / "samples").glob("*.json")):
        shutil.copy(sample, folder / f"sample-{sample.name}")
    for number, text in enumerate(generated(5 if quick else GENERATED)):
        (folder / f"generated-{number:03}.json").write_bytes(text)
    for number, text in enumerate(trading_years(1 if quick else YEARS)):
        (folder / f"year-{number:03}.json").write_bytes(text)
    print(f"{len(list(folder.iterdir()))} books in {folder}")
    return 0


def generated(count: int) -> list[bytes]:
    """Books from the strategies of the property tests, no two of them variants of one another."""
    from backstop.store import book_to_json

    found: dict[tuple[object, ...], bytes] = {}
    for number in itertools.count(SEED):
        if len(found) >= count:
            return list(found.values())[:count]
        for book in _drawn(number):
            found.setdefault((book.title, book.as_of, book.horizon_days), book_to_json(book))
    raise AssertionError


def _drawn(number: int) -> list[Book]:
    """A hundred books of one seed; some are variants of the one before."""
    from hypothesis import HealthCheck, Phase, given, seed, settings

    from strategies import books

    drawn: list[Book] = []

    @seed(number)
    @settings(
        max_examples=100,
        database=None,
        deadline=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(books())
    def keep(book: Book) -> None:
        drawn.append(book)

    keep()
    return drawn


def trading_years(count: int) -> Iterator[bytes]:
    """Books of a small business, in which most losses hurt and most plans have several steps."""
    from backstop.store import book_to_json
    from benchmarks.bench_plan_books import made

    for number in range(count):
        yield book_to_json(made(3 + number % 4, number))


def write_answers(books: Path, out: Path, wanted: str, *, quick: bool = False) -> int:
    """All answers about the books in a folder, one file each, and their digests."""
    began = time.process_time()
    books, out = books.resolve(), out.resolve()
    out.mkdir(parents=True)
    files = sorted(books.glob("*.json"))
    planned, numbered = _planned(files), list(enumerate(files))
    with tempfile.TemporaryDirectory() as place, contextlib.chdir(place):
        _settle(Path(place))
        for number, file in [each for each in numbered if each[1].match(f"{wanted}.json")]:
            for name, content in _answers(file, number, planned=file in planned, quick=quick):
                (out / name).write_bytes(content)
    count = write_digests(out)
    print(f"{count} answers in {out}, {time.process_time() - began:.0f} s of the processor")
    return 0


def write_digests(out: Path) -> int:
    """Digests of all answers in a folder, beside them; how many there are."""
    written = sorted(each for each in out.iterdir() if each.name != DIGESTS)
    digests = {each.name: hashlib.sha256(each.read_bytes()).hexdigest() for each in written}
    (out / DIGESTS).write_text(json.dumps(digests, indent=1), encoding="utf-8")
    return len(written)


def _planned(files: Iterable[Path]) -> set[Path]:
    """The books that get plans: those with credit among the generated ones, and all others."""
    files = list(files)
    drawn = [each for each in files if each.name.startswith("generated")]
    with_credit = [each for each in drawn if '"facilities"' in each.read_text(encoding="utf-8")]
    return {each for each in files if each not in drawn} | set(with_credit[:PLANNED])


def _settle(place: Path) -> None:
    """Folders of our own, no language of the machine, and a fixed day."""
    for name in ("CONFIG", "DATA", "BOOKS"):
        os.environ[f"BACKSTOP_{name}_DIR"] = str(place / name)
    for name in ("LANGUAGE", "LC_ALL", "LC_MESSAGES", "LANG"):
        os.environ.pop(name, None)
    from backstop.services import clock

    class Fixed(date):
        @classmethod
        def today(cls) -> date:  # type: ignore[override]
            return PRINTED

    clock.date = Fixed  # type: ignore[attr-defined]


def _answers(file: Path, number: int, *, planned: bool, quick: bool) -> Iterator[tuple[str, bytes]]:
    """Names and contents of what is answered about one book."""
    name, sample = file.stem, file.name.startswith("sample")
    language, other = LANGUAGES[number % 2], LANGUAGES[1 - number % 2]
    yield f"{name}.project.json", _run("project", file, "--json", "--lang", "en")
    further = ("--sweep", "--standing", "--customers", "--receipts", "--groups", "--payments")
    yield f"{name}.stress.json", _run("stress", file, "--json", "--lang", language)
    yield f"{name}.check.txt", _run("check", file, "--lang", language)
    if sample or planned:
        yield f"{name}.questions.json", _run("stress", file, *further, "--json", "--lang", language)
        yield f"{name}.project.{other}.txt", _run("project", file, "--lang", other)
        yield f"{name}.stress.{other}.txt", _run("stress", file, "--lang", other)
    if planned and not (quick and sample):
        yield from _plans(file, language, "--json")
    if sample and not quick:
        yield from _plans(file, other, "--explain")


def _plans(file: Path, language: str, how: str) -> Iterator[tuple[str, bytes]]:
    """All plans of a book, and what is written of them into files, in one language."""
    forms = {kind: Path(f"plan.{kind}") for kind in ("pdf", "xlsx", "ics")}
    options = [text for kind, path in forms.items() for text in (f"--{kind}", path)]
    stem = f"{file.stem}.plan.{language}"
    ending = "json" if how == "--json" else "txt"
    yield f"{stem}.{ending}", _run("plan", file, "--all", how, "--lang", language, *options)
    if forms["pdf"].exists():
        yield f"{stem}.pdf.txt", _pdf_text(forms["pdf"])
        yield f"{stem}.xlsx.txt", _xlsx_text(forms["xlsx"])
        yield f"{stem}.ics", forms["ics"].read_bytes()
    for path in forms.values():
        path.unlink(missing_ok=True)


def _run(*arguments: object) -> bytes:
    """One command line in this process: its code, what it complains of, and what it says."""
    from backstop.__main__ import main as backstop

    out, problems = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(problems):
        code = backstop([str(each) for each in arguments])
    out.flush()
    problems.flush()
    said, complained = (each.buffer.getvalue() for each in (out, problems))
    head = b"" if code == 0 else b"exit code %d\n" % code
    return head + complained + said


def _pdf_text(path: Path) -> bytes:
    from pypdf import PdfReader

    pages = PdfReader(path).pages
    texts = [f"== page {n} ==\n{page.extract_text()}" for n, page in enumerate(pages, start=1)]
    return "\n".join(texts).encode()


def _xlsx_text(path: Path) -> bytes:
    """The parts of a workbook, one after the other, without the time at which it was made."""
    with zipfile.ZipFile(path) as file:
        names = sorted(name for name in file.namelist() if not name.startswith("docProps"))
        parts = [f"== {name} ==\n{file.read(name).decode()}" for name in names]
    return "\n".join(parts).replace("><", ">\n<").encode()


def compare(before: Path, after: Path, *, common: bool = False) -> int:
    """Print each difference; 1 if there is any."""
    old, new = (_digests(each) for each in (before, after))
    if common:
        both = old.keys() & new.keys()
        old, new = ({name: each[name] for name in both} for each in (old, new))
    changed = [name for name in sorted(old.keys() & new.keys()) if old[name] != new[name]]
    for name in sorted(old.keys() ^ new.keys()):
        print(f"{name}: only in {before if name in old else after}")
    kinds: Counter[str] = Counter()
    for name in changed:
        places = differences(name, (before / name).read_bytes(), (after / name).read_bytes())
        print(f"\n{name}: {len(places)} differences")
        for where, what in places[:MOST_PLACES]:
            print(f"  {where}: {what}")
        answer = name.partition(".")[2]
        kinds.update({f"{answer} {_shape(where)}" for where, _ in places})
    print(f"\n{len(old)} answers before, {len(new)} after, {len(changed)} differ")
    for kind, count in kinds.most_common():
        print(f"{count:5} files: {kind}")
    return int(bool(changed) or old.keys() != new.keys())


def _digests(folder: Path) -> dict[str, str]:
    found: dict[str, str] = json.loads((folder / DIGESTS).read_text(encoding="utf-8"))
    return found


def differences(name: str, old: bytes, new: bytes) -> list[tuple[str, str]]:
    """Where two answers differ, and how."""
    heads = [each.partition(b"{")[0] for each in (old, new)]  # the exit code, where it is not 0
    if name.endswith(".json") and heads[0] == heads[1] and b"{" in old:
        values = (json.loads(each.removeprefix(heads[0])) for each in (old, new))
        return list(_in_values("", *values)) or [("bytes", "the order of keys, or spaces")]
    return list(_in_lines(old.decode().split("\n"), new.decode().split("\n")))


def _in_values(where: str, old: Any, new: Any) -> Iterator[tuple[str, str]]:
    if isinstance(old, dict) and isinstance(new, dict):
        for key in {**old, **new}:
            if key not in new or key not in old:
                yield f"{where}.{key}", "gone" if key in old else f"new: {_short(new[key])}"
            else:
                yield from _in_values(f"{where}.{key}", old[key], new[key])
    elif isinstance(old, list) and isinstance(new, list):
        if len(old) != len(new):
            yield where, f"{len(old)} entries before, {len(new)} after"
        for number, (one, other) in enumerate(zip(old, new, strict=False)):
            yield from _in_values(f"{where}[{number}]", one, other)
    elif old != new or type(old) is not type(new):
        yield where, f"{_short(old)} → {_short(new)}"


def _in_lines(old: list[str], new: list[str]) -> Iterator[tuple[str, str]]:
    import difflib

    pairing = difflib.SequenceMatcher(a=old, b=new, autojunk=False)
    for tag, a, b, c, d in pairing.get_opcodes():
        if tag != "equal":
            yield (
                f"line {a + 1}",
                f"{_short(' ⏎ '.join(old[a:b]))} → {_short(' ⏎ '.join(new[c:d]))}",
            )


def _short(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 160 else text[:159] + "…"


def _shape(where: str) -> str:
    """A place without its numbers, by which the same change is counted over files."""
    return re.sub(r"\[\d+\]|\d+$", "[]", where)


if __name__ == "__main__":
    raise SystemExit(main())
