"""Plans with the owner's measures against brute force: every allowed choice, counted out."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from backstop.contingency import Contingency, ContingencyKind, Outcome, outcomes
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    Measure,
    MeasureKind,
    Priority,
    RepaymentMethod,
    Tranche,
)
from backstop.plan import Action, ActionKind, draft
from backstop.plan.drafting.judge import replayed
from backstop.plan.drafting.model import model_of
from backstop.plan.offers import Offer
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import Situation
from backstop.projection import project
from examples import times

DAY_0 = date(2027, 1, 1)
HORIZON = 40
DUE = 10
WHOLE = (
    MeasureKind.SELL_ASSET,
    MeasureKind.FACTOR,
    MeasureKind.COLLECT_EARLY,
    MeasureKind.RENEGOTIATE,
)
"""Kinds that are taken whole or not at all."""

many = times(5)


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


@st.composite
def measures(draw: st.DrawFn, number: int, before: tuple[str, ...]) -> Measure:
    kind = draw(st.sampled_from(WHOLE))
    receipt = kind in (MeasureKind.FACTOR, MeasureKind.COLLECT_EARLY)
    targets = {MeasureKind.RENEGOTIATE: "gone"} | (dict.fromkeys(WHOLE[1:3], "sales"))
    return Measure(
        id=f"way{number}",
        name=f"way {number}",
        kind=kind,
        amount=0 if receipt else draw(st.integers(1, 60)) * 10_000,
        target=targets.get(kind, ""),
        cost_percent=Decimal(draw(st.integers(0, 20))),
        lead_days=draw(st.integers(0, 25)),
        days_earlier=draw(st.integers(1, 30)),
        advance_percent=draw(st.integers(10, 100)),
        periods=draw(st.integers(1, 3)),
        rate_percent=Decimal(draw(st.integers(0, 30))),
        arranged=True,
        excludes=draw(_some(before)),
        depends_on=draw(_some(before)),
    )


def _some(ids: tuple[str, ...]) -> st.SearchStrategy[tuple[str, ...]]:
    if not ids:
        return st.just(())
    return st.just(()) | st.sampled_from(ids).map(lambda each: (each,))


@st.composite
def troubles(draw: st.DrawFn) -> Outcome:
    """A line that is called, some payments and receipts, and up to four measures. A payment on day
    0 is large enough to be missed for any gap, and all are of one class."""
    owed = Tranche(
        id="owed",
        name="owed",
        principal=draw(st.integers(1, 40)) * 10_000,
        next_due=on(60),
        method=RepaymentMethod.BULLET,
    )
    line = Facility(
        id="gone", name="gone", limit=500_000, callable=True, notice_days=DUE, tranches=(owed,)
    )
    flows = [_flow("absorbing", 0, 10**7)]
    flows += [
        _flow(f"pay{n}", draw(st.integers(1, HORIZON)), draw(st.integers(1, 50)) * 10_000)
        for n in range(draw(st.integers(0, 3)))
    ]
    income = _flow("sales", draw(st.integers(5, HORIZON)), draw(st.integers(1, 90)) * 10_000)
    flows.append(income.changed(direction=Direction.RECEIPT))
    ways: list[Measure] = []
    for number in range(draw(st.integers(1, 4))):
        ways.append(draw(measures(number, tuple(each.id for each in ways))))
    cash = 10**7 + draw(st.integers(0, 30)) * 10_000
    book = Book(
        title="small",
        as_of=DAY_0,
        horizon_days=HORIZON,
        accounts=(Account(id="till", name="till", balance=cash),),
        facilities=(line,),
        cash_flows=tuple(flows),
        measures=tuple(ways),
    )
    loss = Contingency(OfRecord("gone"), ContingencyKind.SINGLE, ("gone",), mode=LossMode.CALL)
    [outcome] = outcomes(project(book), [loss])
    return outcome


def _flow(name: str, day: int, amount: int) -> CashFlow:
    return CashFlow(
        id=name,
        name=name,
        direction=Direction.PAYMENT,
        amount=amount,
        first_date=on(day),
        priority=Priority.MUST,
    )


def brute_force(situation: Situation, offers: tuple[Offer, ...]) -> tuple[int, float]:
    """The least missed and then the least price in the choice, over everything allowed."""
    book = situation.book
    columns = model_of(situation, offers).columns
    price = {
        id(offer): column.fixed_cost + column.cost * column.most
        for offer, column in zip(offers, columns, strict=True)
    }
    choices: dict[str, list[tuple[Offer, ...]]] = {}
    for measure in book.measures:
        mine = [each for each in offers if each.action.source == measure.id]
        choices[measure.id] = [(), *((each,) for each in mine)]
    best = (10**18, 0.0)
    for taken in product(*choices.values()):
        chosen = [offer for part in taken for offer in part]
        if allowed(book, [offer.action for offer in chosen]):
            low = replayed(situation, [offer.action for offer in chosen])
            missed = max(0, -int(low.min()))
            best = min(best, (missed, sum(price[id(offer)] for offer in chosen)))
    return best


def allowed(book: Book, actions: list[Action]) -> bool:
    """What excludes or depends on what, and what can be done only once, in plain words."""
    days = {each.source: each.day for each in actions}
    moved = [(each.payment, each.days) for each in actions if each.payment]
    if len(set(moved)) < len(moved):
        return False
    for measure in book.measures:
        if measure.id in days:
            if any(other in days for other in measure.excludes):
                return False
            if any(days.get(o, HORIZON + 1) > days[measure.id] for o in measure.depends_on):
                return False
    return True


@many
@given(troubles())
def test_a_plan_with_measures_misses_as_little_and_costs_as_little_as_the_best_choice(
    outcome: Outcome,
) -> None:
    plan = draft(outcome.projection, outcome)
    days = [each.day + (each.kind is ActionKind.COLLECT_EARLY) for each in plan.actions]
    situation = Situation(outcome.projection, outcome, 0).adding(days)
    offers = offers_for(situation)
    missed, price = brute_force(situation, offers)
    assert plan.proved
    assert abs(sum(each.missed for each in plan.missed) - missed) <= 2
    assert allowed(situation.book, list(plan.actions))
    columns = dict(
        zip(
            ((each.action.source, each.action.day) for each in offers),
            model_of(situation, offers).columns,
            strict=True,
        )
    )
    taken = [columns[each.source, each.day] for each in plan.actions]
    paid = sum(each.fixed_cost + each.cost * each.most for each in taken)
    if plan.missed or plan.before.hurts:
        assert paid <= price * 1.003 + missed * 0.001 + 2


@given(troubles(), st.integers(1, 20))
def test_a_longer_lead_never_makes_a_plan_miss_less(outcome: Outcome, later: int) -> None:
    book = outcome.projection.book
    slower = book.changed(
        measures=tuple(
            each.changed(lead_days=each.lead_days + later, depends_on=()) for each in book.measures
        )
    )
    quick = book.changed(measures=tuple(each.changed(depends_on=()) for each in book.measures))
    missed = []
    for each in (quick, slower):
        [found] = outcomes(project(each), [outcome.contingency])  # type: ignore[list-item]
        plan = draft(found.projection, found)
        missed.append(sum(one.missed for one in plan.missed))
    assert missed[0] <= missed[1] + 2


@given(troubles())
def test_cash_in_hand_never_makes_a_plan_miss_more(outcome: Outcome) -> None:
    situation = Situation(outcome.projection, outcome, 0)
    richer = outcome.projection.book.put(Account(id="more", name="more", balance=50_000))
    [found] = outcomes(project(richer), [outcome.contingency])  # type: ignore[list-item]
    assert (found.low == outcome.low + 50_000).all()
    poor = draft(situation.projection, outcome)
    rich = draft(found.projection, found)
    more = np.sum([each.missed for each in rich.missed])
    assert more <= np.sum([each.missed for each in poor.missed]) + 2
