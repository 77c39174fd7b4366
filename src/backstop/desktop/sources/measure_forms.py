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
    line_field,
    percent_field,
    tick_field,
    whole_field,
)
from backstop.desktop.forms.fields import Field, FormPlan, Section
from backstop.desktop.forms.lines import AmountControl, PercentControl, TextControl, WholeControl
from backstop.desktop.forms.offered import Choices, lines, measures_and_lines, receipts
from backstop.desktop.sources.terms import LATER_RATES
from backstop.domain import (
    DayCount,
    MeasureKind,
    RatePer,
    RepaymentMethod,
)

LOAN_METHODS = tuple(each for each in RepaymentMethod if each != RepaymentMethod.STATEMENT_CYCLE)


def called(name: str, control: Callable[[], Control], label: str) -> Field:
    """A field that means something of its own in this kind."""
    return Field(name, control, label=label)


def about(choices: Choices, label: str) -> Field:
    return Field("target", partial(RecordControl, choices), wide=True, label=label)


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
RARE_PRICE = Section(
    "Special terms",
    (
        whole_field("grace_periods"),
        whole_field("interest_only_periods"),
        enum_field("day_count", DayCount, wide=True),
        LATER_RATES,
    ),
    more=True,
)
TOGETHER = Section(
    "Together with other things",
    (
        Field("excludes", partial(ChecksControl, measures_and_lines), wide=True),
        Field("depends_on", partial(ChecksControl, measures_and_lines), wide=True),
    ),
    more=True,
)
REST = (TOGETHER, Section("Particulars", (TAGS, NOTES), more=True))


def _plan(fields: tuple[Field, ...], *further: Section, required: str) -> FormPlan:
    what = Section("What could be done", (line_field("name"), *fields))
    return FormPlan((what, *further, *REST), required=("name", required))


MEASURES: dict[MeasureKind, FormPlan] = {
    MeasureKind.SELL_ASSET: _plan(
        (
            called("amount", partial(AmountControl, None), "What it is worth"),
            called("cost_percent", PercentControl, "Lost in a quick sale (%)"),
            LEAD,
            *WHO,
        ),
        required="amount",
    ),
    MeasureKind.FACTOR: _plan(
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
    MeasureKind.COLLECT_EARLY: _plan(
        (
            about(receipts, "Which receipt"),
            whole_field("days_earlier"),
            called("cost_percent", PercentControl, "Discount given (%)"),
            LEAD,
            PERSON,
        ),
        required="target",
    ),
    MeasureKind.NEW_FACILITY: _plan(
        (
            called("amount", partial(AmountControl, None), "Likely limit"),
            LEAD,
            *WHO,
            called("chance_percent", WholeControl, "Chance that it is granted (%)"),
            tick_field("arranged"),
        ),
        Section("Price and repayment", PRICE),
        RARE_PRICE,
        required="amount",
    ),
    MeasureKind.OWNER_MONEY: _plan(
        (
            amount_field("amount", blank=None),
            LEAD,
            line_field("provider", wide=False),
            PERSON,
            whole_field("repay_after_days", blank="not given back"),
        ),
        required="amount",
    ),
    MeasureKind.RENEGOTIATE: _plan(
        (about(lines, "Which line"), LEAD, line_field("contact", wide=False)),
        Section("Price and repayment", PRICE),
        RARE_PRICE,
        required="target",
    ),
}
