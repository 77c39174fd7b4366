"""Tries the packages where their owners do: on a system without Python.

    python3 packaging/launch_test.py             builds and tries what is for Linux, as CI does
    python3 packaging/launch_test.py FILE.deb    tries that one
    python3 packaging/launch_test.py FILE.deb OLDER.deb    and upgrades from that one
    python3 packaging/launch_test.py measure     the bundle beside the source: seconds to a window

Needs root, and Debian's archives. Pictures and the bare system lie in `build/launch`.
"""

import os
import shutil
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import bootstrap
from bundle.make import BUILD, BUNDLE
from deb.make import make_deb
from launch.root import USER, Root, bare_root, home_of
from launch.steps import (
    answers,
    end,
    first_window,
    installs_for_one_user,
    leaves_only_the_owners_files,
    shows_window,
)
from launch.upgrade import as_older, upgrades
from linux.make import lay_tree

PLACE = BUILD / "launch"
DESKTOP = ("desktop-file-utils", "libglib2.0-bin", "shared-mime-info")
"""What every desktop has, to know which program opens a file."""
INSTALL = ("apt-get", "install", "--yes", "--no-install-recommends")
IN_ROOT = "/tmp/backstop.deb"
ROUNDS = 5


def try_deb(package: Path, older: Path | None) -> None:
    with bootstrap.virtual_screen() as screen, bare_root(PLACE / "root") as root:
        if root.run("sh", "-c", "command -v python3").returncode == 0:
            raise SystemExit("the bare system has Python")
        display = screen["DISPLAY"]
        root.must(*INSTALL, *DESKTOP)
        upgrades(root, installer(root), older or as_older(package, PLACE), package, display)
        for user in ("root", USER):
            answers(root, user)
            book = f"/{home_of(user)}/我的账本.backstop"
            window, curve = shows_window(root, user, display, PLACE / f"{user}.png", book)
            print(f"{user}: window after {window:.1f} s, curve after {curve:.1f} s")
        shutil.copytree(lay_tree(BUNDLE), PLACE / "root" / "opt" / "unpacked", symlinks=True)
        installs_for_one_user(root, "/opt/unpacked")
        shutil.rmtree(PLACE / "root" / "opt" / "unpacked")
        leaves_only_the_owners_files(root, IN_ROOT)
    print(f"{package.name}, and install.sh: installed, upgraded, opened, printed, removed")


def installer(root: Root) -> Callable[[Path], None]:
    """Installs a package file in the bare system."""

    def install(package: Path) -> None:
        root.put(package, IN_ROOT)
        root.must(*INSTALL, IN_ROOT)

    return install


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
        given = [Path(each).resolve() for each in arguments]
        package = given[0] if given else make_deb(quick=True)
        bootstrap.prepare_environment("build")
        try_deb(package, given[1] if len(given) > 1 else None)
    finally:
        for each in ("root", "older"):
            shutil.rmtree(PLACE / each, ignore_errors=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
