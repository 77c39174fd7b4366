"""The form of an outstanding draw, with its lender's own schedule."""

from functools import partial

from backstop.desktop.forms.draft import RecordDraft
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
from backstop.desktop.forms.rows import Cell, RowColumn, RowsControl
from backstop.desktop.forms.schedule_rows import added_up
from backstop.desktop.sources.terms import SPECIAL_TERMS, no_cycle
from backstop.domain import DayCount, EarlyEffect, RatePer, RepaymentMethod, ScheduleRow

early = is_filled("early_on")


def own_schedule(draft: RecordDraft) -> bool:
    """The instalments follow from the terms, and not from the lender's own list."""
    return no_cycle(draft) and not draft["imported"]


IMPORTED = FormField(
    "imported",
    partial(
        RowsControl,
        ScheduleRow,
        (
            RowColumn("due", Cell.DAY),
            RowColumn("principal", Cell.AMOUNT),
            RowColumn("interest", Cell.AMOUNT),
            RowColumn("total", Cell.AMOUNT, optional=True),
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
                day_field("next_due"),
                whole_field("remaining_periods", when=own_schedule),
                whole_field("due_day", blank="as the next one", when=own_schedule),
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
)
