"""Accepted plans as changes of the book: accept, begin, tick off, end. Each can be undone.

Days are given by the caller: nothing here asks the clock.
"""

import re
from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

import msgspec

from backstop.contingency import closure_known_as, saved_as
from backstop.contingency import contingency_of as case_of
from backstop.domain import (
    AcceptedPlan,
    Application,
    BadInput,
    Book,
    Measure,
    Message,
    PlanStage,
    PlanStep,
    message,
)
from backstop.plan import Action, Answers, Plan, inputs_of, kind_of, pin_of
from backstop.plan.life.progress import (
    Standing,
    as_it_goes_on,
    as_on,
    is_stale,
    standing_of,
    standings,
    wishes_of,
)
from backstop.plan.life.steps import action_of, amount_for, steps_of
from backstop.services.commands import Change
from backstop.services.losing import is_known

__all__ = [
    "Standing",
    "accept",
    "accepted_for",
    "accepted_plan",
    "activate",
    "end",
    "is_same_plan",
    "is_stale",
    "past_plans",
    "standing_of",
    "standings",
    "tick",
    "today_in",
    "untick",
    "wishes_of",
]


_NOT_IN_IDS = re.compile(r"[^a-z0-9_]+")


def accept(answers: Answers, plan: Plan, on: date, *, drill: bool = False) -> Change:
    """Keep this plan in the book for the day it is needed; a drill of it begins at once.

    It takes the place of one accepted before for the same loss; of one that is being carried out
    only where it goes on from there. A loss that the book cannot make again of its id is saved as
    a case along with the plan. Raises `BadInput` for a plan that is not proved.
    """
    if not plan.proved:
        raise BadInput(message("This plan is not proved. Draft it again before you accept it."))
    loss = answers.loss(plan.contingency.id)
    goes_on = _is_under_way(answers.book, plan)
    book, plan = (answers.book, plan) if goes_on else _with_case(answers, plan, loss.name)
    before = None if drill else _going_on_from(answers, plan, as_it_is=goes_on)
    active = drill or before is not None
    accepted = AcceptedPlan(
        id=book.new_id(_stem(plan.contingency.id, drill=drill)),
        name=loss.name,
        contingency=plan.contingency.id,
        loss_date=book.as_of + timedelta(days=plan.contingency.loss_day),
        accepted_on=on,
        inputs=inputs_of(as_on(answers.projection, on), plan.before),
        steps=steps_of(book, plan, answers.projection.start),
        cost=plan.cost,
        missed=sum(each.missed for each in plan.missed),
        stage=PlanStage.ACTIVE if active else PlanStage.ACCEPTED,
        activated_on=before.activated_on if before else on if drill else None,
        drill=drill,
    )
    if drill:
        said = message("begin a drill of the plan for “{name}”", name=loss.name)
        return Change(answers.book, book.put(accepted), said)
    kept = book
    for each in (*_waiting(book, plan.contingency.id), *([before] if before else [])):
        over = max(on, each.activated_on or each.accepted_on)
        kept = kept.put(each.changed(stage=PlanStage.ENDED, ended_on=over))
    said = message("accept the plan for “{name}”", name=loss.name)
    return Change(answers.book, kept.put(accepted), said)


def _with_case(answers: Answers, plan: Plan, name: str) -> tuple[Book, Plan]:
    """The book that knows the loss of this plan, and the plan for the loss as it knows it."""
    book, lost = answers.book, plan.contingency
    if is_known(book, lost):
        return book, plan
    saved = saved_as(book, lost, name, answers.projection.now)
    known = case_of(book, saved, lost.loss_day)
    return book.put(saved), replace(
        plan, contingency=known, before=replace(plan.before, contingency=known)
    )


def _is_under_way(book: Book, plan: Plan) -> bool:
    """Whether it is for a loss that happened before, as that is by now."""
    lost, known = plan.contingency, closure_known_as(book, plan.contingency.id)
    return not is_known(book, lost) and known is not None and as_it_goes_on(book, known) == lost


def _going_on_from(answers: Answers, plan: Plan, *, as_it_is: bool) -> AcceptedPlan | None:
    """The plan that is being carried out for this loss, where something of it is done, or the loss
    is taken as it is by now; and all that is done is in this one."""
    before = accepted_for(answers.book, plan.contingency.id)
    if before is None or before.drill or before.stage is not PlanStage.ACTIVE:
        return None
    done = wishes_of(standing_of(before, answers.projection)).done
    goes_on = all(any(_is_same(each, other) for other in plan.actions) for each in done)
    return before if (done or as_it_is) and goes_on else None


def _is_same(done: Action, other: Action) -> bool:
    return other.done and pin_of(done) == pin_of(other)


def today_in(book: Book, today: date) -> date:
    """Today, as far as the book knows it: a book that is behind or ahead has its own days."""
    last = book.as_of + timedelta(days=book.horizon_days)
    return min(max(today, book.as_of), last)


def _stem(contingency: str, *, drill: bool) -> str:
    loss = _NOT_IN_IDS.sub("-", contingency.lower()).strip("-")
    return f"{'drill' if drill else 'plan'}-{loss}"[:36].rstrip("-")


def _waiting(book: Book, contingency: str) -> Iterable[AcceptedPlan]:
    return [
        each
        for each in book.accepted_plans
        if each.contingency == contingency and each.stage is PlanStage.ACCEPTED
    ]


def accepted_for(book: Book, contingency: str) -> AcceptedPlan | None:
    """The plan in hand for this loss: the one being carried out, a drill last, or the one kept."""
    mine = [
        each
        for each in book.accepted_plans
        if each.contingency == contingency and each.stage is not PlanStage.ENDED
    ]
    order = {PlanStage.ACTIVE: 0, PlanStage.ACCEPTED: 1}
    return min(mine, key=lambda each: (order[each.stage], each.drill), default=None)


def is_same_plan(one: AcceptedPlan, other: AcceptedPlan) -> bool:
    """Whether these are one accepted plan at one stage, whatever of it is done meanwhile."""
    return _undone(one) == _undone(other)


def _undone(plan: AcceptedPlan) -> AcceptedPlan:
    steps = tuple(msgspec.structs.replace(s, done_on=None, actual=None) for s in plan.steps)
    return plan.changed(steps=steps)


def past_plans(book: Book, contingency: str) -> list[AcceptedPlan]:
    """The plans and drills for this loss that are over, the latest first."""
    over = (
        each
        for each in book.accepted_plans
        if each.contingency == contingency and each.stage is PlanStage.ENDED
    )
    return sorted(over, key=lambda each: (each.ended_on or each.accepted_on, each.id), reverse=True)


def accepted_plan(book: Book, plan_id: str) -> AcceptedPlan:
    """The accepted plan with this id; raises `BadInput` naming those there are."""
    record = book.by_id.get(plan_id)
    if isinstance(record, AcceptedPlan):
        return record
    if not book.accepted_plans:
        raise BadInput(message("No plan has been accepted in this book yet."))
    raise BadInput(
        message(
            "“{id}” is no accepted plan of this book. Choose one of: {known}.",
            id=plan_id[:60],
            known=tuple(each.id for each in book.accepted_plans),
        )
    )


def activate(book: Book, plan_id: str, on: date) -> Change:
    """What the plan was made for has happened, on this day. Raises `BadInput`."""
    plan = accepted_plan(book, plan_id)
    if plan.stage is not PlanStage.ACCEPTED:
        raise _not_now(plan)
    changed = plan.changed(stage=PlanStage.ACTIVE, activated_on=on)
    return _changed(book, changed, message("“{name}” has happened", name=plan.name))


def tick(book: Book, plan_id: str, number: int, on: date, actual: int | None = None) -> Change:
    """Step `number` (from 1) was done on this day and really brought `actual` (minor units; as
    planned where it is left out). One that is an application is entered in the log of these.
    Raises `BadInput`."""
    plan, step = _step(book, plan_id, number)
    action = action_of(book, step)
    really = step.amount if actual is None else actual
    if actual is not None and action is not None:
        really = amount_for(book, action, actual)
    done = _with_step(plan, number, done_on=on, actual=really)
    made = None if plan.drill else _application(book, action, on)
    if made is not None and made not in book.applications:
        applied = book.changed(applications=(*book.applications, made))
    else:
        applied = book
    said = _said("step {n} of the plan for “{name}” is done", plan, number)
    return Change(book, applied.put(done), said)


def _application(book: Book, action: Action | None, on: date | None) -> Application | None:
    """The application that a step is; None for any other step."""
    measure = book.by_id.get(action.source) if action else None
    if action is None or not isinstance(measure, Measure) or on is None or measure.arranged:
        return None
    lender = measure.provider or measure.name
    return Application(lender=lender, day=on) if kind_of(action).is_applied_for else None


def untick(book: Book, plan_id: str, number: int) -> Change:
    """Step `number` is not done after all; an application that nobody has answered was not made.
    Raises `BadInput`."""
    plan, step = _step(book, plan_id, number)
    undone = _with_step(plan, number, done_on=None, actual=None)
    made = None if plan.drill else _application(book, action_of(book, step), step.done_on)
    left = tuple(each for each in book.applications if each != made)
    said = _said("step {n} of the plan for “{name}” is not done", plan, number)
    return Change(book, book.changed(applications=left).put(undone), said)


def end(book: Book, plan_id: str, on: date) -> Change:
    """The plan, or the drill, is over; it stays in the book as history. Raises `BadInput`."""
    plan = accepted_plan(book, plan_id)
    if plan.stage is PlanStage.ENDED:
        raise _not_now(plan)
    ended = plan.changed(stage=PlanStage.ENDED, ended_on=max(on, plan.activated_on or on))
    said = (
        message("end the drill of the plan for “{name}”", name=plan.name)
        if plan.drill
        else message("end the plan for “{name}”", name=plan.name)
    )
    return _changed(book, ended, said)


def _said(text: str, plan: AcceptedPlan, number: int) -> Message:
    return Message(text, {"n": number, "name": plan.name})


def _step(book: Book, plan_id: str, number: int) -> tuple[AcceptedPlan, PlanStep]:
    plan = accepted_plan(book, plan_id)
    if plan.stage is not PlanStage.ACTIVE:
        raise _not_now(plan)
    if not 1 <= number <= len(plan.steps):
        raise BadInput(
            message(
                "The plan for “{name}” has no step {n}: its last is step {last}. Choose another.",
                name=plan.name,
                n=number,
                last=len(plan.steps),
            )
        )
    return plan, plan.steps[number - 1]


def _with_step(plan: AcceptedPlan, number: int, **fields: object) -> AcceptedPlan:
    steps = list(plan.steps)
    steps[number - 1] = msgspec.structs.replace(steps[number - 1], **fields)
    return plan.changed(steps=tuple(steps))


def _changed(book: Book, plan: AcceptedPlan, said: Message) -> Change:
    return Change(book, book.put(plan), said)


def _not_now(plan: AcceptedPlan) -> BadInput:
    match plan.stage:
        case PlanStage.ENDED:
            said = message("The plan for “{name}” is over.", name=plan.name)
        case PlanStage.ACTIVE:
            said = message("The plan for “{name}” is being carried out already.", name=plan.name)
        case PlanStage.ACCEPTED:
            said = message(
                "The plan for “{name}” is not being carried out. Say first that it has happened.",
                name=plan.name,
            )
    return BadInput(said)
