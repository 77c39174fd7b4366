"""Drafting a plan: offers, optimum, whole steps, replay, repair, reasons."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from backstop.contingency import Outcome
from backstop.plan.actions import Action, Phase
from backstop.plan.asking.asks import asks_of
from backstop.plan.asking.preparing import to_begin
from backstop.plan.drafting.asked_for import asked_for
from backstop.plan.drafting.attempts import Drawn, better, counted, solve, unpaid_rank
from backstop.plan.drafting.candidates import candidates, completed
from backstop.plan.drafting.granting import Granted, named_sources, wanted_days
from backstop.plan.drafting.judge import Replay, below_buffer, replay
from backstop.plan.drafting.merging import merged
from backstop.plan.drafting.overdue import Closed, as_lenders_follow
from backstop.plan.drafting.rationale import (
    ROUNDING,
    because,
    chained_steps,
    left_out,
    more_steps,
    what_remains,
)
from backstop.plan.drafting.rounding import Taken
from backstop.plan.drafting.scraps import without_scraps
from backstop.plan.drafting.worthwhile import (
    bearable,
    below_more,
    not_worth_following,
    worth_a_step,
)
from backstop.plan.effects import cost_of, repayments
from backstop.plan.offers.chains import repaid_by
from backstop.plan.offers.reliability import unarranged_in
from backstop.plan.results import Plan
from backstop.plan.situation import Situation, situation_of
from backstop.plan.solver.optimise import Left
from backstop.plan.solver.program import Infeasible
from backstop.plan.wishes import NO_WISHES, Wishes
from backstop.projection import Projection

MOST_COMPLETED = 1
"""How often the candidates are completed from the plan found."""

WORTH_COMPLETING = 0.002
"""Share of what a plan counts as that it has to become better by for another completion."""


def draft(
    projection: Projection,
    outcome: Outcome,
    wishes: Wishes = NO_WISHES,
    begin: Sequence[Action] = (),
) -> Plan:
    """The least-cost plan for a loss, proved by replay. Raises `Cancelled`.

    It follows the owner's wishes; those that cannot be granted it names (`Plan.unmet`). Nothing is
    done before the loss, nor in the past. Up to three repairs mend what whole steps have changed;
    what is still short then is reported as not proved. The search begins with the actions to
    `begin` with. Lines that what stays overdue would close are not counted on.
    """
    return _followed(projection, wishes, _drafted(projection, outcome, wishes, begin))


def draft_with_less_unpaid(
    projection: Projection, known: Plan, begin: Sequence[Action], *, wide: bool = False
) -> Plan | None:
    """A plan for the same loss around no wishes that leaves less unpaid than the one known with all
    steps that it could have; None where none is found near the actions to `begin` with: among twice
    as many if `wide`. Raises `Cancelled`."""
    situation = situation_of(
        projection, known.before, (), named_sources(projection, NO_WISHES, begin)
    )
    found = candidates(situation, NO_WISHES, begin)
    granted = found.near(wide=wide)
    try:
        best = _tidied(found.situation, granted, _less_than(known))
    except Infeasible:
        return None
    plan = _chosen(_Searched(found.situation, granted, best), NO_WISHES)
    return _followed(projection, NO_WISHES, plan)


def _less_than(plan: Plan) -> list[float]:
    """What another plan has to miss less than by class (minor units) to be better by more than
    rounding explains: what this one misses with the steps that were left out of it, which pay what
    matters least."""
    paid = plan.left_out + ROUNDING * sum(plan.after.missed)
    missed: list[float] = [*plan.after.missed]
    for place in reversed(range(len(missed))):
        part = min(missed[place], paid)
        missed[place], paid = missed[place] - part, paid - part
    return missed


def _followed(projection: Projection, wishes: Wishes, plan: Plan) -> Plan:
    """The plan without lines that what it leaves overdue would close."""

    def again(other: Outcome, known: Sequence[Action], closed: Closed) -> Plan:
        allowed = replace(wishes, closed=tuple(sorted(closed.items())))
        return _drafted(projection, other, allowed, known)

    followed = plan.proved and plan.missed
    return as_lenders_follow(projection, plan.before, plan, again) if followed else plan


@dataclass(frozen=True)
class _Searched:
    """The best plan among the candidates of `situation`, of which those `granted` were searched."""

    situation: Situation
    granted: Granted
    best: Drawn


def _drafted(
    projection: Projection,
    outcome: Outcome,
    wishes: Wishes,
    begin: Sequence[Action],
) -> Plan:
    asked = situation_of(
        projection, outcome, tuple(wanted_days(wishes)), named_sources(projection, wishes, begin)
    )
    return _chosen(_searched(asked, wishes, begin), wishes)


def _chosen(found: _Searched, wishes: Wishes) -> Plan:
    """The plan of those of the steps found that are worth it."""
    chosen = found.best
    if not (wishes.every_step or wishes.at_most is not None):
        chosen = _worthwhile(found.situation, found.granted, chosen)
    chosen = without_scraps(found.situation, asked_for(found.situation, *chosen))
    chosen = asked_for(found.situation, *chosen, leave_more=False)  # what was raised by little
    return replace(
        _plan(found.situation, *chosen),
        unmet=found.granted.unmet,
        more=more_steps(found.situation, found.best, chosen),
        left_out=left_out(found.best, chosen),
    )


def _searched(situation: Situation, wishes: Wishes, begin: Sequence[Action]) -> _Searched:
    """The best plan among the candidates, which are completed from the plan found until that is no
    better."""
    known = candidates(situation, wishes, begin)
    situation, granted = known.situation, known.near()
    best = _tidied(situation, granted)
    for _ in range(MOST_COMPLETED):
        more = completed(situation, granted, best, wishes) if best[1].proved else None
        if more is None:
            break
        nearer = more.near(counted(more.situation, best[0]))
        other = _tidied(more.situation, nearer)
        if not better(more.situation, other, best):
            break
        little = _is_little(more.situation, other, best)
        situation, granted, best = more.situation, nearer, other
        if little:
            break
    return _Searched(situation, granted, best)


def _is_little(situation: Situation, one: Drawn, other: Drawn) -> bool:
    """Whether the one is so little better that another completion is not worth it."""
    if unpaid_rank(one[1]) != unpaid_rank(other[1]):
        return False
    mine, theirs = (counted(situation, taken) for taken, _ in (one, other))
    return mine > theirs * (1 - WORTH_COMPLETING)


def _tidied(
    situation: Situation, granted: Granted, less_than: Sequence[float] | None = None
) -> Drawn:
    taken, judged = solve(situation, granted, less_than)
    if judged.proved:
        taken, judged = merged(situation, taken, judged)
        taken, judged = _without_idle(situation, taken, judged)
    return taken, judged


def _worthwhile(situation: Situation, granted: Granted, full: Drawn) -> Drawn:
    """The plan of those steps alone that are worth it; as it is where it pays everything."""
    taken, judged = full
    if not (judged.proved and judged.missed):
        return full
    offers = [offer for offer, _ in taken]
    left_out = not_worth_following(situation, offers)
    left = _left(situation, judged)
    while left_out:
        stay = tuple(each for each in offers if each not in left_out)
        fewer = _tidied(situation, replace(granted, offers=stay))
        after = _left(situation, fewer[1])
        if fewer[1].proved and bearable(situation, left, after):
            same = unpaid_rank(fewer[1]) == unpaid_rank(judged)
            cheaper = not below_more(left, after) or worth_a_step(situation, left, after)
            return full if same and cheaper and better(situation, full, fewer) else fewer
        left_out = left_out[: len(left_out) // 2]
    return full


def _left(situation: Situation, judged: Replay) -> Left:
    """What is missed, and how far below the buffer cash is where that is not paid."""
    missed = [0.0, 0.0, 0.0]
    for each in judged.missed:
        missed[each.priority - 1] += each.missed
    first, second, third = missed
    return Left((first, second, third), float(below_buffer(situation, judged)))


def _without_idle(situation: Situation, taken: Taken, judged: Replay) -> Drawn:
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
        replace(each, because=because(situation, actions, each, judged)) for each in actions
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
        notes=chained_steps(explained),
        asks=asks_of(situation, explained, judged.missed),
        begin=to_begin(situation, explained, judged.missed),
        unarranged=unarranged_in(situation.book, explained),
    )


def _complete(situation: Situation, action: Action) -> Action:
    return replace(
        action,
        cost=cost_of(situation.book, action),
        repayments=repayments(situation.book, action),
        phase=_phase(action.start_day, situation),
        repays=repaid_by(situation, action),
    )


def _phase(start_day: int, situation: Situation) -> Phase:
    if start_day <= situation.projection.start:
        return Phase.DO_NOW
    return Phase.ON_THE_DAY if start_day <= situation.start else Phase.BY_DATE
