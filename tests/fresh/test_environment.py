"""The environment is made once, added to, made again when it has to be, and never half."""

import subprocess
import sys
from pathlib import Path

import pytest

import bootstrap
from bootstrap import Work
from fresh.machine import Machine, Told


@pytest.mark.parametrize(
    ("command", "stamp", "usable", "work"),
    [
        ("run", "run", True, Work.NOTHING),
        ("run", "test", True, Work.NOTHING),
        ("test", "test", True, Work.NOTHING),
        ("test", "run", True, Work.ADD),
        ("test", None, True, Work.ADD),
        ("run", "an older lock", True, Work.MAKE),
        ("run", bootstrap.UNFINISHED, True, Work.MAKE),
        ("run", "run", False, Work.MAKE),
        ("run", None, False, Work.MAKE),
    ],
)
@pytest.mark.usefixtures("machine")
def test_the_stamp_decides_what_is_done(
    command: str, stamp: str | None, usable: bool, work: Work
) -> None:
    known = {name: bootstrap.digest(name) for name in ("run", "test")}
    written = stamp if stamp is None else known.get(stamp, stamp)
    assert bootstrap.work_to_do(command, written, usable) is work


def test_the_environment_is_made_once_and_again_when_the_lock_changes(machine: Machine) -> None:
    bootstrap.prepare_environment("run")
    bootstrap.prepare_environment("run")
    assert len(machine.commands("venv")) == 1
    leftover = bootstrap.ENVIRONMENT / "leftover"
    leftover.touch()
    bootstrap.LOCKS["run"].write_text("one==1.1\n")
    bootstrap.prepare_environment("run")
    assert len(machine.commands("venv")) == 2
    assert not leftover.exists()


def test_another_python_makes_it_again(machine: Machine, monkeypatch: pytest.MonkeyPatch) -> None:
    bootstrap.prepare_environment("run")
    monkeypatch.setattr(sys, "version_info", (3, 99, 0))
    assert bootstrap.work_to_do("run", bootstrap.read_stamp(), usable=True) is Work.MAKE
    assert len(machine.commands("venv")) == 1


def test_the_tests_add_to_the_environment_of_the_program(machine: Machine) -> None:
    bootstrap.prepare_environment("run")
    bootstrap.prepare_environment("test")
    bootstrap.prepare_environment("run")
    assert len(machine.commands("venv")) == 1
    assert [command[-1] for command in machine.commands("pip")] == [
        str(bootstrap.LOCKS["run"]),
        str(bootstrap.LOCKS["test"]),
    ]


@pytest.mark.parametrize("first", ["run", "test"])
def test_an_interrupted_environment_is_made_again(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    def interrupt(lock: Path) -> None:
        raise KeyboardInterrupt

    if first == "test":
        bootstrap.prepare_environment("run")  # and then interrupted while adding
    with monkeypatch.context() as patch:
        patch.setattr(bootstrap, "install_lock", interrupt)
        assert bootstrap.main([first]) == 130
    before = len(machine.commands("venv"))
    bootstrap.prepare_environment("run")
    assert len(machine.commands("venv")) == before + 1
    assert bootstrap.read_stamp() == bootstrap.digest("run")


def test_a_developers_own_environment_is_filled_and_never_removed(machine: Machine) -> None:
    bootstrap.prepare_environment("run")
    bootstrap.stamp_file().unlink()
    own = bootstrap.ENVIRONMENT / "own"
    own.touch()
    bootstrap.prepare_environment("test")
    assert own.exists()
    assert len(machine.commands("venv")) == 1


def test_pip_takes_only_ready_built_files_of_the_lock(machine: Machine) -> None:
    bootstrap.install_lock(bootstrap.LOCKS["run"])
    command = machine.done[0]
    assert "--require-hashes" in command
    assert command[command.index("--only-binary") + 1] == ":all:"


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("WARNING: Retrying (Retry(total=4))\nERROR: No matching distribution found", "The packag"),
        ("ERROR: No matching distribution found for one==1", "A package has no build"),
        ("ERROR: [Errno 28] No space left on device", "The disk is full"),
        ("ERROR: THESE PACKAGES DO NOT MATCH THE HASHES\n  more", "The packages could not be inst"),
    ],
)
@pytest.mark.usefixtures("machine")
def test_pips_complaints_become_one_sentence(said: str, start: str) -> None:
    sentence = str(bootstrap.pip_halt(said))
    assert sentence.startswith(start)
    assert "\n" not in sentence


def test_a_failure_to_fetch_is_told_without_a_traceback(machine: Machine, told: Told) -> None:
    bootstrap.prepare_environment("run")
    bootstrap.LOCKS["run"].write_text("three==3\n")
    bootstrap.stamp_file().unlink()
    machine.complaint = "WARNING: Retrying (Retry(total=4))"
    assert bootstrap.main(["run", "schema"]) == 2
    assert told().startswith("The packages could not be fetched: check the network connection")


@pytest.mark.usefixtures("machine")
def test_the_project_is_importable_and_may_be_moved_with_its_environment(tmp_path: Path) -> None:
    def answer(project: Path) -> str:
        command = [str(project / python), "-c", "import trunk; print(trunk.__file__)"]
        return subprocess.check_output(command, text=True).strip()

    (tmp_path / "src" / "trunk.py").touch()
    subprocess.run(
        [sys.executable, "-m", "venv", "--without-pip", str(bootstrap.ENVIRONMENT)], check=True
    )
    python = bootstrap.environment_python().relative_to(tmp_path)
    bootstrap.link_project()
    assert answer(tmp_path) == str(tmp_path / "src" / "trunk.py")
    moved = tmp_path / "elsewhere"
    moved.mkdir()
    for name in (".venv", "src"):
        (tmp_path / name).rename(moved / name)
    assert answer(moved) == str(moved / "src" / "trunk.py")
