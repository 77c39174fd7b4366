"""What an owner could do about a gap beside drawing on lines and using reserves."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.kinds import AskKind, MeasureKind
from backstop.domain.lines import MOST_NOTICE_DAYS
from backstop.domain.overdrafts import refuse_overdraft
from backstop.domain.priced import Priced
from backstop.domain.records import ZERO, Contact, LeadDays, Periods
from backstop.domain.takings import refuse_takings

_NEEDS_TARGET = (MeasureKind.FACTOR, MeasureKind.COLLECT_EARLY, MeasureKind.RENEGOTIATE)
_NEEDS_AMOUNT = (MeasureKind.SELL_ASSET, MeasureKind.NEW_FACILITY, MeasureKind.OWNER_MONEY)


LATER = (AskKind.EXTENSION, AskKind.LONGER_TERMS, AskKind.TAX_DEFERRAL)
"""What is paid whole, only later."""

OF_PAYMENTS = (AskKind.LONGER_TERMS, AskKind.TAX_DEFERRAL)
"""What is asked about a payment; all else, about a line."""


class Measure(Priced, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A permission beyond the lines that exist; what counts depends on its `kind`.

    - *sell an asset*: `amount` less `cost_percent` arrives after `lead_days`.
    - *factor*: `advance_percent` of the receipts of `target` is paid at once for `cost_percent`,
      the rest when the customer pays; with `recourse` an unpaid claim falls back.
    - *collect early*: receipts of `target` come up to `days_earlier` days earlier, at a discount.
    - *owner or family money*: `amount`, given back after `repay_after_days`, or never.
    - *new facility*: one that could be applied for: likely limit `amount`, there after `lead_days`
      with `chance_percent`, paid back in `periods` by its price; `arranged` once it is agreed.
    - *renegotiate*: what is due on `target`, a line or a payment, is paid otherwise for
      `cost_percent`: by `ask` in `periods` instalments, or whole `later_days` later. It counts only
      once it is `arranged`; until then it is asked for, with `chance_percent`.

    `excludes` and `depends_on` name other measures and lines. Amounts in minor units. Of what was
    used, the last time on `used_on`, `used_amount` is there no more.
    """

    kind: Annotated[MeasureKind, spec.labelled("Kind")]
    amount: Annotated[int, spec.amount("Amount", by_rule=True)] = 0
    lead_days: LeadDays = 0
    cost_percent: Annotated[Decimal, spec.percent("Cost (%)")] = ZERO
    target: Annotated[str, spec.labelled("About")] = ""
    advance_percent: Annotated[int, spec.share("Paid at once (%)")] = 80
    ask: Annotated[AskKind, spec.labelled("What is asked for", since=5)] = AskKind.INSTALMENTS
    later_days: Annotated[
        int, spec.days("Paid later by (days)", least=1, most=MOST_NOTICE_DAYS, since=5)
    ] = 90
    recourse: Annotated[bool, spec.labelled("Falls back if unpaid")] = False
    days_earlier: Annotated[int, spec.days("At most earlier by (days)", least=1)] = 30
    repay_after_days: Annotated[
        int | None, spec.days("Given back after (days)", least=1, most=MOST_NOTICE_DAYS)
    ] = None
    periods: Periods = 12
    provider: Annotated[str, spec.line("From whom")] = ""
    contact: Contact = ""
    chance_percent: Annotated[int, spec.share("Chance (%)")] = 100
    arranged: Annotated[bool, spec.labelled("Arranged")] = False
    excludes: Annotated[tuple[str, ...], spec.labelled("Not together with")] = ()
    depends_on: Annotated[tuple[str, ...], spec.labelled("Only together with")] = ()
    used_on: Annotated[date | None, spec.day("Used on", since=5)] = None
    used_amount: Annotated[int, spec.amount("Used so far", since=5)] = 0

    def __post_init__(self) -> None:
        super().__post_init__()
        refuse_overdraft(self)
        refuse_takings(self)
        self._check_kind()

    @property
    def left(self) -> int:
        """What of its amount is not used yet, in minor units."""
        return max(0, self.amount - self.used_amount)

    @property
    def is_used_up(self) -> bool:
        """Whether nothing can be done with it any more: a line that was arranged is a line, and a
        balance that was renegotiated a draw."""
        once = (MeasureKind.NEW_FACILITY, MeasureKind.RENEGOTIATE)
        if self.used_on is None:
            return False
        return self.kind in once or bool(self.amount and not self.left)

    def _check_kind(self) -> None:
        """Each kind has what it cannot be understood without."""
        check.check_amount(self.name, "amount", self.amount, int(self.kind in _NEEDS_AMOUNT))
        if self.kind in _NEEDS_TARGET and not self.target:
            raise check.refuse(
                self.name, "target", "this measure needs one. Choose what it is about."
            )
