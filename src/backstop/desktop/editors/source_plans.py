"""The forms of accounts, facilities and what belongs to them."""

from functools import partial

from backstop.desktop.editors.choices import (
    ChecksControl,
    RecordControl,
    cash_lines,
    lines_and_accounts,
)
from backstop.desktop.editors.draft import Draft
from backstop.desktop.editors.fields import Field, FormPlan, Section
from backstop.desktop.editors.lines import TagsControl, WholeControl
from backstop.desktop.editors.plan_parts import (
    NOTES,
    TAGS,
    WHEN,
    amount_field,
    day_field,
    enum_field,
    is_filled,
    is_not,
    is_one_of,
    line_field,
    percent_field,
    tick_field,
    whole_field,
)
from backstop.desktop.editors.rows import RowColumn, RowsControl
from backstop.desktop.editors.schedule_rows import added_up
from backstop.domain import (
    LINE_MODES,
    AccountKind,
    AccountRole,
    CutRule,
    DayCount,
    EarlyEffect,
    FacilityKind,
    MinimumBase,
    RateChange,
    RatePer,
    RepaymentMethod,
    ScheduleRow,
)

reserve = is_one_of("role", AccountRole.RESERVE)
cycle = is_one_of("method", RepaymentMethod.STATEMENT_CYCLE)
no_cycle = is_not("method", RepaymentMethod.STATEMENT_CYCLE)
purchases = is_one_of("purchases_only", True)
lends_cash = is_one_of("purchases_only", False)
early = is_filled("early_on")


def lends_cash_too(draft: Draft) -> bool:
    return purchases(draft) and bool(draft["cash_advance_limit"])


def pays_minimum(draft: Draft) -> bool:
    return cycle(draft) and bool(draft["pays_minimum"])


def pays_bills_whole(draft: Draft) -> bool:
    return cycle(draft) and not draft["pays_minimum"]


def pays_in_instalments(draft: Draft) -> bool:
    return pays_bills_whole(draft) and draft["bill_instalments"] != 1


LATER_RATES = Field(
    "rate_changes",
    partial(
        RowsControl, RateChange, (RowColumn("from_day", "day"), RowColumn("percent", "percent"))
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


ACCOUNT = FormPlan(
    (
        Section(
            "Identity",
            (
                line_field("name"),
                enum_field("kind", AccountKind),
                line_field("institution", wide=False),
            ),
        ),
        Section("Amount", (amount_field("balance"), day_field("balance_date"))),
        Section(
            "Access",
            (
                enum_field("role", AccountRole, wide=True),
                whole_field("lead_days", when=reserve),
                amount_field("breaking_cost", when=reserve),
            ),
        ),
        Section("Particulars", (line_field("platform"), TAGS, NOTES), more=True),
    )
)

FACILITY = FormPlan(
    (
        Section(
            "Identity",
            (
                line_field("name"),
                enum_field("kind", FacilityKind),
                line_field("lender", wide=False),
                line_field("contact"),
            ),
        ),
        Section("Amount", (amount_field("limit"), amount_field("minimum_draw", when=lends_cash))),
        Section(
            "Access",
            (
                tick_field("purchases_only"),
                Field("purchase_tags", TagsControl, purchases, wide=True),
                whole_field("lead_days", optional=True, blank="not known"),
                day_field("last_verified", blank="not yet"),
                day_field("usage_until", blank="open"),
                day_field("contract_until", blank="open"),
            ),
        ),
        Section(
            "Price and repayment",
            (
                percent_field("rate_percent"),
                enum_field("rate_per", RatePer),
                enum_field("method", RepaymentMethod, wide=True),
                whole_field("statement_day", optional=True, when=cycle),
                whole_field("due_day", optional=True, blank="day of the draw"),
                whole_field("periods", when=no_cycle),
                percent_field("draw_fee_percent", when=lends_cash),
            ),
        ),
        Section(
            "Terms of drawing",
            (
                tick_field("committed"),
                tick_field("revolving"),
                Field(
                    "repaid_share_percent", WholeControl, is_one_of("revolving", True), wide=True
                ),
                Field("headroom_haircut_percent", WholeControl, wide=True),
                amount_field("draw_step", blank=None, when=lends_cash),
                whole_field("maximum_draws", optional=True, blank="any number", when=lends_cash),
                enum_field("day_count", DayCount, wide=True, when=no_cycle),
            ),
            more=True,
        ),
        Section("Special terms", SPECIAL_TERMS, more=True),
        Section(
            "Cash from a card",
            (
                amount_field("cash_advance_limit", when=purchases),
                percent_field("cash_advance_fee_percent", when=lends_cash_too),
                percent_field("cash_advance_rate_percent", when=lends_cash_too),
            ),
            more=True,
        ),
        Section(
            "How it may go",
            (
                enum_field("default_mode", LINE_MODES, wide=True),
                tick_field("callable"),
                whole_field("notice_days", when=is_one_of("callable", True)),
                whole_field("freeze_days"),
                whole_field("cut_percent"),
                enum_field("cut_rule", CutRule, wide=True),
                whole_field(
                    "excess_days", when=is_one_of("cut_rule", CutRule.EXCESS_DUE_LATER), wide=True
                ),
                tick_field("systemic"),
            ),
            more=True,
        ),
        Section(
            "Particulars",
            (
                line_field("platform"),
                line_field("upstream_funder"),
                line_field("holder"),
                line_field("permitted_use"),
                day_field("identity_until", blank="not known"),
                tick_field("personal"),
                TAGS,
                NOTES,
            ),
            more=True,
        ),
    )
)


def own_schedule(draft: Draft) -> bool:
    """The instalments follow from the terms, and not from the lender's own list."""
    return no_cycle(draft) and not draft["imported"]


IMPORTED = Field(
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

TRANCHE = FormPlan(
    (
        Section("Identity", (line_field("name"),)),
        Section(
            "Outstanding",
            (
                amount_field("principal", blank=None),
                day_field("next_due", optional=False),
                whole_field("remaining_periods", when=own_schedule),
                whole_field("due_day", optional=True, blank="as the next one", when=own_schedule),
            ),
        ),
        Section(
            "Price and repayment",
            (
                percent_field("rate_percent"),
                enum_field("rate_per", RatePer),
                enum_field("method", RepaymentMethod, wide=True),
                amount_field("original_principal", when=is_one_of("rate_per", RatePer.PRINCIPAL)),
            ),
        ),
        Section(
            "Paying back early",
            (
                day_field("early_on", blank="not planned"),
                amount_field("early_amount", when=early),
                enum_field("early_effect", EarlyEffect, when=early),
                percent_field("early_fee_percent", when=early),
            ),
            more=True,
        ),
        Section("Special terms", SPECIAL_TERMS, more=True),
        Section("The lender's schedule", (IMPORTED,), more=True),
        Section(
            "Particulars", (enum_field("day_count", DayCount, wide=True), TAGS, NOTES), more=True
        ),
    ),
    required=("name", "principal", "next_due"),
)

PLANNED_DRAW = FormPlan(
    (
        Section(
            "Planned draw",
            (
                line_field("name"),
                Field("facility", partial(RecordControl, cash_lines), wide=True),
                amount_field("amount", blank=None),
                whole_field("periods"),
                line_field("purpose"),
            ),
        ),
        WHEN,
        Section("Particulars", (TAGS, NOTES), more=True),
    ),
    required=("name", "amount", "facility"),
)

LINK_GROUP = FormPlan(
    (
        Section("Group", (line_field("name"), line_field("reason"))),
        Section(
            "Members",
            (
                Field(
                    "members",
                    partial(ChecksControl, lines_and_accounts),
                    wide=True,
                    labelled=False,
                ),
            ),
        ),
        Section("Particulars", (TAGS, NOTES), more=True),
    ),
    required=("name",),
)
