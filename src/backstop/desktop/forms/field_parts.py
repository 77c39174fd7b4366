"""Fields that forms are made of, and the rule of everything that recurs."""

from collections.abc import Iterable
from enum import Enum
from functools import partial

from backstop.desktop.forms.choices import EnumControl, TickControl
from backstop.desktop.forms.days import DayControl
from backstop.desktop.forms.exceptions import MovedControl, SkippedControl
from backstop.desktop.forms.fields import Condition, FormField, FormSection, always
from backstop.desktop.forms.lines import (
    AmountControl,
    NotesControl,
    PercentControl,
    TagsControl,
    TextControl,
    WholeControl,
)
from backstop.domain import Adjustment, Repeat


def line_field(name: str, *, wide: bool = True) -> FormField:
    """A field of one line of text."""
    return FormField(name, TextControl, wide=wide)


def amount_field(name: str, *, blank: int | None = 0, when: Condition = always) -> FormField:
    """A field of money, in minor units of the book's currency."""
    return FormField(name, partial(AmountControl, blank), when)


def whole_field(
    name: str,
    *,
    blank: str = "",
    wide: bool = False,
    when: Condition = always,
    label: str = "",
) -> FormField:
    """A whole number; `blank` says what it means that there is none, where there may be none."""
    return FormField(name, partial(WholeControl, blank=blank), when, wide=wide, label=label)


def percent_field(name: str, *, when: Condition = always) -> FormField:
    """A field of a percentage."""
    return FormField(name, PercentControl, when)


def day_field(
    name: str,
    *,
    blank: str = "",
    when: Condition = always,
    label: str = "",
    called: Condition = always,
) -> FormField:
    """A day; `blank` says what it means that there is none, where there may be none."""
    control = partial(DayControl, blank=blank)
    return FormField(name, control, when, label=label, called=called)


def enum_field(
    name: str, kind: Iterable[Enum], *, wide: bool = False, when: Condition = always
) -> FormField:
    """A field that offers the members of an enumeration."""
    return FormField(name, partial(EnumControl, kind), when, wide=wide)


def tick_field(name: str, *, when: Condition = always) -> FormField:
    """A field that is ticked or not."""
    return FormField(name, partial(TickControl, name), when, wide=True, labelled=False)


NOTES = FormField("notes", NotesControl, wide=True)
TAGS = FormField("tags", TagsControl, wide=True)


def is_one_of(name: str, *values: object) -> Condition:
    """The field has one of these values."""
    return lambda draft: draft[name] in values


def is_not(name: str, *values: object) -> Condition:
    """The field has none of these values."""
    return lambda draft: draft[name] not in values


def is_filled(name: str) -> Condition:
    """There is something in the field."""
    return lambda draft: bool(draft[name])


def all_of(*conditions: Condition) -> Condition:
    """All of them hold."""
    return lambda draft: all(each(draft) for each in conditions)


repeats = is_not("repeat", Repeat.ONCE)
monthly = is_one_of("repeat", Repeat.MONTHS, Repeat.YEARS)
REPEATS = {
    Repeat.ONCE: "once",
    Repeat.DAYS: "daily",
    Repeat.WEEKS: "weekly",
    Repeat.MONTHS: "monthly",
    Repeat.YEARS: "yearly",
}


WHEN = FormSection(
    "When",
    (
        day_field("first_date"),
        FormField("repeat", partial(EnumControl, Repeat, words=REPEATS), label="Repeats"),
        whole_field("every", when=repeats),
        whole_field("count", blank="no end", when=repeats),
        day_field("until", blank="no end", when=repeats),
        tick_field("last_day_of_month", when=monthly),
        enum_field("adjustment", Adjustment, wide=True),
        FormField("skipped", SkippedControl, is_filled("skipped"), wide=True),
        FormField("moved", MovedControl, is_filled("moved"), wide=True),
    ),
)
