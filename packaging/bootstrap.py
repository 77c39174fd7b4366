"""Makes Backstop's environment on a fresh machine, then starts the program or its tests.

    python3 packaging/bootstrap.py run [ARGUMENT ...]     the program, by default on a sample book
    python3 packaging/bootstrap.py test [ARGUMENT ...]    the tests; arguments go to pytest

The environment is the folder `.venv` of the project, filled from a lock file that knows every file
by its hash. Only the standard library is used, and only syntax that Python 3.7 can still read, so
that an older Python gets a sentence and not a syntax error.
"""

from __future__ import annotations

import contextlib
import ctypes
import hashlib
import importlib
import importlib.util
import io
import os
import shlex
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
ENVIRONMENT = PROJECT / ".venv"
PACKAGES = PROJECT / "packaging" / "debian-packages.txt"
LOCKS = {
    "run": PROJECT / "packaging" / "requirements.lock",
    "test": PROJECT / "packaging" / "requirements-test.lock",
    "build": PROJECT / "packaging" / "requirements-build.lock",
}
OLDEST_PYTHON = (3, 11)
UNFINISHED = "unfinished"


# ---------------------------------------------------------------- what the user reads

CHINESE = {
    "Usage: python3 packaging/bootstrap.py run [ARGUMENT ...] | test [ARGUMENT ...]": (
        "用法：python3 packaging/bootstrap.py run [参数 ...] | test [参数 ...]"
    ),
    "Backstop needs Python {needed} or newer, and this is Python {found}: "
    "start this command with a newer Python.": (
        "Backstop 需要 Python {needed} 或更新版本，当前是 Python {found}："
        "请用更新的 Python 运行本命令。"
    ),
    "Making the environment {place}; the first time, this fetches about 250 MB of packages "
    "and takes about 800 MB of disk …": (
        "正在建立运行环境 {place}；首次需要下载约 250 MB 的软件包，占用磁盘约 800 MB……"
    ),
    "Installing what the system lacks: {names}": "正在安装系统缺少的软件包：{names}",
    "The system lacks something that Backstop needs: type this line, "
    "then give the same command again:\n    {line}": (
        "系统缺少 Backstop 需要的软件包：请输入下面这一行，再运行同一命令：\n    {line}"
    ),
    "The system lacks something that Backstop needs ({proofs}): install it with the system's "
    "package manager, then give the same command again.": (
        "系统缺少 Backstop 需要的组件（{proofs}）：请用系统的软件包管理器安装，再运行同一命令。"
    ),
    "Chinese on the screen needs a system font; to have one, type this line:\n    {line}": (
        "系统没有中文字体，屏幕上的中文可能无法正常显示；安装字体请输入下面这一行：\n    {line}"
    ),
    "The system packages could not be installed ({reason}): check the network connection, "
    "or type this line yourself:\n    {line}": (
        "系统软件包安装失败（{reason}）：请检查网络连接，或自行输入下面这一行：\n    {line}"
    ),
    "The environment {place} could not be made: {reason}": "无法建立运行环境 {place}：{reason}",
    "The packages could not be fetched: check the network connection (or the proxy), "
    "then give the same command again.": (
        "无法下载所需的软件包：请检查网络连接（或代理），再运行同一命令。"
    ),
    "The disk is full: free about 2 GB, then give the same command again.": (
        "磁盘空间不足：请腾出约 2 GB，再运行同一命令。"
    ),
    "A package has no build for this system or this Python: Backstop runs on 64-bit Linux "
    "(glibc 2.34, on ARM 2.39), macOS 14 and Windows 10 or newer ({reason}).": (
        "有软件包不支持当前系统或 Python 版本：Backstop 支持 64 位 Linux"
        "（glibc 2.34，ARM 为 2.39）、macOS 14、Windows 10 及更新版本（{reason}）。"
    ),
    "The packages could not be installed: {reason}": "软件包安装失败：{reason}",
    "There is no display here: start Backstop from a desktop session, "
    "or use it without a window: {line}": (
        "当前没有图形界面：请在桌面环境中启动 Backstop，或不开窗口直接使用：{line}"
    ),
    "The virtual screen for the tests (Xvfb) does not start.": (
        "测试用的虚拟屏幕（Xvfb）无法启动。"
    ),
}


def text(english: str, **values: object) -> str:
    """The sentence, in Chinese where the locale asks for it; English is the key."""
    asked = (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))
    chinese = next(filter(None, asked), "").startswith("zh")
    return (CHINESE[english] if chinese else english).format(**values)


def tell(english: str, **values: object) -> None:
    print(text(english, **values), flush=True)


def write_utf8(streams: Sequence[object], platform: str) -> None:
    """Redirected output of Windows would be in an old code page, without Chinese."""
    for each in streams:
        if platform == "win32" and isinstance(each, io.TextIOWrapper) and not each.isatty():
            each.reconfigure(encoding="utf-8")


class Halt(Exception):
    """Nothing more can be done; the text is the one sentence that the user reads."""

    def __init__(self, english: str, **values: object) -> None:
        super().__init__(text(english, **values))


# ---------------------------------------------------------------- other programs


def failure(command: Sequence[str], shown: bool = False, **environ: str) -> str:
    """Runs a tool to its end; what it complained about if it failed, otherwise nothing."""
    done = subprocess.run(
        command,
        check=False,
        env={**os.environ, **environ},
        stdout=None if shown else subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        errors="replace",
    )
    return (done.stderr or done.stdout or "?") if done.returncode else ""


def last_words(said: str) -> str:
    """The line of a tool's output that says most: its last error, or its last line."""
    lines = [line.strip() for line in said.splitlines() if line.strip()]
    errors = [line for line in lines if line.lower().startswith(("error:", "e:"))]
    return (errors or lines or ["?"])[-1]


def exit_code(
    command: Sequence[str], environ: Mapping[str, str] | None = None, folder: Path | None = None
) -> int:
    """Runs a program to its end; a death by signal is told the way shells do."""
    code = subprocess.call(command, env=environ, cwd=folder)
    return code if code >= 0 else 128 - code


# ---------------------------------------------------------------- this Python


def require_python(found: tuple[int, int]) -> None:
    if found < OLDEST_PYTHON:
        raise Halt(
            "Backstop needs Python {needed} or newer, and this is Python {found}: "
            "start this command with a newer Python.",
            needed=dotted(OLDEST_PYTHON),
            found=dotted(found),
        )


def dotted(version: Sequence[int]) -> str:
    return ".".join(map(str, version))


def has_module(name: str) -> bool:
    importlib.invalidate_caches()  # apt-get may just have brought it
    return importlib.util.find_spec(name) is not None


def python_tools() -> list[Package]:
    """What Python itself lacks: Debian splits off ensurepip as well as pip; either one will do.

    The package's name with the version is right for a Python that is not the system's default too.
    """
    if has_module("ensurepip") or has_module("pip"):
        return []
    return [Package(f"python{dotted(sys.version_info[:2])}-venv", "ensurepip", "python")]


# ---------------------------------------------------------------- system packages


@dataclass(frozen=True)
class Package:
    """A Debian package, and the thing which shows that it or its like is there."""

    name: str
    proof: str
    section: str


def read_packages(listing: str) -> list[Package]:
    """The packages of a listing; its form is told at the head of `debian-packages.txt`."""
    found: list[Package] = []
    section = ""
    for line in listing.splitlines():
        words = line.partition("#")[0].split()
        if len(words) == 1:
            section = words[0].strip("[]")
        elif words:
            found.append(Package(words[0], words[1], section))
    return found


def is_there(proof: str) -> bool:
    kind, _, language = proof.partition(":")
    if kind == "font":
        return has_font(language)
    if ".so" in proof:
        return can_load(proof)
    return shutil.which(proof) is not None


def can_load(library: str) -> bool:
    """Really loads it: a file that is there but lacks something of its own does not count."""
    try:
        ctypes.CDLL(library)
    except OSError:
        return False
    return True


def has_font(language: str) -> bool:
    lister = shutil.which("fc-list")
    if lister is None:
        return False
    command = [lister, f":lang={language}", "family"]
    return bool(subprocess.run(command, check=False, stdout=subprocess.PIPE).stdout)


def missing_packages(sections: Sequence[str]) -> list[Package]:
    listed = read_packages(PACKAGES.read_text(encoding="utf-8"))
    wanted = [each for each in listed if each.section in sections]
    return python_tools() + [each for each in wanted if not is_there(each.proof)]


def prepare_system(*sections: str) -> None:
    """Installs what the system lacks in these sections of the listing, or says the line to type."""
    if not sys.platform.startswith("linux"):
        return
    missing = missing_packages(sections)
    if missing and shutil.which("apt-get") and os.geteuid() == 0:
        install_packages([each.name for each in missing])
        missing = missing_packages(sections)
    report_missing(missing)


def report_missing(missing: Sequence[Package]) -> None:
    """Stops where something needed is missing; a missing font is only mentioned."""
    line = apt_line([each.name for each in missing])
    needed = [each.proof for each in missing if each.section != "font"]
    if needed and not shutil.which("apt-get"):
        raise Halt(
            "The system lacks something that Backstop needs ({proofs}): install it with the "
            "system's package manager, then give the same command again.",
            proofs=", ".join(needed),
        )
    if needed:
        raise Halt(
            "The system lacks something that Backstop needs: type this line, "
            "then give the same command again:\n    {line}",
            line=line,
        )
    if missing and shutil.which("apt-get"):
        tell(
            "Chinese on the screen needs a system font; to have one, type this line:\n    {line}",
            line=line,
        )


def apt_commands(names: Sequence[str]) -> list[list[str]]:
    """Fresh lists first: a new machine has none, and old ones name files that are gone."""
    install = ["apt-get", "install", "--yes", "--no-install-recommends", *names]
    return [["apt-get", "update"], install]


def apt_line(names: Sequence[str]) -> str:
    """The same for a user to type: with sudo, or with root's password where there is no sudo."""
    words = " && ".join(shlex.join(command) for command in apt_commands(names))
    return f"{'sudo sh' if shutil.which('sudo') else 'su'} -c {shlex.quote(words)}"


def install_packages(names: Sequence[str]) -> None:
    """A failed update is not the end: the lists at hand may do."""
    tell("Installing what the system lacks: {names}", names=" ".join(names))
    update, install = apt_commands(names)
    complaints = failure(update), failure(install, DEBIAN_FRONTEND="noninteractive")
    if complaints[-1]:
        raise Halt(
            "The system packages could not be installed ({reason}): check the network connection, "
            "or type this line yourself:\n    {line}",
            reason=last_words(next(filter(None, complaints))),
            line=apt_line(names),
        )


# ---------------------------------------------------------------- the environment


class Work(Enum):
    """What is to be done so that the environment fits its lock."""

    NOTHING = "nothing"
    ADD = "add"
    MAKE = "make"


def folder(kind: str) -> Path:
    """A folder of the environment; Windows lays it out differently from the others."""
    return Path(sysconfig.get_path(kind, "venv", {"base": str(ENVIRONMENT)}))


def environment_python() -> Path:
    return folder("scripts") / ("python.exe" if os.name == "nt" else "python")


def stamp_file() -> Path:
    return ENVIRONMENT / "backstop-lock"


def read_stamp() -> str | None:
    try:
        return stamp_file().read_text(encoding="utf-8")
    except OSError:
        return None


def write_stamp(stamp: str) -> None:
    stamp_file().write_text(stamp, encoding="utf-8")


def digest(command: str) -> str:
    """Names the contents of an environment: a lock, and the Python that it was installed for."""
    made_of = LOCKS[command].read_bytes() + dotted(sys.version_info[:2]).encode()
    return hashlib.sha256(made_of).hexdigest()


def work_to_do(command: str, stamp: str | None, usable: bool) -> Work:
    """Decides by the stamp; `usable` is whether the environment has an interpreter.

    The stamp is written last, so anything but a known digest is an environment half made or out
    of date. It is made again, because adding would leave what the lock no longer names. Without
    any stamp it is a developer's own, which is brought to the lock but never removed.
    """
    if not usable:
        return Work.MAKE
    if stamp in {digest(command), digest("test")}:
        return Work.NOTHING
    return Work.ADD if stamp in {None, digest("run")} else Work.MAKE


def prepare_environment(command: str) -> None:
    stamp = read_stamp()
    work = work_to_do(command, stamp, environment_python().exists())
    if work is Work.NOTHING:
        return
    tell(
        "Making the environment {place}; the first time, this fetches about 250 MB of packages "
        "and takes about 800 MB of disk …",
        place=ENVIRONMENT.relative_to(PROJECT),
    )
    if work is Work.MAKE:
        make_environment()
    elif stamp is not None:
        write_stamp(UNFINISHED)
    install_lock(LOCKS[command])
    link_project()
    write_stamp(digest(command))


def make_environment() -> None:
    """An empty environment, marked as unfinished before anything else is in it."""
    if ENVIRONMENT.exists():
        shutil.rmtree(ENVIRONMENT)
    ENVIRONMENT.mkdir()
    write_stamp(UNFINISHED)
    options = [] if has_module("ensurepip") else ["--without-pip"]
    said = failure([sys.executable, "-m", "venv", *options, str(ENVIRONMENT)])
    if said:
        raise Halt(
            "The environment {place} could not be made: {reason}",
            place=ENVIRONMENT,
            reason=last_words(said),
        )


def pip() -> list[str]:
    """The environment's own pip, or else this Python's pip working on the environment."""
    python = str(environment_python())
    if (folder("purelib") / "pip").exists():
        return [python, "-m", "pip"]
    return [sys.executable, "-m", "pip", "--python", python]


def install_lock(lock: Path) -> None:
    """Ready-built files alone, each with its hash from the lock: nothing is compiled or guessed."""
    shown = sys.stdout.isatty()
    command = [*pip(), "install", "--require-hashes", "--only-binary", ":all:", "--no-input"]
    command += ["--disable-pip-version-check", "--no-warn-script-location"]
    command += [] if shown else ["--quiet"]
    said = failure([*command, "--requirement", str(lock)], shown, PIP_USER="0")
    if said:
        raise pip_halt(said)


def pip_halt(said: str) -> Halt:
    """Puts pip's pages of complaint into one sentence with a remedy."""
    if "No space left" in said:
        return Halt("The disk is full: free about 2 GB, then give the same command again.")
    if any(sign in said for sign in ("Retrying (", "ConnectionError", "ProxyError", "timed out")):
        return Halt(
            "The packages could not be fetched: check the network connection (or the proxy), "
            "then give the same command again."
        )
    if "No matching distribution" in said:
        return Halt(
            "A package has no build for this system or this Python: Backstop runs on 64-bit Linux "
            "(glibc 2.34, on ARM 2.39), macOS 14 and Windows 10 or newer ({reason}).",
            reason=last_words(said),
        )
    return Halt("The packages could not be installed: {reason}", reason=last_words(said))


def link_project() -> None:
    """Puts `src` on the environment's path: an editable install reduced to what it does.

    A `.pth` file needs no build backend, pip or network and is the same on every system; and a
    relative path in it is taken from its own folder, so the project may be moved with its `.venv`.
    """
    packages = folder("purelib")
    source = os.path.relpath(PROJECT / "src", packages)
    (packages / "backstop.pth").write_text(source + "\n", encoding="utf-8")


# ---------------------------------------------------------------- run


def opens_window(arguments: Sequence[str]) -> bool:
    """Whether the program will show a window; all its other commands do without."""
    windowless = {"--list", "--help", "-h"}
    return arguments[0] in {"demo", "open"} and windowless.isdisjoint(arguments)


def names_display(environ: Mapping[str, str], platform: str) -> bool:
    """Only Linux can be without; and who names a Qt platform knows what they do."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return not platform.startswith("linux") or any(environ.get(name) for name in names)


def display_answers(environ: Mapping[str, str], platform: str) -> bool:
    """A name may be left over, or the screen be another user's: where X alone is named, ask it."""
    if not platform.startswith("linux") or environ.keys() & {"WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}:
        return True
    x11 = ctypes.CDLL("libX11.so.6")
    x11.XOpenDisplay.restype = ctypes.c_void_p
    return x11.XOpenDisplay(None) is not None


def headless_line() -> str:
    """A command that works here and now, on a sample book."""
    sample = min((PROJECT / "resources" / "samples").glob("*.json"), default=Path("book.json"))
    program = [os.path.relpath(environment_python()), "-m", "backstop"]
    return shlex.join([*program, "stress", os.path.relpath(sample)])


def run(arguments: Sequence[str]) -> int:
    """The program on a sample book, or with whatever arguments there are."""
    arguments = arguments or ["demo"]
    windowed = opens_window(arguments)
    displayed = names_display(os.environ, sys.platform)
    prepare_system(*(["window", "font"] if windowed and displayed else []))
    prepare_environment("run")
    if windowed and not (displayed and display_answers(os.environ, sys.platform)):
        raise Halt(
            "There is no display here: start Backstop from a desktop session, "
            "or use it without a window: {line}",
            line=headless_line(),
        )
    return exit_code([str(environment_python()), "-m", "backstop", *arguments])


# ---------------------------------------------------------------- test


@contextlib.contextmanager
def virtual_screen() -> Iterator[dict[str, str]]:
    """A private X screen for tests with real windows; nothing on systems that have no Xvfb.

    The server itself picks a free number, so that several runs do not get into each other's way. It
    does not start over when its last window goes: a window that comes just then would be lost.
    """
    program = shutil.which("Xvfb")
    if program is None:
        yield {}
        return
    reader, writer = os.pipe()
    command = [program, "-displayfd", str(writer), "-screen", "0", "1600x1000x24", "-noreset"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(command, pass_fds=[writer], stdout=quiet, stderr=quiet) as server:
        os.close(writer)
        try:
            yield {"DISPLAY": f":{read_number(reader)}"}
        finally:
            server.terminate()


def read_number(reader: int) -> str:
    with os.fdopen(reader) as answer:
        number = answer.readline().strip()
    if not number:
        raise Halt("The virtual screen for the tests (Xvfb) does not start.")
    return number


def suite_environ(environ: Mapping[str, str], screen: Mapping[str, str]) -> dict[str, str]:
    """Qt off screen unless a test says otherwise, and never a window on the user's own desktop."""
    kept = {name: value for name, value in environ.items() if name != "WAYLAND_DISPLAY"}
    return {"QT_QPA_PLATFORM": "offscreen", **kept, **screen}


def test(arguments: Sequence[str]) -> int:
    """The whole suite on two workers, or exactly what the arguments say."""
    prepare_system("window", "font", "test")
    prepare_environment("test")
    command = [str(environment_python()), "-m", "pytest", *(arguments or ["-n", "2"])]
    with virtual_screen() as screen:
        return exit_code(command, suite_environ(os.environ, screen), PROJECT)


# ---------------------------------------------------------------- from the top


def main(arguments: Sequence[str]) -> int:
    write_utf8([sys.stdout, sys.stderr], sys.platform)
    try:
        require_python(sys.version_info[:2])
        base = getattr(sys, "_base_executable", sys.executable)
        if sys.prefix != sys.base_prefix and base != sys.executable:
            return exit_code([base, __file__, *arguments])  # no environment can remake itself
        commands = {"run": run, "test": test}
        if not arguments or arguments[0] not in commands:
            raise Halt(
                "Usage: python3 packaging/bootstrap.py run [ARGUMENT ...] | test [ARGUMENT ...]"
            )
        return commands[arguments[0]](arguments[1:])
    except (Halt, OSError) as fault:  # an error of the system is a sentence already
        print(fault, file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
