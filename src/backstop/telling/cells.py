"""A loss in the cells of a table, on screen, on paper and on the command line."""

from backstop.checks.readiness import Level
from backstop.contingency import Shortfall
from backstop.plan import Loss, Severity
from backstop.telling import Narrator, Words
from backstop.telling.phrases import listed, names_of

MARKS = {Severity.DANGER: "■", Severity.CAREFUL: "▲", Severity.FINE: "●"}
"""A shape for each severity: never by colour alone."""

NAMED = 2
"""Payments that are named in a cell."""


def severity_word(severity: Severity, words: Words) -> str:
    """How grave a loss is, in a word."""
    match severity:
        case Severity.DANGER:
            return words.say("danger")
        case Severity.CAREFUL:
            return words.say("careful")
        case Severity.FINE:
            return words.say("safety|fine")


def level_cell(level: Level, words: Words) -> str:
    """`▲ warning`: how grave a finding of the checks is."""
    match level:
        case Level.PROBLEM:
            return "■ " + words.say("problem")
        case Level.WARNING:
            return "▲ " + words.say("warning")
        case Level.NOTE:
            return "● " + words.say("finding|note")


def gap_cell(loss: Loss, narrator: Narrator) -> str:
    """If nothing is done: `−¥8,000 on 12 Jan`, and where it grows, `to −¥23,000 by 20 Jan`."""
    short = loss.outcome.shortfall
    if short is None or not short.grows:
        return first_cell(loss, narrator)
    return narrator.say(
        "{first}, {worst}", first=first_cell(loss, narrator), worst=_worst(short, narrator)
    )


def first_cell(loss: Loss, narrator: Narrator) -> str:
    """What is missing on the first day on which anything is: `−¥8,000 on 12 Jan`."""
    outcome = loss.outcome
    if loss.is_over:
        return narrator.say("already gone")
    if short := outcome.shortfall:
        return narrator.say(
            "{amount} on {day}",
            amount=narrator.amount(-short.amount),
            day=narrator.brief_day(short.day),
        )
    if outcome.anyway is not None and loss.is_grave:
        return narrator.say("it can help no longer")
    if outcome.anyway is not None:
        return narrator.say("no worse than anyway")
    if outcome.first_below_buffer is not None:
        day = narrator.brief_day(outcome.first_below_buffer)
        return narrator.say("below minimum from {day}", day=day)
    return narrator.say("nothing missed")


def worst_cell(loss: Loss, narrator: Narrator) -> str:
    """The most that is missing, and by when: `−¥23,000 by 20 Jan`."""
    short = loss.outcome.shortfall
    return "–" if short is None else _worst(short, narrator)


def _worst(short: Shortfall, narrator: Narrator) -> str:
    return narrator.say(
        "{amount} by {day}",
        amount=narrator.amount(-short.most),
        day=narrator.brief_day(short.worst_day),
    )


def plan_cell(loss: Loss, narrator: Narrator) -> str:
    """With the best plan: `nothing missed`, or what stays unpaid; at most, where that was not
    looked for."""
    more = loss.outcome.anyway is not None
    if loss.is_over:
        return "–"
    if loss.outcome.adds and loss.cure is None:
        return narrator.say("at most {amount} unpaid", amount=narrator.amount(loss.at_most))
    said = _left_cell(loss, narrator, more=more)
    if loss.plan is not None and loss.plan.unarranged:
        return narrator.say("{left}, if granted", left=said)
    return said


def _left_cell(loss: Loss, narrator: Narrator, *, more: bool) -> str:
    if not any(loss.left):
        return narrator.say("no worse than anyway") if more else narrator.say("nothing missed")
    amount = narrator.amount(sum(loss.left))
    if loss.cure is not None and loss.cure.first:
        said = "at most {amount} more unpaid" if more else "at most {amount} unpaid"
        return narrator.say(said, amount=amount)
    if more:
        return narrator.say("{amount} more unpaid", amount=amount)
    return narrator.say("{amount} unpaid", amount=amount)


def bounces_cell(loss: Loss, narrator: Narrator) -> str:
    """`wages, rent (2)`: what bounces, and how many payments that is."""
    bounced = loss.outcome.added
    if not bounced:
        return "–"
    names = names_of(bounced, narrator, NAMED)
    return narrator.language.counted(narrator.language.row(names), len(bounced))


def act_by_cell(loss: Loss, narrator: Narrator, *, dated: bool = False) -> str:
    """`3 Jan`, `today`, or a dash where there is nothing to decide. `dated` as in a verdict."""
    if loss.outcome.anyway is not None and not loss.is_grave:
        return "–"
    if loss.cure is None or loss.cure.deadline is None:
        return "…" if loss.outcome.adds and loss.cure is None else "–"
    if loss.cure.deadline == loss.outcome.projection.today and not dated:
        return narrator.say("today")
    return narrator.brief_day(loss.cure.deadline)


def loss_summary(loss: Loss, narrator: Narrator) -> str:
    """One line for a list: the gap, what bounces, and the deadline."""
    parts = [gap_cell(loss, narrator)]
    if loss.outcome.added:
        parts.append(listed(names_of(loss.outcome.added, narrator), narrator))
    if loss.cure is not None and loss.cure.deadline is not None:
        parts.append(narrator.say("act by {day}", day=act_by_cell(loss, narrator)))
    return " · ".join(parts)
