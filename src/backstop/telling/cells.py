"""A loss in the cells of a table, on screen, on paper and on the command line."""

from backstop.checks.readiness import Level
from backstop.domain import Book
from backstop.plan import Loss, Severity
from backstop.telling import Words
from backstop.telling.phrases import amount, brief_day, listed, names_of

MARKS = {Severity.DANGER: "■", Severity.CAREFUL: "▲", Severity.FINE: "●"}
"""A shape for each severity: never by colour alone."""


def severity_word(severity: Severity, words: Words) -> str:
    match severity:
        case Severity.DANGER:
            return words.say("danger")
        case Severity.CAREFUL:
            return words.say("careful")
        case Severity.FINE:
            return words.say("fine")


def level_cell(level: Level, words: Words) -> str:
    """`▲ warning`: how grave a finding of the checks is."""
    match level:
        case Level.PROBLEM:
            return "■ " + words.say("problem")
        case Level.WARNING:
            return "▲ " + words.say("warning")
        case Level.NOTE:
            return "● " + words.say("note")


def gap_cell(book: Book, loss: Loss, words: Words) -> str:
    """If nothing is done: `−¥38,200 from 12 Jan`."""
    outcome = loss.outcome
    if outcome.first_shortfall is not None:
        return words.say(
            "{amount} from {day}",
            amount=amount(book, words, -outcome.largest_gap),
            day=brief_day(book, words, outcome.first_shortfall),
        )
    if outcome.first_below_buffer is not None:
        day = brief_day(book, words, outcome.first_below_buffer)
        return words.say("below minimum from {day}", day=day)
    return words.say("nothing missed")


def plan_cell(book: Book, loss: Loss, words: Words) -> str:
    """With the best plan: `nothing missed`, or what stays unpaid."""
    if not loss.outcome.hurts:
        return words.say("nothing missed")
    if loss.cure is None:
        return "…"
    if loss.cure.complete:
        return words.say("nothing missed")
    return words.say("{amount} unpaid", amount=amount(book, words, sum(loss.cure.missed)))


def bounces_cell(book: Book, loss: Loss, words: Words) -> str:
    """`wages, rent (2)`: what bounces, and how many payments that is."""
    bounced = loss.outcome.bounced
    if not bounced:
        return "–"
    names = names_of(book, words, bounced)
    some = ("、" if words.is_chinese else ", ").join(names[:2])
    return f"{some}（{len(bounced)}）" if words.is_chinese else f"{some} ({len(bounced)})"


def act_by_cell(book: Book, loss: Loss, words: Words, *, dated: bool = False) -> str:
    """`3 Jan`, `today`, or a dash where there is nothing to decide. `dated` as in a verdict."""
    if loss.cure is None or loss.cure.deadline is None:
        return "…" if loss.outcome.hurts and loss.cure is None else "–"
    if loss.cure.deadline == loss.outcome.projection.today and not dated:
        return words.say("today")
    return brief_day(book, words, loss.cure.deadline)


def loss_summary(book: Book, loss: Loss, words: Words) -> str:
    """One line for a list: the gap, what bounces, and the deadline."""
    parts = [gap_cell(book, loss, words)]
    if loss.outcome.bounced:
        parts.append(listed(words, names_of(book, words, loss.outcome.bounced)))
    if loss.cure is not None and loss.cure.deadline is not None:
        parts.append(words.say("act by {day}", day=act_by_cell(book, loss, words)))
    return " · ".join(parts)
