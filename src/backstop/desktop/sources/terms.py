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
from backstop.domain import (
    Bought,
    Compounding,
    MinimumBase,
    Overdrawn,
    RateChange,
    RepaymentMethod,
    Rhythm,
    Rounding,
)

cycle = is_one_of("method", RepaymentMethod.STATEMENT_CYCLE)
no_cycle = is_not(
    "method",
    RepaymentMethod.STATEMENT_CYCLE,
    RepaymentMethod.OVERDRAFT,
    RepaymentMethod.SHARE_OF_TAKINGS,
)
by_days = is_not("method", RepaymentMethod.STATEMENT_CYCLE, RepaymentMethod.SHARE_OF_TAKINGS)
overdraft = is_one_of("method", RepaymentMethod.OVERDRAFT)
has_periods = is_not("method", RepaymentMethod.STATEMENT_CYCLE, RepaymentMethod.OVERDRAFT)
takings = is_one_of("method", RepaymentMethod.SHARE_OF_TAKINGS)
no_takings = is_not("method", RepaymentMethod.SHARE_OF_TAKINGS)
no_overdraft = is_not("method", RepaymentMethod.OVERDRAFT)


def pays_minimum(draft: RecordDraft) -> bool:
    """Whether a card is paid by its minimum."""
    return cycle(draft) and bool(draft["pays_minimum"])


def pays_bills_whole(draft: RecordDraft) -> bool:
    """Whether a card's bills are paid in full."""
    return cycle(draft) and not draft["pays_minimum"]


def pays_in_instalments(draft: RecordDraft) -> bool:
    """Whether what is drawn is paid back in instalments."""
    return pays_bills_whole(draft) and draft["bill_instalments"] != 1


def in_instalments(draft: RecordDraft) -> bool:
    """Whether something is due again and again, on days that are known."""
    return no_cycle(draft) and not whole(draft)


DRAWN_METHODS = tuple(each for each in RepaymentMethod if each is not RepaymentMethod.OVERDRAFT)
"""The ways in which a draw is paid back."""
OVERDRAWN = FormField(
    "overdrawn",
    partial(
        RowsControl,
        Overdrawn,
        (RowColumn("from_day", Cell.DAY), RowColumn("amount", Cell.AMOUNT)),
    ),
    overdraft,
    wide=True,
)


def bought_field(name: str) -> FormField:
    """A list of purchases by a card: day and amount of each, and, unasked, the payment that it
    was."""
    columns = (
        RowColumn("day", Cell.DAY),
        RowColumn("amount", Cell.AMOUNT),
        RowColumn("flow", Cell.NAME, optional=True, silent=True),
        RowColumn("rule_date", Cell.DAY, optional=True, silent=True),
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
in_parts = is_one_of("method", RepaymentMethod.ANNUITY, RepaymentMethod.EQUAL_PRINCIPAL)
whole = is_one_of("method", RepaymentMethod.BULLET)
OF_A_LOAN = (
    enum_field("rhythm", Rhythm, when=no_cycle),
    percent_field("balloon_percent", when=in_parts),
    enum_field("compounding", Compounding, when=whole),
    enum_field("rounding", Rounding, wide=True, when=no_cycle),
)
"""How a loan may differ from the usual one."""
SPECIAL_TERMS = (
    whole_field("grace_periods", when=no_cycle),
    whole_field("interest_only_periods", when=no_cycle),
    *OF_A_LOAN,
    tick_field("pays_minimum", when=cycle),
    percent_field("minimum_percent", when=pays_minimum),
    amount_field("minimum_floor", when=pays_minimum),
    enum_field("minimum_base", MinimumBase, wide=True, when=pays_minimum),
    whole_field("bill_instalments", when=pays_bills_whole),
    percent_field("instalment_fee_percent", when=pays_in_instalments),
    LATER_RATES,
)
"""Of a facility and of each draw under it."""
