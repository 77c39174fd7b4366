"""Lines of credit: what may be drawn, at what price, how it is paid back, and how it may go."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.bought import Bought
from backstop.domain.kinds import (
    LINE_MODES,
    RENEWAL_MODES,
    Adjustment,
    Compounding,
    CutRule,
    DayCount,
    EarlyEffect,
    FacilityKind,
    LossMode,
    MinimumBase,
    RatePer,
    RepaymentMethod,
    Rhythm,
    Rounding,
)
from backstop.domain.origins import Origin, check_origin
from backstop.domain.overdrafts import Overdrawn, check_overdraft, refuse_overdraft
from backstop.domain.records import ZERO, Contact, LeadDays, Periods, Platform, Record
from backstop.domain.validation import FIRST_DAY, LAST_DAY

MOST_YEARLY_PERCENT = 300
MOST_DAILY_PERCENT = 1
MOST_NOTICE_DAYS = 3650
TEN = Decimal(10)

NoticeDays = Annotated[int, spec.days("Notice (days)", most=MOST_NOTICE_DAYS)]
CutPercent = Annotated[int, spec.share("A cut takes (%)")]
"""What a line and a saved loss have alike."""


class RateChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `from_day` on, the quoted rate is `percent`."""

    from_day: Annotated[date, spec.labelled("From")]
    percent: Annotated[Decimal, spec.percent("Rate (%)", by_rule=True)]


class Priced(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a facility and each tranche under it both have: price and way of repayment.

    `due_day` is the day of the month of each instalment (31 means the last day); without one, the
    day of the month of the draw counts. Nothing is due in the first `grace_periods`, then only
    interest in `interest_only_periods`. `rate_changes`, in the order of their days, say what the
    rate is from then on.

    Instalments fall due every month, or in another `rhythm`, each on its own day of the month or
    that many weeks after the first. `balloon_percent` of what was drawn is due with the last. What
    is due whole may bear interest on its interest (`compounding`, counted from the day of the
    draw). `rounding` is how the lender rounds interest.

    A statement cycle is paid in full, or, with `pays_minimum`, by `minimum_percent` of its
    `minimum_base`, at least `minimum_floor`; the rest bears interest. Or each bill is paid in
    `bill_instalments` months, for a fee of `instalment_fee_percent` of the bill.
    """

    rate_percent: Annotated[Decimal, spec.percent("Rate (%)", by_rule=True)] = ZERO
    rate_per: Annotated[RatePer, spec.labelled("Rate is quoted")] = RatePer.YEAR
    day_count: Annotated[DayCount, spec.labelled("Day count")] = DayCount.ACTUAL_365
    method: Annotated[RepaymentMethod, spec.labelled("Repayment")] = RepaymentMethod.ANNUITY
    due_day: Annotated[int | None, spec.number("Due day", 1, 31)] = None
    grace_periods: Annotated[int, spec.months("First instalments without payment")] = 0
    interest_only_periods: Annotated[int, spec.months("Then instalments of interest only")] = 0
    rhythm: Annotated[Rhythm, spec.labelled("Instalments come", since=4)] = Rhythm.MONTHLY
    balloon_percent: Annotated[Decimal, spec.percent("Left for the last (%)", since=4)] = ZERO
    compounding: Annotated[Compounding, spec.labelled("Interest bears interest", since=4)] = (
        Compounding.NEVER
    )
    rounding: Annotated[Rounding, spec.labelled("Interest is rounded", since=4)] = Rounding.EACH
    rate_changes: Annotated[tuple[RateChange, ...], spec.labelled("Later rates")] = ()
    pays_minimum: Annotated[bool, spec.labelled("Only the minimum is paid")] = False
    minimum_percent: Annotated[Decimal, spec.percent("Minimum payment (%)")] = TEN
    minimum_base: Annotated[MinimumBase, spec.labelled("The minimum is a share of")] = (
        MinimumBase.BALANCE
    )
    minimum_floor: Annotated[int, spec.amount("Minimum payment, at least")] = 0
    bill_instalments: Annotated[int, spec.months("A bill is paid in (months)", least=1)] = 1
    instalment_fee_percent: Annotated[Decimal, spec.percent("Fee for instalments (%)")] = ZERO

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_percent(self.name, "rate_percent", self.rate_percent, self.most_percent)
        self._check_rate_changes()
        if self.minimum_percent < 1:
            raise check.refuse(
                self.name, "minimum_percent", "so little never pays the card off. Enter 1 or more."
            )

    @property
    def most_percent(self) -> int:
        """The highest percentage that a rate quoted in this way can be."""
        return MOST_DAILY_PERCENT if self.rate_per is RatePer.DAY else MOST_YEARLY_PERCENT

    def _check_rate_changes(self) -> None:
        before = FIRST_DAY
        for change in self.rate_changes:
            check.check_percent(self.name, "rate_changes", change.percent, self.most_percent)
            check.check_date(self.name, "rate_changes", change.from_day)
            if change.from_day <= before:
                raise check.refuse(
                    self.name,
                    "rate_changes",
                    "{day} does not come after the change before it. Put the days in order.",
                    day=change.from_day,
                )
            before = change.from_day


class ScheduleRow(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One instalment as the lender lists it, in minor units."""

    due: Annotated[date, spec.labelled("Due on")]
    principal: Annotated[int, spec.amount("Principal", by_rule=True)]
    interest: Annotated[int, spec.amount("Interest", by_rule=True)]
    total: Annotated[int, spec.amount("Total", by_rule=True)]


class Tranche(Priced, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One drawing outstanding: what is still owed of it, and when the next instalment falls due.

    `interest_from` is the day from which the interest of the first instalment runs; without one it
    is a month before that instalment, and never after the book's as-of date: what is outstanding
    bears interest today. A `BULLET` of one instalment falls due whole on `next_due`; one of several
    begins a month before `next_due` and falls due with the last of them.

    Where the `origin` is known, the schedule is generated from it and cut by `paid_instalments`:
    one that is paid instalment by instalment stays the same to the unit. `principal`, `next_due`
    and `remaining_periods` are then what is left by that schedule.

    `original_principal` is the base of a fee quoted on the principal (0: same as `principal`, or as
    that of the origin). `imported` is the lender's own schedule, which then counts instead of ours:
    each row adds up, and the principals of those not paid yet are what is owed. `early_amount` is
    paid back on `early_on`, with a fee of `early_fee_percent` of it; `early_effect` says what
    becomes of the later instalments.

    `charges` (minor units) are interest and fees that have run up already and are due with the next
    payment. `purchases` are those on a card's bill: they add up to its principal, and say from when
    interest runs if the bill is not paid in full. `cash_advance` marks cash drawn on a card, which
    is never free of interest and is due whole on `next_due`.
    """

    principal: Annotated[int, spec.amount("Principal", least=1)]
    next_due: Annotated[date, spec.day("Next due date")]
    remaining_periods: Annotated[int, spec.months("Instalments left", least=1)] = 1
    interest_from: Annotated[date | None, spec.day("Interest runs from", since=4)] = None
    origin: Annotated[Origin | None, spec.part("How it began", since=4)] = None
    paid_instalments: Annotated[int, spec.months("Instalments paid", since=4)] = 0
    original_principal: Annotated[int, spec.amount("Original principal")] = 0
    charges: Annotated[int, spec.amount("Interest and fees run up so far", since=4)] = 0
    purchases: Annotated[tuple[Bought, ...], spec.rows("Purchases on this bill", since=4)] = ()
    cash_advance: Annotated[bool, spec.labelled("Cash drawn on a card", since=4)] = False
    imported: Annotated[tuple[ScheduleRow, ...], spec.labelled("The lender's schedule")] = ()
    early_on: Annotated[date | None, spec.day("Paid back early on")] = None
    early_amount: Annotated[int, spec.amount("Paid back early")] = 0
    early_effect: Annotated[EarlyEffect, spec.labelled("Paying early makes")] = EarlyEffect.SHORTEN
    early_fee_percent: Annotated[Decimal, spec.percent("Fee for paying early (%)")] = ZERO

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_overdraft(self)
        self._check_interest_from()
        check_origin(self)
        self._check_imported()
        self._check_purchases()

    def _check_purchases(self) -> None:
        bought = sum(each.amount for each in self.purchases)
        if self.purchases and bought != self.principal:
            raise check.refuse(
                self.name,
                "purchases",
                "they add up to {sum}, but {principal} minor units are owed. Correct the "
                "purchases, or the principal.",
                sum=bought,
                principal=self.principal,
            )

    def _check_interest_from(self) -> None:
        first = min((row.due for row in self.imported), default=self.next_due)
        if self.interest_from is not None and self.interest_from > first:
            raise check.refuse(
                self.name,
                "interest_from",
                "{day} comes after the first instalment ({due}). "
                "Enter that day, or an earlier one.",
                day=self.interest_from,
                due=first,
            )

    def _check_imported(self) -> None:
        """A schedule that does not add up is refused, naming the row."""
        before = FIRST_DAY
        for number, row in enumerate(self.imported, start=1):
            self._check_row(number, row, before)
            before = row.due
        left = self.imported[self.paid_instalments :]
        owed = sum(row.principal for row in left)
        if self.imported and owed != self.principal:
            raise check.refuse(
                self.name,
                "imported",
                "the principal in its {rows} rows adds up to {sum}, but {principal} minor units "
                "are owed. Correct the rows, or the principal.",
                rows=len(left),
                sum=owed,
                principal=self.principal,
            )

    def _check_row(self, number: int, row: ScheduleRow, before: date) -> None:
        field = "imported"
        for amount in (row.principal, row.interest):
            check.check_amount(self.name, field, amount)
        if row.principal + row.interest != row.total:
            raise check.refuse(
                self.name,
                field,
                "in row {row}, principal and interest make {sum}, not {total} minor units. "
                "Correct that row.",
                row=number,
                sum=row.principal + row.interest,
                total=row.total,
            )
        if row.due < before or row.due > LAST_DAY:
            raise check.refuse(
                self.name,
                field,
                "row {row} is due on {due}, before the row above it or outside what is "
                "possible. Put the rows in order.",
                row=number,
                due=row.due,
            )


class LimitChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `from_day` on the limit is another; with `until`, to that day only."""

    from_day: Annotated[date, spec.day("From")]
    limit: Annotated[int, spec.amount("Credit limit")]
    until: Annotated[date | None, spec.day("Until")] = None


class Facility(Priced, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An arrangement to obtain money from others, who may stop it.

    How it may go: `callable` with `notice_days`; a freeze lasts `freeze_days`; a cut takes
    `cut_percent` of the limit, and `cut_rule` says what becomes of a balance above the new one (due
    after `excess_days`). `systemic`: not available when everyone needs it.

    A source counts in a plan only when `lead_days` is known and it was verified once ("listed is
    not available"), or the owner counts on unsure ones too. `purchase_tags` name the payments that
    a purchases-only line may pay.

    What falls due on a day when banks are closed is paid when `due_adjustment` says, whatever is
    owed on the line; interest goes on by the days of the contract, and no later due day moves.

    A card with a `statement_day` sends one bill for each statement, due on `due_day`, the first
    such day after it, or `due_days_after` it, where that is given. A purchase on the statement day
    falls on the next one. Where only the minimum is paid, it is that of the whole bill: of all
    that was bought and not paid off by then. With `interest_from_purchase` whoever pays less than
    the bill loses its interest-free time: what was bought since the bill before bears interest
    from its own day, due along with the next bill. `credit_balance` (minor units) is what the
    lender owes the owner: it lowers the next bills. `unbilled` is what was bought since the last
    statement.

    A card that pays purchases may also lend cash, up to `cash_advance_limit` of its limit: for a
    fee, with interest at `cash_advance_rate_percent` (quoted as `rate_per` says) from the day on.
    `renewal_notice_days` before `contract_until` the lender has said, or the owner can know,
    whether the contract is renewed; None where nobody knows.
    Of a draw that is paid back in instalments, the first may fall due `first_at_once`, on its day.

    `limit_changes`, in the order of their days, say what the limit is later; a temporary one goes
    before one for good. `blocked` is what of the limit is taken up and not owed, and does not come
    back. Of `maximum_draws` in all, `draws_made` are made. `paid_from` is the account that pays
    what is due, `paid_into` the one into which draws are paid; the main one where none is named.

    `personal` credit is not meant for the business; `identity_until` is when the papers that the
    lender has on file expire.

    An overdraft (by its `method`) is no line to draw on: pooled cash may fall below zero by its
    limit. Its interest runs on what is below zero at the end of each day, and is charged on
    `due_day` of each month (the last one, without); `overdrawn` says since the last charge how far
    the account was below zero before the as-of date. Whichever way it goes for good, what is owed
    is due after `notice_days`; a cut limit counts from then on too, or as `cut_rule` says.
    """

    kind: Annotated[FacilityKind, spec.labelled("Kind")] = FacilityKind.OTHER
    lender: Annotated[str, spec.line("Lender")] = ""
    platform: Platform = ""
    upstream_funder: Annotated[str, spec.line("Actual funder")] = ""
    holder: Annotated[str, spec.line("Holder")] = ""
    contact: Contact = ""
    # amount
    limit: Annotated[int, spec.amount("Credit limit")] = 0
    limit_changes: Annotated[
        tuple[LimitChange, ...], spec.rows("Later or temporary limits", since=4)
    ] = ()
    blocked: Annotated[int, spec.amount("Taken up and not coming back", since=4)] = 0
    committed: Annotated[bool, spec.labelled("Committed")] = False
    revolving: Annotated[bool, spec.labelled("Revolving")] = True
    repaid_share_percent: Annotated[int, spec.share("Share of repaid limit that returns (%)")] = 100
    headroom_haircut_percent: Annotated[int, spec.share("Haircut on the limit (%)")] = 0
    cash_advance_limit: Annotated[int, spec.amount("Cash advance, at most")] = 0
    cash_advance_fee_percent: Annotated[Decimal, spec.percent("Fee for a cash advance (%)")] = ZERO
    cash_advance_rate_percent: Annotated[
        Decimal, spec.percent("Rate of a cash advance (%)", by_rule=True)
    ] = ZERO
    # access
    lead_days: LeadDays | None = 0
    minimum_draw: Annotated[int, spec.amount("Smallest draw")] = 0
    draw_step: Annotated[int, spec.amount("Draw step", least=1)] = 1
    maximum_draws: Annotated[int | None, spec.number("Most draws", 0, 1000)] = None
    first_at_once: Annotated[bool, spec.labelled("First instalment at once", since=4)] = False
    draws_made: Annotated[int, spec.number("Draws made", 0, 1000, since=4)] = 0
    paid_from: Annotated[str, spec.identifier("Paid from", blank=True, since=4)] = ""
    paid_into: Annotated[str, spec.identifier("Draws are paid into", blank=True, since=4)] = ""
    purchases_only: Annotated[bool, spec.labelled("Pays purchases only")] = False
    purchase_tags: Annotated[tuple[str, ...], spec.tags("Pays payments tagged")] = ()
    permitted_use: Annotated[str, spec.line("Permitted use")] = ""
    personal: Annotated[bool, spec.labelled("Personal credit")] = False
    identity_until: Annotated[date | None, spec.day("Papers on file valid until")] = None
    usage_until: Annotated[date | None, spec.day("Limit may be used until")] = None
    contract_until: Annotated[date | None, spec.day("Contract ends")] = None
    renewal_notice_days: Annotated[
        int | None, spec.days("Renewal known before the end (days)", since=3)
    ] = None
    last_verified: Annotated[date | None, spec.day("Last verified")] = None
    # price and repayment of a new draw
    draw_fee_percent: Annotated[Decimal, spec.percent("Fee per draw (%)")] = ZERO
    periods: Periods = 12
    due_adjustment: Annotated[
        Adjustment, spec.labelled("On a day when banks are closed", since=4)
    ] = Adjustment.NONE
    statement_day: Annotated[int | None, spec.number("Statement day", 1, 31)] = None
    due_days_after: Annotated[
        int | None, spec.days("Due after the statement (days)", least=1, most=60, since=4)
    ] = None
    interest_from_purchase: Annotated[
        bool, spec.labelled("Interest from the day of purchase, if not paid in full", since=4)
    ] = False
    # how it may go
    default_mode: Annotated[LossMode, spec.labelled("How it would go")] = LossMode.NO_NEW_DRAWS
    callable: Annotated[bool, spec.labelled("May be called early")] = False
    notice_days: NoticeDays = 0
    freeze_days: Annotated[
        int, spec.days("A freeze lasts (days)", least=1, most=MOST_NOTICE_DAYS)
    ] = 30
    cut_percent: CutPercent = 50
    cut_rule: Annotated[CutRule, spec.labelled("Balance above a cut limit")] = (
        CutRule.FLOOR_AT_BALANCE
    )
    excess_days: Annotated[int, spec.days("Due after (days)", most=MOST_NOTICE_DAYS)] = 30
    systemic: Annotated[bool, spec.labelled("Not available when everyone needs it")] = False
    # outstanding
    overdrawn: Annotated[
        tuple[Overdrawn, ...], spec.rows("Below zero since the last charge", since=4)
    ] = ()
    credit_balance: Annotated[int, spec.amount("Credit balance", since=4)] = 0
    unbilled: Annotated[
        tuple[Bought, ...], spec.rows("Bought since the last statement", since=4)
    ] = ()
    tranches: Annotated[tuple[Tranche, ...], spec.labelled("Outstanding draws")] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_percent(
            self.name,
            "cash_advance_rate_percent",
            self.cash_advance_rate_percent,
            self.most_percent,
        )
        check.check_order(
            self.name, ("usage_until", self.usage_until), ("contract_until", self.contract_until)
        )
        self._check_limit()
        self._check_default_mode()
        self._check_statement_cycle()
        check_overdraft(self)

    def _check_limit(self) -> None:
        before = FIRST_DAY
        for change in self.limit_changes:
            check.check_order(
                self.name, ("from_day", change.from_day), ("limit_changes", change.until)
            )
            if change.from_day <= before:
                raise check.refuse(
                    self.name,
                    "limit_changes",
                    "{day} does not come after the change before it. Put the days in order.",
                    day=change.from_day,
                )
            before = change.from_day
        if self.maximum_draws is not None and self.draws_made > self.maximum_draws:
            raise check.refuse(
                self.name,
                "draws_made",
                "more than the {most} that are possible. Correct one of the two.",
                most=self.maximum_draws,
            )

    def _check_default_mode(self) -> None:
        mode, field = self.default_mode, "default_mode"
        if mode not in LINE_MODES:
            raise check.refuse(
                self.name,
                field,
                "only an account can be frozen, and only receipts can be late or cut. "
                "Choose another way.",
            )
        if mode is LossMode.CALL and not self.callable:
            raise check.refuse(
                self.name,
                field,
                "this line may not be called early. Tick that it may be, or choose another way.",
            )
        if mode in RENEWAL_MODES and self.contract_until is None:
            raise check.refuse(
                self.name,
                field,
                "without the day on which the contract ends, its renewal cannot fail. "
                "Enter that day, or choose another way.",
            )
        if mode is LossMode.PURCHASES_BLOCKED and not self.purchases_only:
            raise check.refuse(
                self.name,
                field,
                "only a line that pays purchases can have them blocked. Choose another way.",
            )

    def _check_statement_cycle(self) -> None:
        if self.method is not RepaymentMethod.STATEMENT_CYCLE:
            self._check_without_statements()
            return
        if self.statement_day is None:
            raise check.refuse(
                self.name, "statement_day", "a statement cycle needs one. Enter a day from 1 to 31."
            )
        if self.due_day is None and self.due_days_after is None:
            raise check.refuse(
                self.name, "due_day", "a statement cycle needs one. Enter a day from 1 to 31."
            )
        if not self.purchases_only:
            raise check.refuse(
                self.name,
                "purchases_only",
                "a line with a statement cycle pays purchases. Tick it, or choose another method.",
            )

    def _check_without_statements(self) -> None:
        """What no bill will ask for or make up for cannot be."""
        for field in ("unbilled", "credit_balance"):
            if getattr(self, field):
                raise check.refuse(
                    self.name,
                    field,
                    "only a line with a statement cycle has that. Choose that repayment, or leave "
                    "this empty.",
                )

    def limit_on(self, day: date) -> int:
        """The limit of that day, in minor units."""
        begun = [each for each in self.limit_changes if each.from_day <= day]
        for_now = [each for each in begun if each.until is not None and day <= each.until]
        for_good = [each for each in begun if each.until is None]
        in_force = for_now or for_good
        return in_force[-1].limit if in_force else self.limit

    @property
    def is_overdraft(self) -> bool:
        """Whether it lets cash fall below zero, instead of lending any."""
        return self.method is RepaymentMethod.OVERDRAFT

    @property
    def lends_cash(self) -> bool:
        """Whether cash is drawn on it: it pays no purchases, and is no overdraft."""
        return not (self.purchases_only or self.is_overdraft)

    @property
    def balance(self) -> int:
        """What is owed today: all draws, and what is not billed yet, in minor units."""
        unbilled = sum(each.amount for each in self.unbilled)
        return unbilled + sum(tranche.principal for tranche in self.tranches)
