"""What a plan says: actions, what they cost, why each is there, and what remains uncovered."""

from collections import defaultdict
from dataclasses import dataclass

from backstop.contingency import Bounced, Contingency, Outcome
from backstop.domain import Message
from backstop.plan.actions import Action, Phase
from backstop.plan.asking.asks import Ask
from backstop.plan.offers.kind import kind_of

DEBT_SERVICE_DAYS = 30


@dataclass(frozen=True)
class Cure:
    """How far a contingency can be cured by the best use of what is left.

    `missed` are the least amounts left unpaid, by priority class, when starting at once;
    `deadline` is the last day (offset) on which starting still ends no worse, None where starting
    makes no difference. By linear programming; where a plan was drafted, `missed` is what that
    leaves, and `deadline` the day on which its first step begins. No plan leaves less unpaid than
    `at_least`: only that says what cannot be cured. Of a `first` plan, `missed` is the most that
    need stay unpaid.
    """

    missed: tuple[int, int, int]
    deadline: int | None
    at_least: int = 0
    first: bool = False

    @property
    def complete(self) -> bool:
        """Whether nothing need be missed."""
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
    sentence: Message


@dataclass(frozen=True)
class Worth:
    """What one more unit of a source (empty: own cash from the start) would save.

    `share` is money saved for each unit of money: cost, or what stays unpaid where something does.
    """

    source: str
    share: float
    sentence: Message


@dataclass(frozen=True)
class Explanation:
    """`next_best` in the order of the plan's actions that are not done; `worth` of what binds, the
    most first; `tightest` is the day (offset) that binds, None where nothing does."""

    next_best: tuple[NextBest, ...]
    worth: tuple[Worth, ...]
    tightest: int | None
    tightest_sentence: Message | None


@dataclass(frozen=True)
class LineCure:
    """The least extra limit (minor units) that would cure a loss if its money came within
    `lead_days`; None where that is too late."""

    lead_days: int
    limit: int | None


@dataclass(frozen=True)
class Shortage:
    """What it costs that a plan leaves something unpaid, and what would cure it.

    `cash` more by `cash_day` (offset), with the best plan around it, leaves nothing unpaid; None
    where it comes too late. `lines` are on the terms of the lost line. Money in minor units.
    """

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
    it pays too little for a step, which comes to `left_out` (minor units). No other plan that
    misses no more of a graver class leaves less unpaid than `at_least` (minor units);
    `bounded` says that this was looked for. A `first` plan leaves more than is known to have to
    stay unpaid, and a closer look may find a better one.
    `unarranged` are the sources of steps that somebody has still to grant: for these nothing is
    proved, and `otherwise` is the plan that does without.
    `notes` are what has to be known of it beside; `asks` what to ask of lenders first, of which
    nothing counts in the plan; `begin` is what else to do this week.
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
    left_out: int = 0
    at_least: int = 0
    bounded: bool = False
    first: bool = False
    notes: tuple[Message, ...] = ()
    asks: tuple[Ask, ...] = ()
    begin: tuple[Message, ...] = ()
    explanation: Explanation | None = None
    shortage: Shortage | None = None
    unarranged: tuple[str, ...] = ()
    otherwise: "Plan | None" = None

    @property
    def certain(self) -> bool:
        """Whether it is proved whatever others may still refuse."""
        return self.proved and not self.unarranged

    @property
    def missed(self) -> tuple[Bounced, ...]:
        """Obligations that the plan cannot meet."""
        return self.after.bounced

    @property
    def begins(self) -> int | None:
        """The day (offset) by which to decide for it: on which its first step that is not done
        begins, or the first payment is due, or purchase made, that it leaves out; None where it
        has neither a step nor a purchase to leave."""
        steps = [each.start_day for each in self.actions if not each.done]
        left = [each.left_on for each in self.missed]
        purchases = any(each.obligation.bought is not None for each in self.missed)
        return min([*steps, *left]) if steps or purchases else None

    @property
    def new_debt(self) -> int:
        """What is borrowed in money (minor units) and has to be paid back."""
        return sum(a.amount for a in self.actions if a.repayments and kind_of(a).lends_money)

    @property
    def peak_debt_service(self) -> int:
        """The most that the plan's new debts ask for within any thirty days."""
        owed: dict[int, int] = defaultdict(int)
        for each in self.actions:
            for due in each.repayments if kind_of(each).makes_debt else ():
                owed[due.day] += due.amount
        windows = (range(day, day + DEBT_SERVICE_DAYS) for day in owed)
        return max((sum(owed[d] for d in window if d in owed) for window in windows), default=0)

    def in_phase(self, phase: Phase) -> tuple[Action, ...]:
        """The actions that begin in this phase, in their order."""
        return tuple(each for each in self.actions if each.phase is phase)
