"""An offer: an action that could be taken, and up to what amount."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from backstop.contingency import Obligation
from backstop.domain import Book, Facility, Measure
from backstop.plan.actions import Action, ActionKind, Phase
from backstop.plan.offers.claims import Claim, Key, payment_key, purchase_key
from backstop.plan.offers.kind import kind_of, meaning_of
from backstop.plan.offers.meaning import Meaning
from backstop.plan.situation import Situation
from backstop.plan.solver.columns import Column
from backstop.projection import FlowKind
from backstop.work import current_work


@dataclass(frozen=True)
class Offer:
    """`action` at its largest amount; any amount from `least` up, in whole `step`s, may be taken.

    `weighted` are claims of which it takes more or less than others, for each unit or each time;
    what it takes may be below zero: then it makes room for others.
    `payments` are the keys of the payments that it rearranges, each by an equal part of the
    amount; one payment is rearranged by one offer at most. `spared` are payments, and how much of
    each (minor units), that need not be made where the largest amount is taken. `hardship` is what
    the amount costs beyond money, as a share of it: it steers the choice and is never shown as a
    cost. A `patient` one is preferred later to earlier. The search begins with those `begun`.
    """

    action: Action
    claims: tuple[Claim, ...] = ()
    weighted: tuple[tuple[Claim, int], ...] = ()
    payments: tuple[Key, ...] = ()
    spared: tuple[tuple[Key, int], ...] = ()
    least: int = 0
    step: int = 1
    hardship: float = 0.0
    patient: bool = True
    begun: bool = field(default=False, repr=False)

    @property
    def shared(self) -> tuple[Claim, ...]:
        """All that the offer shares with others."""
        weighted = (claim for claim, _ in self.weighted)
        once = (Claim(key, 1, counts=True) for key in self.payments)
        return (*self.claims, *weighted, *once)

    def uses(self, book: Book, amount: int) -> Iterator[tuple[Claim, int]]:
        """What taking it to this amount (minor units) takes of each claim, in whole numbers."""
        weights, action = dict(self.weighted), self.of(amount)
        timed = any(claim.due or claim.on is not None for claim in self.shared)
        meaning = meaning_of(book, action) if timed else Meaning(())
        for claim in self.shared:
            yield claim, weights.get(claim, 1) * _used(claim, action, meaning)

    @property
    def takes(self) -> dict[Key, float]:
        """What each unit of the amount takes off each payment, by the payment's key."""
        parts = dict.fromkeys(self.payments, 1 / max(1, len(self.payments)))
        return parts | {key: amount / self.most for key, amount in self.spared}

    @property
    def most(self) -> int:
        """The largest amount that can be taken (minor units)."""
        return self.action.amount

    def of(self, amount: int) -> Action:
        """The action at this amount (minor units)."""
        return self.action if amount == self.most else replace(self.action, amount=amount)

    def meaning(self, situation: Situation) -> Meaning:
        """What the largest amount does to cash. Raises `Cancelled`: of offers there are many."""
        current_work().check()
        return meaning_of(situation.book, self.action)

    def column(self, situation: Situation, friction: float) -> Column:
        """The offer as a column: for each unit what the largest amount does, shared out.

        What an action saves does not count: a plan answers a need, and is no occasion for savings.
        """
        meaning = self.meaning(situation)
        fixed = meaning.cost if kind_of(self.action).cost_is_fixed else 0
        moved: dict[int, float] = defaultdict(float)
        for day, cash in meaning.moves:
            if (period := situation.period(day)) is not None:
                moved[period] += cash
        moved[self.action.day] += fixed
        early = situation.earliness(self.action.start_day) if self.patient else 0.0
        return Column(
            key=f"{self.action.kind}:{self.action.source}:{self.action.day}",
            profile=tuple((period, cash / self.most) for period, cash in moved.items()),
            most=float(self.most),
            least=float(self.least),
            cost=max(0, meaning.cost - fixed) / self.most + self.hardship + early,
            fixed_profile=((self.action.day, -float(fixed)),) if fixed else (),
            fixed_cost=fixed + friction,
            required=self.action.pinned,
            step=float(self.step),
            begun=self.begun,
        )


def _used(claim: Claim, action: Action, meaning: Meaning) -> int:
    """What an action with this meaning takes of a claim that is the same for all."""
    if claim.counts:
        return 1
    if claim.due:
        first, last = claim.due
        return sum(cash for day, cash in meaning.owed if first <= day <= last)
    if claim.on is not None:
        days = action.days or (action.day,)
        taken = action.amount * sum(day <= claim.on for day in days) // len(days)
        return taken - sum(cash for day, cash in meaning.freed if day < claim.on)
    return action.amount


def proposal(
    kind: ActionKind,
    source: tuple[str, str],
    day: int,
    amount: int,
    *,
    lead_days: int = 0,
    contact: str = "",
) -> Action:
    """The bare action of an offer; the plan completes it once its amount is known.

    `source` is the id and the name of the record that it uses.
    """
    return Action(
        kind=kind,
        source=source[0],
        name=source[1],
        day=day,
        start_day=day - lead_days,
        amount=amount,
        cost=0,
        phase=Phase.BY_DATE,
        contact=contact,
    )


def proposal_on(
    kind: ActionKind, line: Facility, day: int, amount: int, lead_days: int | None = None
) -> Action:
    """The bare action of an offer that uses a line; its own lead time unless another is given."""
    return proposal(
        kind,
        (line.id, line.name),
        day,
        amount,
        lead_days=(line.lead_days or 0) if lead_days is None else lead_days,
        contact=line.contact or line.lender,
    )


def proposal_of(kind: ActionKind, measure: Measure, day: int, amount: int) -> Action:
    """The bare action of an offer that uses one of the owner's measures."""
    return proposal(
        kind,
        (measure.id, measure.name),
        day,
        amount,
        lead_days=measure.lead_days,
        contact=measure.contact or measure.provider,
    )


def key_of(paid: Obligation) -> Key:
    """Names one payment of one day; what an overdraft charges is not what is paid back of it, and
    a purchase is not the bill for it."""
    if paid.bought is not None:
        return purchase_key(paid.record, paid.bought)
    key = payment_key(paid.record, paid.day)
    return key._replace(other=paid.kind) if paid.kind is FlowKind.INTEREST else key


def hundred(book: Book) -> int:
    """The step of amounts that the owner is free to choose: a hundred whole units."""
    return int(100 * 10**book.money.digits)
