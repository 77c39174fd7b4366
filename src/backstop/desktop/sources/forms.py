"""The forms of accounts, facilities and what belongs to them."""

from functools import partial

from backstop.desktop.forms.choices import ChecksControl, RecordControl
from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.field_parts import (
    NOTES,
    SETTLED,
    TAGS,
    WHEN,
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
from backstop.desktop.forms.fields import Condition, FormField, FormLayout, FormSection
from backstop.desktop.forms.lines import TagsControl, WholeControl
from backstop.desktop.forms.offered import (
    accounts,
    lines_and_accounts,
    lines_to_draw_on,
)
from backstop.desktop.forms.rows import Cell, RowColumn, RowsControl
from backstop.desktop.sources.terms import (
    INTEREST_FROM_PURCHASE,
    OVERDRAWN,
    SPECIAL_TERMS,
    bought_field,
    by_days,
    cycle,
    has_periods,
    in_instalments,
    no_cycle,
    no_overdraft,
    overdraft,
    takings,
)
from backstop.domain import (
    LINE_MODES,
    AccountKind,
    AccountRole,
    Adjustment,
    CutRule,
    DayCount,
    FacilityKind,
    FundsUse,
    LimitChange,
    RatePer,
    RepaymentMethod,
    Rhythm,
)

OwnAccount = partial(RecordControl, accounts, "the main account")
has_days_after = is_filled("due_days_after")
by_weeks = is_one_of("rhythm", Rhythm.WEEKLY, Rhythm.FORTNIGHTLY)
reserve = is_one_of("role", AccountRole.RESERVE)
purchases = is_one_of("purchases_only", True)


def lends_cash(draft: RecordDraft) -> bool:
    """Whether cash is drawn on it."""
    return not draft["purchases_only"] and no_overdraft(draft)


def both(*conditions: Condition) -> Condition:
    """All of these hold."""
    return lambda draft: all(each(draft) for each in conditions)


def needs_notice(draft: RecordDraft) -> bool:
    """Whether it matters how long before the lender says so."""
    return bool(draft["callable"]) or overdraft(draft)


def lends_cash_too(draft: RecordDraft) -> bool:
    """Whether cash can be drawn on a line that is for purchases."""
    return purchases(draft) and bool(draft["cash_advance_limit"])


def counts_draws(draft: RecordDraft) -> bool:
    """Whether the lender lets draw a number of times."""
    return lends_cash(draft) and draft["maximum_draws"] is not None


LIMIT_CHANGES = FormField(
    "limit_changes",
    partial(
        RowsControl,
        LimitChange,
        (
            RowColumn("from_day", Cell.DAY),
            RowColumn("limit", Cell.AMOUNT),
            RowColumn("until", Cell.DAY, optional=True),
        ),
    ),
    wide=True,
)


def on_a_day_of_the_month(draft: RecordDraft) -> bool:
    """Whether what is due is due on a day of the month: not so many days or weeks after another,
    nor with each receipt."""
    counted = cycle(draft) and has_days_after(draft)
    in_weeks = no_cycle(draft) and by_weeks(draft)
    return not (counted or in_weeks or takings(draft))


ACCOUNT = FormLayout(
    (
        FormSection(
            "Identity",
            (
                line_field("name"),
                enum_field("kind", AccountKind),
                line_field("institution", wide=False),
            ),
        ),
        FormSection("Amount", (amount_field("balance"), day_field("balance_date"))),
        FormSection(
            "Access",
            (
                enum_field("role", AccountRole, wide=True),
                whole_field("lead_days", when=reserve),
                amount_field("breaking_cost", when=reserve),
                day_field("frozen_until", blank="not frozen"),
            ),
        ),
        FormSection("Particulars", (line_field("platform"), TAGS, NOTES), more=True),
    )
)

FACILITY = FormLayout(
    (
        FormSection(
            "Identity",
            (
                line_field("name"),
                enum_field("kind", FacilityKind),
                line_field("lender", wide=False),
                line_field("contact"),
            ),
        ),
        FormSection(
            "Amount", (amount_field("limit"), amount_field("minimum_draw", when=lends_cash))
        ),
        FormSection(
            "Access",
            (
                tick_field("purchases_only", when=no_overdraft),
                FormField("purchase_tags", TagsControl, purchases, wide=True),
                enum_field("use", FundsUse, wide=True),
                FormField("use_tags", TagsControl, is_one_of("use", FundsUse.TAGGED), wide=True),
                line_field("permitted_use"),
                whole_field("lead_days", blank="not known", when=no_overdraft),
                day_field("last_verified", blank="not yet"),
                day_field("usage_until", blank="no date yet|open"),
                day_field("contract_until", blank="no date yet|open"),
                whole_field(
                    "renewal_notice_days",
                    blank="not known",
                    when=is_filled("contract_until"),
                ),
            ),
        ),
        FormSection(
            "Price and repayment",
            (
                percent_field("rate_percent"),
                enum_field("rate_per", RatePer),
                enum_field("method", RepaymentMethod, wide=True),
                whole_field("statement_day", when=cycle),
                FormField(
                    "due_day",
                    partial(WholeControl, blank="day of the draw, or month end"),
                    on_a_day_of_the_month,
                    label="Interest is charged on day",
                    called=overdraft,
                ),
                whole_field("due_days_after", blank="on a day of the month", when=cycle),
                percent_field("takings_percent", when=takings),
                FormField("takings_tags", TagsControl, takings, wide=True),
                FormField(
                    "takings_into",
                    partial(RecordControl, accounts, "any account"),
                    takings,
                    wide=True,
                ),
                whole_field("periods", when=has_periods),
                percent_field("draw_fee_percent", when=lends_cash),
            ),
        ),
        FormSection(
            "Terms of drawing",
            (
                tick_field("committed"),
                tick_field("revolving", when=no_overdraft),
                FormField(
                    "repaid_share_percent",
                    WholeControl,
                    both(is_one_of("revolving", True), no_overdraft),
                    wide=True,
                ),
                FormField("headroom_haircut_percent", WholeControl, wide=True),
                amount_field("draw_step", blank=None, when=lends_cash),
                whole_field("maximum_draws", blank="any number", when=lends_cash),
                whole_field("draws_made", when=counts_draws),
                amount_field("blocked"),
                tick_field("first_at_once", when=in_instalments),
                enum_field("day_count", DayCount, wide=True, when=by_days),
                enum_field("due_adjustment", Adjustment, wide=True),
                LIMIT_CHANGES,
                OVERDRAWN,
            ),
            more=True,
        ),
        FormSection("Special terms", (*SPECIAL_TERMS, INTEREST_FROM_PURCHASE), more=True),
        FormSection(
            "Bills",
            (amount_field("credit_balance", when=cycle), bought_field("unbilled")),
            more=True,
        ),
        FormSection(
            "Cash from a card",
            (
                amount_field("cash_advance_limit", when=purchases),
                percent_field("cash_advance_fee_percent", when=lends_cash_too),
                percent_field("cash_advance_rate_percent", when=lends_cash_too),
            ),
            more=True,
        ),
        FormSection(
            "How it may go",
            (
                enum_field("default_mode", LINE_MODES, wide=True),
                day_field("lost_since", blank="not gone"),
                tick_field("callable"),
                whole_field("notice_days", when=needs_notice),
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
        FormSection(
            "Particulars",
            (
                line_field("platform"),
                line_field("upstream_funder"),
                line_field("holder"),
                FormField("paid_from", OwnAccount),
                FormField("paid_into", OwnAccount, lends_cash),
                day_field("identity_until", blank="not known"),
                tick_field("personal"),
                TAGS,
                NOTES,
            ),
            more=True,
        ),
    )
)


PLANNED_DRAW = FormLayout(
    (
        FormSection(
            "Planned draw",
            (
                line_field("name"),
                FormField("facility", partial(RecordControl, lines_to_draw_on), wide=True),
                amount_field("amount", blank=None),
                whole_field("periods"),
                line_field("purpose"),
            ),
        ),
        WHEN,
        FormSection("Particulars", (SETTLED, TAGS, NOTES), more=True),
    ),
    required=("name", "amount", "facility"),
)

LINK_GROUP = FormLayout(
    (
        FormSection("Group", (line_field("name"), line_field("reason"))),
        FormSection(
            "Members",
            (
                FormField(
                    "members",
                    partial(ChecksControl, lines_and_accounts),
                    wide=True,
                    labelled=False,
                ),
            ),
        ),
        FormSection("Particulars", (TAGS, NOTES), more=True),
    ),
    required=("name",),
)
