"""Further sentences about losses: the worst day, and how far receipts may fall or be late."""

from collections.abc import Sequence

from backstop.contingency import Slack, Sweep
from backstop.telling import Narrator, Words

ALL = 100


def worst_day_sentence(sweep: Sweep, narrator: Narrator) -> str:
    """On which day the loss does most, and how much that is."""
    gap, day = int(sweep.gap.max()), narrator.on_day(sweep.worst)
    if gap:
        text = "The worst day to lose it is {day}: {amount} short."
        return narrator.say(text, day=day, amount=narrator.amount(gap))
    below = int(sweep.below.max())
    if below:
        return narrator.say(
            "No day to lose it leaves anything unpaid; {day} goes furthest below your minimum, "
            "by {amount}.",
            day=day,
            amount=narrator.amount(below),
        )
    return narrator.say("No day to lose it leaves anything unpaid or cash below your minimum.")


def slack_sentences(found: Sequence[Slack], days: int, words: Words) -> str:
    """How much worse receipts may get before something bounces: with every line, and, where there
    is a second, in that case. Beyond `days` a delay is without end."""
    first, *others = found
    said = [_with_every_line(first, days, words)]
    return words.joined(said + [_in_that_case(each, days, words) for each in others])


def _with_every_line(found: Slack, days: int, words: Words) -> str:
    if found.fall is None or found.delay is None:
        return words.say("Even with every line and every receipt, something bounces.")
    if not (found.fall or found.delay):
        return words.say(
            "With every line there is no room: a receipt that is less or late lets something "
            "bounce."
        )
    return words.say(
        "With every line, receipts may be {less} or {late} before something bounces.",
        less=_less(found.fall, words),
        late=_late(found.delay, days, words),
    )


def _in_that_case(found: Slack, days: int, words: Words) -> str:
    if found.fall is None or found.delay is None:
        return words.say("In this case something bounces even if all of them come.")
    if not (found.fall or found.delay):
        return words.say("In this case there is no room.")
    less, late = _less(found.fall, words), _late(found.delay, days, words)
    return words.say("In this case: {less} or {late}.", less=less, late=late)


def _less(percent: int, words: Words) -> str:
    if percent >= ALL:
        return words.say("missing altogether")
    return words.say("{n} % less", n=percent) if percent else words.say("no less")


def _late(delay: int, days: int, words: Words) -> str:
    if delay >= days:
        return words.say("late without end")
    return words.count(delay, "one day late", "{n} days late") if delay else words.say("not late")
