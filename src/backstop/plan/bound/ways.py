"""The columns of the bound: all that a plan could do, each in any part."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from backstop.contingency.availability import way_of
from backstop.domain import Facility, Tranche
from backstop.plan.actions import ActionKind
from backstop.plan.offers import KINDS, Key, Offer, kind_of
from backstop.plan.offers.claims import payment_key
from backstop.plan.offers.refinance import UNCHANGED
from backstop.plan.situation import Situation
from backstop.plan.solver.columns import Column
from backstop.projection.schedules import tranche_schedule

EARLIEST = (
    ActionKind.RESERVE,
    ActionKind.SELL_ASSET,
    ActionKind.FACTOR,
    ActionKind.COLLECT_EARLY,
)
"""Kinds that cost the same on any day."""

ON_LINES = (ActionKind.DRAW, ActionKind.RENEW)
ON_EACH_DAY = (*ON_LINES, ActionKind.NEW_FACILITY, ActionKind.OWNER_MONEY)
"""Kinds of which each day is another column."""


@dataclass(frozen=True)
class Way:
    """One column of the program. `takes` is what each unit takes off payments, `freed` what each
    unit drawn on `line` makes room for again, and when; `source` is what it belongs to."""

    day: int
    column: Column
    source: tuple[str, ...]
    takes: Mapping[Key, float]
    line: str = ""
    freed: tuple[tuple[int, float], ...] = ()
    terms: tuple[object, ...] = ()

    @property
    def name(self) -> str:
        """What tells it from all others."""
        return f"{self.terms}@{self.day}"


def once_each(every: Situation) -> Iterator[Offer]:
    """All that is no column of its own on each day; of what costs the same on any, the first."""
    seen: set[tuple[object, ...]] = set()
    for key, kind in KINDS.items():
        if key in ON_EACH_DAY or key is ActionKind.REFINANCE:
            continue
        for each in kind.offers(every):
            what = key, each.action.source, each.action.payment, each.action.days
            if key not in EARLIEST or what not in seen:
                seen.add(what)
                yield each


def on_each_day(situation: Situation) -> Iterator[Offer]:
    for key in ON_EACH_DAY:
        yield from KINDS[key].offers(situation)


def way_of_offer(situation: Situation, offer: Offer) -> Way:
    """An offer as a column of which any part may be taken, with no cost but in cash."""
    action, book = offer.action, situation.book
    column = replace(
        offer.column(situation, 0.0),
        least=0.0,
        cost=0.0,
        fixed_cost=0.0,
        fixed_profile=(),
        required=False,
    )
    record = book.by_id[action.source]
    lends = isinstance(record, Facility) and not kind_of(action).rearranges
    freed = offer.meaning(situation).freed if isinstance(record, Facility) else ()
    once = action.kind in (*EARLIEST[:2], ActionKind.NEW_FACILITY, ActionKind.OWNER_MONEY)
    return Way(
        action.day,
        column,
        (action.source,) if once else (action.source, action.payment, str(action.day)),
        offer.takes,
        action.source if lends else "",
        tuple((day, amount / offer.most) for day, amount in freed),
        (action.kind, action.source, action.periods),
    )


def used(way: Way, on: int) -> float:
    """What each unit takes up of its line's room on a day."""
    if way.day > on:
        return 0.0
    return 1.0 - sum(share for day, share in way.freed if day < on)


def payoffs(situation: Situation) -> Iterator[Way]:
    """Each debt that goes on, its principal paid on the last day before one of its instalments."""
    lenders = [f for f in situation.book.facilities if situation.usable(f) and not f.purchases_only]
    for line in situation.book.facilities:
        way = way_of(situation.book, situation.contingency, line.id)
        if not lenders or (way is not None and way.mode not in UNCHANGED):
            continue
        for debt in line.tranches:
            if debt.early_on is None:
                yield from _payoffs_of(situation, line, debt)


def _payoffs_of(situation: Situation, line: Facility, debt: Tranche) -> Iterator[Way]:
    projection, book = situation.projection, situation.book
    dues = tranche_schedule(debt, book.as_of)
    days = [projection.day_of(each.due) for each in dues]
    for number, first in enumerate(days):
        left, day = sum(each.principal for each in dues[number:]), first - 1
        day = min(day, projection.days - 1)
        if day < situation.start or not left:
            continue
        moved: dict[int, float] = defaultdict(float)
        moved[day] -= 1.0
        takes: dict[Key, float] = {}
        for due, each in zip(days[number:], dues[number:], strict=True):
            if (period := situation.period(due)) is not None:
                moved[period] += each.total / left
            if due < projection.days:
                takes[payment_key(line.id, due)] = each.total / left
        column = Column(f"payoff:{debt.id}:{day}", tuple(moved.items()), float(left))
        yield Way(day, column, (line.id, debt.id, str(day)), takes)
