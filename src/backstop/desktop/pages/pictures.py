"""Answers as charts: which curves a page shows. Imported with the first answers, not before."""

from datetime import date
from typing import TYPE_CHECKING

import numpy as np

from backstop.desktop.charts.curves import Curve, DayMark, Picture, Role
from backstop.desktop.tasks import Cancelled
from backstop.language import Words

if TYPE_CHECKING:
    from backstop.contingency import Obligation, Outcome
    from backstop.plan import Answers, Loss, Plan
    from backstop.projection import Ints, Projection


def base_picture(answers: "Answers", words: Words) -> Picture:
    """Cash as planned, the buffer, the low point named."""
    curves = [_base(answers.base, words), *_buffer(answers.projection, words)]
    return _picture(answers.projection, curves, named=Role.BASE, filled=True)


def loss_picture(answers: "Answers", loss: "Loss | None", words: Words) -> Picture:
    """One loss against the plan of record."""
    if loss is None:
        return base_picture(answers, words)
    curves = [
        _base(answers.base, words),
        Curve(Role.LOSS, words.say("without {line}", line=loss.name), loss.outcome.low),
        *_buffer(answers.projection, words),
    ]
    return _picture(answers.projection, curves, named=Role.LOSS, loss_day=loss.contingency.loss_day)


def plan_picture(answers: "Answers", plan: "Plan", words: Words) -> Picture:
    """Before and after: cash under the loss, without and with the plan's actions."""
    curves = [
        Curve(Role.LOSS, words.say("if you do nothing"), plan.before.low),
        Curve(Role.PLAN, words.say("with the plan"), plan.after.low),
        *_buffer(answers.projection, words),
    ]
    return _picture(answers.projection, curves, named=Role.PLAN, loss_day=plan.contingency.loss_day)


def projection_picture(
    answers: "Answers",
    room: "Ints | None",
    loss: "Loss | None",
    due: "list[Obligation]",
    words: Words,
) -> Picture:
    """Own cash and credit headroom as separate curves, obligations as marks."""
    curves = [_base(answers.base, words), *_buffer(answers.projection, words)]
    if room is not None:
        curves.append(Curve(Role.HEADROOM, words.say("credit still available"), room))
    if loss is not None:
        label = words.say("without {line}", line=loss.name)
        curves.append(Curve(Role.LOSS, label, loss.outcome.low))
    marks: dict[int, int] = {}
    for each in due:
        marks[each.day] = min(int(each.priority), marks.get(each.day, 3))
    return _picture(
        answers.projection,
        curves,
        named=Role.LOSS if loss is not None else Role.BASE,
        filled=True,
        marks=tuple(DayMark(day, priority) for day, priority in sorted(marks.items())),
    )


def total_headroom(projection: "Projection", cancelled: Cancelled) -> "Ints":
    """What all cash lines together could still lend on each day, in minor units."""
    from backstop.projection import headroom

    total = np.zeros(projection.days, dtype=np.int64)
    for facility in projection.book.facilities:
        if cancelled():
            break
        if not facility.purchases_only:
            total += headroom(projection, facility)
    return total


def _base(base: "Outcome", words: Words) -> Curve:
    return Curve(Role.BASE, words.say("own cash"), base.low)


def _buffer(projection: "Projection", words: Words) -> list[Curve]:
    if not projection.book.minimum_cash:
        return []
    return [Curve(Role.BUFFER, words.say("minimum cash"), projection.buffer)]


def _picture(
    projection: "Projection",
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
