"""What a loss does to cash; a part of several answers."""

import datetime
from datetime import date

import msgspec


class Missed(msgspec.Struct, frozen=True):
    """The part of an obligation that finds no cash. `not_bought` is the day of a purchase by a line
    that is to be left, so that its bill never comes; null for all else."""

    date: date
    name: str
    kind: str
    record: str
    priority: int
    due: int
    missed: int
    not_bought: datetime.date | None = None


class CureOut(msgspec.Struct, frozen=True):
    """`missed` are the least amounts left unpaid by class 1, 2, 3; `deadline` may be null. No plan
    leaves less unpaid in all than `at_least`."""

    complete: bool
    missed: tuple[int, int, int]
    deadline: date | None
    at_least: int = 0


class FiguresOut(msgspec.Struct, frozen=True):
    """What a loss does to cash, in figures: if nothing is done, under the standing rule, or with a
    plan.

    `survival_days` from the loss to the first shortfall (null: none); `shortfall_days` the
    shortfall, and `buffer_days` what lies below the minimum cash, each added up over days (money x
    days); `missed_by_class` the amounts not paid of class 1, 2, 3, and `income_lost` with them.
    With a plan, what it leaves unpaid is not paid: that is the gap, and cash is what is then kept.
    """

    survival_days: int | None
    first_shortfall: date | None
    largest_gap: int
    largest_gap_date: date | None
    shortfall_days: int
    days_short: int
    first_below_minimum: date | None
    days_below_minimum: int
    buffer_days: int
    lowest: int
    lowest_date: date
    missed_count: int
    missed_by_class: tuple[int, int, int]
    income_lost: int


class WithPlanOut(msgspec.Struct, frozen=True):
    """The best plan in figures, where it was drafted: for the gravest losses without a full cure.
    `peak_debt_service` is the most that its new debts ask for within any thirty days."""

    figures: FiguresOut
    proved: bool
    cost: int
    actions: int
    new_debt: int
    peak_debt_service: int


class ShortfallOut(msgspec.Struct, frozen=True):
    """`amount` is missing on the `first_date`, `most` by the `worst_date`."""

    first_date: date
    amount: int
    most: int
    worst_date: date


class LossOut(msgspec.Struct, frozen=True):
    """One contingency if nothing is done, and how far it can be cured.

    Where something falls short though nothing is lost, `missed`, `largest_gap` and the other
    figures count that too. What the loss itself is to blame for is `shortfall` (null: nothing) and
    `added`, and what its plan leaves of that `left` by class 1, 2, 3; `severity` and `survivable`
    speak of that alone.

    Ranked by what is missed after the best cure, class by class, then money x days below the
    minimum, then the decision deadline (`cure.deadline`), then the gap. `reserve_needed` is what
    more in hand today would keep cash at the minimum without any action; `backstop reserve` says
    what is enough with actions, and which further line does the same. `expense` is a sudden one
    that comes with the loss, in minor units; without targets it is all there is. No more than
    `at_most` need stay unpaid: what the plan leaves, or what goes unpaid if nothing is done.
    """

    rank: int
    id: str
    name: str
    kind: str
    targets: list[str]
    lost_on: date
    severity: str
    survivable: bool
    first_shortfall: date | None
    largest_gap: int
    largest_gap_date: date | None
    days_short: int
    shortfall_days: int
    first_below_minimum: date | None
    days_below_minimum: int
    lowest: int
    lowest_date: date
    missed: list[Missed]
    cure: CureOut | None
    figures: FiguresOut
    reserve_needed: int
    with_plan: WithPlanOut | None
    expense: int
    shortfall: ShortfallOut | None
    added: list[Missed]
    left: tuple[int, int, int]
    at_most: int = 0
