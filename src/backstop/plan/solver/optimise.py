"""The core: columns in, amounts out; and three cheaper questions about the same columns."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backstop.plan.solver.columns import FundingModel, Outlook, Solution
from backstop.plan.solver.funding import Prices
from backstop.plan.solver.tiers import Tiers


def optimise(
    model: FundingModel,
    choices: Sequence[bool] | None = None,
    *,
    stepped: bool = False,
    less_than: Sequence[float] | None = None,
) -> Solution:
    """The best amounts for the model, within the solver's gap. Raises `Cancelled`.

    With `choices`, only these columns are taken, and just their amounts are worked out anew;
    `stepped` ones are whole steps. With `less_than`, less has to be missed by class (minor units,
    the gravest first): raises `Infeasible` where that was not found.
    """
    return Tiers(model, stepped=stepped).solve(choices, less_than)


def outlook(model: FundingModel) -> Outlook:
    """What can be reached at best, by linear programs. Raises `Cancelled`."""
    return Tiers(model).outlook()


class CureQuestion:
    """What must be missed at least, if every choice could be taken in part: a linear bound.

    The cheap answer to "is this gap curable?", asked again and again for fewer columns.
    """

    def __init__(self, model: FundingModel) -> None:
        self._tiers = Tiers(replace(model, buffer=None))
        self.least_missed = self._tiers.missed(self._tiers.bound_missed())
        """The least missed by class, the gravest first."""

    def still_reached(self, usable: Sequence[bool]) -> bool:
        """Whether no more is missed, in any class, with only these columns."""
        return self._tiers.feasible_with(usable)


@dataclass(frozen=True)
class Left:
    """What is missed by class, and the shortfall below the buffer (money x periods)."""

    missed: tuple[float, float, float]
    buffer_days: float


class LeftQuestion:
    """What is left unpaid, and then below the buffer, at least with only some of the columns, if
    every choice could be taken in part: a linear bound, asked again and again."""

    def __init__(self, model: FundingModel) -> None:
        self._tiers = Tiers(model)

    def left_with(self, usable: Sequence[bool]) -> Left:
        """What is left with only these columns."""
        return Left(*self._tiers.least_left(usable))


def prices_of(model: FundingModel, taken: Sequence[bool]) -> Prices:
    """Shadow prices of the linear program that is left when just these columns are taken.

    The objective is the cost; where something is missed even so, it is the sum of what is missed.
    """
    tiers = Tiers(model)
    solution = tiers.solve(taken)
    if any(solution.missed):
        tiers = Tiers(replace(model, buffer=None))
        tiers.minimise_missed(taken)
    return tiers.prices()
