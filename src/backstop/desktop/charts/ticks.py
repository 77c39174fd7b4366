"""Where a chart's axes carry marks, and what stands beside them."""

from datetime import date, timedelta

from backstop.domain.money import currency_of
from backstop.telling import Words
from backstop.telling.words import MINUS

FEW_DAYS = 45


def compact_money(minor: float, currency: str, words: Words) -> str:
    """`¥120k`, `¥12万`: an amount short enough for an axis."""
    money = currency_of(currency)
    value = abs(minor) / 10**money.digits
    sign = MINUS if minor < 0 else ""
    for unit, name in words.language.compact_units:
        if value >= unit:
            return f"{sign}{money.sign}{_short(value / unit)}{name}"
    return f"{sign}{money.sign}{_short(value)}"


def _short(value: float) -> str:
    text = f"{value:,.2f}"
    return text.rstrip("0").rstrip(".")


def day_ticks(
    start: date, first: int, last: int, words: Words, most: int = 13
) -> list[tuple[int, str]]:
    """At most so many day offsets to mark between two days, and their labels: months, or days."""
    if last - first <= FEW_DAYS:
        near = _near_ticks(start, first, last, words)
        return near[:: -(-len(near) // max(most, 1)) or 1]
    months = [day for day in range(max(first, 0), last + 1) if _date(start, day).day == 1]
    step = -(-len(months) // max(most, 1)) or 1
    return [(day, _month(_date(start, day), words)) for day in months[::step]]


def _near_ticks(start: date, first: int, last: int, words: Words) -> list[tuple[int, str]]:
    step = 7 if last - first > 10 else 1
    return [
        (day, words.short_day(_date(start, day)))
        for day in range(max(first, 0), last + 1)
        if step == 1 or _date(start, day).weekday() == 0
    ]


def _month(day: date, words: Words) -> str:
    if day.month == 1:
        return str(day.year)
    return words.language.month(day, year=False)


def _date(start: date, day: int) -> date:
    return start + timedelta(days=day)
