"""Why each action is in a plan, and what remains after it, as sentences."""

from collections.abc import Sequence, Set

import numpy as np

from backstop.contingency import Outcome, called, outcome_of
from backstop.domain import Message, Money, message
from backstop.plan.actions import Action
from backstop.plan.drafting.judge import Replay, replayed_low
from backstop.plan.drafting.rounding import Taken
from backstop.plan.situation import Situation

ROUNDING = 0.01
"""Share of what a plan leaves unpaid by which a bound may lie below it and say the same."""


def because(
    situation: Situation, actions: Sequence[Action], action: Action, judged: Replay
) -> Message:
    """The action deleted and the rest replayed: what would then go wrong, and when."""
    after = judged.paying_all(situation)
    others = [each for each in actions if each is not action]
    low = replayed_low(situation, others)
    without = outcome_of(situation.projection, situation.contingency, low)
    if without.largest_gap > after.largest_gap:
        known = {(each.obligation.record, each.day) for each in judged.missed}
        return _something_bounces(situation, action, without, after.largest_gap, known)
    below = np.maximum(situation.projection.buffer - low, 0)
    with_it = np.maximum(situation.projection.buffer - after.low, 0)
    day = int(np.argmax(below - with_it))
    return message(
        "Without this, cash on {date} would be {amount} further below your minimum.",
        date=situation.projection.date_of(day),
        amount=_money(situation, int(below[day] - with_it[day])),
    )


def _something_bounces(
    situation: Situation, action: Action, without: Outcome, gap: int, known: Set[tuple[str, int]]
) -> Message:
    """How much more than this gap is missing without the action, and the first payment after it,
    besides those known to be missed, that this hits."""
    missing = _money(situation, without.largest_gap - gap)
    fresh = [
        each
        for each in without.bounced
        if each.day >= action.day and (each.obligation.record, each.day) not in known
    ]
    if not fresh:
        return message(
            "Without this, {amount} is missing on {date}.",
            amount=missing,
            date=situation.projection.date_of(without.largest_gap_day or 0),
        )
    first = min(fresh, key=lambda b: (b.day, b.priority, b.obligation.record))
    then = sum(each.missed for each in fresh if each.day == first.day)
    if then < without.largest_gap - gap:
        text = "Without this, {amount} is missing, first of all for {name} on {date}."
    else:
        text = "Without this, {amount} is missing: {name} on {date} cannot be paid in full."
    return message(
        text,
        name=called(situation.projection.book, first.obligation),
        date=situation.projection.date_of(first.day),
        amount=missing,
    )


def what_remains(situation: Situation, after: Outcome, at_least: int = 0) -> Message:
    """What the plan leaves open, plainly, with the least that would cure it. Where nobody chose
    what is left unpaid, it may be what the plan itself makes due. `at_least` stays unpaid with any
    plan."""
    if situation.projection.is_over:
        return message("This book is over: there is no verdict.")
    if after.chosen is None and after.first_shortfall is not None:
        return _stays_unpaid(situation, after.largest_gap, after.first_shortfall)
    if after.bounced:
        missed = sum(each.missed for each in after.bounced)
        day = min(each.day for each in after.bounced)
        if near_enough(at_least, missed):
            return _stays_unpaid(situation, missed, day)
        return _at_least(situation, missed, day, at_least)
    if after.days_below_buffer == 1:
        return message(
            "Nothing is missed. Cash is below your minimum on one day, {date}: {amount}.",
            date=situation.projection.date_of(after.barest_day),
            amount=_money(situation, after.barest_cash),
        )
    if after.touches_buffer:
        return message(
            "Nothing is missed. Cash is below your minimum on {days} days, furthest on {date}: "
            "{amount}.",
            days=after.days_below_buffer,
            date=situation.projection.date_of(after.barest_day),
            amount=_money(situation, after.barest_cash),
        )
    return message("Nothing is missed, and cash never falls below your minimum.")


def near_enough(at_least: int, missed: int) -> bool:
    """Whether what stays unpaid with any plan is as good as what this one leaves, or nothing is
    known of it."""
    return not at_least or missed - at_least <= missed * ROUNDING


def _at_least(situation: Situation, missed: int, day: int, at_least: int) -> Message:
    return message(
        "At least {least} stays unpaid with any plan that misses no more of what matters more; "
        "this one leaves {missed}. As much more in hand by {date} would cure it.",
        least=_money(situation, at_least),
        missed=_money(situation, missed),
        date=situation.projection.date_of(day),
    )


def _stays_unpaid(situation: Situation, missed: int, day: int) -> Message:
    return message(
        "{missed} stays unpaid. As much more in hand by {date} would cure it.",
        missed=_money(situation, missed),
        date=situation.projection.date_of(day),
    )


def more_steps(
    situation: Situation, full: tuple[Taken, Replay], chosen: tuple[Taken, Replay]
) -> Message | None:
    """What the full plan has beyond the steps that were chosen; None where it pays no more."""
    steps, paid = len(full[0]) - len(chosen[0]), left_out(full, chosen)
    if paid < 10**situation.book.money.digits or steps < 1:
        return None
    amount = _money(situation, paid)
    if steps == 1:
        return message("With one more step, {amount} more can be paid.", amount=amount)
    return message("With {n} more steps, {amount} more can be paid.", n=steps, amount=amount)


def left_out(full: tuple[Taken, Replay], chosen: tuple[Taken, Replay]) -> int:
    """What the full plan pays more (minor units); never below nothing."""
    return max(0, _unpaid(chosen[1]) - _unpaid(full[1]))


def chained_steps(actions: Sequence[Action]) -> tuple[Message, ...]:
    """How many steps repay one platform by another, where some do."""
    chained = sum(bool(each.repays) for each in actions)
    if not chained:
        return ()
    if chained == 1:
        return (message("One step repays a platform with the money of another."),)
    return (message("{n} steps repay a platform with the money of another.", n=chained),)


def _unpaid(judged: Replay) -> int:
    return sum(each.missed for each in judged.missed)


def _money(situation: Situation, minor: int) -> Money:
    return Money(minor, situation.book.currency)
