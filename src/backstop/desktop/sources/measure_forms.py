"""The forms of what else could be done, one for each kind: other things matter to each."""

from collections.abc import Callable
from functools import partial

from backstop.desktop.forms.choices import ChecksControl, RecordControl
from backstop.desktop.forms.control import Control
from backstop.desktop.forms.field_parts import (
    NOTES,
    TAGS,
    amount_field,
    enum_field,
    is_one_of,
    line_field,
    percent_field,
    tick_field,
    whole_field,
)
from backstop.desktop.forms.fields import FormField, FormLayout, FormSection
from backstop.desktop.forms.lines import AmountControl, PercentControl, TextControl, WholeControl
from backstop.desktop.forms.offered import (
    Choices,
    lines_and_payments,
    measures_and_lines,
    receipts,
)
from backstop.desktop.sources.terms import DRAWN_METHODS, LATER_RATES, OF_A_LOAN
from backstop.domain import (
    LATER,
    AskKind,
    DayCount,
    MeasureKind,
    RatePer,
    RepaymentMethod,
)

NOT_AGREED = (RepaymentMethod.STATEMENT_CYCLE, RepaymentMethod.SHARE_OF_TAKINGS)
LOAN_METHODS = tuple(each for each in DRAWN_METHODS if each not in NOT_AGREED)


def called(name: str, control: Callable[[], Control], label: str) -> FormField:
    """A field that means something of its own in this kind."""
    return FormField(name, control, label=label)


def about(choices: Choices, label: str) -> FormField:
    """The field for what a measure is about."""
    return FormField("target", partial(RecordControl, choices), wide=True, label=label)


is_paid_later = is_one_of("ask", *LATER)
WHO = (line_field("provider", wide=False), line_field("contact", wide=False))
PERSON = called("contact", TextControl, "How to reach them")
LEAD = whole_field("lead_days")
PRICE = (
    percent_field("rate_percent"),
    enum_field("rate_per", RatePer),
    enum_field("method", LOAN_METHODS, wide=True),
    whole_field("periods"),
    whole_field("due_day", blank="day of the draw"),
)
RARE_PRICE = FormSection(
    "Special terms",
    (
        whole_field("grace_periods"),
        whole_field("interest_only_periods"),
        *OF_A_LOAN,
        enum_field("day_count", DayCount, wide=True),
        LATER_RATES,
    ),
    more=True,
)
TOGETHER = FormSection(
    "Together with other things",
    (
        FormField("excludes", partial(ChecksControl, measures_and_lines), wide=True),
        FormField("depends_on", partial(ChecksControl, measures_and_lines), wide=True),
    ),
    more=True,
)
REST = (TOGETHER, FormSection("Particulars", (TAGS, NOTES), more=True))


def _layout(fields: tuple[FormField, ...], *further: FormSection, required: str) -> FormLayout:
    what = FormSection("What could be done", (line_field("name"), *fields))
    return FormLayout((what, *further, *REST), required=("name", required))


MEASURES: dict[MeasureKind, FormLayout] = {
    MeasureKind.SELL_ASSET: _layout(
        (
            called("amount", partial(AmountControl, None), "What it is worth"),
            called("cost_percent", PercentControl, "Lost in a quick sale (%)"),
            LEAD,
            *WHO,
        ),
        required="amount",
    ),
    MeasureKind.FACTOR: _layout(
        (
            about(receipts, "Which receipt"),
            whole_field("advance_percent"),
            called("cost_percent", PercentControl, "Fee (%)"),
            LEAD,
            *WHO,
            tick_field("recourse"),
        ),
        required="target",
    ),
    MeasureKind.COLLECT_EARLY: _layout(
        (
            about(receipts, "Which receipt"),
            whole_field("days_earlier"),
            called("cost_percent", PercentControl, "Discount given (%)"),
            LEAD,
            PERSON,
        ),
        required="target",
    ),
    MeasureKind.NEW_FACILITY: _layout(
        (
            called("amount", partial(AmountControl, None), "Likely limit"),
            LEAD,
            *WHO,
            called("chance_percent", WholeControl, "Chance that it is granted (%)"),
            tick_field("arranged"),
        ),
        FormSection("Price and repayment", PRICE),
        RARE_PRICE,
        required="amount",
    ),
    MeasureKind.OWNER_MONEY: _layout(
        (
            amount_field("amount", blank=None),
            LEAD,
            line_field("provider", wide=False),
            PERSON,
            whole_field("repay_after_days", blank="not given back"),
        ),
        required="amount",
    ),
    MeasureKind.RENEGOTIATE: _layout(
        (
            enum_field("ask", AskKind, wide=True),
            about(lines_and_payments, "Which line or payment"),
            LEAD,
            called("chance_percent", WholeControl, "Chance that it is granted (%)"),
            called("cost_percent", PercentControl, "Fee (%)"),
            whole_field("later_days", when=is_paid_later),
            line_field("contact", wide=False),
            tick_field("arranged"),
        ),
        FormSection("Price and repayment", PRICE),
        RARE_PRICE,
        required="target",
    ),
}
