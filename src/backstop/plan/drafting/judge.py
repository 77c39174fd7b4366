"""The judge: integer replay decides what a plan is worth. Nothing unreplayed is ever shown."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from backstop.contingency import Bounced, Outcome, outcome_of
from backstop.contingency.overdrafts import further_interest
from backstop.domain import Book
from backstop.plan.actions import Action
from backstop.plan.effects import cash_moves
from backstop.plan.offers import Claim, Offer
from backstop.plan.situation import Situation
from backstop.projection import Ints


@dataclass(frozen=True)
class Replay:
    """The cash that really results from actions, and from leaving `missed` unpaid.

    `low` is each day's lowest cash with the actions alone; `proved` says that with what is missed
    left unpaid it never falls below zero (or below where it would be with nothing paid at all), nor
    does what is left for each quarter after the horizon, and that no limit is overdrawn.
    `shortfall` is by how much, in each entry of `Situation.low`.
    """

    low: Ints
    missed: tuple[Bounced, ...]
    proved: bool
    shortfall: Ints

    def outcome(self, situation: Situation) -> Outcome:
        """The figures after the plan, which does not pay what it chose to leave unpaid."""
        after = self.paying_all(situation)
        return after.leaving(self.missed) if self.proved else after

    def paying_all(self, situation: Situation) -> Outcome:
        """The figures after the actions alone, were everything paid."""
        return outcome_of(situation.projection, situation.contingency, self.low)


def replay(
    situation: Situation,
    taken: Sequence[tuple[Offer, int]],
    missed: tuple[Bounced, ...] = (),
) -> Replay:
    """Exact cash after taking offers to these amounts (minor units) and missing these payments."""
    low = replayed(situation, (offer.of(amount) for offer, amount in taken))
    unpaid = np.zeros_like(low)
    for each in missed:
        unpaid[each.day] += each.missed
    shortfall = np.maximum(-(low + np.cumsum(unpaid)) - situation.beyond_payments, 0)
    proved = not shortfall.any() and within_limits(situation.book, taken)
    return Replay(low[: situation.projection.days], missed, proved, shortfall)


def replayed(situation: Situation, actions: Iterable[Action]) -> Ints:
    """What is left to be paid out each day under the loss once these actions are taken, and for the
    quarters after the horizon (see `Situation.low`). What money comes or goes changes the interest
    of an overdraft too."""
    moves = np.zeros_like(situation.low)
    for action in actions:
        for day, cash in cash_moves(situation.book, action):
            if (period := situation.period(day)) is not None:
                moves[period] += cash
    low: Ints = situation.low + np.cumsum(moves)
    if situation.under.overdrafts:
        days = situation.projection.days
        charged = np.cumsum(further_interest(situation.under, np.cumsum(moves[:days])))
        low[:days] -= charged
        low[days:] -= charged[-1]
    return low


def replayed_low(situation: Situation, actions: Iterable[Action]) -> Ints:
    """The same for the days up to the horizon alone."""
    return replayed(situation, actions)[: situation.projection.days]


def within_limits(
    book: Book,
    taken: Sequence[tuple[Offer, int]],
    *,
    steps: bool = True,
    balances: bool = True,
) -> bool:
    """Whether amounts respect every limit that the offers share, their minimum and, unless told
    otherwise, their step. Without `balances`, limits to which other offers may add are left out:
    these hold for whole plans only."""
    for offer, amount in taken:
        if not offer.least <= amount <= offer.most:
            return False
        if steps and amount % offer.step and amount != offer.most:
            return False
    return not any(balances or not claim.balance for claim in exceeded(book, taken))


def exceeded(book: Book, taken: Sequence[tuple[Offer, int]]) -> list[Claim]:
    """The limits of which these offers together take too much."""
    used: dict[Claim, int] = defaultdict(int)
    for offer, amount in taken:
        for claim, part in offer.uses(book, amount):
            used[claim] += part
    return [claim for claim, total in used.items() if total > claim.most]


def below_buffer(situation: Situation, judged: Replay) -> int:
    """Shortfall below the buffer, money x days, where what is missed is not paid."""
    unpaid = np.zeros_like(judged.low)
    for each in judged.missed:
        unpaid[each.day] += each.missed
    below = situation.projection.buffer - (judged.low + np.cumsum(unpaid))
    return int(np.maximum(below[situation.first :], 0).sum())


def no_worse(situation: Situation, missed: Sequence[Bounced]) -> bool:
    """Whether no more is left of the first class, of the first two, or in all than if nothing is
    done."""
    mine, theirs = [0, 0, 0], [0, 0, 0]
    for each in missed:
        mine[each.priority - 1] += each.missed
    for each in situation.outcome.bounced:
        theirs[each.priority - 1] += each.missed
    return all(a <= b for a, b in zip(accumulate(mine), accumulate(theirs), strict=True))
