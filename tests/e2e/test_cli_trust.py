"""Locked and damaged books on the command line."""

import io
import json
from contextlib import closing
from pathlib import Path

import jsonschema
import pytest
from pypdf import PdfReader

from backstop.cli.results.schema import results_schema
from backstop.services import patience
from backstop.services.backups import Reason
from backstop.services.passphrase import set_passphrase
from backstop.services.session import BookSession, read_book
from backstop.store.book_file import key_of
from backstop.store.connecting import connect
from e2e.running import Cli
from unit.test_report_book import shop

SECRET = "a long passphrase"
PAGE = 4096


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))
    monkeypatch.setattr(patience, "sleep", lambda _: None)
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)


@pytest.fixture
def locked(book_file: Path) -> Path:
    with BookSession.open(book_file) as session:
        set_passphrase(session, SECRET)
    return book_file


@pytest.fixture
def secret(tmp_path: Path) -> Path:
    path = tmp_path / "secret.txt"
    path.write_text(f"{SECRET}\n", encoding="utf-8")
    return path


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(text.encode())))


def break_page(path: Path) -> bytes:
    """The second page, with the settings of the book, becomes nothing."""
    whole = path.read_bytes()
    path.write_bytes(whole[:PAGE] + b"\xff" * PAGE + whole[2 * PAGE :])
    return path.read_bytes()


COMMANDS = [
    ["check"],
    ["project"],
    ["stress"],
    ["reserve"],
    ["export"],
    ["plan", "--close", "jiebei"],
]


@pytest.mark.parametrize("command", COMMANDS, ids=" ".join)
def test_a_locked_book_is_asked_with_the_passphrase_in_a_file(
    cli: Cli, locked: Path, secret: Path, command: list[str]
) -> None:
    run = cli(*command, locked, "--passphrase-file", secret)
    assert (run.code, run.err) == (0, "")
    assert "shop" in run.out.casefold()


def test_a_passphrase_comes_through_a_pipe(
    cli: Cli, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, f"{SECRET}\n")
    assert cli("check", locked, "--passphrase-file", "-").code == 0


def test_a_terminal_is_asked_without_an_echo(
    cli: Cli, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(prompt: str) -> str:
        asked.append(prompt)
        return SECRET

    typed(monkeypatch, "")
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("backstop.cli.opening.getpass", answer)
    assert cli("check", locked).code == 0
    assert asked == ["Passphrase or recovery code of “shop.backstop”: "]


def test_without_a_terminal_the_way_is_named(
    cli: Cli, locked: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    typed(monkeypatch, SECRET)
    run = cli("check", locked)
    assert run.code == 2
    assert "--passphrase-file" in run.err
    assert run.err.count("\n") == 1


@pytest.mark.parametrize("content", [b"not that one\n", b"", b"\n", b"\xff\xfe\n"])
def test_a_wrong_passphrase_is_bad_input_and_changes_nothing(
    cli: Cli, locked: Path, tmp_path: Path, content: bytes
) -> None:
    before = locked.read_bytes()
    wrong = tmp_path / "wrong.txt"
    wrong.write_bytes(content)
    run = cli("check", locked, "--passphrase-file", wrong)
    assert run.code == 2
    assert run.err.count("\n") == 1
    assert locked.read_bytes() == before


def test_a_missing_passphrase_file_is_named(cli: Cli, locked: Path, tmp_path: Path) -> None:
    run = cli("check", locked, "--passphrase-file", tmp_path / "none.txt")
    assert run.code == 2
    assert "none.txt" in run.err


def test_what_is_written_from_a_locked_book_is_told_to_be_open(
    cli: Cli, locked: Path, secret: Path, tmp_path: Path
) -> None:
    unlock = ("--passphrase-file", secret)
    said = "is locked, but “{}” is not"
    out, pdf = tmp_path / "out.json", tmp_path / "plan.pdf"
    run = cli("export", locked, out, *unlock)
    assert (run.code, said.format("out.json") in run.err) == (0, True)
    run = cli("plan", locked, "--close", "jiebei", "--pdf", pdf, *unlock, "--json")
    assert (run.code, said.format("plan.pdf") in run.err) == (0, True)
    assert run.json["pdf"] == str(pdf)
    assert PdfReader(pdf).pages
    days, table, diary = (tmp_path / name for name in ("d.csv", "p.xlsx", "p.ics"))
    run = cli("project", locked, "--csv", days, *unlock)
    assert said.format("d.csv") in run.err
    run = cli("plan", locked, "--close", "jiebei", "--xlsx", table, "--ics", diary, *unlock)
    assert said.format("p.xlsx") in run.err
    assert said.format("p.ics") in run.err
    assert all(each.stat().st_mode & 0o077 == 0 for each in (days, table, diary, pdf, out))


def test_a_damaged_book_is_told_with_its_newest_backup_and_the_repair(
    cli: Cli, book_file: Path
) -> None:
    with BookSession.open(book_file) as session:
        backup = session.back_up(Reason.OPEN)
    assert backup is not None
    before = break_page(book_file)
    run = cli("check", book_file)
    assert run.code == 2
    assert "is damaged" in run.err
    assert str(backup.path) in run.err
    assert "--repair NEW" in run.err
    assert book_file.read_bytes() == before


def test_an_emptied_book_is_told_with_its_newest_backup(cli: Cli, book_file: Path) -> None:
    with BookSession.open(book_file) as session:
        backup = session.back_up(Reason.OPEN)
    assert backup is not None
    book_file.write_bytes(b"")
    assert str(backup.path) in cli("check", book_file).err
    other = book_file.with_name("other.backstop")
    other.write_bytes(b"")
    assert "is empty" in cli("check", other).err
    assert "--repair" not in cli("check", other).err


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_repair_makes_a_new_file_and_lists_each_fix(
    cli: Cli, book_file: Path, tmp_path: Path, language: str
) -> None:
    before, target = break_page(book_file), tmp_path / "mended.backstop"
    run = cli("check", book_file, "--repair", target, "--lang", language)
    assert (run.code, run.err) == (3, "")
    assert run.out.count("  – ") == 4
    assert read_book(target).facilities == shop().facilities
    assert book_file.read_bytes() == before


def test_a_repair_answers_as_json(cli: Cli, book_file: Path, tmp_path: Path) -> None:
    break_page(book_file)
    run = cli("check", book_file, "--repair", tmp_path / "mended.backstop", "--json")
    jsonschema.validate(run.json, results_schema())
    assert run.json["result"] == "repair"
    assert len(run.json["fixes"]) == 4


def test_a_whole_book_needs_no_repair_and_gets_no_file(
    cli: Cli, book_file: Path, tmp_path: Path
) -> None:
    target = tmp_path / "mended.backstop"
    run = cli("check", book_file, "--repair", target)
    assert run.code == 0
    assert "nothing to repair, and “mended.backstop” was not made" in run.out
    assert not target.exists()


def test_a_repair_never_writes_over_a_file(cli: Cli, book_file: Path) -> None:
    before = break_page(book_file)
    run = cli("check", book_file, "--repair", book_file)
    assert run.code == 2
    assert "That is a book. Choose another name." in run.err
    assert book_file.read_bytes() == before


def test_a_locked_book_is_repaired_into_a_locked_one(
    cli: Cli, locked: Path, secret: Path, tmp_path: Path
) -> None:
    whole, target = locked.read_bytes(), tmp_path / "mended.backstop"
    with closing(connect(locked, "mode=ro", key_of(locked, SECRET))) as connection:
        named = "SELECT rootpage FROM sqlite_master WHERE name = 'cash_flow'"
        (page,) = connection.execute(named).fetchone()
    locked.write_bytes(whole[: (page - 1) * PAGE] + b"\xff" * PAGE + whole[page * PAGE :])
    run = cli("check", locked, "--repair", target, "--passphrase-file", secret, "--json")
    assert run.code == 3
    assert read_book(target, SECRET).facilities == shop().facilities
    assert json.loads(run.out)["fixes"]
