"""A plan's explanation in words: why each step, the next best without it, and what binds."""

from datetime import date

from backstop.domain import Book, Message, Money
from backstop.plan import Action, Explanation, Plan
from backstop.telling import Words
from backstop.telling.phrases import brief_day

MOST_WORTHS = 3
MOST_ON_PAPER = 4
"""Actions of a plan up to which the paper has room for the next best of each."""


def brief(book: Book, words: Words, said: Message) -> str:
    """What the plan says, its money and days written as in the tables beside it."""

    def shown(value: object) -> object:
        match value:
            case Money():
                return words.round_money(value.minor, value.currency)
            case date():
                return brief_day(book, words, (value - book.as_of).days)
            case _:
                return value

    return words.say(said.text, **{name: shown(value) for name, value in said.values.items()})


def next_best(book: Book, action: Action, plan: Plan, words: Words) -> str:
    """What the best plan without this action's source is like; empty where nobody asked, or where
    it is done."""
    if action.done:
        return ""
    for each in plan.explanation.next_best if plan.explanation else ():
        if each.source == action.source:
            return brief(book, words, each.said)
    return ""


def worth_lines(book: Book, explanation: Explanation | None, words: Words) -> list[str]:
    """The tightest day, and what more of each limit would be worth, the most first."""
    if explanation is None:
        return []
    tightest = [explanation.tightest_said] if explanation.tightest_said else []
    worth = [each.said for each in explanation.worth[:MOST_WORTHS]]
    return [brief(book, words, each) for each in (*tightest, *worth)]


def next_best_on_paper(book: Book, action: Action, plan: Plan, words: Words) -> str:
    if len(plan.actions) > MOST_ON_PAPER:
        return ""
    return next_best(book, action, plan, words)
