"""Simplified Chinese."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from backstop.telling.languages.capitals import capital_numerals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from backstop.telling.languages.language import Language, Units

_WEEKDAYS = "一二三四五六日"
_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]?")
_MYRIADS: Units = ((10**8, "亿"), (10**4, "万"))


class Chinese:
    """`2026年1月5日`, `甲、乙和丙`, `7%`."""

    code = "zh_CN"
    name = "简体中文"
    mark = "中"
    first_currency = "CNY"
    samples: tuple[str, ...] = ("contractor", "household", "trading", "wholesaler")
    tag = ("zh", "CN")
    day_words: Mapping[str, int] = MappingProxyType(
        {"今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2, "昨天": -1, "昨日": -1, "前天": -2}
    )
    wide_marks = True
    compact_units = _MYRIADS
    large_units = _MYRIADS

    def day(self, value: date, *, year: bool = True) -> str:
        """`2026年1月5日`; without the year, `1月5日`."""
        return f"{self.month(value, year=year)}{value.day}日"

    def full_day(self, value: date, *, year: bool = True) -> str:
        """As `day`: there is no other form."""
        return self.day(value, year=year)

    def narrow_day(self, value: date) -> str:
        """In figures alone, which is as common."""
        return value.isoformat()

    def read_day(self, text: str) -> tuple[int | None, int, int] | None:
        """`2026年1月5日`, `1月5号`."""
        found = _DAY.fullmatch(text)
        if found is None:
            return None
        return int(found[1]) if found[1] else None, int(found[2]), int(found[3])

    def month(self, value: date, *, year: bool = True) -> str:
        """`2026年1月`; without the year, `1月`."""
        return f"{value.year}年{value.month}月" if year else f"{value.month}月"

    def full_month(self, value: date) -> str:
        """`2026年1月`."""
        return self.month(value)

    def month_name(self, month: int) -> str:
        """`1月`."""
        return f"{month}月"

    def weekday(self, value: date) -> str:
        """`周一`."""
        return f"周{_WEEKDAYS[value.weekday()]}"

    def short_weekday(self, value: date) -> str:
        """`周一`, which is short already."""
        return self.weekday(value)

    def ordinal(self, day: int) -> str:
        """`5日`."""
        return f"{day}日"

    def plural(self, number: int) -> str:
        """Nouns have one form; sentences may be worded otherwise where there is one alone."""
        return "one" if number == 1 else "other"

    def number_word(self, number: int) -> str:
        """Figures, also at the beginning of a sentence."""
        return str(number)

    def percent(self, figures: str) -> str:
        """`7%`."""
        return f"{figures}%"

    def listing(self, parts: Sequence[str]) -> str:
        """`甲、乙和丙`."""
        return "和".join(each for each in (self.row(parts[:-1]), *parts[-1:]) if each)

    def row(self, parts: Sequence[str]) -> str:
        """`甲、乙、丙`."""
        return "、".join(parts)

    def clauses(self, parts: Sequence[str]) -> str:
        """`晚两天，少¥5`."""
        return "，".join(parts)

    def paragraph(self, sentences: Sequence[str]) -> str:
        """Sentences without a space between them."""
        return "".join(sentences)

    def sentence(self, text: str) -> str:
        """A phrase with its full stop, `。`."""
        return f"{text[:1].upper()}{text[1:]}。"

    def within(self, name: str) -> str:
        """The name as it is: nothing in it changes inside a sentence."""
        return name

    def counted(self, text: str, number: int) -> str:
        """`额度（3）`."""
        return f"{text}（{number}）"

    def in_capitals(self, minor: int, currency: str) -> str:
        """`人民币壹仟贰佰元整`; empty for a currency that has no custom of it."""
        return capital_numerals(minor, currency)


LANGUAGE: Language = Chinese()
