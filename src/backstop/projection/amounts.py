"""What receipts and payments come to on each of their days, where their occurrences differ."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, TypeVar

import numpy as np

from backstop.domain import CashFlow, Direction, PlannedDraw
from backstop.projection.dues import Dues, amount_on, amounts_due, lateness_of, varies
from backstop.projection.recurrence import Ints, day_number

if TYPE_CHECKING:
    from datetime import date

    from numpy.typing import NDArray

    from backstop.projection.spans import Span

AnyAmount = TypeVar("AnyAmount", int, Ints)

_NONE = np.empty(0, dtype=np.int64)
_NOTHING = Dues(_NONE, np.empty(0, dtype=np.bool_), _NONE)


class Moves(NamedTuple):
    """Days as offsets from the as-of date, whether each is overdue, and minor units."""

    days: Ints
    overdue: NDArray[np.bool_]
    amounts: Ints


def is_uneven(flow: CashFlow) -> bool:
    """Whether its occurrences differ in amount, or come in two parts."""
    if not (flow.held_percent or flow.amounts or flow.later_amounts or flow.open):
        return False  # nearly always, and asked for each
    return varies(flow) or is_held_back(flow)


def is_held_back(flow: CashFlow) -> bool:
    """Whether a part of each receipt comes later than the rest."""
    return flow.direction is Direction.RECEIPT and bool(flow.held_percent and flow.held_days)


def moves_of_flow(span: Span, flow: CashFlow) -> Moves:
    """All that is due of a receipt or payment, as far as it is counted on. A part that is held back
    comes on a day of its own; an open occurrence has none, as what is left of it is said."""
    due, behind = span.due(flow, lateness_of(flow)), _NOTHING
    amount, kept_back = counted(flow, amounts_due(flow, due.own)), _NONE
    if is_held_back(flow):
        is_open = np.isin(due.own, [day_number(each.rule_date) for each in flow.open])
        amount -= np.where(is_open, 0, rounded_share(amount, flow.held_percent))
        behind = span.due(flow, lateness_of(flow), held=flow.held_days)
        whole = counted(flow, amounts_due(flow, behind.own, opened=False))
        kept_back = rounded_share(whole, flow.held_percent)
    return Moves(
        np.concatenate([due.days, behind.days]),
        np.concatenate([due.overdue, behind.overdue]),
        np.concatenate([amount, kept_back]),
    )


def due_at_first(rule: CashFlow | PlannedDraw, rule_date: date) -> int:
    """What of one date of the rule is due without delay: all that is not held back."""
    whole = amount_on(rule, rule_date)
    if isinstance(rule, CashFlow) and is_held_back(rule):
        return whole - rounded_share(whole, rule.held_percent) or whole
    return whole


def counted(flow: CashFlow, amount: AnyAmount) -> AnyAmount:
    """What is counted on of such an amount: of a receipt perhaps only a share."""
    if flow.direction is Direction.PAYMENT:
        return amount
    return amount - rounded_share(amount, flow.haircut_percent)


def rounded_share(amount: AnyAmount, percent: int) -> AnyAmount:
    """`percent` of an amount, or of each, half up, in minor units."""
    return (amount * percent + 50) // 100
