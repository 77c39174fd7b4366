"""Letters on paper: which of them the typeface lacks."""

from functools import cache

from backstop.domain.unseen import in_reading_order
from backstop.paper.typeface import font_folder


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
