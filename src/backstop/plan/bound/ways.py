"""What the bound's program is made of: all that a plan could do, on every day."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from backstop.contingency.availability import way_of
from backstop.domain import Facility, Tranche
from backstop.plan.actions import ActionKind
from backstop.plan.offers import KINDS, Key, Offer
from backstop.plan.offers.claims import payment_key
from backstop.plan.offers.refinance import UNCHANGED
from backstop.plan.offers.use_of_funds import buys_what_it_is_for
from backstop.plan.situation import Situation
from backstop.projection.schedules import tranche_schedule

EARLIEST = (
    ActionKind.RESERVE,
    ActionKind.SELL_ASSET,
    ActionKind.FACTOR,
    ActionKind.COLLECT_EARLY,
)
"""Kinds that cost the same on any day."""

ON_EACH_DAY = (
    ActionKind.DRAW,
    ActionKind.RENEW,
    ActionKind.NEW_FACILITY,
    ActionKind.OWNER_MONEY,
)
"""Kinds of which each day is a choice of its own."""


@dataclass(frozen=True)
class Payoff:
    """A debt paid off between `first` and `day`: its principal on `day`, before the next
    instalment. `moves` are (day, minor units); `takes` is what it spares of each payment."""

    line: str
    debt: str
    first: int
    day: int
    principal: int
    moves: tuple[tuple[int, int], ...]
    takes: Mapping[Key, int]


def once_each(every: Situation) -> Iterator[Offer]:
    """All that is no choice of its own on each day; of what costs the same on any, the first."""
    seen: set[tuple[object, ...]] = set()
    for key, kind in KINDS.items():
        if key in ON_EACH_DAY or key is ActionKind.REFINANCE:
            continue
        for each in kind.offers(every):
            what = key, each.action.source, each.action.payment, each.action.days
            allowed = buys_what_it_is_for(every.book, each.action)
            if allowed and (key not in EARLIEST or what not in seen):
                seen.add(what)
                yield each


def on_each_day(every: Situation) -> Iterator[Offer]:
    """What could be done on each day."""
    for key in ON_EACH_DAY:
        yield from KINDS[key].offers(every)


def payoffs(situation: Situation) -> Iterator[list[Payoff]]:
    """Of each debt that goes on, when it could be paid off, in order."""
    for line in situation.book.facilities:
        way = way_of(situation.book, situation.contingency, line.id)
        if way is not None and way.mode not in UNCHANGED:
            continue
        for debt in line.tranches:
            if debt.early_on is None:
                yield _payoffs_of(situation, line, debt)


def _payoffs_of(situation: Situation, line: Facility, debt: Tranche) -> list[Payoff]:
    projection, found, first = situation.projection, list[Payoff](), situation.start
    dues = tranche_schedule(debt, situation.book.as_of)
    days = [projection.day_of(each.due) for each in dues]
    for number, due in enumerate(days):
        left, day = sum(each.principal for each in dues[number:]), min(due, projection.days) - 1
        if day < first or not left:
            continue
        spared: dict[int, int] = defaultdict(int)
        for on, each in zip(days[number:], dues[number:], strict=True):
            spared[on] += each.total
        takes = {payment_key(line.id, on): cash for on, cash in spared.items()}
        moves = ((day, -left), *spared.items())
        found.append(Payoff(line.id, debt.id, first, day, left, moves, takes))
        first = day + 1
    return found
