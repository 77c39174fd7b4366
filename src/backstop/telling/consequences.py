"""What a loss does, in a sentence, for a place where its name already stands."""

from decimal import Decimal

from backstop.contingency import Outcome
from backstop.plan import Answers, Loss
from backstop.telling import Narrator
from backstop.telling.deadlines import called_today
from backstop.telling.phrases import dated_names, first_day


def consequence(outcome: Outcome, narrator: Narrator, *, dated: bool = False) -> str:
    """What a loss does, for a place where its name already stands: the verdict's second half."""
    if not outcome.adds:
        if outcome.anyway is not None:
            return narrator.say("Nothing is missed that is not missed anyway.")
        return narrator.say("Nothing is missed.")
    if not outcome.added:  # an account that is overdrawn from the start: no payment to blame
        day = narrator.on_day(outcome.first_shortfall or 0)
        return narrator.say("Cash is below zero from {day}.", day=day)
    what = dated_names(first_day(outcome.added), narrator, called_today(outcome, dated=dated))
    what = what[:1].upper() + what[1:]
    if in_part(outcome):
        if outcome.anyway is not None:
            return narrator.say("{what} cannot be paid in full either.", what=what)
        return narrator.say("{what} cannot be paid in full.", what=what)
    if outcome.anyway is not None:
        return narrator.say("{what} cannot be paid either.", what=what)
    return narrator.say("{what} cannot be paid.", what=what)


def others_follow(loss: Loss, narrator: Narrator) -> str:
    """That other lenders cut their lines because of a loss, from when on and by how much; empty
    where they do not."""
    contingency, cascade = loss.contingency, loss.contingency.cascade
    if cascade is None:
        return ""
    return narrator.say(
        "It counts here that other lenders follow: on {day} they cut lines that are not committed "
        "by {share}.",
        day=narrator.on_day(contingency.loss_day + cascade.after_days),
        share=narrator.percent(Decimal(cascade.percent)),
    )


def bounces_sentence(outcome: Outcome, narrator: Narrator, most: int = 3) -> str:
    """Everything that bounces, named and dated; of many days, the first few, unless whole lists
    are asked for."""
    days = sorted({each.day for each in outcome.added})
    if not days:
        return consequence(outcome, narrator)
    most = len(days) if narrator.whole_lists else most
    parts = [
        dated_names([b for b in outcome.added if b.day == day], narrator, outcome.projection.today)
        for day in days[:most]
    ]
    rest = [each for each in outcome.added if each.day > days[min(most, len(days)) - 1]]
    what = narrator.language.clauses(parts)
    if not rest:
        return narrator.say("Not paid: {what}.", what=what)
    return narrator.count(
        len(rest),
        "Not paid: {what}; and one more later.",
        "Not paid: {what}; and {n} more later.",
        what=what,
    )


def survival(answers: Answers, narrator: Narrator) -> str:
    """How long the money lasts with no line at all; empty where the book is over."""
    if answers.projection.is_over:
        return ""
    first = answers.days_left
    if first is None:
        last = narrator.on_day(answers.projection.days - 1)
        return narrator.say("With no line at all, the money lasts beyond {day}.", day=last)
    if first == 0:
        return narrator.say("With no line at all, the money does not last the day.")
    return narrator.count(
        first,
        "With no line at all, the money lasts one day.",
        "With no line at all, the money lasts {n} days, to {day}.",
        day=narrator.on_day(answers.projection.now + first - 1),
    )


def in_part(outcome: Outcome) -> bool:
    """Whether all that bounces first may be paid in part, and is."""
    return all(
        each.obligation.partly_payable and each.missed < each.obligation.amount
        for each in first_day(outcome.added)
    )
