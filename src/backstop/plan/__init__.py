"""The least-cost plan for a loss, from what is left, proved by replay."""

from backstop.plan.answers import Answers, Loss, Severity, answer, assess
from backstop.plan.results import Action, ActionKind, Cure, Phase, Plan, Repayment

__all__ = [
    "Action",
    "ActionKind",
    "Answers",
    "Cure",
    "Loss",
    "Phase",
    "Plan",
    "Repayment",
    "Severity",
    "answer",
    "assess",
]
