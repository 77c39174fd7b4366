"""What tells a Linux desktop of the program: its menu entry, icons, kind of file, manual."""

import gzip
import shutil
from pathlib import Path

import bootstrap
from bundle.make import run
from bundle.version import filled

HERE = Path(__file__).parent
DRAWING = bootstrap.PROJECT / "resources" / "icons" / "backstop.svg"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
FILES = {
    "applications/backstop.desktop": "backstop.desktop",
    "mime/packages/backstop.xml": "backstop.xml",
    "metainfo/backstop.metainfo.xml": "backstop.metainfo.xml",
}
MANUALS = {
    "man/man1/backstop.1.gz": "backstop.1",
    "man/zh_CN/man1/backstop.1.gz": "backstop.zh_CN.1",
}


def lay_share(share: Path) -> None:
    """Fill a folder as `/usr/share` and `~/.local/share` are laid out."""
    for place, name in FILES.items():
        _write(share / place, filled(HERE / name).encode())
    for place, name in MANUALS.items():
        _write(share / place, packed(filled(HERE / name)))
    icons = share / "icons" / "hicolor"
    _write(icons / "scalable" / "apps" / "backstop.svg", DRAWING.read_bytes())
    draw_icons({icons / f"{size}x{size}" / "apps" / "backstop.png": size for size in SIZES})


def draw_icons(files: dict[Path, int]) -> None:
    """The mark in files of these sizes; the ending of a file says its kind."""
    for each in files:
        each.parent.mkdir(parents=True, exist_ok=True)
    pairs = [str(word) for pair in files.items() for word in pair]
    script = HERE.parent / "bundle" / "draw_icons.py"
    run(str(bootstrap.environment_python()), str(script), str(DRAWING), *pairs)


def packed(text: str) -> bytes:
    """Compressed as Debian has it, without the time of day."""
    return gzip.compress(text.encode(), mtime=0)


def copy_bundle(bundle: Path, target: Path) -> None:
    """The bundle with all its links, at another place."""
    shutil.copytree(bundle, target, symlinks=True)


def _write(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
