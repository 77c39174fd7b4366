"""Why a plan is as it is: the next best without each action, and what the binding limits are worth.

Slower than drafting, by one draft for each source used: asked for when somebody looks. The drafts
are made side by side.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from backstop.contingency import Outcome
from backstop.domain import Account, Facility, Message, Money, message
from backstop.plan.actions import Action
from backstop.plan.drafting.granting import grant, named_sources, wanted_days
from backstop.plan.drafting.model import model_of
from backstop.plan.drafting.redraft import redraft
from backstop.plan.offers import Offer
from backstop.plan.offers.rules import offers_for
from backstop.plan.results import Explanation, NextBest, Plan, Worth
from backstop.plan.side_by_side import side_by_side
from backstop.plan.situation import Situation, situation_of
from backstop.plan.solver.funding import Prices
from backstop.plan.solver.optimise import prices_of
from backstop.plan.solver.program import Infeasible
from backstop.plan.wishes import NO_WISHES, Forbidden, Pin, Wishes, pin_of
from backstop.projection import Projection

LEAST_WORTH = 0.0005
"""Shares of a unit below this are the solver's dust, or not worth a sentence."""

UNIT = 1000
"""Whole units of currency that a worth is said for."""


def explain(
    projection: Projection,
    plan: Plan,
    wishes: Wishes = NO_WISHES,
) -> Plan:
    """The plan with its explanation. Raises `Cancelled`.

    Where steps were left out, the next best has no more steps than the plan.
    """
    to_do = [each for each in plan.actions if not each.done]
    asked = replace(wishes, at_most=len(to_do)) if plan.more else wishes
    sources = list(dict.fromkeys(each.source for each in to_do))

    def without(source: str) -> Plan:
        """The best plan that does without this source."""
        return redraft(projection, plan, asked.forbidding(Forbidden(source)))

    others = dict(zip(sources, side_by_side(without, sources), strict=True))
    next_best = tuple(_next_best(projection, plan, each, others[each.source]) for each in to_do)
    situation = _situation(projection, plan.before, plan.actions)
    prices, offers = _prices(situation, plan, wishes)
    day = _tightest_day(plan, prices)
    return replace(
        plan,
        explanation=Explanation(
            next_best,
            tuple(_worth(situation, plan, offers, prices)),
            day,
            None if day is None else _tightest(situation, plan, day),
        ),
    )


def _next_best(projection: Projection, plan: Plan, action: Action, other: Plan) -> NextBest:
    first, second, third = (
        theirs - ours for theirs, ours in zip(other.after.missed, plan.after.missed, strict=True)
    )
    found = NextBest(
        action.source,
        len(other.actions),
        other.cost - plan.cost,
        (first, second, third),
        sentence=message("Nothing else is as good."),
    )
    deeper = other.after.buffer_days - plan.after.buffer_days
    lowest = other.after.lowest_cash if deeper > 10**projection.book.money.digits else None
    return replace(found, sentence=_sentence(projection, plan, action, found, lowest))


def _sentence(
    projection: Projection, plan: Plan, action: Action, other: NextBest, lowest: int | None
) -> Message:
    """The next best in a sentence; `lowest` is its lowest cash where that is further below the
    minimum than the plan's."""
    currency = projection.book.currency
    unpaid, dust = sum(other.missed_more), 10**projection.book.money.digits
    if unpaid > dust:
        return message(
            "Without {name}, {amount} more stays unpaid at best.",
            name=action.name,
            amount=Money(unpaid, currency),
        )
    gravest = next((each for each in other.missed_more if abs(each) > dust), 0)
    if gravest > 0:
        return message(
            "Without {name}, more important payments stay unpaid instead.", name=action.name
        )
    if unpaid < -dust:
        return message(
            "Without {name}, the next best pays {amount} more.",
            name=action.name,
            amount=Money(-unpaid, currency),
        )
    amount = Money(abs(other.cost_more), currency)
    if other.cost_more > 0:
        return message(
            "Without {name}, the next best costs {amount} more.", name=action.name, amount=amount
        )
    if lowest is not None:
        return message(
            "Without {name}, the next best leaves cash further below your minimum, {amount} at the "
            "lowest.",
            name=action.name,
            amount=Money(lowest, currency),
        )
    if other.cost_more == 0:
        return message("Without {name}, the next best costs the same.", name=action.name)
    if other.steps > len(plan.actions):
        return message(
            "Without {name}, the next best costs {amount} less, but takes {n} steps.",
            name=action.name,
            amount=amount,
            n=other.steps,
        )
    return message(
        "Without {name}, the next best costs {amount} less, but asks more of you or others.",
        name=action.name,
        amount=amount,
    )


def _situation(projection: Projection, outcome: Outcome, actions: Sequence[Action]) -> Situation:
    kept = _pinning(actions)
    named = named_sources(projection, kept)
    return situation_of(projection, outcome, tuple(wanted_days(kept)), named)


def _pinning(actions: Sequence[Action]) -> Wishes:
    return Wishes(pins=tuple(replace(pin_of(each), amount=0) for each in actions))


def _prices(situation: Situation, plan: Plan, wishes: Wishes) -> tuple[Prices, Sequence[Offer]]:
    """Shadow prices, in money alone, of the model with just this plan's actions taken."""
    pinned = [pin for pin in wishes.pins if pin.amount]
    granted = grant(situation, offers_for(situation), replace(wishes, pins=tuple(pinned)))
    offers = [replace(each, hardship=0.0, patient=False) for each in granted.offers]
    taken = [any(_same(pin_of(a), each.action) for a in plan.actions) for each in offers]
    try:
        return prices_of(model_of(situation, offers), taken), offers
    except Infeasible:  # whole steps and repairs went where the bare program does not
        return Prices((), (), ()), offers


def _same(pin: Pin, action: Action) -> bool:
    return pin.means(action) and pin.payment == action.payment and pin.periods == action.periods


def _worth(
    situation: Situation, plan: Plan, offers: Sequence[Offer], prices: Prices
) -> list[Worth]:
    """Of each line and reserve that binds, and of own cash, the dearest first."""
    shares: dict[str, float] = defaultdict(float)
    for offer, price in zip(offers, prices.columns, strict=False):
        if any(_same(pin_of(each), offer.action) for each in plan.actions):
            shares[offer.action.source] += price
    keys = dict.fromkeys(claim for offer in offers for claim in offer.shared)
    for claim, price in zip(keys, prices.limits, strict=False):
        shares[claim.key.source] += price
    shares = {s: p for s, p in shares.items() if _is_source(situation, s)}
    shares[""] = sum(price for _, price in prices.cash)
    found = [_worth_of(situation, plan, s, p) for s, p in shares.items() if p > LEAST_WORTH]
    return sorted(found, key=lambda each: (-each.share, each.source))


def _is_source(situation: Situation, record_id: str) -> bool:
    return isinstance(situation.book.by_id.get(record_id), Facility | Account)


def _worth_of(situation: Situation, plan: Plan, source: str, share: float) -> Worth:
    book = situation.book
    unit = UNIT * 10**book.money.digits
    saved = Money(round(share * unit), book.currency)
    unit_money = Money(unit, book.currency)
    name = book.by_id[source].name if source else ""
    if plan.missed and source:
        sentence = message(
            "Each {unit} more of {name} would pay {saved} more.",
            unit=unit_money,
            name=name,
            saved=saved,
        )
    elif plan.missed:
        sentence = message(
            "Each {unit} more in hand would pay {saved} more.", unit=unit_money, saved=saved
        )
    elif source:
        sentence = message(
            "Each {unit} more of {name} would save {saved}.",
            unit=unit_money,
            name=name,
            saved=saved,
        )
    else:
        sentence = message(
            "Each {unit} more in hand would save {saved}.", unit=unit_money, saved=saved
        )
    return Worth(source, share, sentence)


def _tightest_day(plan: Plan, prices: Prices) -> int | None:
    """The day of the lowest cash, as in the plan's chart; None where no day binds."""
    days = len(plan.after.low)
    binds = any(day < days and price > LEAST_WORTH for day, price in prices.cash)
    return plan.after.lowest_day if binds else None


def _tightest(situation: Situation, plan: Plan, day: int) -> Message:
    return message(
        "The tightest day is {date}: with the plan, {amount} is left then.",
        date=situation.projection.date_of(day),
        amount=Money(int(plan.after.low[day]), situation.book.currency),
    )
