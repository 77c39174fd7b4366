"""Fields that forms are made of, and the rule of everything that recurs."""

from collections.abc import Callable, Iterable
from enum import Enum
from functools import partial

import msgspec

from backstop.desktop.forms.choices import EnumControl, TickControl
from backstop.desktop.forms.days import DayControl
from backstop.desktop.forms.draft import RecordDraft
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
from backstop.desktop.forms.rows import Cell, RowColumn, RowsControl
from backstop.domain import Adjustment, LaterAmount, MonthlyOn, OtherAmount, Repeat, StillOpen


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


def rows_of(
    kind: type[msgspec.Struct],
    *columns: tuple[str, Cell],
    optional: Iterable[tuple[str, Cell]] = (),
) -> Callable[[], RowsControl]:
    """Makes the control of a list of small records: the name of each value and how it is read; the
    last ones may be left out."""
    made = [RowColumn(name, read_as) for name, read_as in columns]
    made += [RowColumn(name, read_as, optional=True) for name, read_as in optional]
    return partial(RowsControl, kind, made)


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


def may_be_settled(draft: RecordDraft) -> bool:
    """Whether a day before which all is settled means something: of a single item it is rare."""
    return bool(draft["answered_until"]) or repeats(draft)


SETTLED = day_field("answered_until", blank="the as-of date", when=may_be_settled)
monthly = is_one_of("repeat", Repeat.MONTHS, Repeat.YEARS)


def twice_monthly(draft: RecordDraft) -> bool:
    """Whether a second day of the month means something."""
    by_day = draft["monthly_on"] is MonthlyOn.DAY
    return draft["second_day"] is not None or (by_day and draft["repeat"] is Repeat.MONTHS)


AMOUNTS = rows_of(OtherAmount, ("rule_date", Cell.DAY), ("amount", Cell.AMOUNT))
LATER_AMOUNTS = rows_of(LaterAmount, ("from_day", Cell.DAY), ("amount", Cell.AMOUNT))
OPEN = rows_of(
    StillOpen, ("rule_date", Cell.DAY), ("left", Cell.AMOUNT), optional=(("expected", Cell.DAY),)
)
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
        enum_field("monthly_on", MonthlyOn, when=monthly),
        whole_field("second_day", blank="once a month", when=twice_monthly),
        enum_field("adjustment", Adjustment, wide=True),
        FormField("skipped", SkippedControl, is_filled("skipped"), wide=True),
        FormField("moved", MovedControl, is_filled("moved"), wide=True),
        FormField("amounts", AMOUNTS, is_filled("amounts"), wide=True),
        FormField("later_amounts", LATER_AMOUNTS, is_filled("later_amounts"), wide=True),
        FormField("open", OPEN, is_filled("open"), wide=True),
    ),
)
