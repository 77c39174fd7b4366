"""The words by which lists and notices say that a day is off, or worked to make up for one.

The Chinese ones are those of the State Council's yearly notices: 放假, 放假调休 (off), 上班
(worked). 调休 alone is either: off in exchange for another day, or worked for it. It is not read.
The name of a holiday beside such a word says nothing, and alone too little: lists give it to the
days off and to those worked for them.
"""

import re
from datetime import timedelta

LONGEST_RANGE = timedelta(days=31)
"""No holiday is longer."""
LONGEST_WORDS = 200
"""Nothing longer is a word for a day; a search in it could take for ever."""

_CLOSED = frozenset(
    {"closed", "holiday", "off", "public", "publicholiday"}
    | {"休", "放假", "休息", "放假调休", "调休放假", "放假与周末连休", "假日", "节假日"}
)
_WORKING = frozenset(
    {"working", "worked", "work", "workday", "transferworkday"}
    | {"班", "上班", "补班", "调休上班", "调休补班", "正常上班"}
)
_COUNT = re.compile(r"[,，、(（]*(共|放假)?\s*\d+\s*天[)）]*$")
_NOT_MADE_UP = re.compile(r"[,，、]?\s*不调休$")
_HOLIDAY = re.compile(r"元旦|除夕|春节|清明节?|劳动节|端午节?|中秋节?|国庆节?")
_SAYS = re.compile(r"放假|上班|补班|调休|休息|\b(?:closed|off|work\w*|holiday)\b", re.IGNORECASE)
_AROUND = " \t,;，；。.、:：()（）_-"


def meaning_of(words: str) -> bool | None:
    """Whether days so described are worked; None where the words do not say it for certain."""
    if len(words) > LONGEST_WORDS:
        return None
    words = _NOT_MADE_UP.sub("", words.rstrip(_AROUND))
    counted = _COUNT.search(words)
    plain = _HOLIDAY.sub(" ", words[: counted.start()] if counted else words)
    if counted and counted[1] == "放假":
        plain += "放假"
    plain = re.sub(r"[\s_,，-]", "", plain).strip(_AROUND).lower()
    if plain in _CLOSED:
        return False
    return True if plain in _WORKING else None


def says_something(line: str) -> bool:
    """Whether a line has a figure, or speaks of days off or at work: prose does not."""
    return bool(re.search(r"\d", line) or _SAYS.search(line))
