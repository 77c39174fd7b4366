"""What `packaging/bootstrap.py` decides on a fresh machine.

The proof on a really bare machine is `packaging/prove-bare-root.sh`; here nothing is fetched and
nothing is installed.
"""

import ast
import os
import re
import shutil
import string
import subprocess
import sys
import tomllib
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

import bootstrap
from bootstrap import Halt, Package, Work

HOME = Path(bootstrap.__file__).parent.parent
SOURCE = Path(bootstrap.__file__).read_text(encoding="utf-8")
LOCKS = [path.read_text(encoding="utf-8") for path in bootstrap.LOCKS.values()]
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="about Linux")


@dataclass
class Machine:
    """A machine as bootstrap sees it: what is on it, who uses it, and what was done to it."""

    missing: set[str] = field(default_factory=set)
    programs: set[str] = field(default_factory=lambda: {"apt-get"})
    modules: set[str] = field(default_factory=lambda: {"ensurepip", "pip"})
    user: int = 1000
    complaint: str = ""
    remedied: bool = True
    done: list[list[str]] = field(default_factory=list)

    def failure(self, command: list[str], shown: bool = False, **environ: str) -> str:
        """Stands for the tools: notes the command, and does what matters of it."""
        self.done.append(list(command))
        if "venv" in command:
            bootstrap.environment_python().parent.mkdir(parents=True)
            bootstrap.environment_python().touch()
            bootstrap.folder("purelib").mkdir(parents=True)
        if "apt-get" in command and "install" in command and self.remedied:
            self.missing.clear()
            self.modules.add("ensurepip")
        return self.complaint

    def exit_code(self, command: list[str], *_: object) -> int:
        self.done.append(list(command))
        return 0

    def commands(self, word: str) -> list[list[str]]:
        return [command for command in self.done if word in command]


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    made = Machine()
    (tmp_path / "src").mkdir()
    (tmp_path / "run.lock").write_text("one==1\n")
    (tmp_path / "test.lock").write_text("one==1\ntwo==2\n")
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.chdir(tmp_path)
    replaced: dict[str, object] = {
        "PROJECT": tmp_path,
        "ENVIRONMENT": tmp_path / ".venv",
        "LOCKS": {"run": tmp_path / "run.lock", "test": tmp_path / "test.lock"},
        "is_there": lambda proof: proof not in made.missing,
        "has_module": lambda name: name in made.modules,
        "display_answers": lambda *_: True,
        "failure": made.failure,
        "exit_code": made.exit_code,
    }
    for name, value in replaced.items():
        monkeypatch.setattr(bootstrap, name, value)
    monkeypatch.setattr(os, "geteuid", lambda: made.user, raising=False)
    monkeypatch.setattr(shutil, "which", lambda name: name if name in made.programs else None)
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(sys, "prefix", sys.base_prefix)  # as if from the system's Python
    return made


Told = Callable[[], str]


@pytest.fixture
def told(capsys: pytest.CaptureFixture[str]) -> Told:
    """What bootstrap wrote to standard error since the last time."""
    return lambda: capsys.readouterr().err


# ---------------------------------------------------------------- sentences


def test_the_source_can_be_read_by_an_old_python() -> None:
    ast.parse(SOURCE, feature_version=(3, 7))


def test_only_the_standard_library_is_imported() -> None:
    nodes = list(ast.walk(ast.parse(SOURCE)))
    plain = {name.name for node in nodes if isinstance(node, ast.Import) for name in node.names}
    parts = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    assert {name.partition(".")[0] for name in plain | parts} <= set(sys.stdlib_module_names)


def sentences_used() -> set[str]:
    calls = [node for node in ast.walk(ast.parse(SOURCE)) if isinstance(node, ast.Call)]
    said = [
        call.args[0]
        for call in calls
        if isinstance(call.func, ast.Name) and call.func.id in {"text", "tell", "Halt"}
    ]
    return {str(each.value) for each in said if isinstance(each, ast.Constant)}


def placeholders(sentence: str) -> set[str | None]:
    return {name for _, name, _, _ in string.Formatter().parse(sentence)}


def test_every_sentence_has_a_chinese_form_with_the_same_placeholders() -> None:
    assert sentences_used() == set(bootstrap.CHINESE)
    for english, chinese in bootstrap.CHINESE.items():
        assert placeholders(english) == placeholders(chinese)


@pytest.mark.parametrize(
    ("environ", "start"),
    [
        ({}, "The disk is full"),
        ({"LANG": "zh_CN.UTF-8"}, "磁盘空间不足"),
        ({"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "The disk is full"),
    ],
)
@pytest.mark.usefixtures("machine")
def test_the_locale_chooses_the_language(
    monkeypatch: pytest.MonkeyPatch, environ: dict[str, str], start: str
) -> None:
    for name, value in environ.items():
        monkeypatch.setenv(name, value)
    assert str(bootstrap.pip_halt("No space left on device")).startswith(start)


# ---------------------------------------------------------------- Python


def test_a_python_before_3_11_is_refused_in_one_sentence() -> None:
    bootstrap.require_python((3, 11))
    with pytest.raises(Halt, match=r"^Backstop needs Python 3\.11 or newer, .* Python 3\.9: .*\.$"):
        bootstrap.require_python((3, 9))


@pytest.mark.parametrize("arguments", [[], ["start"]])
def test_an_unknown_command_shows_the_usage(
    machine: Machine, told: Told, arguments: list[str]
) -> None:
    assert bootstrap.main(arguments) == 2
    assert told().startswith("Usage: ")
    assert machine.done == []


def test_a_python_without_venv_and_pip_names_the_package_of_its_version(
    machine: Machine, told: Told
) -> None:
    machine.modules.clear()
    assert bootstrap.main(["run", "schema"]) == 2
    version = bootstrap.dotted(sys.version_info[:2])
    assert f"--no-install-recommends python{version}-venv'" in told()


def test_root_gets_venv_installed_and_goes_on(machine: Machine) -> None:
    machine.modules.clear()
    machine.user = 0
    assert bootstrap.main(["run", "schema"]) == 0
    assert machine.done[-1][1:] == ["-m", "backstop", "schema"]


def test_without_ensurepip_this_pythons_pip_fills_the_environment(machine: Machine) -> None:
    machine.modules.remove("ensurepip")
    bootstrap.prepare_environment("run")
    making, filling = machine.done
    assert making[1:4] == ["-m", "venv", "--without-pip"]
    python = str(bootstrap.environment_python())
    assert filling[:6] == [sys.executable, "-m", "pip", "--python", python, "install"]


@pytest.mark.usefixtures("machine")
def test_an_environment_with_pip_fills_itself() -> None:
    (bootstrap.folder("purelib") / "pip").mkdir(parents=True)
    assert bootstrap.pip() == [str(bootstrap.environment_python()), "-m", "pip"]


# ---------------------------------------------------------------- system packages


def test_the_listing_is_read_by_sections_without_its_comments() -> None:
    listing = "# head\n[window]  # why\nlibgl1  libGL.so.1  # why\n\n[test]\nxvfb Xvfb\n"
    assert bootstrap.read_packages(listing) == [
        Package("libgl1", "libGL.so.1", "window"),
        Package("xvfb", "Xvfb", "test"),
    ]


def test_the_listing_names_each_package_once_in_a_known_section() -> None:
    packages = bootstrap.read_packages(bootstrap.PACKAGES.read_text(encoding="utf-8"))
    assert len({each.name for each in packages}) == len(packages)
    assert {each.section for each in packages} == {"window", "font", "test"}


@linux_only
def test_a_library_counts_only_if_it_can_be_loaded() -> None:
    assert bootstrap.is_there("libc.so.6")
    assert not bootstrap.is_there("libnothing-of-the-kind.so.1")


@pytest.mark.parametrize(
    ("programs", "start"), [({"apt-get", "sudo"}, "sudo sh -c"), ({"apt-get"}, "su -c")]
)
def test_a_user_is_told_the_exact_line_to_type(
    machine: Machine, told: Told, programs: set[str], start: str
) -> None:
    machine.missing = {"libEGL.so.1", "Xvfb"}
    machine.programs = programs
    assert bootstrap.main(["test"]) == 2
    assert told() == (
        "The system lacks something that Backstop needs: type this line, "
        "then give the same command again:\n"
        f"    {start} 'apt-get update && "
        "apt-get install --yes --no-install-recommends libegl1 xvfb'\n"
    )
    assert machine.done == []


def test_root_gets_what_is_missing_installed(machine: Machine) -> None:
    machine.missing = {"libEGL.so.1", "font:zh-cn"}
    machine.user = 0
    bootstrap.prepare_system("window", "font")
    install = ["apt-get", "install", "--yes", "--no-install-recommends"]
    assert machine.done == [["apt-get", "update"], [*install, "libegl1", "fonts-noto-cjk"]]


def test_a_failed_installation_says_why_and_what_to_type(machine: Machine) -> None:
    machine.missing = {"libEGL.so.1"}
    machine.user = 0
    machine.complaint = "Reading lists\nE: Unable to fetch some archives\nhint"
    with pytest.raises(Halt, match=r"\(E: Unable to fetch some archives\)(.|\n)*libegl1"):
        bootstrap.prepare_system("window")


def test_what_is_still_missing_after_an_installation_is_named(machine: Machine) -> None:
    machine.missing = {"libEGL.so.1"}
    machine.user = 0
    machine.remedied = False
    with pytest.raises(Halt, match="libegl1"):
        bootstrap.prepare_system("window")


def test_a_system_without_apt_is_told_which_libraries(machine: Machine) -> None:
    machine.missing = {"libEGL.so.1", "libGL.so.1"}
    machine.programs.clear()
    with pytest.raises(Halt, match=r"\(libGL\.so\.1, libEGL\.so\.1\)"):
        bootstrap.prepare_system("window")


def test_a_missing_font_is_mentioned_but_stops_nothing(
    machine: Machine, capsys: pytest.CaptureFixture[str]
) -> None:
    machine.missing = {"font:zh-cn"}
    bootstrap.prepare_system("window", "font")
    assert "install --yes --no-install-recommends fonts-noto-cjk'" in capsys.readouterr().out


@pytest.mark.parametrize("platform", ["win32", "darwin"])
def test_other_systems_bring_what_qt_needs(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    machine.missing = {"libEGL.so.1"}
    monkeypatch.setattr(sys, "platform", platform)
    bootstrap.prepare_system("window", "font", "test")
    assert machine.done == []


# ---------------------------------------------------------------- the environment


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


# ---------------------------------------------------------------- run


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


# ---------------------------------------------------------------- test


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


# ---------------------------------------------------------------- the lock files


def pins(lock: str) -> set[str]:
    return set(re.findall(r"^([a-z0-9.-]+==[^\s;]+)", lock, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_address_and_no_place(lock: str) -> None:
    lines = [
        line for line in lock.splitlines() if not line.startswith(("    --hash=sha256:", "  "))
    ]
    assert not re.search(r"://|^-|\.(com|org|net|io)\b", lock, re.MULTILINE)
    assert all(re.match(r"[a-z0-9.-]+==\S+( ; .+)? \\$", line) for line in lines)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_hashes(lock: str) -> None:
    entries = re.split(r"^(?=[a-z])", lock, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)


def test_the_program_runs_on_the_very_versions_that_are_tested() -> None:
    assert pins(LOCKS[0]) <= pins(LOCKS[1])


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], []), (LOCKS[1], ["test"])])
def test_a_lock_covers_what_the_project_asks_for(lock: str, extras: list[str]) -> None:
    project = tomllib.loads((HOME / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = list(project["dependencies"])
    for extra in extras:
        asked += project["optional-dependencies"][extra]
    names = {re.split(r"[^\w.-]", each)[0].lower().replace("_", "-") for each in asked}
    assert names <= {pin.partition("==")[0] for pin in pins(lock)}
