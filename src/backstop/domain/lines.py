"""Lines of credit: what may be drawn, at what price, how it is paid back, and how it may go."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.bought import Bought, Credited
from backstop.domain.kinds import (
    LINE_MODES,
    RENEWAL_MODES,
    Adjustment,
    CutRule,
    FacilityKind,
    FundsUse,
    LossMode,
    RepaymentMethod,
)
from backstop.domain.overdrafts import Overdrawn, check_overdraft
from backstop.domain.priced import Priced
from backstop.domain.records import ZERO, Account, Contact, LeadDays, Periods, Platform
from backstop.domain.takings import check_takings
from backstop.domain.tranches import Tranche

MOST_NOTICE_DAYS = 3650

NoticeDays = Annotated[int, spec.days("Notice (days)", most=MOST_NOTICE_DAYS)]
CutPercent = Annotated[int, spec.share("A cut takes (%)")]
"""What a line and a saved loss have alike."""


class LimitChange(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `from_day` on the limit is another; with `until`, to that day only."""

    from_day: Annotated[date, spec.day("From")]
    limit: Annotated[int, spec.amount("Credit limit")]
    until: Annotated[date | None, spec.day("Until")] = None


class Facility(Priced, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """An arrangement to obtain money from others, who may stop it.

    How it may go: `callable` with `notice_days`; a freeze lasts `freeze_days`; a cut takes
    `cut_percent` of the limit, and `cut_rule` says what becomes of a balance above the new one (due
    after `excess_days`). `systemic`: not available when everyone needs it. `lost_since` is the day
    from which it really takes nothing new; what is owed on it goes on.

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
    lender owes the owner: it lowers the next bills; what of it is `credited` since an earlier day,
    also bills that were sent since. `unbilled` is what was bought since the last statement.

    A card that pays purchases may also lend cash, up to `cash_advance_limit` of its limit: for a
    fee, with interest at `cash_advance_rate_percent` (quoted as `rate_per` says) from the day on.
    `renewal_notice_days` before `contract_until` the lender has said, or the owner can know,
    whether the contract is renewed; None where nobody knows.
    Of a draw that is paid back in instalments, the first may fall due `first_at_once`, on its day.

    `limit_changes`, in the order of their days, say what the limit is later; a temporary one goes
    before one for good. `blocked` is what of the limit is taken up and not owed, and does not come
    back. Of `maximum_draws` in all, `draws_made` are made. `paid_from` is the account that pays
    what is due, `paid_into` the one into which draws are paid; the main one where none is named.

    Its money is for one `use`: in a purpose's case, for payments with one of `use_tags`;
    `permitted_use` is how the lender puts it.
    `personal` credit is not meant for the business; `identity_until` is when the papers that the
    lender has on file expire.

    A draw repaid by a share of takings costs a fixed total: `takings_percent` of each receipt that
    has one of `takings_tags` (any, without) and comes into `takings_into` (anywhere, without) is
    kept back from the day after the draw, until the total is reached; `periods` is how many months
    that is expected to take, for the cost of it.

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
    use: Annotated[FundsUse, spec.labelled("Money is for", since=5)] = FundsUse.ANY
    use_tags: Annotated[tuple[str, ...], spec.tags("For payments tagged", since=5)] = ()
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
    lost_since: Annotated[date | None, spec.day("Gone since", since=5)] = None
    takings_percent: Annotated[Decimal, spec.percent("Share of takings (%)", since=4)] = ZERO
    takings_tags: Annotated[tuple[str, ...], spec.tags("Of receipts tagged", since=4)] = ()
    takings_into: Annotated[str, spec.identifier("Of receipts into", blank=True, since=4)] = ""
    # outstanding
    overdrawn: Annotated[
        tuple[Overdrawn, ...], spec.rows("Below zero since the last charge", since=4)
    ] = ()
    credit_balance: Annotated[int, spec.amount("Credit balance", since=4)] = 0
    credited: Annotated[tuple[Credited, ...], spec.rows("Of that, since", since=5)] = ()
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
        self._check_lost()
        self._check_use()
        self._check_default_mode()
        self._check_statement_cycle()
        self._check_credited()
        check_overdraft(self)
        check_takings(self)

    def _check_limit(self) -> None:
        for change in self.limit_changes:
            check.check_order(
                self.name, ("from_day", change.from_day), ("limit_changes", change.until)
            )
        days = (each.from_day for each in self.limit_changes)
        check.check_in_order(self.name, "limit_changes", days)
        if self.maximum_draws is not None and self.draws_made > self.maximum_draws:
            raise check.refuse(
                self.name,
                "draws_made",
                "more than the {most} that are possible. Correct one of the two.",
                most=self.maximum_draws,
            )

    def _check_use(self) -> None:
        if self.use is FundsUse.TAGGED and not self.use_tags:
            raise check.refuse(
                self.name,
                "use_tags",
                "money for a purpose needs one. Enter the tags of the payments that it is for, or "
                "choose another use.",
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

    def _check_lost(self) -> None:
        if self.lost_since is not None and self.method is RepaymentMethod.OVERDRAFT:
            raise check.refuse(
                self.name,
                "lost_since",
                "an overdraft that is gone has no limit. Set its limit to 0 instead.",
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

    def _check_credited(self) -> None:
        if sum(each.amount for each in self.credited) > self.credit_balance:
            raise check.refuse(
                self.name,
                "credited",
                "more than the credit balance. Correct one of the two.",
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
    def is_repaid_by_takings(self) -> bool:
        """Whether a share of takings repays what is drawn on it."""
        return self.method is RepaymentMethod.SHARE_OF_TAKINGS

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


def is_gone(record: object, as_of: date) -> bool:
    """Whether a line really closed, or an account is frozen beyond that day: nobody can lose it
    again."""
    if isinstance(record, Account):
        return record.frozen_until is not None and record.frozen_until > as_of
    return isinstance(record, Facility) and record.lost_since is not None
