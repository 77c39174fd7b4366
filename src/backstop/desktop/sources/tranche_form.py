"""The form of an outstanding draw, with its lender's own schedule."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from backstop.desktop.forms.choices import ChoiceControl
from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.field_parts import (
    NOTES,
    TAGS,
    all_of,
    amount_field,
    day_field,
    enum_field,
    is_filled,
    is_one_of,
    line_field,
    percent_field,
    tick_field,
    whole_field,
)
from backstop.desktop.forms.fields import FormField, FormLayout, FormSection
from backstop.desktop.forms.lines import AmountControl
from backstop.desktop.forms.rows import Cell, RowColumn, RowsControl
from backstop.desktop.forms.schedule_rows import added_up
from backstop.desktop.sources.how_it_began import may_have_begun, spelling_on
from backstop.desktop.sources.terms import (
    DRAWN_METHODS,
    SPECIAL_TERMS,
    bought_field,
    cycle,
    no_cycle,
    no_takings,
    pays_minimum,
    takings,
)
from backstop.domain import DayCount, EarlyEffect, RatePer, RepaymentMethod, Rhythm, ScheduleRow
from backstop.services.beginnings import OF_THE_MINIMUM

if TYPE_CHECKING:
    from backstop.domain import Book
    from backstop.telling import Words

OF_THE_REST = ("grace_periods", "interest_only_periods")
early = is_filled("early_on")
bullet = is_one_of("method", RepaymentMethod.BULLET)


def own_schedule(draft: RecordDraft) -> bool:
    """The instalments follow from the terms, and not from the lender's own list."""
    return no_cycle(draft) and not draft["imported"]


def begun(draft: RecordDraft) -> bool:
    """The draw is told by how it began."""
    return may_have_begun(draft) and bool(draft["origin"])


def owed_now(draft: RecordDraft) -> bool:
    """The draw is told by what is owed now."""
    return not begun(draft)


def matures(draft: RecordDraft) -> bool:
    """All of it is due on one day."""
    return own_schedule(draft) and bullet(draft)


def due_by_dates(draft: RecordDraft) -> bool:
    """What is owed now is due on days that are known."""
    return owed_now(draft) and not takings(draft)


def begun_in_instalments(draft: RecordDraft) -> bool:
    """It is told by how it began, and paid back bit by bit."""
    return begun(draft) and not bullet(draft)


def left_in_instalments(draft: RecordDraft) -> bool:
    """It is told by what is owed now, and paid back bit by bit."""
    return owed_now(draft) and own_schedule(draft) and not bullet(draft)


def in_instalments(draft: RecordDraft) -> bool:
    """Its instalments fall due on a day of the month."""
    monthly = draft["rhythm"] in (Rhythm.MONTHLY, Rhythm.QUARTERLY)
    return monthly and (begun_in_instalments(draft) or left_in_instalments(draft))


def counts_paid(draft: RecordDraft) -> bool:
    """Its instalments are known one by one, those paid among them."""
    return begun_in_instalments(draft) or is_filled("imported")(draft)


def bears(draft: RecordDraft) -> bool:
    """A bill that bears interest: it is not paid in full, or it is cash that was drawn."""
    return pays_minimum(draft) or (cycle(draft) and bool(draft["cash_advance"]))


def may_begin_oddly(draft: RecordDraft) -> bool:
    """The day from which interest runs matters, and does not follow from the next due date."""
    told = matures(draft) or bears(draft) or is_filled("interest_from")(draft)
    return owed_now(draft) and told


class HowTold(ChoiceControl):
    """Whether a draw is told by what is owed now or by how it began."""

    def speak(self, words: Words, book: Book) -> None:
        self.offer([(False, words.say("what is owed now")), (True, words.say("how it began"))])


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

TERMS_OF_A_DRAW = (
    whole_field("origin.grace_periods", when=begun_in_instalments),
    whole_field("origin.interest_only_periods", when=begun_in_instalments),
    *(
        replace(each, when=all_of(each.when, owed_now)) if each.name in OF_THE_REST else each
        for each in SPECIAL_TERMS
        if each.name not in OF_THE_MINIMUM
    ),
)
"""Grace is counted from the beginning where that is told. How much of a bill is paid is said of its
line, and only there."""

TRANCHE = FormLayout(
    (
        FormSection("Identity", (line_field("name"),)),
        FormSection(
            "Outstanding",
            (
                FormField("origin", HowTold, may_have_begun, wide=True, label="Told by"),
                amount_field("principal", blank=None, when=owed_now),
                amount_field("takings_repaid", when=takings),
                day_field("next_due", when=due_by_dates, label="Due in full on", called=matures),
                whole_field("remaining_periods", when=left_in_instalments),
                day_field("origin.start", when=begun),
                FormField("origin.principal", AmountControl, begun, label="Amount drawn"),
                whole_field(
                    "origin.periods", when=begun_in_instalments, label="Instalments in all"
                ),
                whole_field("paid_instalments", when=counts_paid),
                day_field("origin.first_due", when=begun, label="Due in full on", called=matures),
                whole_field("due_day", blank="as the next one", when=in_instalments),
                day_field(
                    "interest_from", blank="the book's day, or earlier", when=may_begin_oddly
                ),
            ),
        ),
        FormSection(
            "Price and repayment",
            (
                percent_field("rate_percent"),
                enum_field("rate_per", RatePer),
                enum_field("method", DRAWN_METHODS, wide=True),
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
        FormSection(
            "Special terms", (*TERMS_OF_A_DRAW, amount_field("charges", when=no_takings)), more=True
        ),
        FormSection(
            "Bills",
            (tick_field("cash_advance", when=cycle), bought_field("purchases")),
            more=True,
        ),
        FormSection("The lender's schedule", (IMPORTED,), more=True),
        FormSection(
            "Particulars", (enum_field("day_count", DayCount, wide=True), TAGS, NOTES), more=True
        ),
    ),
    required=("name", "principal", "next_due"),
    spelling=spelling_on,
)
