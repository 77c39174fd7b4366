"""Accepted plans in words: where each stands, whether it still holds, and its steps as cells."""

from dataclasses import replace
from datetime import date

from backstop.checks.finding import Finding, Level
from backstop.domain import AcceptedPlan, Book, Message, PlanStage, message
from backstop.plan import Plan
from backstop.plan.effects import repayments
from backstop.plan.life.progress import Standing, StepNow, is_stale
from backstop.plan.life.steps import begin_of
from backstop.projection import Projection
from backstop.telling import Narrator, Words
from backstop.telling.actions import action_text

DONE, OPEN = "☑", "☐"


def stage_said(plan: AcceptedPlan) -> Message:
    """Where the plan stands, with its day."""
    match plan.stage:
        case PlanStage.ENDED if plan.drill:
            return message("Drill, ended on {day}.", day=plan.ended_on)
        case PlanStage.ENDED if plan.activated_on is None:
            return message("Set aside on {day}.", day=plan.ended_on)
        case PlanStage.ENDED:
            return message("Ended on {day}.", day=plan.ended_on)
        case PlanStage.ACTIVE if plan.drill:
            return message(
                "Drill since {day}: practice, nothing in it is real.", day=plan.activated_on
            )
        case PlanStage.ACTIVE:
            return message("Being carried out since {day}.", day=plan.activated_on)
        case PlanStage.ACCEPTED:
            return message("Accepted on {day}.", day=plan.accepted_on)


def stale_said() -> Message:
    """That an accepted plan no longer holds."""
    return message(
        "What it was worked out from has changed since. Draft it again before you rely on it."
    )


def standing_sentence(standing: Standing, words: Words) -> str:
    """Where the plan stands, and a warning where it no longer holds."""
    said = [words.tell(stage_said(standing.accepted))]
    if standing.accepted.stage is PlanStage.ACCEPTED:
        said += _no_longer(standing.accepted, standing.today, words, stale=standing.stale)
    return words.joined(said)


def _no_longer(plan: AcceptedPlan, today: date, words: Words, *, stale: bool) -> list[str]:
    """Why the steps cannot be taken as they stand: what they rest on has changed, or days of
    theirs are past."""
    said = [words.tell(stale_said())] if stale else []
    if any(step.day < today for step in plan.steps):
        said.append(
            words.say(
                "Its days are those of a loss on {day}, and some have passed. Draft it again for "
                "a loss today.",
                day=plan.loss_date,
            )
        )
    return said


def progress_sentence(standing: Standing, narrator: Narrator) -> str:
    """How much is done, and what came of it against the plan; before, what there is to do."""
    if standing.accepted.stage is PlanStage.ACCEPTED:
        return _to_do(standing, narrator)
    steps = len(standing.steps)
    said = [narrator.say("Ticked: {n} of {of}.", n=standing.done, of=steps)]
    if standing.done:
        said.append(
            narrator.say(
                "They brought {actual}; {planned} was planned.",
                actual=narrator.amount(standing.actual),
                planned=narrator.amount(standing.planned),
            )
        )
    return narrator.joined(said)


def _to_do(standing: Standing, narrator: Narrator) -> str:
    plan = standing.accepted
    said = [
        narrator.count(
            len(standing.steps),
            "One box to tick, at a cost of {cost}.",
            "{n} boxes to tick, at a cost of {cost}.",
            cost=narrator.amount(plan.cost),
        )
    ]
    if plan.missed:
        said.append(narrator.say("{amount} stays unpaid.", amount=narrator.amount(plan.missed)))
    return narrator.joined(said)


def remains_sentence(standing: Standing, words: Words) -> str:
    """What is left open if the rest is carried out as planned."""
    if standing.accepted.stage is PlanStage.ENDED:
        return ""
    if standing.remains is None:
        return words.say("The book no longer knows what this plan is for.")
    return words.joined([words.say("With the rest as planned:"), words.tell(standing.remains)])


def step_text(each: StepNow, narrator: Narrator) -> str:
    """The step as its plan said it: with the planned amount, whatever really came."""
    if each.action is None:
        amount = narrator.amount(each.step.amount)
        return narrator.say("A step of {amount} with what is no longer in the book", amount=amount)
    planned = replace(each.action, amount=each.step.amount)
    owed = repayments(narrator.book, planned)
    return action_text(replace(planned, repayments=owed), narrator)


def step_cells(each: StepNow, narrator: Narrator) -> list[str]:
    """Number, tick, what, planned day and amount, real day and amount, difference."""
    step = each.step
    return [
        str(each.number),
        DONE if each.done else OPEN,
        step_text(each, narrator),
        _days(each, narrator),
        narrator.amount(each.planned),
        "" if step.done_on is None else narrator.short_day(step.done_on),
        "" if each.actual is None else narrator.amount(each.actual),
        narrator.language.clauses(difference(each, narrator)),
    ]


def _days(each: StepNow, narrator: Narrator) -> str:
    """The day to begin, and that of the money where it comes later."""
    begin, day = begin_of(narrator.book, each.step), narrator.short_day(each.step.day)
    if each.done or begin >= each.step.day:
        return day
    return narrator.say(
        "begin by {start}, money on {day}", start=narrator.short_day(begin), day=day
    )


def difference(each: StepNow, narrator: Narrator) -> list[str]:
    """What came more (+) or less (−) than planned, and how late, or for how long it has been due;
    empty where all is as planned."""
    said: list[str] = []
    if each.overdue:
        said.append(narrator.count(each.overdue, "due yesterday", "due {n} days ago"))
    if not each.done:
        return said
    if each.difference:
        sign = "+" if each.difference > 0 else ""
        said.append(sign + narrator.amount(each.difference))
    if each.days_late > 0:
        said.append(narrator.count(each.days_late, "one day late", "{n} days late"))
    elif each.days_late < 0:
        said.append(narrator.count(-each.days_late, "one day early", "{n} days early"))
    return said


def on_paper(projection: Projection, plan: Plan, words: Words) -> list[str]:
    """Above the printed plan: that one is kept for this loss, and whether it still holds."""
    kept = _kept(projection.book, plan.contingency.id)
    if kept is None:
        return []
    said = [words.tell(stage_said(kept))]
    if kept.stage is PlanStage.ACCEPTED:
        today = projection.date_of(projection.today)
        said += _no_longer(kept, today, words, stale=is_stale(projection, kept))
    return [words.joined(said)]


def _kept(book: Book, contingency: str) -> AcceptedPlan | None:
    waiting = (
        each
        for each in book.accepted_plans
        if each.contingency == contingency and each.stage is not PlanStage.ENDED and not each.drill
    )
    return next(waiting, None)


def stale_plans(projection: Projection) -> list[Finding]:
    """A plan was accepted, and what it was worked out from has changed."""
    return [
        Finding(
            "stale_plan",
            Level.WARNING,
            message(
                "The plan for “{name}”, accepted on {day}, no longer fits the book. "
                "Draft it again.",
                name=each.name,
                day=each.accepted_on,
            ),
            (each.id,),
        )
        for each in projection.book.accepted_plans
        if each.stage is PlanStage.ACCEPTED and not each.drill and is_stale(projection, each)
    ]


def plans_under_way(projection: Projection) -> list[Finding]:
    """A plan is being carried out: what is still to be done in it."""
    return [
        Finding(
            "plan_under_way",
            Level.NOTE if each.drill else Level.WARNING,
            _under_way(projection.book, each, projection.date_of(projection.today)),
            (each.id,),
        )
        for each in projection.book.accepted_plans
        if each.stage is PlanStage.ACTIVE
    ]


def _under_way(book: Book, plan: AcceptedPlan, today: date) -> Message:
    left = [step for step in plan.steps if step.done_on is None]
    if plan.drill:
        return message(
            "A drill of the plan for “{name}” is under way: {left} of {of} steps are left.",
            name=plan.name,
            left=len(left),
            of=len(plan.steps),
        )
    if not left:
        return message(
            "Every step of the plan for “{name}” is done. End it when it is over.", name=plan.name
        )
    day = min(begin_of(book, step) for step in left)
    return message(
        "The plan for “{name}” is being carried out: {left} of {of} steps are left, "
        "the next was due on {day}."
        if day < today
        else "The plan for “{name}” is being carried out: {left} of {of} steps are left, "
        "the next by {day}.",
        name=plan.name,
        left=len(left),
        of=len(plan.steps),
        day=day,
    )
