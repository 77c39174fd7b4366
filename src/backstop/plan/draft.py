"""Drafting a plan: offers, optimum, whole steps, replay, repair, reasons."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from backstop.contingency import Bounced, Obligation, Outcome
from backstop.plan.columns import Floats, Solution
from backstop.plan.effects import cost_of, repayments
from backstop.plan.granting import Granted, grant, wanted_days
from backstop.plan.judge import Replay, replay, within_limits
from backstop.plan.merging import below_buffer, merged
from backstop.plan.model import model_of, offers_for
from backstop.plan.optimise import Left, optimise
from backstop.plan.options.offer import payment_key
from backstop.plan.program import Infeasible
from backstop.plan.rationale import because, more_steps, what_remains
from backstop.plan.results import Action, Phase, Plan
from backstop.plan.rounding import DUST, Taken, whole_steps
from backstop.plan.situation import Situation
from backstop.plan.wishes import NO_WISHES, Wishes
from backstop.plan.worthwhile import FOLLOWED, worth, worth_following
from backstop.projection import Projection

MOST_ROUNDS = 3
STEPS_LOST = 2
"""Steps of each lender that rounding may cost: in the amount, and in what is paid back on it."""

DUST_IN_ALL = 100
"""Minor units that the solver's tolerance may add up to over a whole plan."""


def draft(
    projection: Projection,
    outcome: Outcome,
    cancelled: Callable[[], bool] = lambda: False,
    wishes: Wishes = NO_WISHES,
) -> Plan:
    """The least-cost plan for a loss, proved by replay. Raises `Cancelled`.

    It follows the owner's wishes; those that cannot be granted it names (`Plan.unmet`). Nothing is
    done before the loss. Up to three rounds mend what whole steps have changed; what is still short
    then is reported as not proved.
    """
    start = outcome.contingency.loss_day if outcome.contingency else 0
    situation = Situation(projection, outcome, start, tuple(wanted_days(wishes)))
    granted = grant(situation, offers_for(situation), wishes)
    full = _tidied(situation, granted, cancelled)
    chosen = full
    if not (wishes.every_step or wishes.at_most is not None):
        chosen = _worthwhile(situation, granted, full, cancelled)
    return replace(
        _plan(situation, *chosen),
        unmet=granted.unmet,
        more=more_steps(situation, full, chosen),
    )


def _tidied(
    situation: Situation, granted: Granted, cancelled: Callable[[], bool]
) -> tuple[Taken, Replay]:
    taken, judged = _solve(situation, granted, cancelled)
    if judged.proved:
        taken, judged = merged(situation, taken, judged)
        taken, judged = _without_idle(situation, taken, judged)
    return taken, judged


def _worthwhile(
    situation: Situation,
    granted: Granted,
    full: tuple[Taken, Replay],
    cancelled: Callable[[], bool],
) -> tuple[Taken, Replay]:
    """The plan of those steps alone that are worth it; as it is where it pays everything."""
    taken, judged = full
    if not (judged.proved and judged.missed):
        return full
    offers = worth_following(situation, [offer for offer, _ in taken], cancelled)
    if len(offers) == len(taken):
        return full
    fewer = _tidied(situation, replace(granted, offers=tuple(offers)), cancelled)
    lost = worth(situation, _left(situation, judged), _left(situation, fewer[1]))
    return fewer if fewer[1].proved and lost <= FOLLOWED else full


def _left(situation: Situation, judged: Replay) -> Left:
    missed = [0.0, 0.0, 0.0]
    for each in judged.missed:
        missed[each.priority - 1] += each.missed
    first, second, third = missed
    return Left((first, second, third), below_buffer(situation, judged))


def _solve(
    situation: Situation, granted: Granted, cancelled: Callable[[], bool]
) -> tuple[Taken, Replay]:
    margin: Floats = np.zeros(len(situation.low))
    offers, taken = granted.offers, granted.pinned
    judged = replay(situation, taken)
    if not len(situation.need_days) and not taken:
        return taken, judged
    choices: Sequence[bool] | None = None
    curable, fallen_back = False, None
    for number in range(MOST_ROUNDS):
        try:
            solution = optimise(model_of(situation, offers, margin), cancelled, choices)
        except Infeasible:  # nothing is left to take the margin from: the last round stands
            break
        taken = whole_steps(situation.book, offers, solution)
        judged = replay(situation, taken)
        if not judged.proved:  # whole steps may give what the optimiser's dust says is missed
            judged = replay(situation, taken, _missed(situation, taken, solution))
        curable = curable if number else not any(solution.missed)
        if not judged.proved:
            margin, choices = margin + judged.shortfall, solution.taken
        elif curable and judged.missed and fallen_back is None:
            fallen_back, choices = (taken, judged), None  # other choices may keep the promise
        else:
            break
    if fallen_back is not None and (judged.missed or not judged.proved):
        taken, judged = fallen_back
    if not judged.proved and within_limits(situation.book, taken) and _is_rounding(taken, judged):
        judged = replay(situation, taken, _missing_the_rest(situation, taken, judged))
    return taken, judged


def _is_rounding(taken: Taken, judged: Replay) -> bool:
    """Whether what is short is no more than whole steps and the solver's tolerance can explain.

    More than that means that the solver's answer is wrong: it is not made good, but reported.
    """
    steps = sum(offer.step for offer, _ in taken)
    largest = max((amount for _, amount in taken), default=0)
    return int(judged.shortfall.max()) <= STEPS_LOST * steps + largest // 10**5 + DUST_IN_ALL


def _missed(situation: Situation, taken: Taken, solution: Solution) -> tuple[Bounced, ...]:
    """The optimiser's misses, laid on that day's payments of the class."""
    if not any(solution.missed):
        return ()
    rearranged = {key for offer, _ in taken for key in offer.takes}
    model = model_of(situation, ())
    missed: list[Bounced] = []
    for place, unpaid in zip(model.missable, solution.unpaid, strict=True):
        payable = [
            each
            for each in situation.payable
            if (each.day, int(each.priority)) == (place.period, place.priority)
        ]
        payable.sort(key=lambda o: (payment_key(o) in rearranged, -o.amount, o.record))
        missed += _laid(math.ceil(unpaid - DUST), payable)
    return tuple(missed)


def _laid(left: int, payable: Sequence[Obligation]) -> list[Bounced]:
    """So much missed: first what fits in whole, the largest first; the rest is part of a payment
    that may be made in part, if there is one."""
    missed: dict[Obligation, int] = {}
    for each in payable:
        if each.amount <= left - sum(missed.values()) and not each.partly_payable:
            missed[each] = each.amount
    for each in sorted(payable, key=lambda o: not o.partly_payable):
        part = min(left - sum(missed.values()), each.amount)
        if part > 0 and each not in missed:
            missed[each] = part
    return [Bounced(each, part) for each, part in missed.items()]


def _missing_the_rest(situation: Situation, taken: Taken, judged: Replay) -> tuple[Bounced, ...]:
    """What rounding leaves short laid on further payments: the lowest class due by then, the
    latest first. The amounts are below a lender's step."""
    missed = {(b.obligation.record, b.day, b.obligation.kind): b for b in judged.missed}
    rearranged = {key for offer, _ in taken for key in offer.takes}
    covered = 0
    for day in np.flatnonzero(np.diff(np.maximum.accumulate(judged.shortfall), prepend=0)):
        short = int(judged.shortfall[day]) - covered
        due = [o for o in situation.payable if o.day <= day and payment_key(o) not in rearranged]
        for each in sorted(due, key=lambda o: (-o.priority, -o.day, o.record)):
            key = each.record, each.day, each.kind
            before = missed[key].missed if key in missed else 0
            part = min(short, each.amount - before)
            if part > 0:
                missed[key] = Bounced(each, before + part)
                short, covered = short - part, covered + part
    return tuple(sorted(missed.values(), key=lambda b: (b.day, b.priority, b.obligation.record)))


def _without_idle(situation: Situation, taken: Taken, judged: Replay) -> tuple[Taken, Replay]:
    """The plan without actions whose removal harms nothing: the dearest are tried first."""
    loose = [each for each in taken if not each[0].action.pinned]
    for each in sorted(loose, key=lambda t: -cost_of(situation.book, t[0].of(t[1]))):
        fewer = [other for other in taken if other is not each]
        again = replay(situation, fewer, judged.missed)
        if again.proved and below_buffer(situation, again) <= below_buffer(situation, judged):
            taken, judged = fewer, again
    return taken, judged


def _plan(situation: Situation, taken: Taken, judged: Replay) -> Plan:
    actions = [_complete(situation, offer.of(amount)) for offer, amount in taken]
    actions.sort(key=lambda each: (each.start_day, each.day, each.kind, each.source))
    after = judged.outcome(situation)
    explained = tuple(
        replace(each, because=because(situation, actions, each, after)) for each in actions
    )
    assert situation.contingency is not None
    return Plan(
        contingency=situation.contingency,
        fingerprint=situation.book.fingerprint,
        actions=explained,
        cost=sum(each.cost for each in actions),
        before=situation.outcome,
        after=after,
        proved=judged.proved,
        remains=what_remains(situation, after),
    )


def _complete(situation: Situation, action: Action) -> Action:
    return replace(
        action,
        cost=cost_of(situation.book, action),
        repayments=repayments(situation.book, action),
        phase=_phase(action.start_day, situation.start),
    )


def _phase(start_day: int, loss_day: int) -> Phase:
    if start_day <= 0:
        return Phase.DO_NOW
    return Phase.ON_THE_DAY if start_day <= loss_day else Phase.BY_DATE
