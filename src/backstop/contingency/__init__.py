"""What happens if a line goes: every single closure and link group against one projection."""

from backstop.contingency.availability import free_from, limits_under, open_days
from backstop.contingency.customers import Customer, customers
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
from backstop.contingency.reverse import Slack, slack
from backstop.contingency.standing import (
    Standing,
    StandingDraw,
    standing_outcome,
    with_standing_draws,
)
from backstop.contingency.sweep import Sweep, sweeps
from backstop.contingency.threats import Threat, threats

__all__ = [
    "Basis",
    "Bounced",
    "Cascade",
    "Contingency",
    "ContingencyKind",
    "Customer",
    "Group",
    "Obligation",
    "Outcome",
    "Pairs",
    "Slack",
    "Standing",
    "StandingDraw",
    "Sweep",
    "Threat",
    "all_closures",
    "base_outcome",
    "customers",
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
    "slack",
    "standing_outcome",
    "sweeps",
    "threats",
    "title_of",
    "with_standing_draws",
    "without_any_line",
]
