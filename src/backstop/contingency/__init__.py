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
from backstop.contingency.groups import Basis, Group, found_closures, groups, title_of
from backstop.contingency.losses import frozen_money, low_under, projection_under
from backstop.contingency.metrics import Outcome, base_outcome, outcome_of, outcomes
from backstop.contingency.obligations import Bounced, Obligation, obligations
from backstop.contingency.pairs import Pairs, pairs

__all__ = [
    "Basis",
    "Bounced",
    "Cascade",
    "Contingency",
    "ContingencyKind",
    "Group",
    "Obligation",
    "Outcome",
    "Pairs",
    "all_closures",
    "base_outcome",
    "found_closures",
    "free_from",
    "frozen_money",
    "group_closures",
    "groups",
    "limits_under",
    "low_under",
    "obligations",
    "open_days",
    "outcome_of",
    "outcomes",
    "pairs",
    "projection_under",
    "receipts",
    "single_closures",
    "title_of",
    "without_any_line",
]
