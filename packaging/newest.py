"""The suite with the newest release of each dependency, by hand, before a release:

    python3 packaging/newest.py [ARGUMENT ...]     arguments go to pytest

Makes an environment of its own, `build/newest`, from what `pyproject.toml` asks for with `[test]`,
whatever the lock says; tells which releases are not those of the lock; then runs the tests. Where
they pass, `packaging/lock.sh --upgrade` may renew the lock. Packages come from the index that pip
is configured for.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path

import bootstrap
from bootstrap import PROJECT, Halt, exit_code, failure, pip_halt, suite_environ, virtual_screen

ENVIRONMENT = PROJECT / "build" / "newest"
_PIN = re.compile(r"^([a-z0-9.-]+)==([^\s;]+)", re.MULTILINE)


def main(arguments: Sequence[str]) -> int:
    """Make the environment anew, say what is newer, run the tests; their exit code, or 2."""
    try:
        python = make_environment()
        print("\n".join(told(differing(locked(), installed(python)))), flush=True)
    except (Halt, OSError) as fault:
        print(fault, file=sys.stderr)
        return 2
    command = [str(python), "-m", "pytest", *(arguments or ["-n", "2"])]
    with virtual_screen() as screen:
        return exit_code(command, suite_environ(os.environ, screen), PROJECT)


def make_environment() -> Path:
    """The interpreter of a new environment with the newest of all that is asked for."""
    python = ENVIRONMENT / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    if said := failure([sys.executable, "-m", "venv", "--clear", str(ENVIRONMENT)]):
        raise Halt(
            "The environment {place} could not be made: {reason}",
            place=ENVIRONMENT,
            reason=bootstrap.last_words(said),
        )
    command = [str(python), "-m", "pip", "install", "--upgrade", "--upgrade-strategy", "eager"]
    command += ["--only-binary", ":all:", "--no-input", "--quiet", *wanted()]
    if said := failure(command, PIP_USER="0"):
        raise pip_halt(said)
    (folder_of(python) / "backstop.pth").write_text(f"{PROJECT / 'src'}\n", encoding="utf-8")
    return python


def wanted() -> list[str]:
    """What the project asks for, to run and to be tested, with the oldest releases it takes."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return [*project["dependencies"], *project["optional-dependencies"]["test"]]


def folder_of(python: Path) -> Path:
    """Where the packages of an environment lie."""
    asked = "import sysconfig; print(sysconfig.get_path('purelib'))"
    return Path(_answer([str(python), "-c", asked]).strip())


def installed(python: Path) -> dict[str, str]:
    """The releases in an environment, by package."""
    listed = _answer([str(python), "-m", "pip", "list", "--format", "json"])
    return {each["name"].lower().replace("_", "-"): each["version"] for each in json.loads(listed)}


def locked() -> dict[str, tuple[str, ...]]:
    """The releases that the lock of the tests names; several where they go by Python's version."""
    pins = _PIN.findall(bootstrap.LOCKS["test"].read_text(encoding="utf-8"))
    return {name: tuple(version for each, version in pins if each == name) for name, _ in pins}


def differing(
    lock: Mapping[str, tuple[str, ...]], found: Mapping[str, str]
) -> dict[str, tuple[str, str]]:
    """Packages whose release is not one of the lock's: those, and the one found."""
    return {
        name: (" or ".join(lock[name]), version)
        for name, version in sorted(found.items())
        if name in lock and version not in lock[name]
    }


def told(differs: Mapping[str, tuple[str, str]]) -> list[str]:
    """One line for each, or one that says there is none."""
    if not differs:
        return ["Every release is that of the lock."]
    return [f"{name}: {old} in the lock, {new} here" for name, (old, new) in differs.items()]


def _answer(command: Sequence[str]) -> str:
    return subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True).stdout


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
