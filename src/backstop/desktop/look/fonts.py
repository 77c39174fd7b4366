"""The typeface: the system's own where it covers Chinese, else the one that ships with us."""

from functools import cache
from importlib.util import find_spec
from pathlib import Path

from PySide6.QtGui import QFont, QFontDatabase, QFontInfo, QGuiApplication
from PySide6.QtWidgets import QWidget

from backstop.desktop.look.theme import Type

LAST_RESORTS = ("DejaVu Sans", "Droid Sans Fallback", "Sans Serif")
"""What a system shows when nobody chose a typeface: no better than ours."""
_CLOSER = ("pwid", "palt")
FEATURES = ("tnum", *_CLOSER)
"""What we ask of a typeface: tabular figures, and marks that stand closer."""
SIMPLIFIED = (
    *("PingFang SC", "Microsoft YaHei UI", "Microsoft YaHei"),
    *("Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Source Han Sans CN"),
)
"""Typefaces that draw ideographs as they are written in mainland China, for what the system's own
does not cover: left alone, some systems take Japanese forms."""


def bundled_font() -> Path:
    """The file of Noto Sans SC: regular, Latin and Simplified Chinese.

    A static font, because a variable one shows its thinnest instance in some toolkits. Found
    without importing its package.
    """
    spec = find_spec("pylopdf_fonts_zh_cn")
    assert spec is not None
    assert spec.origin is not None
    return Path(spec.origin).with_name("NotoSansSC-Regular.otf")


def install_font(*, wide_marks: bool) -> None:
    """Set the program's font: body size, tabular figures, marks as wide as the language has them.

    Ours draws quotation marks and dots as wide as an ideograph (`wide_marks`); Latin text sets them
    closer.
    """
    families = _families()
    font = QFont()
    font.setFamilies(families)
    font.setPixelSize(Type.BODY)
    font.setFeature(QFont.Tag("tnum"), 1)
    closer = not wide_marks and families[0] == _ours()
    for tag in _CLOSER:
        font.setFeature(QFont.Tag(tag), int(closer))  # 0 as well: Qt would keep what was set before
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    QGuiApplication.setFont(font)


def wear_marks(place: QWidget) -> None:
    """Let a place, with all in it, take up the marks of the program's font: Qt passes it on to
    nothing that stood outside a window with a style sheet when the font changed."""
    own = QGuiApplication.font()
    marks, wanted = QFont(), _marks_of(own)
    for tag in map(QFont.Tag, FEATURES):
        marks.setFeature(tag, own.featureValue(tag))
    for each in (place, *place.findChildren(QWidget)):
        if _marks_of(each.font()) != wanted:
            each.setFont(marks)


def _marks_of(font: QFont) -> list[int]:
    tags = map(QFont.Tag, FEATURES)
    return [font.featureValue(tag) if font.isFeatureSet(tag) else 0 for tag in tags]


@cache
def _families() -> list[str]:
    """The typefaces to look for a character in, one after the other."""
    system = QFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.GeneralFont)).family()
    there = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    if all(each in LAST_RESORTS for each in there) or _is_last_resort(system):
        return [_ours(), system]
    return [system, *(each for each in SIMPLIFIED if each in there)]


@cache
def _ours() -> str:
    made = QFontDatabase.addApplicationFont(str(bundled_font()))
    return QFontDatabase.applicationFontFamilies(made)[0]


def _is_last_resort(family: str) -> bool:
    return QFontInfo(QFont(family)).family() in LAST_RESORTS
