"""A plan that counts on what nobody has granted yet, in words: how far it is proved, and the plan
that does without. Screen, paper and command line say it alike."""

from decimal import Decimal

from backstop.domain import Measure
from backstop.plan import Action, Plan, begun_otherwise
from backstop.telling import Narrator
from backstop.telling.actions import action_text, begins
from backstop.telling.remaining import unpaid_in_brief

MOST_UNPAID = 6
"""Lines of what stays unpaid that stand under the other plan."""


def proof_sentence(plan: Plan, narrator: Narrator) -> str:
    """That nothing is proved unless these are granted; empty for a plan that counts on none."""
    if not plan.unarranged:
        return ""
    return narrator.say("Proved only if granted: {names}.", names=_names(plan, narrator))


def _names(plan: Plan, narrator: Narrator) -> str:
    return narrator.few([each.name for each in _measures(plan, narrator)])


def _measures(plan: Plan, narrator: Narrator) -> list[Measure]:
    records = (narrator.book.by_id[each] for each in plan.unarranged)
    return [each for each in records if isinstance(each, Measure)]


def counts_on(plan: Plan | None, narrator: Narrator) -> str:
    """What a plan counts on that is not granted, and what happens without, where that is known;
    else empty."""
    if plan is None or not plan.unarranged:
        return ""
    listed = narrator.few([_with_chance(each, narrator) for each in _measures(plan, narrator)])
    if plan.otherwise is None:
        return narrator.say("This counts on {names}, not granted yet.", names=listed)
    other = plan.otherwise
    unpaid = sum(each.missed for each in other.missed)
    if unpaid and unpaid <= sum(each.missed for each in plan.missed):
        return narrator.say(
            "This counts on {names}, not granted yet; if refused, more of what matters most stays "
            "unpaid, of {amount} in all.",
            names=listed,
            amount=narrator.amount(unpaid),
        )
    if unpaid:
        return narrator.say(
            "This counts on {names}, not granted yet; if refused, {amount} stays unpaid.",
            names=listed,
            amount=narrator.amount(unpaid),
        )
    return narrator.say(
        "This counts on {names}, not granted yet; if refused, other steps for {cost} keep every "
        "payment.",
        names=listed,
        cost=narrator.amount(other.cost),
    )


def _with_chance(measure: Measure, narrator: Narrator) -> str:
    chance = narrator.percent(Decimal(measure.chance_percent))
    return narrator.say("{name} (chance {chance})", name=measure.name, chance=chance)


def fallback_heading(plan: Plan, narrator: Narrator) -> str:
    """Over the plan that does without."""
    return narrator.say("If refused: {names}", names=_names(plan, narrator))


def fallback_lines(plan: Plan, narrator: Narrator) -> list[str]:
    """The plan that does without: in a sentence, step by step, what stays unpaid, and until when
    one can wait for the answer. Nothing where there is none."""
    other = plan.otherwise
    if other is None:
        return []
    unpaid = unpaid_in_brief(other, narrator, MOST_UNPAID)
    steps = [fallback_step(each, narrator) for each in other.actions]
    return [_in_short(other, narrator), *steps, *unpaid, *_answer_by(plan, narrator)]


def fallback_step(action: Action, narrator: Narrator) -> str:
    """One step of it: its day, what to do, and what that costs."""
    return narrator.say(
        "{day}: {action} (cost {cost})",
        day=begins(action, narrator),
        action=action_text(action, narrator),
        cost=narrator.amount(action.cost),
    )


def _in_short(other: Plan, narrator: Narrator) -> str:
    unpaid = sum(each.missed for each in other.missed)
    values = {"cost": narrator.amount(other.cost), "unpaid": narrator.amount(unpaid)}
    if not other.actions:
        return narrator.say("Nothing that is left can help: {unpaid} stays unpaid.", **values)
    if unpaid:
        return narrator.count(
            len(other.actions),
            "One step costing {cost} helps, but {unpaid} stays unpaid.",
            "{n} steps costing {cost} help, but {unpaid} stays unpaid.",
            **values,
        )
    return narrator.count(
        len(other.actions),
        "One step costing {cost} keeps every payment.",
        "{n} steps costing {cost} keep every payment.",
        **values,
    )


def _answer_by(plan: Plan, narrator: Narrator) -> list[str]:
    """Until when one can wait for the answer; an answer takes as long as the money."""
    day, projection = begun_otherwise(plan), plan.before.projection
    if day is None:
        return []
    leads = [each.lead_days for each in _measures(plan, narrator)]
    if projection.start + max(leads) > day:
        said = "The first of these steps begins by {day}, maybe before the answer is there."
    else:
        said = "Have the answer by {day}: from that day on the steps differ."
    return [narrator.say(said, day=narrator.on_day(day))]
