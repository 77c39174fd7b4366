"""From which days and offers a plan is chosen: column generation, in a few rounds.

The search over whole choices is dear, linear programs are cheap. So the days come from these: where
any part of everything may be taken, money that arrives between two tight days does as well on the
later one, and what it makes due comes later too; so new days are looked for among those alone on
which more cash would help, until these are all known. Of all offers on all days, those go into the
search that are near the best there.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from backstop.plan.actions import Action
from backstop.plan.drafting.attempts import Drawn
from backstop.plan.drafting.granting import Granted, grant
from backstop.plan.drafting.judge import Replay
from backstop.plan.drafting.model import model_of
from backstop.plan.drafting.rounding import Taken
from backstop.plan.effects import cash_moves
from backstop.plan.lenders import MOST_LINES
from backstop.plan.offers import Offer, Sort
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import Situation
from backstop.plan.solver.columns import Outlook
from backstop.plan.solver.optimise import outlook
from backstop.plan.solver.program import Infeasible
from backstop.plan.wishes import Wishes, pin_of
from backstop.projection import Ints

MOST_ROUNDS = 2
"""Rounds in which days are added to the candidates."""

MOST_FRESH = 8
"""Days that are added at once, where more than `MOST_LINES` lines are looked at on each."""

MOST_NEAR = 48
"""Offers among which whole choices are searched for."""

NEAR_OF_EACH = 3
"""Of each source the nearest are among them, however far from the best."""


@dataclass(frozen=True)
class Candidates:
    """All offers on the candidate days of `situation`, as the owner wants them; what can be
    reached with any part of each, None where the owner's wishes leave no room for that."""

    situation: Situation
    granted: Granted
    outlook: Outlook | None

    def near(self, most: float = np.inf, *, wide: bool = False) -> Granted:
        """Those near the best: the nearest, twice as many where it is `wide`, among these none with
        which a plan would count more than `most`. What the owner wants, and what others hang on,
        stays."""
        if self.outlook is None:
            return self.granted
        worth, offers = self.outlook.worth, self.granted.offers
        most -= self.outlook.cost
        among = self._most_near * (2 if wide else 1)
        kept = [
            n
            for place, n in enumerate(self._nearest_first())
            if _stays(offers[n]) or (place < among and worth[n] <= most)
        ]
        return replace(self.granted, offers=tuple(offers[n] for n in sorted(kept)))

    @property
    def _most_near(self) -> int:
        """More where steps are counted, of which linear programs take parts."""
        counted = any(c.key.sort is Sort.ACTIONS for o in self.granted.offers for c in o.claims)
        return 2 * MOST_NEAR if counted else MOST_NEAR

    def _nearest_first(self) -> list[int]:
        """Numbers of the offers: the nearest few of each source first, then all others."""
        assert self.outlook is not None
        worth, offers = self.outlook.worth, self.granted.offers
        of_source: dict[tuple[str, ...], int] = defaultdict(int)
        first: list[int] = []
        others: list[int] = []
        for n in sorted(range(len(offers)), key=lambda n: (not _stays(offers[n]), worth[n], n)):
            action = offers[n].action
            known = action.kind, action.source, action.payment
            (first if of_source[known] < NEAR_OF_EACH else others).append(n)
            of_source[known] += 1
        return first + others


def _stays(offer: Offer) -> bool:
    return offer.action.pinned or offer.begun or bool(offer.weighted)


def candidates(situation: Situation, wishes: Wishes, begin: Sequence[Action] = ()) -> Candidates:
    """The offers on the days of the need, and on all that linear programs add. Raises
    `Cancelled`."""
    found = _looked_at(situation.adding(each.day for each in begin), wishes, begin)
    for _ in range(MOST_ROUNDS):
        known = found.situation
        tight = found.outlook.tight if found.outlook else ()
        fresh = {day for day in tight if known.start <= day < known.projection.days}
        fresh = _few(known, fresh - {*known.dates})
        if not fresh:
            break
        found = _looked_at(known.adding(fresh), wishes, begin)
    return found


def _few(situation: Situation, days: set[int]) -> set[int]:
    """Of these days, where very many lines are looked at on each, some all over them."""
    if len(situation.near_lines) <= MOST_LINES or len(days) <= MOST_FRESH:
        return days
    ordered = sorted(days)
    return {ordered[n * (len(ordered) - 1) // (MOST_FRESH - 1)] for n in range(MOST_FRESH)}


def _looked_at(situation: Situation, wishes: Wishes, begin: Sequence[Action]) -> Candidates:
    granted = _granted(situation, wishes, begin)
    return Candidates(situation, granted, _outlook(situation, granted))


def _granted(situation: Situation, wishes: Wishes, begin: Sequence[Action]) -> Granted:
    kept = [replace(pin_of(each), amount=0) for each in begin]
    offers = [
        replace(each, begun=True) if any(pin.means(each.action) for pin in kept) else each
        for each in offers_for(situation)
    ]
    return grant(situation, offers, wishes)


def _outlook(situation: Situation, granted: Granted) -> Outlook | None:
    """What can be reached with any part of each; None where the owner's wishes leave no room."""
    try:
        return outlook(model_of(situation, granted.offers)) if granted.offers else None
    except Infeasible:
        return None


def completed(
    situation: Situation, near: Granted, found: Drawn, wishes: Wishes
) -> Candidates | None:
    """The offers that were near, with those on the days that the plan found makes matter; None
    where all these days are known."""
    fresh = _few(situation, own_days(situation, *found) - {*situation.dates})
    if not fresh:
        return None
    wider = situation.adding(fresh)
    granted = _granted(wider, wishes, [offer.action for offer, _ in found[0]])
    known = {each.action.what for each in near.offers}
    offers = [
        each
        for each in granted.offers
        if _stays(each) or each.action.day in fresh or each.action.what in known
    ]
    granted = replace(granted, offers=tuple(offers))
    return Candidates(wider, granted, _outlook(wider, granted))


def own_days(situation: Situation, taken: Taken, judged: Replay) -> set[int]:
    """The days that a plan itself makes matter: where what it makes due takes cash to a new low,
    where its cash falls so low that a step could hang on it, and from where on each of its steps is
    needed."""
    first, days = situation.first, situation.projection.days
    buffer = situation.projection.buffer[first:]
    moved = [_moved(situation, offer, amount) for offer, amount in taken]
    owed: Ints = sum((np.minimum(each, 0) for each in moved), np.zeros_like(situation.low))
    below = buffer - (situation.low + np.cumsum(owed))[first:days]
    deeper = np.diff(np.maximum.accumulate(np.maximum(below, 0)), prepend=0) > 0
    left = (situation.low + np.cumsum(sum(moved, np.zeros_like(owed))))[first:days]
    for each in judged.missed:
        left[each.day - first :] += each.missed
    tight = (left <= buffer + situation.friction) & (np.diff(left, prepend=left[0]) < 0)
    found = {int(day) for day in np.flatnonzero(deeper | tight)}
    for moves in moved:
        without = left - np.cumsum(moves)[first:days]
        needed = np.flatnonzero(without < np.minimum(left, buffer))
        found |= {int(day) for day in needed[:1]}
    return {first + day for day in found if first + day >= situation.start}


def _moved(situation: Situation, offer: Offer, amount: int) -> Ints:
    """What it adds to cash in each entry of `Situation.low`, and takes from it."""
    moves: Ints = np.zeros_like(situation.low)
    for day, cash in cash_moves(situation.book, offer.of(amount)):
        if (period := situation.period(day)) is not None:
            moves[period] += cash
    return moves
