"""Makes the installer for Windows, on Linux: Python's own embeddable package, the Windows wheels of
the lock, the program, and an installer by NSIS around them.

The programs that Windows starts are those that Python's makers signed. The embeddable package is in
no package registry: whoever builds fetches it, and it is taken only if it is the one named here.
"""

import hashlib
import shutil
import zipfile
from collections.abc import Iterator
from fnmatch import fnmatch
from pathlib import Path

import bootstrap
from bundle.make import BUILD, copy_licences, prepare, run
from bundle.version import version
from linux.layout import draw_icons

HERE = Path(__file__).parent
PROJECT = bootstrap.PROJECT
TREE = BUILD / "windows" / "tree"
PYTHON = "3.12.10"
EMBEDDABLE = f"python-{PYTHON}-embed-amd64.zip"
SHA256 = "4acbed6dd1c744b0376e3b1cf57ce906f9dc9e95e68824584c8099a63025a3c3"
PLATFORM = "x86_64-pc-windows-msvc"
PATHS = "python312.zip\n.\n../site-packages\n"
STARTER = '@"%~dp0python\\python.exe" -m backstop %*\r\n'
ICON_SIZE = 256

QT = ("Core", "DBus", "Gui", "Network", "OpenGL", "Pdf", "PdfWidgets", "PrintSupport", "Svg")
USED = (
    *(f"PySide6/Qt6{each}.dll" for each in (*QT, "Widgets")),
    *(f"PySide6/Qt{each}.pyd" for each in (*QT, "Widgets")),
    *("PySide6/__init__.py", "PySide6/_config.py", "PySide6/_git_pyside_version.py"),
    *("PySide6/pyside6.*.dll", "PySide6/msvcp140*.dll", "PySide6/vcruntime140*.dll"),
    *("PySide6/concrt140.dll", "PySide6/icu*.dll", "PySide6/support/*"),
    *(f"PySide6/plugins/{each}/*" for each in ("platforms", "styles", "iconengines")),
    *(f"PySide6/plugins/imageformats/q{each}.dll" for each in ("ico", "jpeg", "svg")),
    *(f"PySide6/translations/qtbase_{each}.qm" for each in ("en", "zh_CN")),
)
"""Of Qt's packages, what the program needs; of all others, what is not in `UNUSED`."""
UNUSED = (
    *("*/tests/*", "*/__pycache__/*", "*.pyi", "bin/*", "*.lib", "*.h", "dateutil/zoneinfo/*.gz"),
    *(f"justmytype_intl_cjk/fonts/ofl/notosans{each}/*" for each in ("jp", "kr", "tc")),
    *("pylopdf_fonts_zh_cn/NotoSerif*", "matplotlib/mpl-data/sample_data/*"),
    *("backstop/resources/pictures/*", "numpy/f2py/*", "PIL/_avif*", "PIL/_webp*"),
)


def make_windows(embeddable: Path) -> Path:
    """The installer."""
    if hashlib.sha256(embeddable.read_bytes()).hexdigest() != SHA256:
        raise SystemExit(f"{embeddable.name} is not {EMBEDDABLE} as its makers released it")
    python = prepare("windows")
    lay_tree(embeddable, python)
    installer = BUILD / f"backstop-{version()}-setup.exe"
    size = sum(each.stat().st_size for each in TREE.rglob("*") if each.is_file()) // 1024
    values = {"TREE": TREE, "VERSION": version(), "SIZE": size, "OUTPUT": installer}
    defined = [f"-D{name}={value}" for name, value in values.items()]
    run("makensis", "-V2", "-INPUTCHARSET", "UTF8", *defined, str(HERE / "backstop.nsi"))
    return installer


def lay_tree(embeddable: Path, python: Path) -> None:
    shutil.rmtree(TREE, ignore_errors=True)
    with zipfile.ZipFile(embeddable) as packed:
        packed.extractall(TREE / "python")
    (TREE / "python" / "python312._pth").write_text(PATHS, encoding="ascii")
    packages = TREE / "site-packages"
    install_wheels(python, packages)
    shutil.copytree(PROJECT / "src" / "backstop", packages / "backstop")
    shutil.copytree(PROJECT / "resources", packages / "backstop" / "resources")
    for each in list(unused(packages)):
        each.unlink()
    drop_empty_folders(packages)
    (TREE / "backstop.cmd").write_text(STARTER, encoding="ascii", newline="")
    draw_icons({TREE / "backstop.ico": ICON_SIZE})
    copy_licences(TREE / "licences")


def install_wheels(python: Path, target: Path) -> None:
    """The very versions that are tested, by their hashes, as they are made for Windows."""
    run(
        *(str(python), "-m", "uv", "pip", "install", "--quiet", "--target", str(target)),
        *("--python-platform", PLATFORM, "--python-version", PYTHON.rpartition(".")[0]),
        *("--require-hashes", "--only-binary", ":all:", "--no-compile-bytecode"),
        *("--link-mode", "copy", "--requirement", str(bootstrap.LOCKS["run"])),
    )


def unused(packages: Path) -> Iterator[Path]:
    for each in packages.rglob("*"):
        name = each.relative_to(packages).as_posix()
        of_qt = name.startswith("PySide6/")
        needed = _matches(name, USED) if of_qt else not _matches(name, UNUSED)
        if each.is_file() and not needed:
            yield each


def drop_empty_folders(place: Path) -> None:
    """Of what is left out no folder stays either; the deepest go first."""
    for each in sorted(place.rglob("*"), reverse=True):
        if each.is_dir() and not any(each.iterdir()):
            each.rmdir()


def _matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatch(name, each) for each in patterns)
