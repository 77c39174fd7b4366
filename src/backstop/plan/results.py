"""What a plan says: actions, what they cost, why each is there, and what remains uncovered."""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import StrEnum

from backstop.contingency import Bounced, Contingency, Outcome
from backstop.domain import Message

DEBT_SERVICE_DAYS = 30


class ActionKind(StrEnum):
    DRAW = "draw"
    PURCHASE = "purchase"
    REFINANCE = "refinance"
    RESERVE = "reserve"
    DEFER = "defer"
    CUT = "cut"
    SELL_ASSET = "sell_asset"
    FACTOR = "factor"
    COLLECT_EARLY = "collect_early"
    NEW_FACILITY = "new_facility"
    OWNER_MONEY = "owner_money"
    RENEGOTIATE = "renegotiate"
    RENEW = "renew"


LENT = (
    ActionKind.DRAW,
    ActionKind.PURCHASE,
    ActionKind.REFINANCE,
    ActionKind.NEW_FACILITY,
    ActionKind.OWNER_MONEY,
    ActionKind.RENEW,
)
"""Kinds that are new funding by others and make new debt."""

REARRANGING = (ActionKind.PURCHASE, ActionKind.DEFER, ActionKind.CUT)
"""Kinds by which a payment is made otherwise: the cash changes on its day."""

BRINGING_NO_MONEY = (*REARRANGING, ActionKind.RENEGOTIATE)
"""Kinds that change when something is paid, and to whom or how, on the day on which it is due."""

DEBTS = (*LENT, ActionKind.RENEGOTIATE)


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
    done: bool = field(default=False, repr=False)

    @property
    def times(self) -> int:
        """Of how many payments the amount is a part."""
        return max(1, len(self.days))

    @property
    def last_repayment_day(self) -> int | None:
        return max((each.day for each in self.repayments), default=None)


@dataclass(frozen=True)
class Cure:
    """How far a contingency can be cured by the best use of what is left.

    `missed` are the least amounts left unpaid, by priority class, when starting at once;
    `deadline` is the last day (offset) on which starting still ends no worse, None where starting
    makes no difference. By linear programming; where a plan was drafted, `missed` is what that
    leaves, and nobody need start before it does.
    """

    missed: tuple[int, int, int]
    deadline: int | None

    @property
    def complete(self) -> bool:
        return not any(self.missed)


@dataclass(frozen=True)
class NextBest:
    """The best plan without one action's source: what it costs and leaves unpaid besides.

    Minor units; `cost_more` may be negative where that plan takes more steps or goodwill.
    """

    source: str
    steps: int
    cost_more: int
    missed_more: tuple[int, int, int]
    said: Message


@dataclass(frozen=True)
class Worth:
    """What one more unit of a source (empty: own cash from the start) would save.

    `share` is money saved for each unit of money: cost, or what stays unpaid where something does.
    """

    source: str
    share: float
    said: Message


@dataclass(frozen=True)
class Explanation:
    """`next_best` in the order of the plan's actions that are not done; `worth` of what binds, the
    most first; `tightest` is the day (offset) that binds, None where nothing does."""

    next_best: tuple[NextBest, ...]
    worth: tuple[Worth, ...]
    tightest: int | None
    tightest_said: Message | None


@dataclass(frozen=True)
class LineCure:
    """The least extra limit (minor units) that would cure a loss if its money came within
    `lead_days`; None where that is too late."""

    lead_days: int
    limit: int | None


@dataclass(frozen=True)
class Shortage:
    """What a plan leaves unpaid, in the order in which to miss it, and what would cure it.

    `cash` more by `cash_day` (offset), with the best plan around it, leaves nothing unpaid; None
    where it comes too late. `lines` are on the terms of the lost line. Money in minor units.
    """

    order: tuple[Bounced, ...]
    income_lost: int
    cash: int | None
    cash_day: int
    lines: tuple[LineCure, ...]


@dataclass(frozen=True)
class Plan:
    """Actions for one contingency, proved by replay through the same projection as all else.

    `before` and `after` are the outcomes without and with the actions. `proved` is False when the
    replay does not bear out what the optimiser promised; such a plan says so wherever it is shown.
    `unmet` are wishes of the owner that could not be granted; `more` says what is left out because
    it pays too little for a step.
    """

    contingency: Contingency
    fingerprint: str
    actions: tuple[Action, ...]
    cost: int
    before: Outcome
    after: Outcome
    proved: bool
    remains: Message
    unmet: tuple[Message, ...] = ()
    more: Message | None = None
    explanation: Explanation | None = None
    shortage: Shortage | None = None

    @property
    def missed(self) -> tuple[Bounced, ...]:
        """Obligations that the plan cannot meet."""
        return self.after.bounced

    @property
    def new_debt(self) -> int:
        borrowed = (
            ActionKind.DRAW,
            ActionKind.NEW_FACILITY,
            ActionKind.OWNER_MONEY,
            ActionKind.RENEW,
        )
        return sum(a.amount for a in self.actions if a.kind in borrowed and a.repayments)

    @property
    def peak_debt_service(self) -> int:
        """The most that the plan's new debts ask for within any thirty days."""
        owed: dict[int, int] = defaultdict(int)
        for each in self.actions:
            for due in each.repayments if each.kind in DEBTS else ():
                owed[due.day] += due.amount
        windows = (range(day, day + DEBT_SERVICE_DAYS) for day in owed)
        return max((sum(owed[d] for d in window if d in owed) for window in windows), default=0)

    def in_phase(self, phase: Phase) -> tuple[Action, ...]:
        return tuple(each for each in self.actions if each.phase is phase)
