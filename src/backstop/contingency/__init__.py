"""What happens if a line goes: every single closure and link group against one projection."""

from backstop.contingency.availability import free_from, limits_under, open_days
from backstop.contingency.elements import (
    Cascade,
    Contingency,
    ContingencyKind,
    all_closures,
    group_closures,
    receipts,
    single_closures,
    without_any_line,
)
from backstop.contingency.losses import frozen_money, low_under, projection_under
from backstop.contingency.metrics import Outcome, base_outcome, outcome_of, outcomes
from backstop.contingency.obligations import Bounced, Obligation, obligations

__all__ = [
    "Bounced",
    "Cascade",
    "Contingency",
    "ContingencyKind",
    "Obligation",
    "Outcome",
    "all_closures",
    "base_outcome",
    "free_from",
    "frozen_money",
    "group_closures",
    "limits_under",
    "low_under",
    "obligations",
    "open_days",
    "outcome_of",
    "outcomes",
    "projection_under",
    "receipts",
    "single_closures",
    "without_any_line",
]
