"""What happens if a line goes: every single closure and link group against one projection."""

from backstop.contingency.elements import (
    Contingency,
    ContingencyKind,
    all_closures,
    group_closures,
    single_closures,
)
from backstop.contingency.losses import frozen_money, low_under
from backstop.contingency.metrics import Outcome, base_outcome, outcome_of, outcomes
from backstop.contingency.obligations import Bounced, Obligation, obligations

__all__ = [
    "Bounced",
    "Contingency",
    "ContingencyKind",
    "Obligation",
    "Outcome",
    "all_closures",
    "base_outcome",
    "frozen_money",
    "group_closures",
    "low_under",
    "obligations",
    "outcome_of",
    "outcomes",
    "single_closures",
]
