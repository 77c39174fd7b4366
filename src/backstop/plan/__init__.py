"""The least-cost plan for a loss, from what is left, proved by replay."""

from backstop.plan.answers import Answers, Loss, Severity, answer, assess
from backstop.plan.columns import Column, FundingModel, Limit, Missable, Solution
from backstop.plan.cures import cure_of
from backstop.plan.draft import draft
from backstop.plan.optimise import optimise
from backstop.plan.program import Cancelled
from backstop.plan.results import Action, ActionKind, Cure, Phase, Plan, Repayment
from backstop.plan.wishes import NO_WISHES, Forbidden, Pin, Wishes, pin_of

__all__ = [
    "NO_WISHES",
    "Action",
    "ActionKind",
    "Answers",
    "Cancelled",
    "Column",
    "Cure",
    "Forbidden",
    "FundingModel",
    "Limit",
    "Loss",
    "Missable",
    "Phase",
    "Pin",
    "Plan",
    "Repayment",
    "Severity",
    "Solution",
    "Wishes",
    "answer",
    "assess",
    "cure_of",
    "draft",
    "optimise",
    "pin_of",
]
