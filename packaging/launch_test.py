"""Tries the packages where their owners do: on a system without Python.

    python3 packaging/launch_test.py             builds and tries what is for Linux, as CI does
    python3 packaging/launch_test.py FILE.deb    tries that one
    python3 packaging/launch_test.py measure     the bundle beside the source: seconds to a window

Needs root, and Debian's archives. Pictures and the bare system lie in `build/launch`.
"""

import os
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import bootstrap
from bundle.make import BUILD, BUNDLE
from deb.make import make_deb
from launch.root import USER, bare_root
from launch.steps import (
    answers,
    end,
    first_window,
    installs_for_one_user,
    leaves_only_the_owners_files,
    shows_window,
)
from linux.make import lay_tree

PLACE = BUILD / "launch"
ROUNDS = 5


def try_deb(package: Path) -> None:
    with bootstrap.virtual_screen() as screen, bare_root(PLACE / "root") as root:
        if root.run("sh", "-c", "command -v python3").returncode == 0:
            raise SystemExit("the bare system has Python")
        root.put(package, "/tmp/backstop.deb")
        install = ["apt-get", "install", "--yes", "--no-install-recommends", "/tmp/backstop.deb"]
        root.must(*install)
        for user in ("root", USER):
            answers(root, user)
            picture = PLACE / f"{user}.png"
            window, curve = shows_window(root, user, screen["DISPLAY"], picture)
            print(f"{user}: window after {window:.1f} s, curve after {curve:.1f} s")
        shutil.copytree(lay_tree(BUNDLE), PLACE / "root" / "opt" / "unpacked", symlinks=True)
        installs_for_one_user(root, "/opt/unpacked")
        shutil.rmtree(PLACE / "root" / "opt" / "unpacked")
        leaves_only_the_owners_files(root, "/tmp/backstop.deb")
    print(f"{package.name}, and install.sh: installed, opened, printed, removed")


def measure() -> None:
    """The shortest of some starts, each on new folders."""
    source = [str(bootstrap.environment_python()), "-m", "backstop"]
    programs = {"source": source, "bundle": [str(BUNDLE / "backstop")]}
    best: dict[str, float] = {}
    with bootstrap.virtual_screen() as screen:
        for _ in range(ROUNDS):
            for name, program in programs.items():
                window = seconds_to_window(program, screen["DISPLAY"])
                best[name] = min(best.get(name, window), window)
    for name, window in best.items():
        print(f"{name}: window after {window:.2f} s")
    print(f"bundle / source: {best['bundle'] / best['source']:.2f}")


def seconds_to_window(program: list[str], display: str) -> float:
    with TemporaryDirectory() as folder:
        kinds = ("CONFIG", "DATA", "BOOKS")
        own = {f"BACKSTOP_{kind}_DIR": folder for kind in kinds}
        environ = {**os.environ, "XDG_RUNTIME_DIR": folder, **own}
        picture = Path(folder, "window.png")
        window, _, running = first_window([*program, "demo"], environ, display, picture)
        end(running)
        return window


def main(arguments: Sequence[str]) -> int:
    PLACE.mkdir(parents=True, exist_ok=True)
    bootstrap.ENVIRONMENT = BUILD / "environment"
    bootstrap.prepare_system("window", "test", "launch")
    if list(arguments) == ["measure"]:
        bootstrap.prepare_environment("build")
        measure()
        return 0
    try:
        package = Path(arguments[0]) if arguments else make_deb(quick=True)
        bootstrap.prepare_environment("build")
        try_deb(package.resolve())
    finally:
        shutil.rmtree(PLACE / "root", ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
