"""What a command writes never takes the place of a book, nor of another kind of file."""

import os
import shutil
from pathlib import Path

import pytest

from backstop.services.backups import Reason
from backstop.services.passphrase import set_passphrase
from backstop.services.session import BookSession, read_book
from e2e.running import Cli, Run, assert_refused
from unit.test_report_book import shop

SAID = "That is a book. Choose another name."
SECRET = "four words are long"
OUTPUTS = {
    "pdf": ["plan", "{file}", "--close", "jiebei", "--pdf", "{out}"],
    "xlsx": ["plan", "{file}", "--close", "jiebei", "--xlsx", "{out}"],
    "ics": ["plan", "{file}", "--close", "jiebei", "--ics", "{out}"],
    "csv": ["project", "{file}", "--csv", "{out}"],
    "json": ["export", "{file}", "{out}"],
    "repair": ["check", "{file}", "--repair", "{out}"],
    "new": ["new", "{out}", "--from", "{file}"],
}
every_output = pytest.mark.parametrize("kind", OUTPUTS)


def written(cli: Cli, kind: str, file: Path, out: Path | str) -> Run:
    return cli(*(part.format(file=file, out=out) for part in OUTPUTS[kind]))


def held(folder: Path) -> dict[Path, bytes]:
    """Every file below a folder, with what it holds."""
    return {each: each.read_bytes() for each in folder.rglob("*") if each.is_file()}


@pytest.fixture
def books(book_file: Path, file: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Path]:
    """Every kind of file that is a book, or belongs to one, and every way to write its name."""
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)
    folder = book_file.parent
    with BookSession.open(book_file) as session:
        backup = session.back_up(Reason.OPEN)
    assert backup is not None
    places = {"open": book_file, "text": file, "backup": backup.path}
    for name in ("other.backstop", "plain.db", "plain.pdf", "locked.pdf", "damaged.backstop"):
        places[name] = Path(shutil.copy(book_file, folder / name))
    with BookSession.open(places["locked.pdf"]) as session:
        set_passphrase(session, SECRET)
    places["damaged.backstop"].write_bytes(b"\xff" * 5000)
    places["book.pdf"] = Path(shutil.copy(file, folder / "book.pdf"))
    for owner in (book_file, places["plain.db"]):
        for ending in ("-wal", "-shm", "-journal", ".lock"):
            places[owner.name + ending] = owner.with_name(owner.name + ending)
    places["log there"] = folder / "other.backstop-wal"
    places["log there"].write_bytes(b"x")
    places["LOUD"] = folder / "SHOP.BACKSTOP"
    shutil.copy(book_file, places["LOUD"])
    for name, link in (("link.pdf", os.symlink), ("hard.pdf", os.link)):
        places[name] = folder / name
        link(book_file, places[name])
    places["dotted"] = folder / "data" / ".." / book_file.name
    return places


@every_output
def test_no_output_is_written_over_a_book(
    cli: Cli, books: dict[str, Path], kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = books["open"].parent
    before = held(folder)
    for file in (books["open"], books["text"]):
        for place in books.values():
            assert_refused(written(cli, kind, file, place), SAID)
    monkeypatch.chdir(folder)
    assert_refused(written(cli, kind, books["open"], "./shop.backstop"), SAID)
    assert held(folder) == before


@every_output
def test_no_output_is_written_over_a_file_of_another_kind(
    cli: Cli, file: Path, tmp_path: Path, kind: str
) -> None:
    letter, numbers = tmp_path / "letter.docx", tmp_path / "package.json"
    letter.write_bytes(b"PK\x03\x04 a letter")
    numbers.write_bytes(b'{"name": "something"}')
    before = held(tmp_path)
    for place in (letter, numbers):
        assert_refused(written(cli, kind, file, place), place.name)
    assert held(tmp_path) == before
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.pdf")
        assert_refused(written(cli, kind, file, tmp_path / "pipe.pdf"), "pipe.pdf")


@pytest.mark.parametrize("kind", ["pdf", "xlsx", "ics", "csv"])
def test_an_output_takes_the_place_of_an_older_one(
    cli: Cli, file: Path, tmp_path: Path, kind: str
) -> None:
    out = tmp_path / f"out.{kind}"
    out.write_text("older", encoding="utf-8")
    written(cli, kind, file, out)
    assert out.stat().st_size > 100
    assert {each.name for each in tmp_path.iterdir()} == {file.name, out.name}


def test_two_outputs_of_a_command_have_two_names(cli: Cli, file: Path, tmp_path: Path) -> None:
    plan = ("plan", file, "--close", "jiebei")
    for other in ("x", "X", "./x", "sub/../x"):
        (tmp_path / "sub").mkdir(exist_ok=True)
        run = cli(*plan, "--pdf", tmp_path / "x", "--ics", f"{tmp_path}/{other}")
        assert_refused(run, "stands twice")
    assert {each.name for each in tmp_path.iterdir()} == {file.name, "sub"}


def test_no_output_is_named_like_what_the_command_reads(
    cli: Cli, file: Path, tmp_path: Path
) -> None:
    secret = tmp_path / "words.csv"
    secret.write_text(SECRET, encoding="utf-8")
    run = cli("project", file, "--csv", secret, "--passphrase-file", secret)
    assert_refused(run, "stands twice")
    assert secret.read_text(encoding="utf-8") == SECRET


def test_new_with_a_passphrase_makes_a_locked_book(cli: Cli, file: Path, tmp_path: Path) -> None:
    secret, short = tmp_path / "words.txt", tmp_path / "short.txt"
    secret.write_text(f"{SECRET}\n", encoding="utf-8")
    short.write_text("short\n", encoding="utf-8")
    unlock = ("--passphrase-file", secret)
    empty, filled, copied = (tmp_path / f"{n}.backstop" for n in ("empty", "filled", "copied"))
    assert cli("new", empty, *unlock).code == 0
    assert cli("new", filled, "--from", file, *unlock, "--json").code == 0
    run = cli("new", copied, "--from", filled, *unlock)
    assert (run.code, "recovery sheet" in run.err) == (0, True)
    for book in (empty, filled, copied):
        assert not book.read_bytes().startswith(b"SQLite")
        assert cli("check", book).code == 2, "it asks for the passphrase"
        assert cli("check", book, *unlock).code == 0
    assert read_book(copied, SECRET) == shop()
    run = cli("new", tmp_path / "no.backstop", "--passphrase-file", short)
    assert_refused(run, "too short")
    assert not (tmp_path / "no.backstop").exists()


@pytest.mark.parametrize("command", ["check", "project", "stress", "reserve", "export", "plans"])
def test_a_passphrase_for_a_book_that_has_none_is_refused(
    cli: Cli, file: Path, book_file: Path, tmp_path: Path, command: str
) -> None:
    secret = tmp_path / "words.txt"
    secret.write_text(SECRET, encoding="utf-8")
    for book in (file, book_file):
        run = cli(command, book, "--passphrase-file", secret)
        assert_refused(run, f"“{book.name}” has no passphrase")
