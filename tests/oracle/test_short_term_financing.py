"""Cornuejols & Tütüncü, Optimization Methods in Finance, chapter 3: the published optimum.

Several plans are optimal: the objective and feasibility are asserted, never the plan.
"""

import numpy as np
import pytest

from backstop.plan import Column, FundingModel, optimise

FLOWS = np.array([-150, -100, 200, -200, 50, 300]) * 1_000_000
"""Thousands, in millionths of a thousand: January to June."""
WEALTH = 92.4969491525
LINE = 100e6


def credit_line(month: int) -> Column:
    return Column(f"line {month}", ((month, 1.0), (month + 1, -1.01)), LINE, cost=0.01)


def commercial_paper(month: int) -> Column:
    return Column(f"paper {month}", ((month, 1.0), (month + 3, -1.02)), 1e9, cost=0.02)


def surplus(month: int) -> Column:
    return Column(f"surplus {month}", ((month, -1.0), (month + 1, 1.003)), 1e9, cost=-0.003)


def textbook_model() -> FundingModel:
    columns = (
        *map(credit_line, range(5)),
        *map(commercial_paper, range(3)),
        *map(surplus, range(5)),
    )
    return FundingModel(np.cumsum(FLOWS), columns)


def test_greatest_wealth_is_the_published_one() -> None:
    solution = optimise(textbook_model())
    wealth = (FLOWS.sum() - solution.cost) / 1e6
    assert wealth == pytest.approx(WEALTH, abs=1e-9)


def test_the_optimum_is_feasible_in_every_month() -> None:
    model = textbook_model()
    solution = optimise(model)
    cash = model.cash.astype(float)
    for column, amount in zip(model.columns, solution.amounts, strict=True):
        assert -1 <= amount <= column.most + 1
        for month, share in column.profile:
            cash[month:] += share * amount
    assert cash.min() >= -1
    assert solution.missed == (0.0, 0.0, 0.0)


@pytest.mark.parametrize(
    ("month", "price"), list(enumerate((1.037288, 1.0302, 1.02, 1.016949, 1.01, 1.0)))
)
def test_one_more_unit_of_need_in_a_month_costs_its_published_price(
    month: int, price: float
) -> None:
    """The derived duals, January to June."""
    base, more = textbook_model(), FLOWS.copy()
    more[month] -= 1_000_000
    dearer = FundingModel(np.cumsum(more), base.columns)
    wealth, less = FLOWS.sum() - optimise(base).cost, more.sum()
    difference = (wealth - (less - optimise(dearer).cost)) / 1e6
    assert difference == pytest.approx(price, abs=1e-6)
