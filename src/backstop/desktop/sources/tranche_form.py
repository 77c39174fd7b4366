"""The form of an outstanding draw, with its lender's own schedule."""

from functools import partial

from backstop.desktop.forms.draft import RecordDraft, Spelling, Values
from backstop.desktop.forms.field_parts import (
    NOTES,
    TAGS,
    amount_field,
    day_field,
    enum_field,
    is_filled,
    is_one_of,
    line_field,
    percent_field,
    whole_field,
)
from backstop.desktop.forms.fields import FormField, FormLayout, FormSection
from backstop.desktop.forms.rows import RowColumn, RowsControl
from backstop.desktop.forms.schedule_rows import added_up
from backstop.desktop.sources.terms import SPECIAL_TERMS, no_cycle
from backstop.domain import DayCount, EarlyEffect, RatePer, RepaymentMethod, ScheduleRow, Tranche
from backstop.projection.schedules import interest_start, owed_dues

early = is_filled("early_on")
bullet = is_one_of("method", RepaymentMethod.BULLET)


def own_schedule(draft: RecordDraft) -> bool:
    """The instalments follow from the terms, and not from the lender's own list."""
    return no_cycle(draft) and not draft["imported"]


def matures(draft: RecordDraft) -> bool:
    """All of it is due on one day."""
    return own_schedule(draft) and bullet(draft)


def in_instalments(draft: RecordDraft) -> bool:
    """It is paid back bit by bit, or interest is paid before."""
    return own_schedule(draft) and not bullet(draft)


def may_begin_oddly(draft: RecordDraft) -> bool:
    """The day from which interest runs matters, and does not follow from the next due date."""
    return matures(draft) or is_filled("interest_from")(draft)


def by_maturity(values: Values) -> Values:
    """What is due whole in so many months, as due whole on that day."""
    if values["method"] is not RepaymentMethod.BULLET or values["imported"]:
        return values
    if values["next_due"] is None or values["remaining_periods"] == 1:
        return values
    owed = Tranche(**values)
    return values | {
        "next_due": owed_dues(owed)[-1],
        "remaining_periods": 1,
        "interest_from": interest_start(owed),
    }


def due_once(values: Values) -> Values:
    """The day on which all of it is due is that day, however many instalments there were before."""
    whole = values["method"] is RepaymentMethod.BULLET and not values["imported"]
    return values | {"remaining_periods": 1} if whole else values


IMPORTED = FormField(
    "imported",
    partial(
        RowsControl,
        ScheduleRow,
        (
            RowColumn("due", "day"),
            RowColumn("principal", "amount"),
            RowColumn("interest", "amount"),
            RowColumn("total", "amount", optional=True),
        ),
        added_up,
    ),
    wide=True,
    labelled=False,
)

TRANCHE = FormLayout(
    (
        FormSection("Identity", (line_field("name"),)),
        FormSection(
            "Outstanding",
            (
                amount_field("principal", blank=None),
                day_field("next_due", label="Due in full on", called=matures),
                whole_field("remaining_periods", when=in_instalments),
                whole_field("due_day", blank="as the next one", when=in_instalments),
                day_field("interest_from", blank="today, or earlier", when=may_begin_oddly),
            ),
        ),
        FormSection(
            "Price and repayment",
            (
                percent_field("rate_percent"),
                enum_field("rate_per", RatePer),
                enum_field("method", RepaymentMethod, wide=True),
                amount_field("original_principal", when=is_one_of("rate_per", RatePer.PRINCIPAL)),
            ),
        ),
        FormSection(
            "Paying back early",
            (
                day_field("early_on", blank="not planned"),
                amount_field("early_amount", when=early),
                enum_field("early_effect", EarlyEffect, when=early),
                percent_field("early_fee_percent", when=early),
            ),
            more=True,
        ),
        FormSection("Special terms", SPECIAL_TERMS, more=True),
        FormSection("The lender's schedule", (IMPORTED,), more=True),
        FormSection(
            "Particulars", (enum_field("day_count", DayCount, wide=True), TAGS, NOTES), more=True
        ),
    ),
    required=("name", "principal", "next_due"),
    spelling=Spelling(by_maturity, due_once),
)
