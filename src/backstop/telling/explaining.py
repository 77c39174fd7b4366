"""A plan's explanation in words: why each step, the next best without it, and what binds."""

from backstop.plan import Action, Explanation, Plan
from backstop.telling import Narrator

MOST_WORTHS = 3
MOST_ON_PAPER = 4
"""Actions of a plan up to which the paper has room for the next best of each."""


def next_best(action: Action, plan: Plan, narrator: Narrator) -> str:
    """What the best plan without this action's source is like; empty where nobody asked, or where
    it is done."""
    if action.done:
        return ""
    for each in plan.explanation.next_best if plan.explanation else ():
        if each.source == action.source:
            return narrator.brief(each.sentence)
    return ""


def worth_lines(explanation: Explanation | None, narrator: Narrator) -> list[str]:
    """The tightest day, and what more of each limit would be worth, the most first."""
    if explanation is None:
        return []
    tightest = [explanation.tightest_sentence] if explanation.tightest_sentence else []
    worth = [each.sentence for each in explanation.worth[:MOST_WORTHS]]
    return [narrator.brief(each) for each in (*tightest, *worth)]


def next_best_on_paper(action: Action, plan: Plan, narrator: Narrator) -> str:
    """The next best of an action; empty where the plan has too many actions for the page."""
    if len(plan.actions) > MOST_ON_PAPER:
        return ""
    return next_best(action, plan, narrator)
