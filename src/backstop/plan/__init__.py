"""The least-cost plan for a loss, from what is left, proved by replay."""

from backstop.plan.answers import Answers, Loss, Severity, answer, assess
from backstop.plan.backup import BackupLine
from backstop.plan.columns import Column, FundingModel, Limit, Missable, Solution
from backstop.plan.cures import cure_of
from backstop.plan.curve import Point
from backstop.plan.draft import draft
from backstop.plan.drawn_now import EarlyDraw
from backstop.plan.explain import explain
from backstop.plan.inputs import inputs_of
from backstop.plan.needs import Need
from backstop.plan.optimise import optimise
from backstop.plan.program import Cancelled
from backstop.plan.redraft import redraft
from backstop.plan.reserve import Reserve, reserve_for
from backstop.plan.results import (
    BRINGING_NO_MONEY,
    Action,
    ActionKind,
    Cure,
    Explanation,
    LineCure,
    NextBest,
    Phase,
    Plan,
    Repayment,
    Shortage,
    Worth,
)
from backstop.plan.shortage import income_lost, with_shortage
from backstop.plan.wishes import NO_WISHES, Forbidden, Pin, Wishes, pin_of

__all__ = [
    "BRINGING_NO_MONEY",
    "NO_WISHES",
    "Action",
    "ActionKind",
    "Answers",
    "BackupLine",
    "Cancelled",
    "Column",
    "Cure",
    "EarlyDraw",
    "Explanation",
    "Forbidden",
    "FundingModel",
    "Limit",
    "LineCure",
    "Loss",
    "Missable",
    "Need",
    "NextBest",
    "Phase",
    "Pin",
    "Plan",
    "Point",
    "Repayment",
    "Reserve",
    "Severity",
    "Shortage",
    "Solution",
    "Wishes",
    "Worth",
    "answer",
    "assess",
    "cure_of",
    "draft",
    "explain",
    "income_lost",
    "inputs_of",
    "optimise",
    "pin_of",
    "redraft",
    "reserve_for",
    "with_shortage",
]
