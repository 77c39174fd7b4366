"""Files appear whole or not at all, and every one of them in the same way."""

import ast
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backstop.disk.unfinished import sweep
from backstop.disk.whole import appearing, write_whole

ROOT = Path(__file__).parents[2]
MAY_OPEN = {
    "disk/whole.py": "the one place",
    "store/lock.py": "a lock is a file that is held open, and says nothing of the book",
    "desktop/shell/crash.py": "a log grows line by line",
    "disk/files.py": "makes names last: a folder is opened for reading",
    "disk/unfinished.py": "an entry is a file that is held open, and names another",
    "store/log.py": "a damaged log gets another name, or a copy under one",
    "store/reading.py": "works on a copy in a folder that vanishes",
    "services/settings.py": "sets damaged settings aside, under another name",
    "desktop/books/keeper.py": "a clock of ours is touched, no file",
    "desktop/stress/loss_actions.py": "a loss is renamed, no file",
    "cli/command_line.py": "text for the help goes to click's formatter, no file",
    "cli/app.py": "the null device, for a reader that has gone",
}
"""Every module that opens a file otherwise than for reading, or copies one, and why."""
WRITERS = {"write_bytes", "write_text", "rename", "touch", "savefig", "copyfile", "copy", "move"}
WRITERS |= {"copy2", "copytree", "QSaveFile", "QPdfWriter", "NamedTemporaryFile", "mkstemp"}
WRITERS |= {"link", "symlink", "hardlink_to", "symlink_to", "link_to"}
MODULES = {"os", "shutil"}


def writers(tree: ast.AST) -> Iterator[str]:
    """The calls that could write a file."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        function = node.func
        name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
        owner = getattr(getattr(function, "value", None), "id", "")
        modes = [*node.args, *(each.value for each in node.keywords if each.arg == "mode")]
        texts = [str(each.value) for each in modes if isinstance(each, ast.Constant)]
        if name == "open" and (owner == "os" or any(set(t) & set("wax+") for t in texts)):
            yield "open"
        elif name in WRITERS and (name not in {"copy", "move"} or owner in MODULES):
            yield name
        elif name == "replace" and (owner == "os" or _is_of_a_path(node)):
            yield "replace"


def _is_of_a_path(node: ast.Call) -> bool:
    """`path.replace(target)`: of a text it has two arguments, of a day or a record named ones."""
    attribute = isinstance(node.func, ast.Attribute)
    return attribute and len(node.args) == 1 and not node.keywords


def test_no_other_module_writes_files() -> None:
    source = ROOT / "src" / "backstop"
    found = {
        path.relative_to(source).as_posix()
        for path in source.rglob("*.py")
        if any(writers(ast.parse(path.read_text(encoding="utf-8"))))
    }
    assert found == set(MAY_OPEN)


@pytest.mark.parametrize("failure", [OSError(28, "full"), KeyboardInterrupt()], ids=type)
def test_a_write_that_fails_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: BaseException
) -> None:
    def broken(_: int) -> None:
        raise failure

    path = tmp_path / "plan.pdf"
    path.write_bytes(b"older")
    monkeypatch.setattr("os.fsync", broken)
    with pytest.raises(type(failure)):
        write_whole(path, b"newer")
    with pytest.raises(type(failure)), appearing(path) as fresh:
        fresh.write_bytes(b"newer")
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"plan.pdf": b"older"}


@pytest.mark.skipif(not hasattr(os, "O_TMPFILE"), reason="only Linux has files without a name")
def test_a_program_that_is_killed_while_it_writes_leaves_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "plan.pdf"
    path.write_bytes(b"older")
    code = (
        "import os, signal; from pathlib import Path\n"
        "from backstop.disk.whole import write_whole\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"write_whole(Path({str(path)!r}), b'newer' * 100_000)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert done.returncode == -signal.SIGKILL
    assert {each.name: each.read_bytes() for each in tmp_path.iterdir()} == {"plan.pdf": b"older"}


def test_where_files_have_names_what_a_killed_write_left_is_swept_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own, target = tmp_path / "data", tmp_path / "made" / "plan.pdf"
    target.parent.mkdir()
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(own))
    code = (
        "import os, signal; from pathlib import Path\n"
        "from backstop.disk import whole\n"
        "whole._UNNAMED = 0\n"
        "os.fsync = lambda _: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"whole.write_whole(Path({str(target)!r}), b'newer' * 100_000)"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "src")}
    subprocess.run([sys.executable, "-c", code], env=environment, check=False)
    assert len(list(target.parent.iterdir())) == 1
    assert sweep(own) == []
    assert list(target.parent.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="permissions of POSIX systems")
def test_what_is_written_is_for_its_owner_alone(tmp_path: Path) -> None:
    write_whole(tmp_path / "a.pdf", b"a")
    with appearing(tmp_path / "b.pdf") as fresh:
        fresh.write_bytes(b"b")
    assert all(each.stat().st_mode & 0o777 == 0o600 for each in tmp_path.iterdir())
