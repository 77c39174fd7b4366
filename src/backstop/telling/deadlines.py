"""Until when acting helps, and how far: said of one loss."""

from backstop.contingency import Outcome
from backstop.plan import Cure, Loss
from backstop.plan.drafting.rationale import near_enough
from backstop.telling import Narrator


def deadline_sentence(loss: Loss, narrator: Narrator, *, dated: bool = False) -> str:
    """Until when acting helps, and how far; empty before the losses are assessed."""
    cure = loss.cure
    if cure is None:
        return ""
    if not cure.complete:
        today = cure.deadline == called_today(loss.outcome, dated=dated)
        return _not_cured(loss, cure, narrator, today=today)
    return act_by(loss, cure, narrator, dated=dated)


def act_by(loss: Loss, cure: Cure, narrator: Narrator, *, dated: bool) -> str:
    """The last day to begin; empty where beginning makes no difference."""
    if cure.deadline is None:
        return ""
    today = cure.deadline == called_today(loss.outcome, dated=dated)
    return (
        narrator.say("Act today.")
        if today
        else narrator.say("Act by {day}.", day=narrator.on_day(cure.deadline))
    )


def _not_cured(loss: Loss, cure: Cure, narrator: Narrator, *, today: bool) -> str:
    """That something stays unpaid: with any plan, as far as that is proved, and with this one."""
    unpaid, when = sum(cure.missed), "today" if today else "by"
    figures = {
        "left": narrator.amount(unpaid),
        "least": narrator.amount(cure.at_least),
        "gap": narrator.amount(loss.outcome.largest_gap),
        "day": narrator.on_day(cure.deadline or 0),
    }
    if cure.deadline is None:
        when = "never"
    if cure.first:
        return narrator.say(_FIRST_FOUND[when], **figures)
    if not cure.at_least:
        return narrator.say(_NO_CURE_FOUND[when], **figures)
    said = _NO_CURE if near_enough(cure.at_least, unpaid) else _PART_CURE
    return narrator.say(said[when], **figures)


_NO_CURE = {
    "never": "It cannot be cured: {left} stays unpaid, whatever is done.",
    "today": "It cannot be fully cured: even if you start today, {left} of {gap} stays unpaid.",
    "by": "It cannot be fully cured: if you start by {day}, {left} of {gap} stays unpaid.",
}
"""Where it is proved that no plan leaves less."""

_PART_CURE = {
    "never": "It cannot be fully cured: at least {least} of {gap} stays unpaid, and {left} does.",
    "today": (
        "It cannot be fully cured: at least {least} of {gap} stays unpaid; if you start today, "
        "this plan leaves {left}."
    ),
    "by": (
        "It cannot be fully cured: at least {least} of {gap} stays unpaid; if you start by "
        "{day}, this plan leaves {left}."
    ),
}
"""Where it is proved that something stays unpaid, but not that it has to be so much."""

_NO_CURE_FOUND = {
    "never": "Nothing was found that helps: {left} stays unpaid.",
    "today": "No full cure was found: even if you start today, {left} of {gap} stays unpaid.",
    "by": "No full cure was found: if you start by {day}, {left} of {gap} stays unpaid.",
}
"""Where a better plan is not ruled out."""

_FIRST_FOUND = {
    "never": "At most {left} of {gap} stays unpaid; its plan may find less.",
    "today": ("If you start today, at most {left} of {gap} stays unpaid; its plan may find less."),
    "by": ("If you start by {day}, at most {left} of {gap} stays unpaid; its plan may find less."),
}
"""Where a first plan leaves so much, and a closer look may find a better one."""


def called_today(outcome: Outcome, *, dated: bool) -> int | None:
    """The day (offset) that is called today; none where days are written out."""
    return None if dated else outcome.projection.today
