"""What goes into the bundle, what is left to the system, and what nothing uses.

Names are those within the bundle, such as `PySide6/Qt/lib/libQt6Core.so.6`.
"""

from collections.abc import Iterable, Iterator
from fnmatch import fnmatch
from pathlib import Path

Entry = tuple[str, str, str]
"""Name within the bundle, the file it is made from, and PyInstaller's word for its kind."""

QT = "PySide6/Qt"
LIBRARIES = f"{QT}/lib"

CARRIED = (
    *("libxcb-cursor.so.*", "libxcb-icccm.so.*", "libxcb-image.so.*", "libxcb-keysyms.so.*"),
    *("libxcb-render-util.so.*", "libxcb-shape.so.*", "libxcb-util.so.*", "libxcb-xkb.so.*"),
    *("libxkbcommon.so.*", "libxkbcommon-x11.so.*"),
    *("libgssapi_krb5.so.*", "libkrb5.so.*", "libk5crypto.so.*", "libcom_err.so.*"),
    *("libkrb5support.so.*", "libkeyutils.so.*"),
)
"""Libraries of the system where the bundle is built that Qt is linked with and that others may
lack. They lie beside Qt's own, where Qt looks first and nobody else does: a library of the
system's own that is loaded later never meets an older one of ours."""

PYTHON_NEEDS = (*("libpython3*", "libsqlite3.so.*", "libffi.so.*", "libbz2.so.*", "liblzma.so.*"),)
"""What Python's own modules are linked with."""

UNUSED = (
    f"{QT}/plugins/egldeviceintegrations/*",
    f"{QT}/plugins/generic/*",
    f"{QT}/plugins/networkinformation/*",
    f"{QT}/plugins/tls/*",
    *(f"{QT}/plugins/imageformats/libq{each}.so" for each in ("gif", "icns", "pdf", "tga", "tiff")),
    *(f"{QT}/plugins/imageformats/libq{each}.so" for each in ("wbmp", "webp")),
    *(f"{QT}/plugins/platforms/libq{each}.so" for each in ("eglfs", "linuxfb", "minimalegl")),
    *(f"{QT}/plugins/platforms/libq{each}.so" for each in ("vkkhrdisplay", "vnc")),
    f"{LIBRARIES}/libQt6Egl*",
    "matplotlib/mpl-data/*",
    f"{QT}/translations/*",
    "backstop/resources/pictures/*",
    "dateutil/zoneinfo/*.gz",
    "python3*/lib-dynload/_test*",
    "*/tests/*",
    *("PIL/_avif.*", "PIL/_webp.*", "PIL/_imagingcms.*"),
    *(f"pillow.libs/{each}*" for each in ("libavif", "libwebp", "libsharpyuv", "liblcms2")),
)
USED = (
    "matplotlib/mpl-data/matplotlibrc",
    *(f"matplotlib/mpl-data/fonts/ttf/{each}" for each in ("DejaVuSans.ttf", "LastResort*.ttf")),
    f"{QT}/translations/qtbase_en.qm",
    f"{QT}/translations/qtbase_zh_CN.qm",
)
"""Of what is named in `UNUSED`, what is needed after all."""


def kept(entries: Iterable[Entry], inside: Iterable[Path]) -> Iterator[Entry]:
    """The entries that are shipped, at their places. `inside`: the folders of the environment and
    of Python; whatever comes from elsewhere belongs to the system."""
    folders = tuple(inside)
    for name, source, kind in entries:
        ours = any(Path(source).is_relative_to(each) for each in folders)
        if kind == "SYMLINK" and "/" not in name:  # Qt and the wheels find their own without them
            continue
        if not ours and kind == "BINARY" and not _matches(name, PYTHON_NEEDS):
            if _matches(name, CARRIED):
                yield f"{LIBRARIES}/{name}", source, kind
        else:
            yield from used([(name, source, kind)])


def used(entries: Iterable[Entry]) -> Iterator[Entry]:
    """The entries without what nothing uses."""
    for entry in entries:
        if not _matches(entry[0], UNUSED) or _matches(entry[0], USED):
            yield entry


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(fnmatch(name, each) for each in patterns)
