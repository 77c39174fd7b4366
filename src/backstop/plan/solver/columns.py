"""The funding model: every possible action as a column of cash, whatever its kind.

A pure description. The solver knows no kinds of option, and textbook models can be put through it.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
CashEffect = tuple[tuple[int, float], ...]
"""(period, cash) pairs: what comes in (+) or goes out (-) in that period."""


@dataclass(frozen=True)
class Column:
    """Cash profile x·φ(t) + y·ψ(t) with lo·y ≤ x ≤ hi·y; x in whole `step`s where these are asked
    for (0: any amount).

    `profile` is φ for each unit of x, `fixed_profile` ψ for taking the column at all; `cost` is for
    each unit, `fixed_cost` for taking it. y is binary only where something hangs on it, and 1 where
    the column is `required`. The search begins with those that are `begun`.
    """

    key: str
    profile: CashEffect
    most: float
    least: float = 0.0
    cost: float = 0.0
    fixed_profile: CashEffect = ()
    fixed_cost: float = 0.0
    required: bool = False
    step: float = 0.0
    begun: bool = False

    @property
    def is_choice(self) -> bool:
        """Whether taking it at all is a decision, with a binary variable of its own."""
        return bool(self.least or self.fixed_cost or self.fixed_profile or self.required)


@dataclass(frozen=True)
class Limit:
    """These columns together use at most `most`; with `counts`, at most so many are taken.

    `weights` say how much each unit, or each one taken, uses: 1 where there are none. Units with
    another weight use it but for `rounding`, for which each such column leaves room once taken.
    """

    columns: tuple[int, ...]
    most: float
    counts: bool = False
    weights: tuple[float, ...] = ()
    rounding: float = 0.0

    @property
    def terms(self) -> dict[int, float]:
        """What each column uses for each unit, or once taken."""
        return dict(zip(self.columns, self.weights or [1.0] * len(self.columns), strict=True))

    @property
    def can_bind(self) -> bool:
        """Whether it says anything: of choices, that not all may be taken."""
        return not self.counts or sum(self.terms.values()) > self.most


@dataclass(frozen=True)
class Missable:
    """A payment that could be left unpaid: up to `amount` of it, in this class (1 the gravest).

    `columns` (with the part of their x that counts) already put it off, cut it or pay it otherwise:
    what they take of the amount cannot be missed as well. `cost` of each unit decides between
    payments of one class.
    """

    period: int
    amount: float
    priority: int
    columns: tuple[tuple[int, float], ...] = ()
    cost: float = 0.0


@dataclass(frozen=True)
class FundingModel:
    """`cash` is the lowest cash of each period without any column; it must not fall below zero.

    Shapes: cash and buffer (periods,). `margin` (periods,) is cash to keep in hand on top, where a
    replay has shown that rounding needs it. `most_missed` is what may be missed of the first class,
    of the first two, and in all. Periods before `first` are over, and nothing is asked of them.
    """

    cash: NDArray[np.int64]
    columns: tuple[Column, ...]
    limits: tuple[Limit, ...] = ()
    missable: tuple[Missable, ...] = ()
    buffer: NDArray[np.int64] | None = None
    margin: Floats | None = None
    most_missed: tuple[float, ...] = ()
    first: int = 0


@dataclass(frozen=True)
class Solution:
    """Amounts of x for each column and of each missable, in the model's own units.

    `missed` are the totals by class, `buffer_days` the shortfall below the buffer (money x
    periods), `cost` the tier's objective, `optimal` whether it was proved within the gap.
    """

    amounts: tuple[float, ...]
    unpaid: tuple[float, ...]
    missed: tuple[float, float, float]
    buffer_days: float
    cost: float
    optimal: bool
    taken: tuple[bool, ...] = field(default=())


@dataclass(frozen=True)
class Outlook:
    """What the linear program says where everything may be taken in part: a bound.

    `missed` by class, and `cost` of the last tier. `worth` is, for each column, by how much taking
    all of it would raise that cost at least (0: it is among the best); `tight` are the periods in
    which more cash would help.
    """

    missed: tuple[float, float, float]
    cost: float
    worth: tuple[float, ...]
    tight: tuple[int, ...]
