"""Drafting again around the owner's wishes, from a plan that is known."""

from dataclasses import replace

from backstop.domain import Book
from backstop.plan.drafting.draft import draft
from backstop.plan.drafting.granting import dislike_of
from backstop.plan.results import Plan
from backstop.plan.wishes import Wishes
from backstop.projection import Projection


def redraft(projection: Projection, plan: Plan, wishes: Wishes) -> Plan:
    """The least-cost plan around these wishes. Raises `Cancelled`.

    `plan` is the least-cost one around none, or some, of them. Where it meets them all it is the
    least-cost one still, and nothing is searched; else the search begins there.
    """
    if not meets(projection.book, plan, wishes):
        return draft(projection, plan.before, wishes, plan.actions)
    pinned = (any(pin.means(each) for pin in wishes.pins) for each in plan.actions)
    actions = [replace(a, pinned=kept) for a, kept in zip(plan.actions, pinned, strict=True)]
    return replace(plan, actions=tuple(actions), explanation=None, otherwise=None)


def meets(book: Book, plan: Plan, wishes: Wishes) -> bool:
    """Whether the plan is what is wished for; never one that leaves something unpaid, which other
    steps than its own may have been left out of."""
    if wishes.done or not plan.proved or plan.missed or plan.unmet:
        return False
    kept = all(
        any(pin.means(each) and pin.amount in (0, each.amount) for each in plan.actions)
        for pin in wishes.pins
    )
    few = wishes.at_most is None or len(plan.actions) <= wishes.at_most
    unwanted = any(wishes.forbids(each) or dislike_of(book, each, wishes) for each in plan.actions)
    return kept and few and not unwanted
