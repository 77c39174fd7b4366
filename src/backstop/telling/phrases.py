"""Parts of sentences that screen, paper and command line share: days, amounts, names of payments.

Everything here returns plain text in the language of the `Words` given.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, timedelta

from backstop.contingency import (
    Bounced,
    ContingencyKind,
    Obligation,
    cause_of,
    manner_of,
    title_of,
)
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Facility,
    LinkGroup,
    LossMode,
    PlannedDraw,
    SavedContingency,
)
from backstop.plan import Answers, Loss
from backstop.projection import FlowKind
from backstop.telling import Words
from backstop.telling.rules import MONTHS

NEAR_DAYS = 330
"""Within these days a date needs no year: no month of that name lies nearer."""
MOST_NAMES = 2
_CLOSING = (LossMode.NO_NEW_DRAWS, LossMode.FREEZE)


def amount(book: Book, words: Words, minor: int) -> str:
    """Money of this book, for a sentence."""
    return words.round_money(minor, book.currency)


def joined(words: Words, sentences: Iterable[str]) -> str:
    """Sentences one after the other; Chinese sets no space between them."""
    return ("" if words.is_chinese else " ").join(each for each in sentences if each)


def date_of(book: Book, offset: int) -> date:
    return book.as_of + timedelta(days=int(offset))


def on_day(book: Book, words: Words, offset: int) -> str:
    """`12 January`, with the year where it could be mistaken."""
    day = date_of(book, offset)
    if words.is_chinese:
        return words.short_day(day) if offset < NEAR_DAYS else words.day(day)
    text = f"{day.day} {MONTHS[day.month - 1]}"
    return text if offset < NEAR_DAYS else f"{text} {day.year}"


def brief_day(book: Book, words: Words, offset: int) -> str:
    """`12 Jan` for a table, with the year where it could be mistaken."""
    day = date_of(book, offset)
    return words.short_day(day) if offset < NEAR_DAYS else words.day(day)


def condition(book: Book, loss: Loss, words: Words, *, dated: bool) -> str:
    """The half sentence that a verdict begins with: `If Jiebei closes today`.

    `dated` writes the day out, for paper, on which "today" means nothing.
    """
    contingency, record = loss.contingency, book.by_id.get(loss.contingency.id)
    offset, said = contingency.loss_day, {"line": loss.name, "case": _case(book, loss, words)}
    today = offset == loss.outcome.projection.today and not dated
    said["day"] = words.day(date_of(book, offset)) if dated else on_day(book, words, offset)
    if isinstance(record, SavedContingency):
        return words.say(
            "In the case “{line}” from today" if today else "In the case “{line}” from {day}",
            **said,
        )
    if said["case"]:
        return words.say(
            "In the case “{case}” ({line}) from today"
            if today
            else "In the case “{case}” ({line}) from {day}",
            **said,
        )
    if isinstance(record, LinkGroup):
        return words.say(
            "If everything in {line} closes today"
            if today
            else "If everything in {line} closes on {day}",
            **said,
        )
    if contingency.kind is ContingencyKind.GROUP:
        return words.say("With {line} lost today" if today else "With {line} lost on {day}", **said)
    return words.say("If {line} closes today" if today else "If {line} closes on {day}", **said)


def _case(book: Book, loss: Loss, words: Words) -> str:
    """What happens, where it is something else than that a line closes; else empty."""
    contingency, cause = loss.contingency, cause_of(loss.contingency.id)
    if isinstance(book.by_id.get(contingency.id), Account):
        return words.label(LossMode.ACCOUNT_FROZEN)
    if contingency.mode is None or contingency.mode in _CLOSING:
        return ""
    if cause is not None and manner_of(contingency) == cause.how:  # its name may hold figures
        return words.tell(cause.name)
    return words.label(contingency.mode)


def in_words(answers: Answers, words: Words) -> Answers:
    """The same answers, each loss called as the owner's language calls it."""
    named = (
        replace(each, name=words.tell(title_of(answers.book, each.contingency.id)))
        for each in answers.losses
    )
    return replace(answers, losses=tuple(named))


def obligation_name(book: Book, words: Words, obligation: Obligation) -> str:
    """How a payment is called in a sentence: as typed, or `the Jiebei instalment`."""
    line = _line_of(book, obligation)
    match obligation.kind:
        case FlowKind.INSTALMENT:
            return words.say("the {line} instalment", line=line)
        case FlowKind.BILL:
            return words.say("the {line} bill", line=line)
        case _:
            return obligation.name


def obligation_title(book: Book, words: Words, obligation: Obligation) -> str:
    """How a payment is called in a table: with what is behind an instalment or a bill."""
    line = _line_of(book, obligation)
    match obligation.kind:
        case FlowKind.INSTALMENT if obligation.name == line:
            return words.say("{line}, instalment", line=line)
        case FlowKind.INSTALMENT:
            return words.say("{line}, instalment: {what}", line=line, what=obligation.name)
        case FlowKind.BILL if obligation.name == line:
            return words.say("{line}, bill", line=line)
        case FlowKind.BILL:
            return words.say("{line}, bill: {what}", line=line, what=obligation.name)
        case _:
            return obligation.name


def _line_of(book: Book, obligation: Obligation) -> str:
    """The name of the facility that a repayment goes to; its own name where there is none."""
    record = book.by_id.get(obligation.record)
    if isinstance(record, PlannedDraw):
        record = book.by_id[record.facility]
    elif isinstance(record, CashFlow) and record.through:
        record = book.by_id[record.through]
    return record.name if isinstance(record, Facility) else obligation.name


def names_of(book: Book, words: Words, bounced: Iterable[Bounced]) -> list[str]:
    """The payments' names, each once, the most important first."""
    ranked = sorted(bounced, key=lambda b: (b.priority, -b.missed, b.obligation.record))
    return list(dict.fromkeys(obligation_name(book, words, b.obligation) for b in ranked))


def listed(words: Words, names: Sequence[str], most: int = MOST_NAMES) -> str:
    """`wages and rent`; of many, the first few and how many others there are."""
    if len(names) <= most + 1:
        return words.listing(list(names))
    return words.say(
        "{names} and {n} other payments",
        names=("、" if words.is_chinese else ", ").join(names[:most]),
        n=len(names) - most,
        all=len(names),
    )


def first_day(bounced: Sequence[Bounced]) -> list[Bounced]:
    """What bounces on the first day on which anything does; empty when nothing does."""
    day = min((each.day for each in bounced), default=0)
    return [each for each in bounced if each.day == day]


def dated_names(
    book: Book, words: Words, bounced: Sequence[Bounced], today: int | None = None
) -> str:
    """`wages and rent on 12 January`: payments of one day; `wages due today` on that day (offset),
    unless there is none, as on paper."""
    names = listed(words, names_of(book, words, bounced))
    day = bounced[0].day
    if day == today:
        return words.say("{names} due today", names=names)
    return words.say("{names} on {day}", names=names, day=on_day(book, words, day))
