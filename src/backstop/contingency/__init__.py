"""What happens if a line goes: every single closure and link group against one projection."""

from backstop.contingency.availability import free_from, limits_under, open_days
from backstop.contingency.blame import Shortfall
from backstop.contingency.customers import Customer, customers
from backstop.contingency.elements import (
    Cascade,
    Contingency,
    ContingencyKind,
    all_closures,
    group_closures,
    nothing_lost,
    receipts,
    single_closures,
    without_any_line,
)
from backstop.contingency.gone import already_gone, projection_of_now
from backstop.contingency.groups import Group, found_closures, groups
from backstop.contingency.identity import (
    Basis,
    Both,
    Caused,
    EveryLine,
    Identity,
    NothingLost,
    OfRecord,
    SavedCase,
    Shared,
    Unnamed,
    applied_to,
)
from backstop.contingency.known import account_closures, closure_known_as, known_closures
from backstop.contingency.losses import low_under, projection_under
from backstop.contingency.manner import ITS_OWN_WAY, Manner, manner_of
from backstop.contingency.metrics import Outcome, base_outcome, outcome_of, outcomes
from backstop.contingency.naming import Named, bought_on, called, line_of
from backstop.contingency.obligations import (
    Bounced,
    Obligation,
    classes_due,
    is_own_bill,
    obligations,
)
from backstop.contingency.pairs import Pairs, pairs
from backstop.contingency.reverse import Slack, low_with_worse_receipts, slack
from backstop.contingency.saved import contingency_of, in_manner, saved_as, saved_closures
from backstop.contingency.standing import (
    Standing,
    StandingDraw,
    standing_outcomes,
    with_standing_draws,
)
from backstop.contingency.sweep import Sweep, sweeps
from backstop.contingency.threats import Threat, threats
from backstop.contingency.titles import cause_of, title_of

__all__ = [
    "ITS_OWN_WAY",
    "Basis",
    "Both",
    "Bounced",
    "Cascade",
    "Caused",
    "Contingency",
    "ContingencyKind",
    "Customer",
    "EveryLine",
    "Group",
    "Identity",
    "Manner",
    "Named",
    "NothingLost",
    "Obligation",
    "OfRecord",
    "Outcome",
    "Pairs",
    "SavedCase",
    "Shared",
    "Shortfall",
    "Slack",
    "Standing",
    "StandingDraw",
    "Sweep",
    "Threat",
    "Unnamed",
    "account_closures",
    "all_closures",
    "already_gone",
    "applied_to",
    "base_outcome",
    "bought_on",
    "called",
    "cause_of",
    "classes_due",
    "closure_known_as",
    "contingency_of",
    "customers",
    "found_closures",
    "free_from",
    "group_closures",
    "groups",
    "in_manner",
    "is_own_bill",
    "known_closures",
    "limits_under",
    "line_of",
    "low_under",
    "low_with_worse_receipts",
    "manner_of",
    "nothing_lost",
    "obligations",
    "open_days",
    "outcome_of",
    "outcomes",
    "pairs",
    "projection_of_now",
    "projection_under",
    "receipts",
    "saved_as",
    "saved_closures",
    "single_closures",
    "slack",
    "standing_outcomes",
    "sweeps",
    "threats",
    "title_of",
    "with_standing_draws",
    "without_any_line",
]
