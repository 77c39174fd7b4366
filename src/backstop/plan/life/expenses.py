"""The expense of a loss that is really there: an ordinary payment of the book once its day is over.

Until then it is counted with the loss. Which payment it is shows by its identifier, that of the
loss and its day: whatever plan is carried out for it, it is paid once.
"""

import re
from datetime import date

from backstop.domain import AcceptedPlan, Book, CashFlow, Direction, PlanStage, Priority

_NOT_IN_IDS = re.compile(r"[^a-z0-9_-]+")
_LONGEST = 40


def is_real(plan: AcceptedPlan) -> bool:
    """Whether what the plan was made for has happened, and it is carried out: in a drill, nothing
    is real."""
    return plan.stage is PlanStage.ACTIVE and not plan.drill and plan.activated_on is not None


def payment_id(plan: AcceptedPlan) -> str:
    """Of the payment that the expense of its loss becomes."""
    loss = _NOT_IN_IDS.sub("-", plan.contingency.lower()).strip("-_")[:_LONGEST]
    return f"{loss}@{plan.activated_on}"


def is_counted(book: Book, plan: AcceptedPlan, today: date) -> bool:
    """Whether the expense, on that day, is in the book already, paid or still to be."""
    if plan.drill or plan.activated_on is None:
        return False
    passed = plan.stage is PlanStage.ACTIVE and plan.activated_on < today
    return passed or payment_id(plan) in book.by_id


def payment_of(plan: AcceptedPlan, expense: int) -> CashFlow:
    """The expense (minor units) of the loss that the plan is carried out for."""
    assert plan.activated_on is not None
    return CashFlow(
        id=payment_id(plan),
        name=plan.name,
        direction=Direction.PAYMENT,
        amount=expense,
        first_date=plan.activated_on,
        priority=Priority.MUST,
    )
