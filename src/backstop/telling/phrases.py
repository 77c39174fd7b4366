"""Parts of sentences that screen, paper and command line share: losses and names of payments.

Everything here returns plain text in the language of the narrator given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from backstop.contingency import (
    Bounced,
    Named,
    bought_on,
    called,
    line_of,
    title_of,
)
from backstop.plan import Answers, Loss
from backstop.projection import FlowKind
from backstop.telling import Narrator, Words

MOST_NAMES = 2


def in_words(answers: Answers, words: Words) -> Answers:
    """The same answers, each loss called as the owner's language calls it."""

    def named(loss: Loss) -> Loss:
        return replace(loss, name=words.tell(title_of(answers.book, loss.contingency.identity)))

    anyway = None if answers.anyway is None else named(answers.anyway)
    return replace(answers, losses=tuple(map(named, answers.losses)), anyway=anyway)


def obligation_name(owed: Named, narrator: Narrator) -> str:
    """How a payment is called in a sentence: as typed, or `the Jiebei instalment`."""
    said = called(narrator.book, owed)
    return said if isinstance(said, str) else narrator.tell(said)


def obligation_title(owed: Named, narrator: Narrator) -> str:
    """How a payment is called in a table: with what is behind an instalment or a bill."""
    line = line_of(narrator.book, owed)
    day = bought_on(owed)
    if day is not None:
        return narrator.say(
            "{what}, not bought by {line} on {day}",
            what=owed.name,
            line=line,
            day=narrator.brief_day(day),
        )
    match owed.kind:
        case FlowKind.INSTALMENT if owed.name == line:
            return narrator.say("{line}, instalment", line=line)
        case FlowKind.INSTALMENT:
            return narrator.say("{line}, instalment: {what}", line=line, what=owed.name)
        case FlowKind.BILL if owed.name == line:
            return narrator.say("{line}, bill", line=line)
        case FlowKind.BILL:
            return narrator.say("{line}, bill: {what}", line=line, what=owed.name)
        case FlowKind.INTEREST:
            return narrator.say("{line}, interest", line=line)
        case FlowKind.REPAYMENT:
            return narrator.say("{line}, paid back", line=line)
        case FlowKind.EXPENSE:
            return narrator.say("sudden expense")
        case FlowKind.PAYMENT | FlowKind.RECEIPT | FlowKind.DRAW:
            return owed.name
        case _:
            assert_never(owed.kind)


def names_of(bounced: Iterable[Bounced], narrator: Narrator, most: int | None = None) -> list[str]:
    """The payments' names, each once, the most important first; of many, so many of them."""
    ranked = sorted(bounced, key=lambda b: (b.priority, -b.missed, b.obligation.record))
    names: dict[str, None] = {}
    for each in ranked:
        names[obligation_name(each.obligation, narrator)] = None
        if len(names) == most:
            break
    return list(names)


def listed(names: Sequence[str], words: Words, most: int = MOST_NAMES) -> str:
    """`wages and rent`; of many, the first few and how many others there are, unless whole lists
    are asked for."""
    if words.whole_lists or len(names) <= most + 1:
        return words.listing(list(names))
    return words.say(
        "{names} and {n} other payments",
        names=words.language.row(names[:most]),
        n=len(names) - most,
        all=len(names),
    )


def first_day(bounced: Sequence[Bounced]) -> list[Bounced]:
    """What bounces on the first day on which anything does; empty when nothing does."""
    day = min((each.day for each in bounced), default=0)
    return [each for each in bounced if each.day == day]


def dated_names(bounced: Sequence[Bounced], narrator: Narrator, today: int | None = None) -> str:
    """`wages and rent on 12 January`: payments of one day; `wages due today` on that day (offset),
    unless there is none, as on paper."""
    names = listed(names_of(bounced, narrator), narrator)
    day = bounced[0].day
    if day == today:
        return narrator.say("{names} due today", names=names)
    return narrator.say("{names} on {day}", names=names, day=narrator.on_day(day))
