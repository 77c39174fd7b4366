"""The words by which a record says what a field is; see `fields`."""

from datetime import date
from functools import partial

import msgspec

from backstop.domain import validation as check
from backstop.domain.fields import Spec, Unit, check_fields
from backstop.domain.money import MOST_MONEY

MOST_DAYS = 365
MOST_MONTHS = 600


def labelled(label: str, *, since: int = 0) -> Spec:
    """A choice, a tick, or a list whose rules stand elsewhere."""
    return Spec(label, since=since)


def line(
    label: str, *, required: bool = False, longest: int = check.LONGEST_LINE, since: int = 0
) -> Spec:
    """One line of plain text."""
    checked = partial(check.check_line, required=required, longest=longest)
    return Spec(label, checked, None, {"maxLength": longest}, since)


def text(label: str, *, since: int = 0) -> Spec:
    """Several lines of plain text."""
    return Spec(label, check.check_text, None, {"maxLength": check.LONGEST_TEXT}, since)


def tags(label: str, *, since: int = 0) -> Spec:
    """Words, each one line."""
    return Spec(label, check.check_tags, None, {}, since)


def identifier(label: str, *, blank: bool = False, since: int = 0) -> Spec:
    """The record's own identifier, or that of another; `blank` where there may be none."""

    def checked(name: str, field: str, value: str) -> None:
        if value or not blank:
            check.check_id(name, value, field)

    return Spec(label, checked, None, {}, since)


def amount(
    label: str, *, least: int = 0, signed: bool = False, by_rule: bool = False, since: int = 0
) -> Spec:
    """Money in minor units; `by_rule` where a rule of the record checks it."""

    def size(name: str, field: str, value: int) -> None:
        check.check_amount(name, field, abs(value))

    checked = size if signed else partial(check.check_amount, least=least)
    bounds = {"minimum": -MOST_MONEY if signed else least, "maximum": MOST_MONEY}
    return Spec(label, None if by_rule else checked, Unit.MONEY, bounds, since)


def number(label: str, least: int, most: int, *, unit: Unit = Unit.COUNT, since: int = 0) -> Spec:
    """A whole number between two bounds."""
    checked = partial(check.check_number, least=least, most=most)
    return Spec(label, checked, unit, {"minimum": least, "maximum": most}, since)


def days(label: str, *, least: int = 0, most: int = MOST_DAYS, since: int = 0) -> Spec:
    """A span of days."""
    return number(label, least, most, unit=Unit.DAYS, since=since)


def months(label: str, *, least: int = 0, since: int = 0) -> Spec:
    """A number of instalments, most of them monthly."""
    return number(label, least, MOST_MONTHS, unit=Unit.MONTHS, since=since)


def share(label: str, *, least: int = 0, most: int = 100, since: int = 0) -> Spec:
    """A whole percentage."""
    return number(label, least, most, unit=Unit.PERCENT, since=since)


def percent(label: str, *, most: int = 100, by_rule: bool = False, since: int = 0) -> Spec:
    """A percentage as it is quoted; `by_rule` where a rule of the record checks it."""
    checked = None if by_rule else partial(check.check_percent, most=most)
    return Spec(label, checked, Unit.PERCENT, {}, since)


def day(label: str, *, since: int = 0) -> Spec:
    """A calendar day."""
    return Spec(label, check.check_date, None, {}, since)


def day_list(label: str, *, since: int = 0) -> Spec:
    """Several calendar days."""

    def checked(name: str, field: str, value: tuple[date, ...]) -> None:
        for each in value:
            check.check_date(name, field, each)

    return Spec(label, checked, None, {}, since)


def rows(label: str, *, since: int = 0) -> Spec:
    """A list of small records, whose fields are checked under the name of this one."""

    def checked(name: str, field: str, value: tuple[msgspec.Struct, ...]) -> None:
        for each in value:
            check_fields(each, name, field)

    return Spec(label, checked, None, {}, since)


def part(label: str, *, since: int = 0) -> Spec:
    """A small record of its own, whose fields are checked under the name of this one."""

    def checked(name: str, field: str, value: msgspec.Struct) -> None:
        check_fields(value, name, field)

    return Spec(label, checked, None, {}, since)
