"""A loss in the cells of a table, on screen, on paper and on the command line."""

from backstop.checks.readiness import Level
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
    """If nothing is done: `−¥38,200 from 12 Jan`."""
    outcome = loss.outcome
    if outcome.first_shortfall is not None:
        return narrator.say(
            "{amount} from {day}",
            amount=narrator.amount(-outcome.largest_gap),
            day=narrator.brief_day(outcome.first_shortfall),
        )
    if outcome.first_below_buffer is not None:
        day = narrator.brief_day(outcome.first_below_buffer)
        return narrator.say("below minimum from {day}", day=day)
    return narrator.say("nothing missed")


def plan_cell(loss: Loss, narrator: Narrator) -> str:
    """With the best plan: `nothing missed`, or what stays unpaid; at most, where none was searched
    for yet."""
    if not loss.outcome.hurts:
        return narrator.say("nothing missed")
    if loss.cure is None:
        return narrator.say("at most {amount} unpaid", amount=narrator.amount(loss.at_most))
    if loss.cure.complete:
        return narrator.say("nothing missed")
    return narrator.say("{amount} unpaid", amount=narrator.amount(sum(loss.cure.missed)))


def bounces_cell(loss: Loss, narrator: Narrator) -> str:
    """`wages, rent (2)`: what bounces, and how many payments that is."""
    bounced = loss.outcome.bounced
    if not bounced:
        return "–"
    names = names_of(bounced, narrator, NAMED)
    return narrator.language.counted(narrator.language.row(names), len(bounced))


def act_by_cell(loss: Loss, narrator: Narrator, *, dated: bool = False) -> str:
    """`3 Jan`, `today`, or a dash where there is nothing to decide. `dated` as in a verdict."""
    if loss.cure is None or loss.cure.deadline is None:
        return "…" if loss.outcome.hurts and loss.cure is None else "–"
    if loss.cure.deadline == loss.outcome.projection.today and not dated:
        return narrator.say("today")
    return narrator.brief_day(loss.cure.deadline)


def loss_summary(loss: Loss, narrator: Narrator) -> str:
    """One line for a list: the gap, what bounces, and the deadline."""
    parts = [gap_cell(loss, narrator)]
    if loss.outcome.bounced:
        parts.append(listed(names_of(loss.outcome.bounced, narrator), narrator))
    if loss.cure is not None and loss.cure.deadline is not None:
        parts.append(narrator.say("act by {day}", day=act_by_cell(loss, narrator)))
    return " · ".join(parts)
