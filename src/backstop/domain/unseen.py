"""Characters that nobody sees, and that come along with what is pasted: marks that turn the text
around them, and blanks of no width. Joiners stay: letters of some scripts, and emoji, need them.
"""

_TURNING = dict.fromkeys((*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F))
"""Marks of direction (Unicode annex 9): a name that holds one turns the rest of its sentence."""
_UNSEEN = _TURNING | dict.fromkeys((0x00AD, 0x200B, 0x2060, 0xFEFF))
"""Those, and a hyphen, blanks and a mark of byte order that are not shown."""


def in_reading_order(text: str) -> str:
    """The text without marks of direction."""
    return text if text.isascii() else text.translate(_TURNING)


def without_unseen(text: str) -> str:
    """The text as it looks: two that look the same are the same."""
    return text if text.isascii() else text.translate(_UNSEEN)
