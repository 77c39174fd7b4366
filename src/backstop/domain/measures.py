"""What an owner could do about a gap beside drawing on lines and using reserves."""

from decimal import Decimal

from backstop.domain import validation as check
from backstop.domain.kinds import MeasureKind
from backstop.domain.lines import MOST_NOTICE_DAYS, Priced
from backstop.domain.records import MOST_LEAD_DAYS, MOST_PERIODS, ZERO

_NEEDS_TARGET = (MeasureKind.FACTOR, MeasureKind.COLLECT_EARLY, MeasureKind.RENEGOTIATE)
_NEEDS_AMOUNT = (MeasureKind.SELL_ASSET, MeasureKind.NEW_FACILITY, MeasureKind.OWNER_MONEY)


class Measure(Priced, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A permission beyond the lines that exist; what counts depends on its `kind`.

    - *sell an asset*: `amount` less `cost_percent` arrives after `lead_days`.
    - *factor*: `advance_percent` of the receipts of `target` is paid at once for `cost_percent`,
      the rest when the customer pays; with `recourse` an unpaid claim falls back.
    - *collect early*: receipts of `target` come up to `days_earlier` days earlier, at a discount.
    - *owner or family money*: `amount`, given back after `repay_after_days`, or never.
    - *new facility*: one that could be applied for: likely limit `amount`, there after `lead_days`
      with `chance_percent`, paid back in `periods` by its price; `arranged` once it is agreed.
    - *renegotiate*: what `target` asks back at once is paid in `periods` instalments instead.

    `excludes` and `depends_on` name other measures and lines. Amounts in minor units.
    """

    kind: MeasureKind
    amount: int = 0
    lead_days: int = 0
    cost_percent: Decimal = ZERO
    target: str = ""
    advance_percent: int = 80
    recourse: bool = False
    days_earlier: int = 30
    repay_after_days: int | None = None
    periods: int = 12
    provider: str = ""
    contact: str = ""
    chance_percent: int = 100
    arranged: bool = False
    excludes: tuple[str, ...] = ()
    depends_on: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        super().__post_init__()
        for field in ("provider", "contact"):
            check.check_line(self.name, field, getattr(self, field))
        for field in ("advance_percent", "chance_percent"):
            check.check_number(self.name, field, getattr(self, field), 0, 100)
        check.check_percent(self.name, "cost_percent", self.cost_percent, 100)
        check.check_number(self.name, "lead_days", self.lead_days, 0, MOST_LEAD_DAYS)
        check.check_number(self.name, "days_earlier", self.days_earlier, 1, MOST_LEAD_DAYS)
        check.check_number(self.name, "periods", self.periods, 1, MOST_PERIODS)
        if self.repay_after_days is not None:
            check.check_number(
                self.name, "repay_after_days", self.repay_after_days, 1, MOST_NOTICE_DAYS
            )
        self._check_kind()

    def _check_kind(self) -> None:
        """Each kind has what it cannot be understood without."""
        check.check_amount(self.name, "amount", self.amount, int(self.kind in _NEEDS_AMOUNT))
        if self.kind in _NEEDS_TARGET and not self.target:
            raise check.refuse(
                self.name, "target", "this measure needs one. Choose what it is about."
            )
