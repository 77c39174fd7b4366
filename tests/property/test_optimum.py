"""The core against brute force: every subset of all-or-nothing columns, counted out."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.plan import Column, FundingModel, Limit, Missable, optimise
from backstop.plan.solver.program import Infeasible
from examples import times

PERIODS = 8
many = times(5)


@st.composite
def whole_columns(draw: st.DrawFn, number: int) -> Column:
    """Money in on one day and, perhaps, more out on a later one; taken whole or not at all."""
    day = draw(st.integers(0, PERIODS - 1))
    amount = float(draw(st.integers(1, 50)) * 1000)
    back = draw(st.none() | st.integers(day + 1, PERIODS + 3))
    price = draw(st.sampled_from((0.0, 0.01, 0.1)))
    profile = ((day, 1.0),) if back is None else ((day, 1.0), (back, -1.0 - price))
    return Column(
        f"column {number}",
        tuple((period, cash) for period, cash in profile if period < PERIODS),
        most=amount,
        least=amount,
        cost=price,
        fixed_cost=float(draw(st.integers(1, 300))),
    )


@st.composite
def balances(draw: st.DrawFn, count: int) -> tuple[Limit, ...]:
    """Limits from which some columns take and to which others add: "only with that one", "no more
    than its share"."""
    made = []
    for counts in draw(st.lists(st.booleans(), max_size=2)):
        weights = draw(st.lists(st.integers(-2, 2), min_size=count, max_size=count))
        most = draw(st.integers(0, 2)) * (1 if counts else 20_000)
        rounding = 0.0 if counts else draw(st.sampled_from((0.0, 3000.0)))
        uses = tuple(map(float, weights))
        made.append(Limit(tuple(range(count)), float(most), counts, uses, rounding))
    return tuple(made)


@st.composite
def models(draw: st.DrawFn) -> FundingModel:
    """Up to six columns; one payment on day 0 that is large enough to absorb any gap."""
    count = draw(st.integers(0, 6))
    columns = tuple(draw(whole_columns(number)) for number in range(count))
    cash = np.array(draw(st.lists(st.integers(-80, 80), min_size=PERIODS, max_size=PERIODS))) * 1000
    limits: tuple[Limit, ...] = ()
    if count > 1:
        most = draw(st.integers(1, count))
        limits = (Limit(tuple(range(count)), float(most), counts=True), *draw(balances(count)))
    return FundingModel(cash, columns, limits, missable=(Missable(0, 1e6, 1),))


def brute_force(model: FundingModel) -> tuple[float, float]:
    """The least missed and then the least cost, over every allowed subset."""
    best = (np.inf, np.inf)
    for taken in product((False, True), repeat=len(model.columns)):
        if any(use_of(model, limit, taken) > limit.most for limit in model.limits):
            continue
        cash = model.cash.astype(float)
        cost = 0.0
        for chosen, column in zip(taken, model.columns, strict=True):
            if chosen:
                cost += column.cost * column.most + column.fixed_cost
                for period, share in column.profile:
                    cash[period:] += share * column.most
        best = min(best, (max(0.0, -float(cash.min())), cost))
    return best


def use_of(model: FundingModel, limit: Limit, taken: tuple[bool, ...]) -> float:
    return sum(
        weight * (1 if limit.counts else model.columns[number].most)
        + (0.0 if weight == 1.0 else limit.rounding)
        for number, weight in limit.terms.items()
        if taken[number]
    )


@many
@given(models())
def test_missed_then_cost_equal_the_best_subset(model: FundingModel) -> None:
    missed, cost = brute_force(model)
    solution = optimise(model)
    assert solution.missed[0] == pytest.approx(missed, rel=0.002, abs=2)
    assert solution.cost <= cost * 1.003 + 2


@given(models())
def test_less_than_is_found_where_there_is_less_and_only_there(model: FundingModel) -> None:
    missed, _ = brute_force(model)
    room = 2 + missed / 500
    found = optimise(model, less_than=(missed + room, 0, 0))
    assert found.missed[0] == pytest.approx(missed, rel=0.002, abs=2)
    if missed:
        with pytest.raises(Infeasible):
            optimise(model, less_than=(missed - room, 0, 0))


@given(models())
def test_the_same_model_gives_the_same_answer(model: FundingModel) -> None:
    assert optimise(model) == optimise(model)


@given(models(), st.integers(1, 20))
def test_more_cash_never_makes_the_optimum_worse(model: FundingModel, more: int) -> None:
    richer = FundingModel(
        model.cash + 1000 * more, model.columns, model.limits, missable=model.missable
    )
    assert brute_force(richer)[0] <= brute_force(model)[0]
    poor, rich = optimise(model), optimise(richer)
    assert rich.missed[0] <= poor.missed[0] * 1.002 + 2
