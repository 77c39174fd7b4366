"""A package over one of an older version: what its owner made with the older one is still there."""

import json
import subprocess
from collections.abc import Callable
from pathlib import Path

from launch.root import USER, Root
from launch.steps import contents, fail, settings_of, shows_last_book, shows_window

OLDER = "0.0.1-1"
GONE = "usr/lib/backstop/of-an-older-version"
"""A file of the older package that the newer one does not have."""
BOOK = f"/home/{USER}/来自旧版.backstop"
Install = Callable[[Path], None]


def as_older(package: Path, folder: Path) -> Path:
    """The same package under an older number, with a file more: the older one where none is given.
    It stands for the packing; what a newer program makes of older books has tests of its own."""
    tree = folder / "older"
    subprocess.run(["dpkg-deb", "--raw-extract", str(package), str(tree)], check=True)
    control = tree / "DEBIAN" / "control"
    lines = control.read_text(encoding="utf-8").splitlines()
    told = [f"Version: {OLDER}" if each.startswith("Version:") else each for each in lines]
    control.write_text("\n".join([*told, ""]), encoding="utf-8")
    (tree / GONE).touch()
    made = folder / "older.deb"
    packing = ["dpkg-deb", "-Znone", "--root-owner-group", "--build", str(tree), str(made)]
    subprocess.run(packing, check=True, stdout=subprocess.DEVNULL)
    return made


def upgrades(root: Root, install: Install, older: Path, newer: Path, display: str) -> None:
    """A book and settings of the older program; the upgrade touches neither, and the newer program
    opens with both."""
    home, pictures = root.folder / "home" / USER, root.folder.parent
    install(older)
    before = installed(root)
    shows_window(root, USER, display, pictures / "older.png", BOOK)
    kept = settings_of(root, USER)
    owned = contents(home)
    install(newer)
    if installed(root) == before:
        fail("the older package has the version of the newer one")
    if contents(home) != owned:
        fail("the upgrade touched what is the owner's")
    if (root.folder / GONE).exists():
        fail("a file of the older version was left behind")
    window, _ = shows_last_book(root, USER, display, pictures / "upgraded.png")
    kept.pop("window")  # where it stood last, which every end of the program says anew
    if not kept.items() <= settings_of(root, USER).items():
        fail("the newer program has other settings than the older one")
    told = json.loads(root.must("backstop", "project", BOOK, "--json", user=USER, passing=(0, 3)))
    print(f"upgraded from {before}: “{told['book']['title']}” again after {window:.1f} s")


def installed(root: Root) -> str:
    return root.must("dpkg-query", "--show", "--showformat", "${Version}", "backstop")
