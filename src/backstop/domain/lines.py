"""Lines of credit: what may be drawn, at what price, how it is paid back, and how it may go."""

from datetime import date
from decimal import Decimal

import msgspec

from backstop.domain import validation as check
from backstop.domain.kinds import (
    LINE_MODES,
    RENEWAL_MODES,
    CutRule,
    DayCount,
    EarlyEffect,
    FacilityKind,
    LossMode,
    MinimumBase,
    RatePer,
    RepaymentMethod,
)
from backstop.domain.records import MOST_LEAD_DAYS, MOST_PERIODS, ZERO, Record
from backstop.domain.validation import FIRST_DAY, LAST_DAY

MOST_YEARLY_PERCENT = 300
MOST_DAILY_PERCENT = 1
MOST_NOTICE_DAYS = 3650
TEN = Decimal(10)

_ONE_LINE = ("lender", "platform", "upstream_funder", "holder", "contact", "permitted_use")


class RateChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `from_day` on, the quoted rate is `percent`."""

    from_day: date
    percent: Decimal


class Priced(Record, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a facility and each tranche under it both have: price and way of repayment.

    `due_day` is the day of the month of each instalment (31 means the last day); without one, the
    day of the month of the draw counts. Nothing is due in the first `grace_periods`, then only
    interest in `interest_only_periods`. `rate_changes`, in the order of their days, say what the
    rate is from then on.

    A statement cycle is paid in full, or, with `pays_minimum`, by `minimum_percent` of its
    `minimum_base`, at least `minimum_floor`; the rest bears interest. Or each bill is paid in
    `bill_instalments` months, for a fee of `instalment_fee_percent` of the bill.
    """

    rate_percent: Decimal = ZERO
    rate_per: RatePer = RatePer.YEAR
    day_count: DayCount = DayCount.ACTUAL_365
    method: RepaymentMethod = RepaymentMethod.ANNUITY
    due_day: int | None = None
    grace_periods: int = 0
    interest_only_periods: int = 0
    rate_changes: tuple[RateChange, ...] = ()
    pays_minimum: bool = False
    minimum_percent: Decimal = TEN
    minimum_base: MinimumBase = MinimumBase.BALANCE
    minimum_floor: int = 0
    bill_instalments: int = 1
    instalment_fee_percent: Decimal = ZERO

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_percent(self.name, "rate_percent", self.rate_percent, self.most_percent)
        self._check_rate_changes()
        for field in ("grace_periods", "interest_only_periods"):
            check.check_number(self.name, field, getattr(self, field), 0, MOST_PERIODS)
        check.check_percent(self.name, "minimum_percent", self.minimum_percent, 100)
        if self.minimum_percent < 1:
            raise check.refuse(
                self.name, "minimum_percent", "so little never pays the card off. Enter 1 or more."
            )
        check.check_amount(self.name, "minimum_floor", self.minimum_floor)
        check.check_number(self.name, "bill_instalments", self.bill_instalments, 1, MOST_PERIODS)
        check.check_percent(self.name, "instalment_fee_percent", self.instalment_fee_percent, 100)
        if self.due_day is not None:
            check.check_number(self.name, "due_day", self.due_day, 1, 31)

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

    due: date
    principal: int
    interest: int
    total: int


class Tranche(Priced, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One drawing outstanding: what is still owed of it, and when the next instalment falls due.

    `original_principal` is the base of a fee quoted on the principal (0: same as `principal`).
    `imported` is the lender's own schedule, which then counts instead of ours: each row adds up,
    and the principals are what is owed. `early_amount` is paid back on `early_on`, with a fee of
    `early_fee_percent` of it; `early_effect` says what becomes of the later instalments.
    """

    principal: int
    next_due: date
    remaining_periods: int = 1
    original_principal: int = 0
    imported: tuple[ScheduleRow, ...] = ()
    early_on: date | None = None
    early_amount: int = 0
    early_effect: EarlyEffect = EarlyEffect.SHORTEN
    early_fee_percent: Decimal = ZERO

    def __post_init__(self) -> None:
        super().__post_init__()
        check.check_amount(self.name, "principal", self.principal, 1)
        check.check_date(self.name, "next_due", self.next_due)
        check.check_number(self.name, "remaining_periods", self.remaining_periods, 1, MOST_PERIODS)
        check.check_amount(self.name, "original_principal", self.original_principal)
        check.check_date(self.name, "early_on", self.early_on)
        check.check_amount(self.name, "early_amount", self.early_amount)
        check.check_percent(self.name, "early_fee_percent", self.early_fee_percent, 100)
        self._check_imported()

    def _check_imported(self) -> None:
        """A schedule that does not add up is refused, naming the row."""
        before = FIRST_DAY
        for number, row in enumerate(self.imported, start=1):
            self._check_row(number, row, before)
            before = row.due
        owed = sum(row.principal for row in self.imported)
        if self.imported and owed != self.principal:
            raise check.refuse(
                self.name,
                "imported",
                "the principal in its {rows} rows adds up to {sum}, but {principal} minor units "
                "are owed. Correct the rows, or the principal.",
                rows=len(self.imported),
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


class Facility(Priced, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An arrangement to obtain money from others, who may stop it.

    How it may go: `callable` with `notice_days`; a freeze lasts `freeze_days`; a cut takes
    `cut_percent` of the limit, and `cut_rule` says what becomes of a balance above the new one (due
    after `excess_days`). `systemic`: not available when everyone needs it.

    A source counts in a plan only when `lead_days` is known and it was verified once ("listed is
    not available"), or the owner counts on unsure ones too. `purchase_tags` name the payments that
    a purchases-only line may pay.

    A card that pays purchases may also lend cash, up to `cash_advance_limit` of its limit: for a
    fee, with interest at `cash_advance_rate_percent` (quoted as `rate_per` says) from the day on.
    `personal` credit is not meant for the business; `identity_until` is when the papers that the
    lender has on file expire.
    """

    kind: FacilityKind = FacilityKind.OTHER
    lender: str = ""
    platform: str = ""
    upstream_funder: str = ""
    holder: str = ""
    contact: str = ""
    # amount
    limit: int = 0
    committed: bool = False
    revolving: bool = True
    repaid_share_percent: int = 100
    headroom_haircut_percent: int = 0
    cash_advance_limit: int = 0
    cash_advance_fee_percent: Decimal = ZERO
    cash_advance_rate_percent: Decimal = ZERO
    # access
    lead_days: int | None = 0
    minimum_draw: int = 0
    draw_step: int = 1
    maximum_draws: int | None = None
    purchases_only: bool = False
    purchase_tags: tuple[str, ...] = ()
    permitted_use: str = ""
    personal: bool = False
    identity_until: date | None = None
    usage_until: date | None = None
    contract_until: date | None = None
    last_verified: date | None = None
    # price and repayment of a new draw
    draw_fee_percent: Decimal = ZERO
    periods: int = 12
    statement_day: int | None = None
    # how it may go
    default_mode: LossMode = LossMode.NO_NEW_DRAWS
    callable: bool = False
    notice_days: int = 0
    freeze_days: int = 30
    cut_percent: int = 50
    cut_rule: CutRule = CutRule.FLOOR_AT_BALANCE
    excess_days: int = 30
    systemic: bool = False
    # outstanding
    tranches: tuple[Tranche, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        self._check_text()
        self._check_amounts()
        self._check_terms()

    def _check_text(self) -> None:
        for field in _ONE_LINE:
            check.check_line(self.name, field, getattr(self, field))
        check.check_tags(self.name, "purchase_tags", self.purchase_tags)

    def _check_amounts(self) -> None:
        check.check_amount(self.name, "limit", self.limit)
        check.check_amount(self.name, "cash_advance_limit", self.cash_advance_limit)
        check.check_amount(self.name, "minimum_draw", self.minimum_draw)
        check.check_amount(self.name, "draw_step", self.draw_step, 1)
        check.check_number(self.name, "repaid_share_percent", self.repaid_share_percent, 0, 100)
        check.check_number(
            self.name, "headroom_haircut_percent", self.headroom_haircut_percent, 0, 100
        )
        if self.lead_days is not None:
            check.check_number(self.name, "lead_days", self.lead_days, 0, MOST_LEAD_DAYS)
        if self.maximum_draws is not None:
            check.check_number(self.name, "maximum_draws", self.maximum_draws, 0, 1000)

    def _check_terms(self) -> None:
        for field in ("draw_fee_percent", "cash_advance_fee_percent"):
            check.check_percent(self.name, field, getattr(self, field), 100)
        check.check_percent(
            self.name,
            "cash_advance_rate_percent",
            self.cash_advance_rate_percent,
            self.most_percent,
        )
        check.check_number(self.name, "periods", self.periods, 1, MOST_PERIODS)
        for field in ("usage_until", "contract_until", "last_verified", "identity_until"):
            check.check_date(self.name, field, getattr(self, field))
        check.check_order(
            self.name, ("usage_until", self.usage_until), ("contract_until", self.contract_until)
        )
        self._check_ways_to_go()
        self._check_statement_cycle()

    def _check_ways_to_go(self) -> None:
        check.check_number(self.name, "notice_days", self.notice_days, 0, MOST_NOTICE_DAYS)
        check.check_number(self.name, "freeze_days", self.freeze_days, 1, MOST_NOTICE_DAYS)
        check.check_number(self.name, "cut_percent", self.cut_percent, 0, 100)
        check.check_number(self.name, "excess_days", self.excess_days, 0, MOST_NOTICE_DAYS)
        self._check_default_mode()

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
        if self.statement_day is not None:
            check.check_number(self.name, "statement_day", self.statement_day, 1, 31)
        if self.method is not RepaymentMethod.STATEMENT_CYCLE:
            return
        if self.statement_day is None:
            raise check.refuse(
                self.name, "statement_day", "a statement cycle needs one. Enter a day from 1 to 31."
            )
        if self.due_day is None:
            raise check.refuse(
                self.name, "due_day", "a statement cycle needs one. Enter a day from 1 to 31."
            )
        if not self.purchases_only:
            raise check.refuse(
                self.name,
                "purchases_only",
                "a line with a statement cycle pays purchases. Tick it, or choose another method.",
            )

    @property
    def balance(self) -> int:
        """What is owed today: the principal of all tranches, in minor units."""
        return sum(tranche.principal for tranche in self.tranches)
