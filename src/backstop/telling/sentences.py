"""The sentences that screen, paper and command line share, so that they never disagree.

All take results (`Answers`, `Loss`, `Plan`) and the owner's `Words`, and return plain text.
"""

from dataclasses import dataclass

from backstop.contingency import Outcome
from backstop.domain import Book
from backstop.plan import Answers, Loss, Severity
from backstop.telling import Words
from backstop.telling.actions import (
    action_text,
    action_when,
    begins,
    cautions,
    phase_heading,
    takes_effect,
)
from backstop.telling.cells import (
    MARKS,
    act_by_cell,
    bounces_cell,
    gap_cell,
    loss_summary,
    plan_cell,
    severity_word,
)
from backstop.telling.phrases import amount, condition, dated_names, first_day, joined, on_day
from backstop.telling.secure import secure_count

__all__ = [
    "MARKS",
    "Verdict",
    "act_by_cell",
    "action_text",
    "action_when",
    "base_verdict",
    "begins",
    "bounces_cell",
    "bounces_sentence",
    "buffer_sentence",
    "cautions",
    "consequence",
    "deadline_sentence",
    "gap_cell",
    "loss_summary",
    "loss_verdict",
    "phase_heading",
    "plan_cell",
    "secure_count",
    "severity_word",
    "survival",
    "takes_effect",
    "verdict",
]


@dataclass(frozen=True)
class Verdict:
    """The answer in one sentence, its figures, and the contingency it speaks of (or empty)."""

    headline: str
    detail: str
    severity: Severity
    contingency: str = ""

    @property
    def text(self) -> str:
        """Both sentences, as one paragraph: for who listens to them."""
        return f"{self.headline} {self.detail}".strip()


def verdict(answers: Answers, words: Words, *, dated: bool = False) -> Verdict:
    """What an owner has to know first about this book.

    `dated` writes days out instead of "today": for paper.
    """
    if answers.base.hurts:
        return base_verdict(answers.book, answers.base, words, dated=dated)
    if not answers.losses:
        return Verdict(
            words.say("No credit line is registered, so none can be withdrawn."),
            words.say("Every payment is covered by own cash."),
            Severity.FINE,
        )
    worst = answers.losses[0]
    if worst.outcome.hurts:
        return loss_verdict(answers, worst, words, dated=dated)
    return _secure_verdict(answers, words)


def base_verdict(book: Book, base: Outcome, words: Words, *, dated: bool = False) -> Verdict:
    """The answer before anything is lost."""
    if base.hurts:
        headline = _base_headline(book, base, words, dated=dated)
        return Verdict(headline, _short_by(book, base, words), Severity.DANGER)
    return Verdict(
        words.say("With every line open, every payment can be made."),
        _closest_call_alone(book, base, words),
        Severity.CAREFUL if base.touches_buffer else Severity.FINE,
    )


def _base_headline(book: Book, base: Outcome, words: Words, *, dated: bool) -> str:
    if not base.bounced:
        day = on_day(book, words, base.first_shortfall or 0)
        return words.say("Even with every line open, cash is below zero from {day}.", day=day)
    what = dated_names(book, words, first_day(base.bounced), _today(base, dated=dated))
    return words.say("Even with every line open, {what} cannot be paid.", what=what)


def _secure_verdict(answers: Answers, words: Words) -> Verdict:
    tightest = min(answers.losses, key=lambda each: (each.outcome.lowest_cash, each.name))
    touched = any(each.outcome.touches_buffer for each in answers.losses)
    return Verdict(
        words.say("Every single line can be lost without a missed payment."),
        _closest_call(answers.book, tightest, words),
        Severity.CAREFUL if touched else Severity.FINE,
        tightest.contingency.id,
    )


def _closest_call(book: Book, loss: Loss, words: Words) -> str:
    low = loss.outcome
    values = {
        "line": loss.name,
        "amount": amount(book, words, low.lowest_cash),
        "day": on_day(book, words, low.lowest_day),
    }
    if low.touches_buffer:
        return words.say(
            "The closest call is {line}: cash would fall to {amount} on {day}, "
            "below your minimum of {buffer}.",
            **values,
            buffer=amount(book, words, book.minimum_cash),
        )
    return words.say(
        "The closest call is {line}: cash would never fall below {amount} ({day}).", **values
    )


def loss_verdict(answers: Answers, loss: Loss, words: Words, *, dated: bool = False) -> Verdict:
    """The same for one loss: what it does, by how much, and until when it can be helped."""
    book, outcome = answers.book, loss.outcome
    so = condition(book, loss, words, dated=dated)
    if not outcome.hurts:
        headline = words.say("{condition}, nothing is missed.", condition=so)
        detail = _closest_call_alone(book, outcome, words)
        return Verdict(headline, detail, loss.severity, loss.contingency.id)
    headline = _cannot_be_paid(book, outcome, so, words, dated=dated)
    parts = [_short_by(book, outcome, words), deadline_sentence(book, loss, words, dated=dated)]
    detail = joined(words, parts)
    return Verdict(headline, detail, Severity.DANGER, loss.contingency.id)


def _cannot_be_paid(book: Book, outcome: Outcome, so: str, words: Words, *, dated: bool) -> str:
    if not outcome.bounced:
        day = on_day(book, words, outcome.first_shortfall or 0)
        return words.say("{condition}, cash is below zero from {day}.", condition=so, day=day)
    what = dated_names(book, words, first_day(outcome.bounced), _today(outcome, dated=dated))
    if _in_part(outcome):
        return words.say("{condition}, {what} cannot be paid in full.", condition=so, what=what)
    return words.say("{condition}, {what} cannot be paid.", condition=so, what=what)


def _today(outcome: Outcome, *, dated: bool) -> int | None:
    """The day (offset) that is called today; none where days are written out."""
    return None if dated else outcome.projection.today


def _in_part(outcome: Outcome) -> bool:
    """Whether all that bounces first may be paid in part, and is."""
    return all(
        each.obligation.partly_payable and each.missed < each.obligation.amount
        for each in first_day(outcome.bounced)
    )


def consequence(book: Book, outcome: Outcome, words: Words, *, dated: bool = False) -> str:
    """What a loss does, for a place where its name already stands: the verdict's second half."""
    if not outcome.hurts:
        return words.say("Nothing is missed.")
    if not outcome.bounced:  # an account that is overdrawn from the start: no payment to blame
        day = on_day(book, words, outcome.first_shortfall or 0)
        return words.say("Cash is below zero from {day}.", day=day)
    what = dated_names(book, words, first_day(outcome.bounced), _today(outcome, dated=dated))
    what = what[:1].upper() + what[1:]
    if _in_part(outcome):
        return words.say("{what} cannot be paid in full.", what=what)
    return words.say("{what} cannot be paid.", what=what)


def _closest_call_alone(book: Book, outcome: Outcome, words: Words) -> str:
    if outcome.touches_buffer:
        return buffer_sentence(book, outcome, words)
    return words.say(
        "Cash never falls below {amount} ({day}).",
        amount=amount(book, words, outcome.lowest_cash),
        day=on_day(book, words, outcome.lowest_day),
    )


def buffer_sentence(book: Book, outcome: Outcome, words: Words) -> str:
    """How long and how deep cash lies below the owner's minimum; empty if it never does."""
    if outcome.first_below_buffer is None:
        return ""
    return words.count(
        outcome.days_below_buffer,
        "Cash is below your minimum of {buffer} for one day, {day}; lowest: {amount}.",
        "Cash is below your minimum of {buffer} for {n} days, from {day}; lowest: {amount}.",
        buffer=amount(book, words, book.minimum_cash),
        day=on_day(book, words, outcome.first_below_buffer),
        amount=amount(book, words, outcome.lowest_cash),
    )


def _short_by(book: Book, outcome: Outcome, words: Words) -> str:
    """`¥38,200 short.`; where the gap grows later, both figures."""
    first = sum(each.missed for each in first_day(outcome.bounced))
    if not first or first == outcome.largest_gap or outcome.largest_gap_day is None:
        return words.say("{amount} short.", amount=amount(book, words, outcome.largest_gap))
    return words.say(
        "{first} short that day, {amount} by {day}.",
        first=amount(book, words, first),
        amount=amount(book, words, outcome.largest_gap),
        day=on_day(book, words, outcome.largest_gap_day),
    )


def deadline_sentence(book: Book, loss: Loss, words: Words, *, dated: bool = False) -> str:
    """Until when acting helps, and how far; empty before the losses are assessed."""
    cure = loss.cure
    if cure is None:
        return ""
    left = amount(book, words, sum(cure.missed))
    if cure.deadline is None:
        return words.say("It cannot be cured: {left} stays unpaid, whatever is done.", left=left)
    today = cure.deadline == _today(loss.outcome, dated=dated)
    day = on_day(book, words, cure.deadline)
    if cure.complete:
        return words.say("Act today.") if today else _act_by(book, loss, cure.deadline, words)
    gap = amount(book, words, loss.outcome.largest_gap)
    if today:
        return words.say(
            "It cannot be fully cured: even if you start today, {left} of {gap} stays unpaid.",
            left=left,
            gap=gap,
        )
    said = words.say(
        "It cannot be fully cured: if you start by {day}, {left} of {gap} stays unpaid.",
        left=left,
        gap=gap,
        day=day,
    )
    first = loss.outcome.first_shortfall
    if first is None or first >= cure.deadline:
        return said
    return joined(words, [said, words.say("What goes unpaid before that day is part of it.")])


def _act_by(book: Book, loss: Loss, deadline: int, words: Words) -> str:
    """The last day on which it can still be cured; and where the plan that costs least begins
    before that, when."""
    day = on_day(book, words, deadline)
    actions = loss.plan.actions if loss.plan else ()
    first = min((each.start_day for each in actions), default=deadline)
    if first >= deadline:
        return words.say("Act by {day}.", day=day)
    return words.say(
        "Act by {day}; the plan that costs least begins on {first}.",
        day=day,
        first=on_day(book, words, first),
    )


def bounces_sentence(book: Book, outcome: Outcome, words: Words, most: int = 3) -> str:
    """Everything that bounces, named and dated; of many days, the first few."""
    days = sorted({each.day for each in outcome.bounced})
    if not days:
        return consequence(book, outcome, words)
    parts = [
        dated_names(
            book, words, [b for b in outcome.bounced if b.day == day], outcome.projection.today
        )
        for day in days[:most]
    ]
    rest = [each for each in outcome.bounced if each.day > days[min(most, len(days)) - 1]]
    if not rest:
        return words.say("Not paid: {what}.", what=words.listing(parts))
    return words.count(
        len(rest),
        "Not paid: {what}; and one more later.",
        "Not paid: {what}; and {n} more later.",
        what=words.listing(parts),
    )


def survival(answers: Answers, words: Words) -> str:
    """How long the money lasts with no line at all."""
    first = answers.days_left
    if first is None:
        last = on_day(answers.book, words, answers.projection.days - 1)
        return words.say("With no line at all, the money lasts beyond {day}.", day=last)
    if first == 0:
        return words.say("With no line at all, the money does not last the day.")
    return words.count(
        first,
        "With no line at all, the money lasts one day.",
        "With no line at all, the money lasts {n} days, to {day}.",
        day=on_day(answers.book, words, answers.projection.now + first - 1),
    )
