"""One draw where one does: a person asks a lender once rather than twice."""

from collections.abc import Iterator
from itertools import combinations

from backstop.plan.drafting.judge import Replay, below_buffer, replay, within_limits
from backstop.plan.effects import cost_of
from backstop.plan.offers import Offer, kind_of
from backstop.plan.situation import Situation

Taken = list[tuple[Offer, int]]


def merged(situation: Situation, taken: Taken, judged: Replay) -> tuple[Taken, Replay]:
    """The plan with two draws on one source put together, as long as that misses no more, leaves
    cash no deeper below the buffer, and costs no more than an action is worth."""
    found = _better(situation, taken, judged)
    while found is not None:
        taken, judged = found
        found = _better(situation, taken, judged)
    return taken, judged


def _better(situation: Situation, taken: Taken, judged: Replay) -> tuple[Taken, Replay] | None:
    below = below_buffer(situation, judged)
    for fewer in candidates(situation, taken):
        again = replay(situation, fewer, judged.missed)
        if again.proved and below_buffer(situation, again) <= below:
            return fewer, again
    return None


def candidates(situation: Situation, taken: Taken) -> Iterator[Taken]:
    """The plan with one draw in the place of two on the same source, on the day and terms of
    either; those within all limits that cost little more."""
    for pair in combinations(taken, 2):
        if not _same_line(*pair):
            continue
        rest = [each for each in taken if each not in pair]
        for kept in pair:
            one = _together(situation, pair, kept[0])
            if one is not None and within_limits(situation.book, [*rest, one]):
                yield [*rest, one]


def _same_line(first: tuple[Offer, int], second: tuple[Offer, int]) -> bool:
    actions = (first[0].action, second[0].action)
    return (actions[0].kind, actions[0].source) == (actions[1].kind, actions[1].source) and all(
        kind_of(each).merges and not each.pinned for each in actions
    )


def _together(
    situation: Situation,
    pair: tuple[tuple[Offer, int], tuple[Offer, int]],
    kept: Offer,
) -> tuple[Offer, int] | None:
    """Both amounts on the terms of one of the two; None where that is too dear."""
    amount = sum(each for _, each in pair)
    if amount > kept.most:
        return None
    book = situation.book
    apart = sum(cost_of(book, offer.of(each)) for offer, each in pair)
    dear = cost_of(book, kept.of(amount)) > apart + situation.friction
    return None if dear else (kept, amount)
