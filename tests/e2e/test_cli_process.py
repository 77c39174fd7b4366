"""The command line as a process of its own: start-up, encodings, pipes."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from backstop.resources import resource
from backstop.store import book_to_json
from e2e.test_cli_json import JSON_COMMANDS
from unit.test_report_book import shop

ROOT = Path(__file__).parents[2]


def run(
    tmp_path: Path, *arguments: str, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    """Runs Backstop with these arguments, in an environment that holds little else."""
    kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT") if name in os.environ}
    settings = {"PYTHONPATH": str(ROOT / "src"), "BACKSTOP_CONFIG_DIR": str(tmp_path / "c")}
    return subprocess.run(
        [sys.executable, *arguments],
        capture_output=True,
        env={**kept, **settings, **environment},
        cwd=tmp_path,
        check=False,
    )


def backstop(
    tmp_path: Path, *arguments: str, **environment: str
) -> "subprocess.CompletedProcess[bytes]":
    return run(tmp_path, "-m", "backstop", *arguments, **environment)


def sample(name: str) -> str:
    return str(resource("samples", f"{name}.json"))


def test_exit_codes_reach_the_shell(tmp_path: Path) -> None:
    assert backstop(tmp_path, "demo", "--list").returncode == 0
    assert backstop(tmp_path, "project", "gone.json").returncode == 2
    poor = shop().put(shop().accounts[0].changed(balance=0))
    (tmp_path / "poor.json").write_bytes(book_to_json(poor))
    assert backstop(tmp_path, "stress", "poor.json").returncode == 3


def test_a_plan_is_printed_from_a_fresh_process(tmp_path: Path, file: Path) -> None:
    done = backstop(tmp_path, "plan", str(file), "--close", "jiebei", "--pdf", "plan.pdf")
    assert (done.returncode, done.stderr) == (0, b"")
    assert (tmp_path / "plan.pdf").read_bytes().startswith(b"%PDF")


@pytest.mark.parametrize("encoding", ["ascii", "gb18030", "latin-1"])
def test_a_terminal_without_the_characters_stops_nothing(tmp_path: Path, encoding: str) -> None:
    """Text is shown as far as the terminal can; JSON stays UTF-8."""
    chinese = shop().put(shop().by_id["jiebei"].changed(name="借呗"))
    (tmp_path / "shop.json").write_bytes(book_to_json(chinese))
    book = str(tmp_path / "shop.json")
    asked = ["stress", book, "--lang", "zh_CN"]
    done = run(
        *(tmp_path, "-c", one_after_the_other([asked, [*asked, "--json"]])),
        PYTHONIOENCODING=encoding,
        PYTHONUTF8="0",
    )
    text, result, rest = done.stdout.split(f"{END}\n".encode())
    assert (done.returncode, done.stderr, rest) == (0, b"", b"0 0\n")
    assert text
    assert "借呗" in result.decode("utf-8")
    wrong = backstop(
        tmp_path, "plan", book, "--close", "借", PYTHONIOENCODING=encoding, PYTHONUTF8="0"
    )
    assert wrong.returncode == 2
    assert b"Traceback" not in wrong.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a POSIX shell's pipe")
def test_a_reader_that_stops_reading_is_no_failure(tmp_path: Path) -> None:
    command = f'"{sys.executable}" -m backstop export "{sample("trading")}" | head -c 10'
    done = subprocess.run(
        ["bash", "-o", "pipefail", "-c", command],
        capture_output=True,
        env={**os.environ, "PYTHONPATH": str(ROOT / "src"), "BACKSTOP_CONFIG_DIR": str(tmp_path)},
        check=False,
    )
    assert done.stderr == b""


END = "\x1e"
"""Says where one answer on standard output ends."""


def one_after_the_other(commands: list[list[str]]) -> str:
    """The program that carries out these command lines, and says how each ended."""
    return (
        "from backstop.__main__ import main\n"
        "codes = []\n"
        f"for each in {commands!r}:\n"
        f"    codes.append(main(each))\n    print({END!r}, flush=True)\n"
        "print(*map(int, codes))"
    )


ANSWERS = [
    *JSON_COMMANDS,
    ["restore", "{book}", "--from", "{sample}"],
    ["calendar", "{book}", "{days}"],
    ["check", "{book}", "--repair", "{repaired}"],
    ["plan", "{sample}", "--close", "jiebei", "--explain"],
    ["plans", "{book}"],
    ["reserve", "{sample}"],
    ["stress", "--presets", "{sample}"],
    ["schema", "--results"],
]


def test_nothing_but_its_answer_reaches_standard_output(
    tmp_path: Path, file: Path, book_file: Path
) -> None:
    """Of the file descriptor, to which libraries in C write as well."""
    days = tmp_path / "days.csv"
    days.write_text("2028-01-03 closed\n", encoding="utf-8")
    places: dict[str, object] = {"file": file, "book": book_file, "days": days}
    places |= {"sample": sample("household"), "new": tmp_path / "new.json"}
    places |= {each: tmp_path / f"{each}.backstop" for each in ("made", "repaired")}
    places |= {kind: tmp_path / f"p.{kind}" for kind in ("pdf", "xlsx", "ics", "csv")}
    commands = [[part.format(**places) for part in each] + ["--json"] for each in ANSWERS]
    done = run(tmp_path, "-c", one_after_the_other(commands))
    said = done.stdout.decode("utf-8").split(f"{END}\n")
    assert len(said) == len(ANSWERS) + 1
    assert set(said[-1].split()) <= {"0", "3"}
    for command, answer in zip(ANSWERS, said[:-1], strict=True):
        assert isinstance(json.loads(answer), dict), command


HEAVY = ("numpy", "PySide6", "sqlalchemy", "sqlmodel", "typst", "matplotlib", "highspy")


LIGHT = (["--help"], ["demo", "--list"], ["plan", "--help"], ["schema"])


def test_what_needs_no_engine_does_not_load_one(tmp_path: Path) -> None:
    code = (
        "import sys; from backstop.__main__ import main\n"
        f"for each in {LIGHT!r}:\n"
        f"    main(each); print(each, [e for e in {HEAVY!r} if e in sys.modules], file=sys.stderr)"
    )
    said = run(tmp_path, "-c", code).stderr.decode().splitlines()
    assert said == [f"{each} []" for each in LIGHT]


def test_questions_load_neither_window_nor_typesetter(tmp_path: Path, file: Path) -> None:
    code = (
        "import sys; from backstop.__main__ import main; "
        f"main(['stress', {str(file)!r}]); "
        "print([m for m in ('PySide6', 'typst', 'matplotlib', 'sqlalchemy') if m in sys.modules],"
        " file=sys.stderr)"
    )
    assert run(tmp_path, "-c", code).stderr.strip() == b"[]"
