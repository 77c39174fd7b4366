"""Recurrence rules in words: "every month on the 10th, from 10 Jan 2027 until 31 Dec 2027".

Screens, paper and command line say a rule by these functions, each in its own language.
"""

from datetime import date

from backstop.domain import Adjustment, Recurring, Repeat
from backstop.telling.words import Words

_WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
MONTHS = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
]
_MOVED = {
    Adjustment.FOLLOWING: "{rule}; when banks are closed, on the next working day",
    Adjustment.PRECEDING: "{rule}; when banks are closed, on the working day before",
    Adjustment.MODIFIED_FOLLOWING: (
        "{rule}; when banks are closed, on the next working day of the same month"
    ),
}


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
            weekday = words.say(_WEEKDAYS[rule.first_date.weekday()])
            return words.count(
                rule.every, "every week on {day}", "every {n} weeks on {day}", day=weekday
            )
        case Repeat.MONTHS:
            day = _day_of_month(rule, words)
            return words.count(
                rule.every, "every month on {day}", "every {n} months on {day}", day=day
            )
        case _:
            day = _day_of_year(rule, words)
            return words.count(
                rule.every, "every year on {day}", "every {n} years on {day}", day=day
            )


def ordinal(day: int, words: Words) -> str:
    """A day of the month: `10th`, `10日`."""
    if words.is_chinese:
        return f"{day}日"
    ending = "th" if 10 < day % 100 < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def month_title(day: date, words: Words) -> str:
    """A month with its year, as a calendar's head says it."""
    if words.is_chinese:
        return words.month(day)
    return f"{MONTHS[day.month - 1]} {day.year}"


def weekday_name(day: date, words: Words) -> str:
    return words.say(_WEEKDAYS[day.weekday()])


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
    if rule.last_day_of_month:
        return words.say("the last day")
    day = ordinal(rule.first_date.day, words)
    if rule.first_date.day > 28:
        return words.say("the {day}, or the last day of a shorter month", day=day)
    return words.say("the {day}", day=day)


def _day_of_year(rule: Recurring, words: Words) -> str:
    first = rule.first_date
    month = words.say(MONTHS[first.month - 1])
    if rule.last_day_of_month:
        return words.say("the last day of {month}", month=month)
    if words.is_chinese:
        return f"{month}{first.day}日"
    return f"{first.day} {month}"
