"""What a plan leaves unpaid that is hardly anything: paid after all, or left whole.

What is so little that a step more of a draw pays for it is paid; or, where a part of something else
stays unpaid before it that matters no more, that part is left a little larger instead. A purchase
of which hardly anything would still be bought is left whole: a small share of what stays unpaid,
and never more than if nothing is done. Odd cents of two payments are missed of one of them.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import combinations

from backstop.contingency import Bounced
from backstop.plan.drafting.attempts import Drawn, counted
from backstop.plan.drafting.judge import Replay, below_buffer, no_worse, replay, replayed
from backstop.plan.drafting.rounding import Taken
from backstop.plan.drafting.topping_up import topped_up
from backstop.plan.offers.amounts import asked_step
from backstop.plan.situation import Situation

DEAR_SHARE = 0.003
"""Share of what stays unpaid that may stay unpaid besides, so that purchases are left whole."""

HARDLY = 20
"""One part in so many of a purchase is hardly anything."""


def without_scraps(situation: Situation, drawn: Drawn) -> Drawn:
    """The plan without such parts; as it is where it is not proved, or misses nothing."""
    if not (drawn[1].proved and drawn[1].missed):
        return drawn
    taken, judged = _without_little(situation, (drawn[0], _as_needed(situation, *drawn)))
    spare = int(sum(each.missed for each in judged.missed) * DEAR_SHARE)
    missed = _gathered(situation, judged.missed)
    for number, each in enumerate(missed):
        bought = each.obligation.amount - each.missed
        if each.obligation.bought is None or not 0 < bought * HARDLY <= each.obligation.amount:
            continue
        tried = [*missed]
        tried[number] = replace(each, missed=each.obligation.amount)
        if bought <= spare and no_worse(situation, tried):
            missed, spare = tried, spare - bought
    if tuple(missed) != judged.missed:
        judged = replay(situation, taken, tuple(missed))
    return taken, _in_whole_units(situation, taken, judged)


def _in_whole_units(situation: Situation, taken: Taken, judged: Replay) -> Replay:
    """The same with the cents that are missed beside whole units moved to another payment that is
    missed in part, no more important and due no earlier, where cash in between allows that."""
    unit = 10**situation.book.money.digits
    odd = [
        each
        for each in judged.missed
        if each.missed % unit and each.missed < each.obligation.amount
    ]
    for each, other in combinations(sorted(odd, key=lambda b: (b.priority, b.day)), 2):
        little = each.missed % unit
        if other.day >= each.day and other.obligation.amount - other.missed >= little:
            amounts = {each: each.missed - little, other: other.missed + little}
            changed = (replace(b, missed=amounts.get(b, b.missed)) for b in judged.missed)
            again = replay(situation, taken, tuple(b for b in changed if b.missed))
            if again.proved:
                return _in_whole_units(situation, taken, again)
    return judged


def _as_needed(situation: Situation, taken: Taken, judged: Replay) -> Replay:
    """The same with no more left unpaid than cash is short: what matters most is paid first, of
    that the earliest."""
    missed = dict(enumerate(judged.missed))
    for n in sorted(missed, key=lambda n: (missed[n].priority, missed[n].day, n)):
        spare = _spare_from(situation, taken, tuple(missed.values()), missed[n].day)
        left = missed[n].missed - min(spare, missed[n].missed)
        if left:
            missed[n] = replace(missed[n], missed=left)
        else:
            del missed[n]
    again = replay(situation, taken, tuple(missed.values()))
    return again if again.proved else judged


def _spare_from(situation: Situation, taken: Taken, missed: tuple[Bounced, ...], day: int) -> int:
    """The cash that is left on each day from this one on (minor units), however little."""
    kept = replayed(situation, (offer.of(amount) for offer, amount in taken))
    kept = kept + situation.beyond_payments
    for each in missed:
        kept[each.day :] += each.missed
    return max(0, int(kept[day:].min()))


def _without_little(situation: Situation, drawn: Drawn) -> Drawn:
    """The plan that pays what steps of what is drawn anyway can pay, for what they are worth."""
    taken, judged = drawn
    most = counted(situation, taken) + situation.friction
    below = below_buffer(situation, judged)
    for each in judged.missed:
        if not _is_little(situation, each):
            continue
        others = tuple(other for other in judged.missed if other is not each)
        raised, again = topped_up(situation, taken, replay(situation, taken, others))
        holds = again.proved and below_buffer(situation, again) <= below
        if holds and counted(situation, raised) <= most:
            taken, judged = raised, again
    return taken, judged


def _gathered(situation: Situation, missed: Sequence[Bounced]) -> list[Bounced]:
    """The same in all, with little parts added to larger ones that stay unpaid before them."""
    left = list(missed)
    for each in missed:
        if not _is_little(situation, each):
            continue
        for number, other in enumerate(left):
            room = other.obligation.amount - other.missed
            before = other.day <= each.day and other.priority >= each.priority
            larger = other.missed > each.missed and other.obligation != each.obligation
            if larger and before and room > each.missed:
                left[number] = replace(other, missed=other.missed + each.missed)
                left.remove(each)
                break
    return left


def _is_little(situation: Situation, each: Bounced) -> bool:
    whole = each.missed == each.obligation.amount
    return not whole and each.missed <= asked_step(situation.book, each.obligation.amount)
