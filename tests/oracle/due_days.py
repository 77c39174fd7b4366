"""Days on which contracts fall due, and how banks and people stray from them."""

import random
from calendar import monthrange
from datetime import date, timedelta

SATURDAY = 5


def by_months(first: date, last: date, months: int, day: int, rng: random.Random) -> list[date]:
    """Every so many months on a day, or the last one of a shorter month, at a random phase."""
    begun = first.year * 12 + first.month - 1 + rng.randrange(months)
    until = last.year * 12 + last.month - 1
    return [
        date(each // 12, each % 12 + 1, min(day, monthrange(each // 12, each % 12 + 1)[1]))
        for each in range(begun, until + 1, months)
    ]


def by_weeks(first: date, last: date, weeks: int, rng: random.Random) -> list[date]:
    """Every so many weeks on one weekday, Monday to Friday."""
    day = first + timedelta(rng.randrange(7 * weeks))
    while day.weekday() >= SATURDAY:
        day += timedelta(1)
    return [day + timedelta(each) for each in range(0, (last - day).days + 1, 7 * weeks)]


def on_working_days(days: list[date], step: int) -> list[date]:
    """Off the weekend: to the next working day (`step` 1) or the one before (-1)."""
    moved = []
    for each in days:
        day = each
        while day.weekday() >= SATURDAY:
            day += timedelta(step)
        moved.append(day)
    return moved


def nearly(days: list[date], off: int, rng: random.Random) -> list[date]:
    """Each up to so many days off."""
    return [each + timedelta(rng.randint(-off, off)) for each in days]


def without_one(days: list[date], rng: random.Random) -> list[date]:
    """One was skipped, neither the first nor the last two."""
    gone = rng.randrange(2, len(days) - 2)
    return days[:gone] + days[gone + 1 :]


def late_once(days: list[date], rng: random.Random) -> list[date]:
    """One was paid four to nine days late."""
    late = rng.randrange(1, len(days) - 1)
    return [each + timedelta(rng.randint(4, 9) * (at == late)) for at, each in enumerate(days)]
