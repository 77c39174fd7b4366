"""The least-cost plan for a loss, from what is left, proved by replay."""

from backstop.plan.actions import Action, ActionKind, Phase, Repayment
from backstop.plan.answers import Answers, Loss, Severity, answer
from backstop.plan.asking.asks import Ask
from backstop.plan.beforehand.backup import BackupLine
from backstop.plan.beforehand.curve import Point
from backstop.plan.beforehand.drawn_now import EarlyDraw
from backstop.plan.beforehand.needs import Need
from backstop.plan.beforehand.reserve import Reserve, reserve_for
from backstop.plan.bound.best import best_plan
from backstop.plan.bound.least_unpaid import with_bound
from backstop.plan.cures import cure_of
from backstop.plan.drafting.draft import draft
from backstop.plan.drafting.explain import explain
from backstop.plan.drafting.redraft import redraft
from backstop.plan.gravest import (
    assess,
    assessing,
    is_searched_whole,
    is_short_beyond_cure,
    searched,
    with_plan_for,
)
from backstop.plan.life.inputs import inputs_of
from backstop.plan.not_arranged import begun_otherwise, with_fallback
from backstop.plan.offers import KINDS, OptionKind, kind_of
from backstop.plan.results import (
    Cure,
    Explanation,
    LineCure,
    NextBest,
    Plan,
    Shortage,
    Worth,
)
from backstop.plan.shortage import income_lost, with_shortage
from backstop.plan.solver.columns import Column, FundingModel, Limit, Missable, Solution
from backstop.plan.solver.optimise import optimise
from backstop.plan.wishes import NO_WISHES, Forbidden, Pin, Wishes, pin_of
from backstop.work import Cancelled

__all__ = [
    "KINDS",
    "NO_WISHES",
    "Action",
    "ActionKind",
    "Answers",
    "Ask",
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
    "OptionKind",
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
    "assessing",
    "begun_otherwise",
    "best_plan",
    "cure_of",
    "draft",
    "explain",
    "income_lost",
    "inputs_of",
    "is_searched_whole",
    "is_short_beyond_cure",
    "kind_of",
    "optimise",
    "pin_of",
    "redraft",
    "reserve_for",
    "searched",
    "with_bound",
    "with_fallback",
    "with_plan_for",
    "with_shortage",
]
