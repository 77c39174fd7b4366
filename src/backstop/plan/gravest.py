"""How far losses can be cured, the gravest first: each as it becomes known.

What happens if nothing is done is known of each loss without any search. A search takes the longer
the more a book holds: in a large one only the gravest losses are searched, so that there is an end.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import partial

from backstop.contingency import Contingency
from backstop.plan.answers import Answers, Loss, danger
from backstop.plan.bound.best import best_plan, first_plan
from backstop.plan.cures import cure_of
from backstop.plan.drafting.worthwhile import FOLLOWED
from backstop.plan.not_arranged import but_in_vain
from backstop.plan.side_by_side import as_ready, side_by_side
from backstop.projection import Projection, headroom

MOST_DRAFTED = 12
"""Losses whose plans are drafted at once: those that an owner looks at first."""

MOST_SEARCHED = 4000
"""Records of a book times its losses that hurt: up to so many, every loss is searched for a cure.
Measured: about six seconds of work."""


SMALL = 100
"""Records of a book that is searched whole even where it is short with every line open."""

MOST_MISSED = 10_000
"""Of a larger one that is: its records times the payments that all its losses leave unpaid. With
250 records and 50 such payments the search for four losses took minutes."""


def is_searched_whole(answers: Answers) -> bool:
    """Whether every loss that hurts is searched for a cure; otherwise the gravest are."""
    hurting, size = _hurting(answers), _size(answers)
    if len(hurting) * size > MOST_SEARCHED:
        return False
    if size <= SMALL or not answers.base.hurts:
        return True
    return size * sum(len(each.outcome.bounced) for each in hurting) <= MOST_MISSED


def searched(answers: Answers) -> tuple[Loss, ...]:
    """The losses that are searched for plans, the gravest first: all of them, or those that an
    owner looks at first. Before them stands what falls short anyway; where that is beyond cure, it
    is the answer, whatever else is lost, and none of a large book is searched."""
    if is_searched_whole(answers):
        return answers.all_losses
    if is_short_beyond_cure(answers):
        return ()
    first = () if answers.anyway is None else (answers.anyway,)
    gravest = sorted(answers.all_losses[len(first) :], key=danger)
    return (*first, *gravest[:MOST_DRAFTED])


def is_short_beyond_cure(answers: Answers) -> bool:
    """Whether so much is missing with every line open that as many steps as a person follows could
    not bring it, were each the largest draw or the largest other means that there is."""
    projection, book = answers.projection, answers.book
    if not answers.base.hurts:
        return False
    steps = [each.amount for each in book.measures]
    for line in sorted(book.facilities, key=lambda each: each.limit, reverse=True):
        steps = sorted([*steps, int(headroom(projection, line).max())])[-FOLLOWED:]
        if answers.base.largest_gap <= sum(steps):  # of thousands of lines, some are enough
            return False
    return answers.base.largest_gap > sum(sorted(steps)[-FOLLOWED:])


def assess(answers: Answers) -> Answers:
    """The same answers with cures, ranked by what cannot be cured. Raises `Cancelled`.

    Of a book that is not too large, every loss that hurts has one: a linear bound says how far it
    can be cured if everything could be taken in part. For the gravest ones the plan is drafted,
    side by side, so that what stays unpaid, and whether anything does, is what the plan itself
    leaves. Of a large book these are all; the others stay provisional.
    """
    (last,) = deque(assessing(answers), maxlen=1)
    return last


def assessing(answers: Answers) -> Iterator[Answers]:
    """The same, step by step, until the last ones are `assessed`: after the plan for what falls
    short anyway, and after each plan for a loss. Raises `Cancelled`."""
    if not is_searched_whole(answers) and is_short_beyond_cure(answers):
        yield replace(answers, assessed=True)
        return
    given, answers = answers, _knowing_anyway(answers)
    if answers is not given:
        yield answers
    if is_searched_whole(answers):
        yield from _searched_whole(answers)
        return
    known: dict[str, Loss] = {}
    asked = (each for each in searched(answers) if each is not answers.anyway)
    gravest = [each for each in asked if each.outcome.hurts]
    if not gravest:
        yield replace(answers, assessed=True)
    for loss in side_by_side(partial(_planned, answers.projection), gravest):
        known[loss.contingency.id] = loss
        assessed = len(known) == len(gravest)
        yield _ranked(answers, _known_of(answers, known), assessed=assessed)


def with_plan_for(answers: Answers, contingency: Contingency) -> Answers:
    """The answers in which the best plan for this loss is known, and a first one for what falls
    short anyway, without the search for the others. Raises `Cancelled`."""
    known = _knowing_anyway(answers)
    losses = tuple(
        _planned_best(known.projection, each) if each.contingency == contingency else each
        for each in known.losses
    )
    return replace(known, losses=losses)


def _knowing_anyway(answers: Answers) -> Answers:
    """With the plan for what falls short though nothing is lost: losses answer for what is beyond
    it."""
    if answers.anyway is None or answers.anyway.plan is not None:
        return answers
    anyway = _planned(answers.projection, answers.anyway)
    losses = tuple(replace(each, anyway=anyway.cure) for each in answers.losses)
    return replace(answers, anyway=anyway, losses=losses)


def _searched_whole(answers: Answers) -> Iterator[Answers]:
    """With a plan for each loss that hurts, as they are ready. Until the last is, the losses keep
    their order: one of which nothing is said yet would rank too low among the others."""
    gravest, others = _parted(answers)
    hurting = [each for each in gravest if each.outcome.hurts]
    known = {each.contingency.id: each for each in others}
    for ready, loss in enumerate(as_ready(partial(_planned, answers.projection), hurting), start=1):
        known[loss.contingency.id] = loss
        if ready < len(hurting):
            yield replace(answers, losses=_known_of(answers, known))
    yield _ranked(answers, _known_of(answers, known), assessed=True)


def _known_of(answers: Answers, known: Mapping[str, Loss]) -> tuple[Loss, ...]:
    """The losses in their order, each as far as it is known."""
    return tuple(known.get(each.contingency.id, each) for each in answers.losses)


def _parted(answers: Answers) -> tuple[Sequence[Loss], Sequence[Loss]]:
    """Those whose plans are drafted, and the others with how far they can be cured. Where there are
    no others that need not be asked: a plan says it of its own loss."""
    if len(answers.losses) <= MOST_DRAFTED:
        return answers.losses, ()
    ranked = sorted((_cured(answers.projection, each) for each in answers.losses), key=danger)
    return ranked[:MOST_DRAFTED], ranked[MOST_DRAFTED:]


def _ranked(answers: Answers, losses: Sequence[Loss], *, assessed: bool) -> Answers:
    return replace(answers, losses=tuple(sorted(losses, key=danger)), assessed=assessed)


def _cured(projection: Projection, loss: Loss) -> Loss:
    if not loss.outcome.hurts:
        return loss
    cure, first = cure_of(projection, loss.outcome), loss.outcome.first_shortfall
    if cure.deadline is not None and first is not None and not cure.complete:
        from_then = max(first, projection.now)  # something is missed, maybe since before today
        cure = replace(cure, deadline=min(cure.deadline, from_then))
    return replace(loss, cure=cure)


def _hurting(answers: Answers) -> list[Loss]:
    return [each for each in answers.losses if each.outcome.hurts]


def _size(answers: Answers) -> int:
    """How many records the book holds, running draws counted each."""
    book = answers.book
    return len(book.by_id) + sum(len(each.tranches) for each in book.facilities)


def _planned(projection: Projection, loss: Loss) -> Loss:
    """With its first plan; the best one takes several times as long, and is looked for once
    somebody looks at it."""
    if not loss.outcome.hurts:
        return loss
    return loss.with_plan(but_in_vain(projection, first_plan(projection, loss.outcome)))


def _planned_best(projection: Projection, loss: Loss) -> Loss:
    """With its best plan."""
    known = loss.plan
    if not loss.outcome.hurts or (known is not None and not known.first):
        return loss
    return loss.with_plan(but_in_vain(projection, best_plan(projection, loss.outcome, known)))
