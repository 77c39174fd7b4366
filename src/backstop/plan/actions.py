"""One step of a plan: what kind it is, what it uses, when its money moves."""

from dataclasses import dataclass, field
from enum import StrEnum

from backstop.domain import Message


class ActionKind(StrEnum):
    """The key of each kind of option, in the order in which they are offered."""

    RESERVE = "reserve"
    DRAW = "draw"
    RENEW = "renew"
    PURCHASE = "purchase"
    REFINANCE = "refinance"
    DEFER = "defer"
    CUT = "cut"
    COLLECT_EARLY = "collect_early"
    FACTOR = "factor"
    SELL_ASSET = "sell_asset"
    OWNER_MONEY = "owner_money"
    NEW_FACILITY = "new_facility"
    RENEGOTIATE = "renegotiate"


class Phase(StrEnum):
    """When an action is to be started: now, on the day the line goes, or by a later day."""

    DO_NOW = "do_now"
    ON_THE_DAY = "on_the_day"
    BY_DATE = "by_date"


@dataclass(frozen=True, slots=True)
class Repayment:
    """Money that an action obliges the owner to pay later: day offset, minor units."""

    day: int
    amount: int


@dataclass(frozen=True)
class Action:
    """One step of a plan.

    `source` is the facility, account or cash flow it uses; `name` is that record's. On `day` the
    money moves, on `start_day` the owner has to begin (day offsets; `day` less the lead time).
    `amount` is what is drawn, released, put off or cut; `cost` what it costs in all, both in minor
    units. `payment` is the id of what it is about, where that is not its source: the payment that a
    purchase pays, the debt that is paid off, the receipt that comes early, the line whose balance
    is renegotiated. `days` are those of the payments that are cut or go through a line, each by an
    equal part of the amount, or of that receipt; empty where it is about one payment on `day`.
    `repays` names the line of another platform that it repays by a platform's money.
    `pinned` says that the owner wants it so; `done`, that it has happened already.
    """

    kind: ActionKind
    source: str
    name: str
    day: int
    start_day: int
    amount: int
    cost: int
    phase: Phase
    contact: str = ""
    payment: str = ""
    payment_name: str = ""
    periods: int = 0
    days: tuple[int, ...] = ()
    repayments: tuple[Repayment, ...] = ()
    because: Message | None = None
    pinned: bool = False
    repays: str = field(default="", repr=False)
    done: bool = field(default=False, repr=False)

    @property
    def what(self) -> tuple[object, ...]:
        """What tells one offered action from all others, whatever its amount."""
        return self.kind, self.source, self.day, self.payment, self.periods, self.days

    @property
    def times(self) -> int:
        """Of how many payments the amount is a part."""
        return max(1, len(self.days))

    @property
    def last_repayment_day(self) -> int | None:
        """The day (offset) of the last repayment; None where nothing is paid back."""
        return max((each.day for each in self.repayments), default=None)
