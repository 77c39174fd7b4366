"""Asking a book: what its losses do, and a plan for one of them. For window and command line."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from backstop.contingency import Outcome, all_closures, base_outcome, outcomes, saved_closures
from backstop.domain import BadInput, Book, message
from backstop.plan import (
    NO_WISHES,
    Answers,
    Loss,
    Plan,
    Reserve,
    Wishes,
    answer,
    assess,
    draft,
    explain,
    redraft,
    reserve_for,
    with_shortage,
)
from backstop.projection import Projection, project


def base_of(book: Book, today: int = 0) -> tuple[Projection, Outcome]:
    """The book's projection with every line open, and its figures. `today` is the clock's day as an
    offset, here and below."""
    projection = project(book, today)
    return projection, base_outcome(projection)


def answers_of(book: Book, lost_on: date | None = None, today: int = 0) -> Answers:
    """Every loss on that day (default: today), each with its cure, ranked.

    Raises `BadInput` for a day outside the projection.
    """
    day = None if lost_on is None else day_in(book, lost_on)
    return assess(answer(book, day, today=today))


def with_saved(answers: Answers) -> Answers:
    """The answers with the losses that the book keeps by name behind the others, without cures:
    what a plan can be asked for. Each is on its own date, or on that of the others."""
    day = answers.losses[0].contingency.loss_day if answers.losses else answers.projection.now
    found = outcomes(answers.projection, saved_closures(answers.book, day))
    kept = [
        Loss(answers.book.by_id[each.contingency.id].name, each)
        for each in found
        if each.contingency is not None
    ]
    return replace(answers, losses=(*answers.losses, *kept))


def check_known(book: Book, contingency_id: str, known: Sequence[str] = ()) -> None:
    """Refuse an id that is no contingency of this book; raises `BadInput` naming them all.

    `known` are those there are, by default every single line and link group.
    """
    known = known or [each.id for each in all_closures(book)]
    if contingency_id in known:
        return
    if not known:
        raise BadInput(message("This book has no credit line that could close. Add one first."))
    raise BadInput(
        message(
            "“{id}” is no line and no link group of this book. Choose one of: {known}.",
            id=contingency_id[:60],
            known=tuple(sorted(known)),
        )
    )


def loss_in(answers: Answers, contingency_id: str) -> Loss:
    """The loss of the facility or link group with this id; raises `BadInput`."""
    check_known(answers.book, contingency_id, [each.contingency.id for each in answers.losses])
    return answers.loss(contingency_id)


def plan_for(answers: Answers, contingency_id: str, wishes: Wishes = NO_WISHES) -> Plan:
    """The least-cost plan for this contingency, around the owner's wishes, proved by replay.
    A second or two where there are many sources. Raises `BadInput`.
    """
    return drafted(answers, loss_in(answers, contingency_id), wishes)


def drafted(answers: Answers, loss: Loss, wishes: Wishes = NO_WISHES) -> Plan:
    """The plan that assessing the loss already made, or a new one; from there to the one around the
    wishes; with what to do about what it leaves unpaid. Raises `Cancelled`."""
    plan = loss.plan or draft(answers.projection, loss.outcome)
    if wishes:
        plan = redraft(answers.projection, plan, wishes)
    return with_shortage(answers.projection, plan, wishes)


def explained(answers: Answers, plan: Plan, wishes: Wishes = NO_WISHES) -> Plan:
    """The plan with the next best of each step and the worth of what binds. Takes as long as
    drafting once for each source in it."""
    return explain(answers.projection, plan, wishes)


def reserve_of(answers: Answers) -> Reserve:
    """The standing reserve and the backup line that make every single loss survivable.

    A few seconds where a loss cannot be cured: on a worker, in a window. Raises `Cancelled`.
    """
    return reserve_for(answers)


def day_in(book: Book, day: date) -> int:
    """The offset of a day from the as-of date; raises `BadInput` outside the projection."""
    offset = (day - book.as_of).days
    if not 0 <= offset <= book.horizon_days:
        raise BadInput(
            message(
                "{day} lies outside this book. Choose a day from {first} to {last}.",
                day=day,
                first=book.as_of,
                last=date.fromordinal(book.as_of.toordinal() + book.horizon_days),
            )
        )
    return offset
