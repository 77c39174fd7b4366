"""What the history says of accepted plans: which step was done, and what it really brought."""

import msgspec

from backstop.domain import Message, Money, PlanStep, message
from backstop.domain.step_option import read_step_option
from backstop.plan import KINDS, ActionKind
from backstop.store.history import Entry


def came_or_went(entry: Entry) -> Message:
    """A plan was accepted, or a drill of it begun; or that was taken back."""
    came = entry.before is None
    whole = entry.after if came else entry.before
    if isinstance(whole, dict) and whole.get("drill"):
        return message(
            "a drill of the plan for “{name}” was begun"
            if came
            else "the drill of the plan for “{name}” is gone",
            name=entry.name,
        )
    return message(
        "the plan for “{name}” was accepted" if came else "the plan for “{name}” is gone",
        name=entry.name,
    )


def step_said(entry: Entry, currency: str) -> Message | None:
    """Which step is done, or not done after all; None where more than one step changed."""
    before, after = _steps(entry.before), _steps(entry.after)
    if len(before) != len(after):
        return None
    changed = [n for n, (old, new) in enumerate(zip(before, after, strict=True), 1) if old != new]
    if len(changed) != 1:
        return None
    step = after[changed[0] - 1]
    if step.done_on is None:
        return message(
            "step {n} of the plan for “{name}” is not done", n=changed[0], name=entry.name
        )
    if _amount_is_value(step):  # not what came of it
        return message("step {n} of the plan for “{name}” is done", n=changed[0], name=entry.name)
    return message(
        "step {n} of the plan for “{name}” is done: {amount} on {day}",
        n=changed[0],
        name=entry.name,
        amount=Money(step.amount if step.actual is None else step.actual, currency),
        day=step.done_on,
    )


def _amount_is_value(step: PlanStep) -> bool:
    try:
        return KINDS[ActionKind(read_step_option(step.option).kind)].amount_is_value
    except ValueError:  # a step that this version does not know
        return False


def _steps(value: object) -> list[PlanStep]:
    """The steps as their column holds them."""
    return msgspec.json.decode(str(value), type=list[PlanStep])
