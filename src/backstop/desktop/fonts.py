"""The typeface: the system's own where it covers Chinese, else the one that ships with us."""

from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication

from backstop.desktop.theme import Type

LAST_RESORTS = ("DejaVu Sans", "Droid Sans Fallback", "Sans Serif")
"""What a system shows when nobody chose a typeface: no better than ours."""


def bundled_font() -> Path:
    """The file of Noto Sans SC: regular, Latin and Simplified Chinese.

    A static font, because a variable one shows its thinnest instance in some toolkits. Found
    without importing its package.
    """
    spec = find_spec("pylopdf_fonts_zh_cn")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("NotoSansSC-Regular.otf")


def install_font() -> None:
    """Set the program's font: body size, tabular figures."""
    families = [QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).family()]
    if not _system_covers_chinese() or _is_last_resort(families[0]):
        ours = QFontDatabase.addApplicationFont(str(bundled_font()))
        families = [*QFontDatabase.applicationFontFamilies(ours), *families]
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(Type.BODY)
    font.setFeature(QFont.Tag("tnum"), 1)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    QGuiApplication.setFont(font)


def _is_last_resort(family: str) -> bool:
    from PySide6.QtGui import QFontInfo

    return QFontInfo(QFont(family)).family() in LAST_RESORTS


def _system_covers_chinese() -> bool:
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    return any(family not in LAST_RESORTS for family in chinese)
