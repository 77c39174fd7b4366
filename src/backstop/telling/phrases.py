"""Parts of sentences that screen, paper and command line share: losses and names of payments.

Everything here returns plain text in the language of the narrator given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from backstop.contingency import (
    Bounced,
    ContingencyKind,
    Named,
    NothingLost,
    bought_on,
    called,
    cause_of,
    line_of,
    manner_of,
    title_of,
)
from backstop.domain import (
    Account,
    LinkGroup,
    LossMode,
    SavedContingency,
)
from backstop.plan import Answers, Loss
from backstop.projection import FlowKind
from backstop.telling import Narrator, Words

MOST_NAMES = 2
_CLOSING = (LossMode.NO_NEW_DRAWS, LossMode.FREEZE)


def condition(loss: Loss, narrator: Narrator, *, dated: bool) -> str:
    """The half sentence that a verdict begins with: `If Jiebei closes today`.

    `dated` writes the day out, for paper, on which "today" means nothing.
    """
    so, spent = _condition(loss, narrator, dated=dated), loss.contingency.expense
    if not spent or loss.contingency.kind is ContingencyKind.EXPENSE:
        return so
    amount = narrator.amount(spent)
    return narrator.say("{condition} and {amount} is spent unforeseen", condition=so, amount=amount)


def _condition(loss: Loss, narrator: Narrator, *, dated: bool) -> str:
    contingency, record = loss.contingency, narrator.book.by_id.get(loss.contingency.id)
    if isinstance(contingency.identity, NothingLost):
        if not narrator.book.facilities:  # none that could be open
            return narrator.say("As things stand")
        if loss.outcome.hurts:
            return narrator.say("Even with every line open")
        return narrator.say("With every line open")
    offset, said = contingency.loss_day, {"line": loss.name, "case": _case(loss, narrator)}
    today = offset == loss.outcome.projection.today and not dated
    said["day"] = narrator.day(narrator.date_of(offset)) if dated else narrator.on_day(offset)
    if isinstance(record, SavedContingency):
        return narrator.say(
            "In the case “{line}” from today" if today else "In the case “{line}” from {day}",
            **said,
        )
    if contingency.kind is ContingencyKind.EXPENSE:
        return narrator.say(
            "With {line} of {amount} today" if today else "With {line} of {amount} on {day}",
            **said,
            amount=narrator.amount(contingency.expense),
        )
    if said["case"]:
        return narrator.say(
            "In the case “{case}” ({line}) from today"
            if today
            else "In the case “{case}” ({line}) from {day}",
            **said,
        )
    if isinstance(record, LinkGroup):
        return narrator.say(
            "If everything in {line} closes today"
            if today
            else "If everything in {line} closes on {day}",
            **said,
        )
    if contingency.kind is ContingencyKind.GROUP:
        return narrator.say(
            "With {line} lost today" if today else "With {line} lost on {day}", **said
        )
    return narrator.say("If {line} closes today" if today else "If {line} closes on {day}", **said)


def _case(loss: Loss, narrator: Narrator) -> str:
    """What happens, where it is something else than that a line closes; else empty."""
    contingency, cause = loss.contingency, cause_of(loss.contingency)
    if isinstance(narrator.book.by_id.get(contingency.id), Account):
        return narrator.label(LossMode.ACCOUNT_FROZEN)
    if contingency.mode is None or contingency.mode in _CLOSING:
        return ""
    if cause is not None and manner_of(contingency) == cause.how:  # its name may hold figures
        return narrator.tell(cause.name)
    return narrator.label(contingency.mode)


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
    """`wages and rent`; of many, the first few and how many others there are."""
    if len(names) <= most + 1:
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
