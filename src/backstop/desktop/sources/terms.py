"""Terms of repayment that a facility and each draw under it have, most of them rare."""

from functools import partial

from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.field_parts import (
    amount_field,
    enum_field,
    is_not,
    is_one_of,
    percent_field,
    tick_field,
    whole_field,
)
from backstop.desktop.forms.fields import FormField
from backstop.desktop.forms.rows import Cell, RowColumn, RowsControl
from backstop.domain import Bought, MinimumBase, RateChange, RepaymentMethod

cycle = is_one_of("method", RepaymentMethod.STATEMENT_CYCLE)
no_cycle = is_not("method", RepaymentMethod.STATEMENT_CYCLE)


def pays_minimum(draft: RecordDraft) -> bool:
    """Whether a card is paid by its minimum."""
    return cycle(draft) and bool(draft["pays_minimum"])


def pays_bills_whole(draft: RecordDraft) -> bool:
    """Whether a card's bills are paid in full."""
    return cycle(draft) and not draft["pays_minimum"]


def pays_in_instalments(draft: RecordDraft) -> bool:
    """Whether what is drawn is paid back in instalments."""
    return pays_bills_whole(draft) and draft["bill_instalments"] != 1


def bought_field(name: str) -> FormField:
    """A list of purchases by a card: day and amount of each, and the payment that it was."""
    columns = (
        RowColumn("day", Cell.DAY),
        RowColumn("amount", Cell.AMOUNT),
        RowColumn("flow", Cell.NAME, optional=True),
        RowColumn("rule_date", Cell.DAY, optional=True),
    )
    return FormField(name, partial(RowsControl, Bought, columns), cycle, wide=True)


INTEREST_FROM_PURCHASE = tick_field("interest_from_purchase", when=pays_minimum)
LATER_RATES = FormField(
    "rate_changes",
    partial(
        RowsControl,
        RateChange,
        (RowColumn("from_day", Cell.DAY), RowColumn("percent", Cell.PERCENT)),
    ),
    wide=True,
)
SPECIAL_TERMS = (
    whole_field("grace_periods", when=no_cycle),
    whole_field("interest_only_periods", when=no_cycle),
    tick_field("pays_minimum", when=cycle),
    percent_field("minimum_percent", when=pays_minimum),
    amount_field("minimum_floor", when=pays_minimum),
    enum_field("minimum_base", MinimumBase, wide=True, when=pays_minimum),
    whole_field("bill_instalments", when=pays_bills_whole),
    percent_field("instalment_fee_percent", when=pays_in_instalments),
    LATER_RATES,
)
"""Of a facility and of each draw under it."""
