"""The least-cost plan for a loss, from what is left, proved by replay."""

from backstop.plan.answers import Answers, Loss, Severity, answer, assess
from backstop.plan.columns import Column, FundingModel, Limit, Missable, Solution
from backstop.plan.cures import cure_of
from backstop.plan.draft import draft
from backstop.plan.optimise import optimise
from backstop.plan.program import Cancelled
from backstop.plan.results import Action, ActionKind, Cure, Phase, Plan, Repayment

__all__ = [
    "Action",
    "ActionKind",
    "Answers",
    "Cancelled",
    "Column",
    "Cure",
    "FundingModel",
    "Limit",
    "Loss",
    "Missable",
    "Phase",
    "Plan",
    "Repayment",
    "Severity",
    "Solution",
    "answer",
    "assess",
    "cure_of",
    "draft",
    "optimise",
]
