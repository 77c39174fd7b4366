"""Recurrence rules in words: "every month on the 10th, from 10 Jan 2027 until 31 Dec 2027".

Screens, paper and command line say a rule by these functions, each in its own language.
"""

from typing import assert_never

from backstop.domain import Adjustment, MonthlyOn, Recurring, Repeat
from backstop.telling.words import Words

_MOVED = {
    Adjustment.FOLLOWING: "{rule}; when banks are closed, on the next working day",
    Adjustment.PRECEDING: "{rule}; when banks are closed, on the working day before",
    Adjustment.MODIFIED_FOLLOWING: (
        "{rule}; when banks are closed, on the next working day of the same month"
    ),
}

_NUMBERED = (
    "the first {weekday}",
    "the second {weekday}",
    "the third {weekday}",
    "the fourth {weekday}",
)
DAYS_A_WEEK, SHORTEST_MONTH, LONGEST_MONTH = 7, 28, 31


def rule_in_words(rule: Recurring, words: Words) -> str:
    """The whole rule: how often, from when, until when, and what closed days do to it."""
    said = _bounded(rule, words)
    moved = _MOVED.get(rule.adjustment)
    return words.say(moved, rule=said) if moved else said


def short_rule(rule: Recurring, words: Words) -> str:
    """How often alone, for a table: "every month on the 10th"."""
    if _is_once(rule):
        return words.say("once")
    match rule.repeat:
        case Repeat.DAYS:
            return words.count(rule.every, "every day", "every {n} days")
        case Repeat.WEEKS:
            weekday = words.language.weekday(rule.first_date)
            return words.count(
                rule.every, "every week on {day}", "every {n} weeks on {day}", day=weekday
            )
        case Repeat.MONTHS:
            day = _day_of_month(rule, words)
            return words.count(
                rule.every, "every month on {day}", "every {n} months on {day}", day=day
            )
        case Repeat.YEARS | Repeat.ONCE:
            day = _day_of_year(rule, words)
            return words.count(
                rule.every, "every year on {day}", "every {n} years on {day}", day=day
            )
        case _:
            assert_never(rule.repeat)


def _is_once(rule: Recurring) -> bool:
    return rule.repeat is Repeat.ONCE or rule.count == 1


def _bounded(rule: Recurring, words: Words) -> str:
    said, first = short_rule(rule, words), rule.first_date
    if _is_once(rule):
        return words.say("once, on {day}", day=first)
    if rule.count is not None:
        counted = words.say("{rule}, {n} times from {first}", rule=said, n=rule.count, first=first)
        if rule.until is None:
            return counted
        return words.say("{rule}, but not after {last}", rule=counted, last=rule.until)
    if rule.until is not None:
        return words.say(
            "{rule}, from {first} until {last}", rule=said, first=first, last=rule.until
        )
    return words.say("{rule}, from {first}", rule=said, first=first)


def _day_of_month(rule: Recurring, words: Words) -> str:
    if rule.monthly_on is not MonthlyOn.DAY:
        return _weekday_of_month(rule, words)
    first, second = _first_day_of_month(rule, words), rule.second_day
    if second is None:
        return first
    said = words.say("the last day") if second == LONGEST_MONTH else _numbered(second, words)
    comes_first = not rule.last_day_of_month and rule.first_date.day < second
    return words.listing([first, said] if comes_first else [said, first])


def _weekday_of_month(rule: Recurring, words: Words) -> str:
    weekday = words.language.weekday(rule.first_date)
    if rule.monthly_on is MonthlyOn.LAST_WEEKDAY:
        return words.say("the last {weekday}", weekday=weekday)
    number = (rule.first_date.day - 1) // DAYS_A_WEEK
    return words.say(_NUMBERED[number], weekday=weekday)


def _first_day_of_month(rule: Recurring, words: Words) -> str:
    if rule.last_day_of_month:
        return words.say("the last day")
    return _numbered(rule.first_date.day, words)


def _numbered(number: int, words: Words) -> str:
    day = words.language.ordinal(number)
    if number > SHORTEST_MONTH:
        return words.say("the {day}, or the last day of a shorter month", day=day)
    return words.say("the {day}", day=day)


def _day_of_year(rule: Recurring, words: Words) -> str:
    first = rule.first_date
    month = words.language.month_name(first.month)
    if rule.monthly_on is not MonthlyOn.DAY:
        return words.say("{day} of {month}", day=_weekday_of_month(rule, words), month=month)
    if rule.last_day_of_month:
        return words.say("the last day of {month}", month=month)
    return words.language.full_day(first, year=False)
