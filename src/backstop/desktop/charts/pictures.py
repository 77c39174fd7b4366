"""Answers as charts: which curves a page shows. Imported with the first answers, not before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from backstop.contingency import ContingencyKind
from backstop.desktop.charts.curves import Curve, DayMark, Picture, Role
from backstop.desktop.charts.heat import WEEK, Strip
from backstop.desktop.state.tasks import Cancelled
from backstop.domain import LossMode, SavedContingency
from backstop.projection import headroom
from backstop.telling import Words

if TYPE_CHECKING:
    from backstop.contingency import Outcome, Sweep
    from backstop.plan import Answers, Loss, Plan
    from backstop.projection import Ints, Projection


def base_picture(answers: Answers, words: Words) -> Picture:
    """Cash as planned, the buffer, the low point named."""
    curves = [_base(answers.base, words), *_levels(answers.base, words)]
    return _picture(answers.projection, curves, named=Role.BASE, filled=True)


def loss_picture(
    answers: Answers, loss: Loss | None, words: Words, standing: Ints | None = None
) -> Picture:
    """One loss against the plan of record, with and without the standing draws."""
    if loss is None:
        return base_picture(answers, words)
    curves = [
        _base(answers.base, words),
        Curve(Role.LOSS, loss_label(loss, words), loss.outcome.cash),
        *_standing(standing, loss.outcome, words),
        *_levels(loss.outcome, words),
    ]
    return _picture(answers.projection, curves, named=Role.LOSS, loss_day=loss.contingency.loss_day)


def loss_label(loss: Loss, words: Words) -> str:
    """What the curve of a loss is called: not every one is there no more."""
    mode, book = loss.contingency.mode, loss.outcome.projection.book
    if loss.contingency.kind is ContingencyKind.EXPENSE:
        return words.say("with {line}", line=loss.name)
    if isinstance(book.by_id.get(loss.contingency.id), SavedContingency):
        return words.say("in the case of {line}", line=loss.name)
    if mode in (None, LossMode.NO_NEW_DRAWS):
        return words.say("without {line}", line=loss.name)
    return words.say("{line}: {what}", line=loss.name, what=words.label(mode))


def worst_day_picture(projection: Projection, sweep: Sweep, words: Words) -> Picture:
    """The largest shortfall by the day of the loss, below zero; the worst day is named."""
    short = Curve(Role.LOSS, words.say("largest shortfall"), -sweep.curve(projection.days))
    return _picture(projection, [short], named=Role.LOSS)


def strips(answers: Answers) -> list[Strip]:
    """Each loss week by week: how short cash is at its lowest, or how far below the minimum."""
    starts = np.arange(0, answers.projection.days, WEEK)
    buffer = answers.projection.buffer
    found = []
    for loss in answers.losses:
        low = loss.outcome.low
        short = np.maximum(-np.minimum.reduceat(low, starts), 0)
        below = np.maximum(np.maximum.reduceat(buffer - low, starts), 0)
        figures = tuple(short.tolist()), tuple(below.tolist())
        found.append(Strip(loss.contingency.id, loss.name, *figures))
    return found


def plan_picture(answers: Answers, plan: Plan, words: Words) -> Picture:
    """Before and after: cash under the loss, without and with the plan's actions."""
    curves = [
        Curve(Role.LOSS, words.say("if you do nothing"), plan.before.cash),
        Curve(Role.PLAN, words.say("with the plan"), plan.after.cash),
        *_levels(plan.after, words),
    ]
    return _picture(answers.projection, curves, named=Role.PLAN, loss_day=plan.contingency.loss_day)


def projection_picture(
    answers: Answers,
    room: Ints | None,
    loss: Loss | None,
    due: Ints,
    words: Words,
    further: Sequence[Curve] = (),
) -> Picture:
    """Own cash and credit headroom as separate curves; `due` is the most important class that is
    payable on each day, 0 for none."""
    shown = answers.base if loss is None else loss.outcome
    curves = [_base(answers.base, words), *_levels(shown, words)]
    if room is not None:
        curves.append(Curve(Role.HEADROOM, words.say("credit still available"), room))
    if loss is not None:
        curves.append(Curve(Role.LOSS, loss_label(loss, words), loss.outcome.cash))
    curves += further
    return _picture(
        answers.projection,
        curves,
        named=_deepest(curves),
        filled=True,
        marks=tuple(DayMark(int(day), int(due[day])) for day in np.flatnonzero(due)),
    )


def _deepest(curves: Sequence[Curve]) -> Role:
    """Whose lowest point is worth naming: that of the worst case shown."""
    shown = {each.role for each in curves}
    return next(role for role in (Role.WORSE, Role.LOSS, Role.BASE) if role in shown)


def total_headroom(projection: Projection, cancelled: Cancelled) -> Ints:
    """What all cash lines together could still lend on each day, in minor units."""
    total = np.zeros(projection.days, dtype=np.int64)
    for facility in projection.book.facilities:
        if cancelled():
            break
        if facility.lends_cash:
            total += headroom(projection, facility)
    return total


def _base(base: Outcome, words: Words) -> Curve:
    return Curve(Role.BASE, words.say("own cash"), base.cash)


def _standing(low: Ints | None, outcome: Outcome, words: Words) -> list[Curve]:
    if low is None:
        return []
    return [Curve(Role.STANDING, words.say("with standing draws"), low + outcome.floor)]


def _levels(outcome: Outcome, words: Words) -> list[Curve]:
    """How low cash may fall, where there is an overdraft, and the minimum, counted from there."""
    projection, found = outcome.projection, []
    if projection.overdrafts:
        found.append(Curve(Role.FLOOR, words.say("overdraft limit"), outcome.floor))
    if projection.buffer.any():
        level = projection.buffer + outcome.floor
        found.append(Curve(Role.BUFFER, words.say("minimum cash"), level))
    return found


def _picture(
    projection: Projection,
    curves: list[Curve],
    *,
    named: Role,
    filled: bool = False,
    marks: tuple[DayMark, ...] = (),
    loss_day: int | None = None,
) -> Picture:
    start: date = projection.book.as_of
    return Picture(
        start=start,
        currency=projection.book.currency,
        curves=tuple(curves),
        named=named,
        filled=filled,
        marks=marks,
        loss_day=loss_day,
    )
