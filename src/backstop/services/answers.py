"""Asking a book: what its losses do, and a plan for one of them. For window and command line."""

from datetime import date

from backstop.contingency import Contingency, Outcome, base_outcome, projection_of_now
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
    best_plan,
    explain,
    is_searched_whole,
    redraft,
    reserve_for,
    with_fallback,
    with_plan_for,
    with_shortage,
)
from backstop.projection import Projection
from backstop.services.losing import with_loss


def base_of(book: Book, today: int = 0) -> tuple[Projection, Outcome]:
    """The book's projection with every line open, and its figures. `today` is the clock's day as an
    offset, here and below."""
    projection = projection_of_now(book, today)
    return projection, base_outcome(projection)


def answers_of(book: Book, lost_on: date | None = None, today: int = 0) -> Answers:
    """Every loss on that day (default: today), ranked; each with its cure, but in a large book,
    where searching them takes long (`assess`).

    Raises `BadInput` for a day outside the projection.
    """
    return at_once(_unsearched(book, lost_on, today))


def answers_for(
    book: Book, lost: Contingency, lost_on: date | None, today: int = 0, *, others: bool
) -> Answers:
    """The same with this loss, wherever it stands, and its plan, but in a large book; how far the
    `others` can be cured is searched only where that is told too. Raises `BadInput`, `Cancelled`.
    """
    known = (answers_of if others else _unsearched)(book, lost_on, today)
    answers = with_loss(known, lost)
    return with_plan_for(answers, lost) if is_searched_whole(answers) else answers


def _unsearched(book: Book, lost_on: date | None, today: int) -> Answers:
    day = None if lost_on is None else day_in(book, lost_on)
    return answer(book, day, today=today)


def at_once(answers: Answers) -> Answers:
    """The answers with all that can be said without waiting: of a large book they stay as they
    are."""
    return assess(answers) if is_searched_whole(answers) else answers


def drafted(answers: Answers, loss: Loss, wishes: Wishes = NO_WISHES) -> Plan:
    """The best plan for a loss, looked for from its first one where that is known; from there to
    the one around the wishes; with what to do about what it leaves unpaid, and the plan without
    what is not arranged. Raises `Cancelled`."""
    plan = loss.plan
    if plan is None or plan.first:
        plan = best_plan(answers.projection, loss.outcome, plan)
    if wishes:
        plan = redraft(answers.projection, plan, wishes)
    plan = with_fallback(answers.projection, plan, wishes)
    return with_shortage(answers.projection, plan, wishes)


def explained(answers: Answers, plan: Plan, wishes: Wishes = NO_WISHES) -> Plan:
    """The plan with the next best of each step and the worth of what binds. Takes as long as
    drafting once for each source in it."""
    return explain(answers.projection, plan, wishes)


def reserve_of(answers: Answers) -> Reserve:
    """The standing reserve and the backup line that make every single loss survivable.

    A few seconds where a loss cannot be cured: on a worker, in a window. Of a large book it is what
    is enough with the plans that are known. Raises `Cancelled`.
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
