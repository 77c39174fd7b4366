"""The two commands: a window on a sample book where there is a display, and the suite."""

import os
import sys
from pathlib import Path

import pytest

import bootstrap
from fresh.machine import Machine, Told, linux_only


def test_run_starts_the_program_on_a_sample_book(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    assert bootstrap.main(["run"]) == 0
    assert machine.done[-1] == [str(bootstrap.environment_python()), "-m", "backstop", "demo"]


def test_run_without_a_display_offers_the_headless_command(
    machine: Machine, told: Told, tmp_path: Path
) -> None:
    samples = tmp_path / "resources" / "samples"
    samples.mkdir(parents=True)
    (samples / "contractor.json").touch()
    machine.missing = {"libEGL.so.1"}  # no screen, so its libraries do not matter
    assert bootstrap.main(["run"]) == 2
    python = bootstrap.environment_python().relative_to(tmp_path)
    assert told() == (
        "There is no display here: start Backstop from a desktop session, or use it without a "
        f"window: {python} -m backstop stress resources/samples/contractor.json\n"
    )
    assert bootstrap.read_stamp() == bootstrap.digest("run")  # but it is all set up


def test_a_display_that_does_not_answer_is_no_display(
    machine: Machine, told: Told, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DISPLAY", ":7")
    monkeypatch.setattr(bootstrap, "display_answers", lambda *_: False)
    assert bootstrap.main(["run"]) == 2
    assert told().startswith("There is no display here")
    assert machine.commands("backstop") == []


@pytest.mark.parametrize("arguments", [["stress", "book.json"], ["demo", "--list"], ["--help"]])
def test_commands_without_a_window_need_neither_display_nor_its_libraries(
    machine: Machine, arguments: list[str]
) -> None:
    machine.missing = {"libEGL.so.1", "Xvfb", "font:zh-cn"}
    assert bootstrap.main(["run", *arguments]) == 0
    assert machine.done[-1][3:] == arguments


@pytest.mark.parametrize(
    ("environ", "platform", "named"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"QT_QPA_PLATFORM": "vnc"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_only_linux_can_be_without_a_display(
    environ: dict[str, str], platform: str, named: bool
) -> None:
    assert bootstrap.names_display(environ, platform) is named


@linux_only
def test_x_itself_is_asked_whether_it_answers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISPLAY", ":65000")
    assert not bootstrap.display_answers({"DISPLAY": ":65000"}, "linux")
    with bootstrap.virtual_screen() as screen:
        monkeypatch.setenv("DISPLAY", screen["DISPLAY"])
        assert bootstrap.display_answers(screen, "linux")


def test_a_death_by_signal_is_told_the_way_shells_do() -> None:
    assert bootstrap.exit_code([sys.executable, "-c", "raise SystemExit(3)"]) == 3
    if os.name == "posix":
        dying = "import os, signal; os.kill(os.getpid(), signal.SIGTERM)"
        assert bootstrap.exit_code([sys.executable, "-c", dying]) == 143


@pytest.mark.parametrize(
    ("arguments", "passed"), [([], ["-n", "2"]), (["-k", "money"], ["-k", "money"])]
)
def test_the_suite_gets_the_arguments_or_two_workers(
    machine: Machine, arguments: list[str], passed: list[str]
) -> None:
    assert bootstrap.main(["test", *arguments]) == 0
    assert machine.done[-1] == [str(bootstrap.environment_python()), "-m", "pytest", *passed]


def test_the_suite_never_opens_a_window_on_the_users_desktop() -> None:
    users = {"DISPLAY": ":0", "WAYLAND_DISPLAY": "wayland-0"}
    environ = bootstrap.suite_environ(users, {"DISPLAY": ":7"})
    assert environ == {"DISPLAY": ":7", "QT_QPA_PLATFORM": "offscreen"}
    assert bootstrap.suite_environ({"QT_QPA_PLATFORM": "xcb"}, {})["QT_QPA_PLATFORM"] == "xcb"
