"""Letters on paper: which the typeface lacks, and marks that would turn the text around them."""

from functools import cache

from backstop.paper.typeface import font_folder

_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F))
"""Marks of direction (Unicode annex 9): a name that holds one turns the rest of its sentence."""


def in_reading_order(text: str) -> str:
    """The text without marks of direction."""
    return text.translate(_TURNING)


def lacking(text: str) -> tuple[str, ...]:
    """The letters of a text that the typeface does not have, each once, in their order."""
    drawn = _drawn()
    wanted = dict.fromkeys(each for each in in_reading_order(text) if each.isprintable())
    return tuple(each for each in wanted if ord(each) not in drawn)


@cache
def _drawn() -> frozenset[int]:
    from matplotlib.ft2font import FT2Font  # slow to import, and wanted once something is printed

    fonts = [FT2Font(str(each)) for each in sorted(font_folder().glob("*.ttf"))]
    return frozenset(code for font in fonts for code in font.get_charmap())
