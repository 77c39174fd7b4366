"""Builds the packages that owners install; each from a clean clone, with one command.

    python3 packaging/build.py bundle     a folder that runs where it lies (this system's)
    python3 packaging/build.py deb        a Debian package of it; `deb --quick` to try it out
    python3 packaging/build.py tar        an archive of it with install.sh, for one user
    python3 packaging/build.py windows PYTHON.zip    an installer for Windows, around Python's own
                                                     embeddable package

What is made lies in `build/`; packaging/README.md says what each needs and where it was tried.
"""

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import bootstrap


def bundle() -> Path:
    from bundle.make import make_bundle

    return make_bundle()


def deb() -> Path:
    from deb.make import make_deb

    return make_deb()


def quick_deb() -> Path:
    from deb.make import make_deb

    return make_deb(quick=True)


def tar() -> Path:
    from linux.make import make_tar

    return make_tar()


def windows() -> Path:
    from windows.make import make_windows

    return make_windows(Path(sys.argv[2]))


FORMATS: dict[str, Callable[[], Path]] = {
    "bundle": bundle,
    "deb": deb,
    "deb --quick": quick_deb,
    "tar": tar,
    "windows PYTHON.zip": windows,
}


def wanted(arguments: Sequence[str]) -> Callable[[], Path] | None:
    given = " ".join(arguments)
    if len(arguments) == 2 and arguments[0] == "windows":
        return windows
    return FORMATS.get(given)


def main(arguments: Sequence[str]) -> int:
    build = wanted(arguments)
    if build is None:
        print(f"Usage: python3 packaging/build.py {' | '.join(FORMATS)}", file=sys.stderr)
        return 2
    try:
        bootstrap.require_python(sys.version_info[:2])
        print(build().relative_to(bootstrap.PROJECT))
    except bootstrap.Halt as halt:
        print(halt, file=sys.stderr)
        return 2
    except subprocess.CalledProcessError as failed:
        print(f"{Path(failed.cmd[0]).name} failed ({failed.returncode})", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
