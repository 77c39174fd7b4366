"""Whether any one line, and any one group, can be lost: in a few words that agree with the verdict.

Lines and groups are counted apart: that each line can be lost says nothing of those that go
together.
"""

from collections.abc import Sequence

from backstop.plan import Answers, Loss, is_short_beyond_cure
from backstop.telling import Words

__all__ = ["provisional_sentence", "secure_count", "secure_name", "secure_word"]


def secure_count(answers: Answers, words: Words) -> str:
    """N−1 in a few words, for a status bar; empty where single losses were not asked about, where
    the book is over, or knows of no payment that could be missed."""
    if answers.projection.is_over or not answers.book.cash_flows:
        return ""
    if not answers.open_lines:
        return "" if answers.book.facilities else words.say("N−1: no lines yet")
    if not answers.assessed:
        return _would_hurt(answers, words)
    if answers.provisional:
        return _in_part(answers, words)
    if answers.base.hurts:
        return _beyond(answers, words)
    if not answers.groups:
        return _lines_alone(answers, words)
    return _with_groups(answers, words)


def _would_hurt(answers: Answers, words: Words) -> str:
    if answers.base.hurts:
        return words.say("N−1: short already with every line open")
    lines, groups = answers.open_lines, answers.groups
    hurt, hurt_groups = _hurting(lines), _hurting(groups)
    if not groups:
        return words.say("N−1: {n} of {lines} would hurt", n=hurt, lines=len(lines))
    return words.count(
        len(groups),
        "N−1: {bad} of {lines} lines and {bad_groups} of 1 group would hurt",
        "N−1: {bad} of {lines} lines and {bad_groups} of {n} groups would hurt",
        bad=hurt,
        lines=len(lines),
        bad_groups=hurt_groups,
    )


def _in_part(answers: Answers, words: Words) -> str:
    """Of a large book, in which the gravest losses alone were searched for plans."""
    if answers.base.hurts:
        return words.say("N−1: short already with every line open")
    losses = (*answers.singles, *answers.groups)
    known = [each for each in losses if each.outcome.hurts and not each.provisional]
    return words.say(
        "N−1: {bad} of the {n} gravest losses leave something unpaid, {others} more would hurt",
        bad=sum(not each.survivable for each in known),
        n=len(known),
        others=sum(each.provisional for each in losses),
    )


def provisional_sentence(answers: Answers, number: int, words: Words) -> str:
    """That so many losses stand there by what happens if nothing is done, and what follows."""
    ranked = words.count(
        number,
        "This is a large book: for one loss no plan was searched for, and it is ranked by what "
        "happens if nothing is done.",
        "This is a large book: for {n} losses no plan was searched for, and they are ranked by "
        "what happens if nothing is done.",
    )
    if is_short_beyond_cure(answers):
        return words.joined(
            [ranked, words.say("It is short with every line open: mend that before asking more.")]
        )
    if answers.assessed:
        return ranked
    more = words.say("Provisional: --proved waits for the plans of the gravest losses.")
    return words.joined([ranked, more])


def _hurting(losses: Sequence[Loss]) -> int:
    return sum(each.outcome.adds for each in losses)


def _beyond(answers: Answers, words: Words) -> str:
    """Where something falls short anyway, only what a loss leaves unpaid beyond it is its own."""
    bad = len(answers.not_survivable) + len(answers.groups_not_survivable)
    return words.say(
        "short with every line open; {bad} of {losses} losses leave more unpaid",
        bad=bad,
        losses=len(answers.open_lines) + len(answers.groups),
    )


def _lines_alone(answers: Answers, words: Words) -> str:
    lines, bad = len(answers.open_lines), len(answers.not_survivable)
    if bad == 0:
        return words.say("N−1 secure: {lines} of {lines} survivable", lines=lines)
    return words.say("N−1: {n} of {lines} leave something unpaid", n=bad, lines=lines)


def _with_groups(answers: Answers, words: Words) -> str:
    lines, bad = len(answers.open_lines), len(answers.not_survivable)
    groups, bad_groups = len(answers.groups), len(answers.groups_not_survivable)
    one, many = _SENTENCES[bad > 0, bad_groups > 0]
    return words.count(groups, one, many, lines=lines, bad=bad, bad_groups=bad_groups)


_SENTENCES = {
    (False, False): (
        "N−1 secure: {lines} of {lines} lines and the one group survivable",
        "N−1 secure: {lines} of {lines} lines and {n} of {n} groups survivable",
    ),
    (False, True): (
        "N−1: {lines} of {lines} lines survivable, the one group leaves something unpaid",
        (
            "N−1: {lines} of {lines} lines survivable, {bad_groups} of {n} groups leave something "
            "unpaid"
        ),
    ),
    (True, False): (
        "N−1: {bad} of {lines} lines leave something unpaid; the one group can be survived",
        "N−1: {bad} of {lines} lines leave something unpaid; all {n} groups can be survived",
    ),
    (True, True): (
        "N−1: {bad} of {lines} lines and the one group leave something unpaid",
        "N−1: {bad} of {lines} lines and {bad_groups} of {n} groups leave something unpaid",
    ),
}
"""Whether the plan for some line, and for some group, leaves something unpaid: said of one group,
and of more."""


def secure_name(answers: Answers, words: Words) -> str:
    """What the word below is about."""
    if answers.groups:
        return words.say("Loss of any one line or group")
    return words.say("Loss of any one line")


def secure_word(answers: Answers, words: Words) -> str:
    """The same in a word, for the front page."""
    if answers.projection.is_over:
        return "–"
    if answers.base.hurts:
        return words.say("short already")
    bad = answers.not_survivable or answers.groups_not_survivable
    if answers.provisional and not bad:
        return words.say("not known yet")
    return words.say("not secure") if bad else words.say("secure")
