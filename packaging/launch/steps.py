"""What is tried with an installed package, step by step; each stops with a sentence if it fails."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import bootstrap
from bundle.version import version
from launch.root import USER, Root, home_of

LOOK = Path(__file__).parent / "look.py"
PATIENCE = 120
SAMPLE = "/usr/lib/backstop/lib/backstop/resources/samples/contractor.json"
PLAN_TITLE = "应急资金预案"
FURTHER_STARTS = (
    ["backstop"],
    ["gio", "launch", "/usr/share/applications/backstop.desktop"],
    ["gio", "open"],
)
"""As it is typed; as desktops do it for a file dropped on the icon, and for a double click."""
Environ = Mapping[str, str]


def fail(sentence: str) -> None:
    raise SystemExit(sentence)


def look(*words: str, environ: Environ | None = None) -> "subprocess.Popen[str]":
    """The looker as a process of its own; it says `ready` first when it watches a screen."""
    command = [str(bootstrap.environment_python()), str(LOOK), *words]
    given = {**os.environ, **(environ or {})}
    return subprocess.Popen(command, env=given, stdout=subprocess.PIPE, text=True)


def first_window(
    command: list[str], environ: Environ, display: str, picture: Path
) -> tuple[float, float, "subprocess.Popen[str]"]:
    """Seconds from the start to the window and to the curve in it; and the running program."""
    screen = {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
    watcher = look("screen", str(picture), str(PATIENCE), environ=screen)
    assert watcher.stdout is not None
    watcher.stdout.readline()
    program = subprocess.Popen(
        command,
        env={**environ, "DISPLAY": display},
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    said = watcher.stdout.read().split()
    if watcher.wait() or len(said) != 2:
        end(program)
        fail(f"no window, or no curve in it: {picture}")
    return float(said[0]), float(said[1]), program


def end(program: "subprocess.Popen[str]") -> str:
    """What a program complained about, once it has been ended with all it started."""
    if program.poll() is None:
        os.killpg(program.pid, signal.SIGTERM)
    assert program.stderr is not None
    said = program.stderr.read()
    program.wait()
    return said


def answers(root: Root, user: str) -> None:
    """The command line: the version, the samples, a Chinese plan that can be read on paper."""
    if root.must("backstop", "--version", user=user) != f"backstop {version()}\n":
        fail(f"{user}: another version answers")
    listed = root.must("backstop", "demo", "--list", user=user)
    if "contractor" not in listed:
        fail(f"{user}: no samples")
    place = f"/tmp/{user}.pdf"
    words = ("plan", SAMPLE, "--close", "jiebei", "--pdf", place, "--lang", "zh_CN")
    done = root.run("backstop", *words, user=user)
    if done.returncode not in (0, 3) or done.stderr:
        fail(f"{user}: no plan: {done.stderr}")
    made = str(root.folder / place.lstrip("/"))
    reader = look("pdf", made, environ={"QT_QPA_PLATFORM": "offscreen"})
    if PLAN_TITLE not in reader.communicate()[0]:
        fail(f"{user}: the plan cannot be read")


def shows_window(
    root: Root, user: str, display: str, picture: Path, book: str
) -> tuple[float, float]:
    """A window with its curve, nothing to complain about, and one window for all further starts."""
    command = ["backstop", "demo", "contractor"]
    with shown(root, user, display, picture, command) as seconds:
        root.must("backstop", "new", book, "--from", SAMPLE, user=user)
        copy = book.replace(".backstop", " 2.backstop")
        root.must("cp", book, copy, user=user)
        for start, file in zip(FURTHER_STARTS, (book, copy, book), strict=True):
            further_start(root, user, display, [*start, file], file)
    return seconds


def shows_last_book(root: Root, user: str, display: str, picture: Path) -> tuple[float, float]:
    """A start with nothing shows the book that was open last, with its curve."""
    with shown(root, user, display, picture, ["backstop"]) as seconds:
        return seconds


@contextmanager
def shown(
    root: Root, user: str, display: str, picture: Path, command: list[str]
) -> Iterator[tuple[float, float]]:
    """The window of a command, with its curve, and the seconds that both took; at the end it is
    ended, and has complained of nothing."""
    environ = root.environ(user, {})
    window, curve, program = first_window(root.words(user, command), environ, display, picture)
    try:
        yield window, curve
        if program.poll() is not None:
            fail(f"{user}: the window is gone")
    finally:
        said = end(program)
    log = root.folder / home_of(user) / ".local" / "share" / "backstop" / "backstop.log"
    logged = log.read_text(encoding="utf-8") if log.exists() else "there is no log"
    if said or logged:
        fail(f"{user}: the window complained: {said}{logged}")


def further_start(root: Root, user: str, display: str, command: list[str], book: str) -> None:
    """A start with a file ends soon, and the file is what the owner had open last."""
    done = root.run(*command, user=user, environ={"DISPLAY": display})
    if done.returncode or done.stderr:
        fail(f"{user}: {' '.join(command)}: {done.stderr}")
    for _ in range(100):
        if settings_of(root, user)["recent"][:1] == [book]:
            return
        time.sleep(0.2)
    fail(f"{user}: {' '.join(command)}: the window did not open it")


def settings_of(root: Root, user: str) -> dict[str, Any]:
    kept = root.folder / home_of(user) / ".config" / "backstop" / "settings.json"
    found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
    return found


def leaves_only_the_owners_files(root: Root, package: str) -> None:
    """An upgrade and the removal touch no book and no setting, and leave nothing else behind."""
    home = root.folder / "home" / USER
    before = contents(home)
    root.must("apt-get", "install", "--yes", "--reinstall", "--no-install-recommends", package)
    root.must("apt-get", "purge", "--yes", "--autoremove", "backstop")
    if contents(home) != before:
        fail("the removal touched what is the owner's")
    owners = (home, root.folder / "root", root.folder / "tmp")
    search = ["find", str(root.folder), "-xdev", "-name", "*backstop*"]  # not into /proc
    named = subprocess.run(search, check=True, capture_output=True, text=True).stdout.splitlines()
    found = [each for each in named if not _within(Path(each), owners)]
    if found:
        fail(f"left behind: {', '.join(found)}")


def installs_for_one_user(root: Root, unpacked: str) -> None:
    """`install.sh`: installed, started from where the menu entry says, removed without a trace."""
    home = root.folder / "home" / USER
    before = contents(home)
    root.must(f"{unpacked}/install.sh", user=USER)
    entry = home / ".local" / "share" / "applications" / "backstop.desktop"
    found = re.search(r'^Exec="(.+)" %f$', entry.read_text(encoding="utf-8"), re.MULTILINE)
    if found is None or root.must(found[1], "--version", user=USER) != f"backstop {version()}\n":
        fail("the menu entry of install.sh starts nothing")
    root.must(f"{unpacked}/install.sh", user=USER)  # over itself, as a newer version would be
    root.must(f"/home/{USER}/.local/lib/backstop/install.sh", "--remove", user=USER)
    if contents(home) != before:
        fail("install.sh --remove left something behind, or took something away")


def contents(folder: Path) -> dict[str, bytes]:
    return {str(each): each.read_bytes() for each in sorted(folder.rglob("*")) if each.is_file()}


def _within(path: Path, folders: tuple[Path, ...]) -> bool:
    return any(path.is_relative_to(each) for each in folders)
