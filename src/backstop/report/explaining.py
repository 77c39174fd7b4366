"""A plan's explanation in words: the next best without each step, and what binds."""

from backstop.language import Words
from backstop.plan import Action, Explanation, Plan

MOST_WORTHS = 3
MOST_ON_PAPER = 4
"""Actions of a plan up to which the paper has room for the next best of each."""


def next_best(action: Action, explanation: Explanation | None, words: Words) -> str:
    """What the best plan without this action's source is like; empty where nobody asked."""
    for each in explanation.next_best if explanation else ():
        if each.source == action.source:
            return words.tell(each.said)
    return ""


def worth_lines(explanation: Explanation | None, words: Words) -> list[str]:
    """The tightest day, and what more of each limit would be worth, the most first."""
    if explanation is None:
        return []
    tightest = explanation.tightest_said
    worth = [words.tell(each.said) for each in explanation.worth[:MOST_WORTHS]]
    return [*([words.tell(tightest)] if tightest else []), *worth]


def next_best_on_paper(action: Action, plan: Plan, words: Words) -> str:
    if len(plan.actions) > MOST_ON_PAPER:
        return ""
    return next_best(action, plan.explanation, words)
