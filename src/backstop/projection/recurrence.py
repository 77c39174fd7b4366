"""When a recurring record falls: anchored rules, expanded once."""

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import count, islice

from backstop.domain import Recurring, Repeat
from backstop.projection.calendars import adjusted

ADJUSTMENT_REACH = timedelta(days=15)
"""No run of closed days is longer; an adjusted date lies within this of its rule's date."""


def add_months(anchor: date, months: int, *, last_day: bool = False) -> date:
    """`anchor` moved by months; its day is kept, or clipped to the month's last day."""
    year, month0 = divmod(anchor.year * 12 + anchor.month - 1 + months, 12)
    return clipped(year, month0 + 1, 31 if last_day else anchor.day)


def clipped(year: int, month: int, day: int) -> date:
    """The day of that month, or the month's last day where it has fewer."""
    if day <= 28:
        return date(year, month, day)
    following = date(year + month // 12, month % 12 + 1, 1)
    return min(following - timedelta(days=1), date(year, month, 28) + timedelta(days=day - 28))


def rule_dates(rule: Recurring) -> Iterator[date]:
    """The rule's own dates, in order and not yet adjusted; endless unless until or count end it."""
    for number in count():
        if rule.count is not None and number >= rule.count:
            return
        if number and rule.repeat is Repeat.ONCE:
            return
        day = _nth(rule, number)
        if day is None or (rule.until is not None and day > rule.until):
            return
        yield day


def _nth(rule: Recurring, number: int) -> date | None:
    steps = number * rule.every
    try:
        match rule.repeat:
            case Repeat.DAYS:
                return rule.first_date + timedelta(days=steps)
            case Repeat.WEEKS:
                return rule.first_date + timedelta(weeks=steps)
            case Repeat.MONTHS:
                return add_months(rule.first_date, steps, last_day=rule.last_day_of_month)
            case Repeat.YEARS:
                return add_months(rule.first_date, 12 * steps, last_day=rule.last_day_of_month)
            case Repeat.ONCE:
                return rule.first_date
    except (OverflowError, ValueError):  # past the year 9999
        return None


def occurrences(rule: Recurring, first: date, last: date, country: str) -> list[date]:
    """Adjusted dates from `first` to `last`, both included.

    The rule stays anchored: an adjusted date moves alone and never shifts the ones after it.
    """
    found = []
    for day in _dates_from(rule, first - ADJUSTMENT_REACH):
        if day > last + ADJUSTMENT_REACH:
            break
        moved = adjusted(day, rule.adjustment, country)
        if first <= moved <= last:
            found.append(moved)
    return found


def next_dates(rule: Recurring, first: date, number: int, country: str) -> list[date]:
    """The next few adjusted dates from `first` on, for an editor to list."""
    dates = (adjusted(d, rule.adjustment, country) for d in _dates_from(rule, first))
    return list(islice((d for d in dates if d >= first), number))


def _dates_from(rule: Recurring, first: date) -> Iterator[date]:
    """The rule's dates that are not before `first`."""
    return (day for day in rule_dates(rule) if day >= first)
