"""What lending costs and how it is paid back: of lines, of their draws, of what could be had."""

from datetime import date
from decimal import Decimal
from typing import Annotated

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.kinds import (
    Compounding,
    DayCount,
    MinimumBase,
    RatePer,
    RepaymentMethod,
    Rhythm,
    Rounding,
)
from backstop.domain.records import ZERO, Record

MOST_YEARLY_PERCENT = 300
MOST_DAILY_PERCENT = 1
TEN = Decimal(10)


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
        for change in self.rate_changes:
            check.check_percent(self.name, "rate_changes", change.percent, self.most_percent)
            check.check_date(self.name, "rate_changes", change.from_day)
        days = (each.from_day for each in self.rate_changes)
        check.check_in_order(self.name, "rate_changes", days)
