"""Makes the Debian package from the bundle. What it depends on follows from the libraries that the
bundle leaves to the system; which package holds each is said in `debian-packages.txt`."""

import email.utils
import hashlib
import os
import shutil
from datetime import UTC, datetime
from pathlib import Path

import bootstrap
from bundle.libraries import names_needed
from bundle.make import BUILD, FLOOR, libraries, make_bundle, run
from bundle.version import CHANGELOG, filled, moment, version
from linux.layout import copy_bundle, lay_share, packed

MAINTAINER = "The Backstop project <backstop@localhost>"
LIBC = f"libc6 (>= {FLOOR[0]}.{FLOOR[1]})"
OF_LIBC = (
    "libc.so.6",
    "libm.so.6",
    "libdl.so.2",
    "libpthread.so.0",
    "librt.so.1",
    "libresolv.so.2",
)
BASE = {
    **dict.fromkeys((*OF_LIBC, "libresolv.so.2", "ld-linux-x86-64.so.2"), LIBC),
    "libstdc++.so.6": "libstdc++6 (>= 11)",
    "libgcc_s.so.1": "libgcc-s1",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libbrotlicommon.so.1": "libbrotli1",
    "libbrotlidec.so.1": "libbrotli1",
    **dict.fromkeys(("libgtk-3.so.0", "libgdk-3.so.0"), "libgtk-3-0"),
    **dict.fromkeys(("libgio-2.0.so.0", "libgobject-2.0.so.0"), "libglib2.0-0"),
    **dict.fromkeys(("libpango-1.0.so.0", "libpangocairo-1.0.so.0"), "libgtk-3-0"),
    **dict.fromkeys(("libcairo.so.2", "libcairo-gobject.so.2"), "libgtk-3-0"),
    **dict.fromkeys(("libatk-1.0.so.0", "libgdk_pixbuf-2.0.so.0"), "libgtk-3-0"),
    "libharfbuzz.so.0": "libgtk-3-0",
}
"""Libraries that every Linux has, and those that come along with GTK."""
HERE = Path(__file__).parent
ARCHITECTURE = "amd64"
APPSTREAM_OVERRIDES = "cid-desktopapp-is-not-rdns=info"
"""The project has no domain whose reversed name it could take; and Qt, the menu entry and the icon
all go by the plain name."""
TREE = BUILD / "deb" / "tree"
PROGRAM = Path("usr/lib/backstop")
OPTIONAL = ("plugins/printsupport/", "plugins/platformthemes/", "plugins/wayland", "libqwayland")
OPTIONAL_LIBRARIES = ("libQt6Wayland", "libQt6WlShell")
"""What Qt does without where a library is missing: printers, the look of GTK, Wayland."""


def make_deb(quick: bool = False) -> Path:
    """The package; looked through by Debian's checkers, which have to be content. A quick one is
    for trying it out: packed lightly, and without the checker that takes minutes."""
    bootstrap.prepare_system("deb")
    bundle = make_bundle()
    lay_tree(bundle)
    write_control()
    package = BUILD / f"backstop_{version()}-1_{ARCHITECTURE}.deb"
    os.environ["SOURCE_DATE_EPOCH"] = str(moment())
    packing = ("-Zgzip", "-z1") if quick else ("-Zxz", "-z6")
    run("dpkg-deb", *packing, "--root-owner-group", "--build", str(TREE), str(package))
    check_share(TREE / "usr" / "share")
    if not quick:
        run("lintian", "--fail-on", "error,warning", "--tag-display-limit", "0", str(package))
    return package


def lay_tree(bundle: Path) -> None:
    shutil.rmtree(TREE.parent, ignore_errors=True)
    copy_bundle(bundle, TREE / PROGRAM)
    lay_share(TREE / "usr" / "share")
    (TREE / "usr" / "bin").mkdir()
    (TREE / "usr" / "bin" / "backstop").symlink_to("../lib/backstop/backstop")
    documents = TREE / "usr" / "share" / "doc" / "backstop"
    documents.mkdir(parents=True)
    (documents / "changelog.gz").write_bytes(packed(CHANGELOG.read_text(encoding="utf-8")))
    (documents / "changelog.Debian.gz").write_bytes(packed(debian_changelog()))
    shutil.copy(HERE / "copyright", documents)
    overrides = TREE / "usr" / "share" / "lintian" / "overrides"
    overrides.mkdir(parents=True)
    shutil.copy(HERE / "lintian-overrides", overrides / "backstop")
    for each in TREE.rglob("*"):  # as Debian wants it, whatever the builder's own habits are
        if not each.is_symlink():
            each.chmod(0o755 if each.is_dir() or is_program(each) else 0o644)


def debian_changelog() -> str:
    """Debian's own form of a changelog, about the packing alone."""
    day = email.utils.format_datetime(datetime.fromtimestamp(moment(), UTC))
    said = f"backstop ({version()}-1) stable; urgency=low\n\n  * See changelog.gz.\n\n"
    return f"{said} -- {MAINTAINER}  {day}\n"


def is_program(path: Path) -> bool:
    return path.name == "backstop" and path.parent == TREE / PROGRAM


def write_control() -> None:
    place = TREE / "DEBIAN"
    place.mkdir()
    depends, recommends = needed_packages()
    text = filled(HERE / "control").replace("@ARCHITECTURE@", ARCHITECTURE)
    text = text.replace("@MAINTAINER@", MAINTAINER)
    text = text.replace("@DEPENDS@", depends).replace("@RECOMMENDS@", recommends)
    text = text.replace("@SIZE@", str(installed_size()))
    (place / "control").write_text(text, encoding="utf-8")
    (place / "md5sums").write_text("".join(sums()), encoding="utf-8")
    for each in (place, place / "control", place / "md5sums"):
        each.chmod(0o755 if each.is_dir() else 0o644)


def needed_packages() -> tuple[str, str]:
    """What the package depends on, and what it is better with."""
    found = [*libraries(TREE / PROGRAM), TREE / PROGRAM / "backstop"]
    optional = [each for each in found if is_optional(each)]
    carried = {each.name for each in found}
    depends = packages_of(names_needed(set(found) - set(optional)) - carried)
    more = packages_of(names_needed(optional) - carried)
    return ", ".join(sorted(depends)), ", ".join(sorted(more - depends))


def is_optional(path: Path) -> bool:
    named = str(path.relative_to(TREE))
    return any(each in named for each in OPTIONAL) or path.name.startswith(OPTIONAL_LIBRARIES)


def packages_of(names: set[str]) -> set[str]:
    """The packages that hold these libraries; stops at one that is not in the listing."""
    listed = bootstrap.read_packages(bootstrap.PACKAGES.read_text(encoding="utf-8"))
    known = {**BASE, **{each.proof: each.name for each in listed}}
    unknown = sorted(names - set(known))
    if unknown:
        raise SystemExit(f"not in {bootstrap.PACKAGES.name}: {', '.join(unknown)}")
    return {known[each] for each in names}


def installed_size() -> int:
    """In KiB, each file rounded up, as Debian counts."""
    files = [each for each in TREE.rglob("*") if each.is_file() and not each.is_symlink()]
    return sum(-(-each.stat().st_size // 1024) for each in files) + len(list(TREE.rglob("*")))


def sums() -> list[str]:
    files = sorted(each for each in (TREE / "usr").rglob("*") if each.is_file())
    return [
        f"{hashlib.md5(each.read_bytes(), usedforsecurity=False).hexdigest()}"
        f"  {each.relative_to(TREE)}\n"
        for each in files
        if not each.is_symlink()
    ]


def check_share(share: Path) -> None:
    """What a desktop reads has to be as desktops expect it."""
    run("desktop-file-validate", str(share / "applications" / "backstop.desktop"))
    told = share / "metainfo" / "backstop.metainfo.xml"
    run("appstreamcli", "validate", "--no-net", f"--override={APPSTREAM_OVERRIDES}", str(told))
