"""The sentences over the list of what was due since, and after it."""

from __future__ import annotations

from datetime import timedelta

from backstop.domain import AcceptedPlan, Book, Facility
from backstop.services.commands import Change
from backstop.services.settling import InWork, owed_otherwise
from backstop.services.settling_items import DueItem, PassedLoss
from backstop.settling import UNEXPLAINED, AccountNow, ExpectedKind, NotYet
from backstop.telling import Words


def since_sentence(work: InWork, words: Words) -> str:
    """How many things were due, and how many of them came otherwise than planned."""
    if not work.past:
        return words.say("Nothing was due since {day}.", day=work.book.as_of)
    last = work.until - timedelta(days=1)
    return words.count(
        len(work.past),
        "One thing was due from {first} to {last}.",
        "{n} things were due from {first} to {last}.",
        first=words.short_day(work.book.as_of),
        last=words.short_day(last),
    )


def since_detail(work: InWork, words: Words) -> str:
    """How many of them are said to have come otherwise, and what else is asked."""
    others = sum(work.answer_to(each) != each.usual for each in work.past)
    today = sum(isinstance(each, DueItem) and each.is_today for each in work.expected)
    asked = sum(
        isinstance(each, PassedLoss) and work.answer_to(each) == each.usual
        for each in work.expected
    )
    return words.joined(
        [
            words.count(
                others,
                "One did not come as planned; the others count as planned.",
                "{n} did not come as planned; the others count as planned.",
            )
            if others
            else words.say("All count as planned until you say otherwise."),
            words.count(
                today,
                "One is due today: still to come, unless it is in the balance already.",
                "{n} are due today: still to come, unless they are in the balance already.",
            )
            if today
            else "",
            words.count(
                asked,
                "The day of one saved loss has passed: did it happen?",
                "The days of {n} saved losses have passed: did they happen?",
            )
            if asked
            else "",
        ]
    )


def done_sentence(work: InWork, change: Change, words: Words) -> str:
    """What was done: the new day, how much was settled, and what stays unexplained."""
    currency, after = work.book.currency, change.after
    awaited = sum(isinstance(work.answer_to(each), NotYet) for each in work.past)
    settled_number = sum(each.kind != UNEXPLAINED for each in change.settled) - awaited
    settled = words.count(
        settled_number,
        "The book is as of {day} now; one thing is settled.",
        "The book is as of {day} now; {n} things are settled.",
        day=after.as_of,
    )
    left = [each for each in work.result.accounts if each.unexplained]
    said = [_unexplained(each, work.book, currency, words) for each in left]
    said += [
        _owed(work.book.by_id[line].name, difference, currency, words)
        for line, difference in owed_otherwise(work).items()
    ]
    return words.joined([settled, *said])


def _owed(line: str, difference: int, currency: str, words: Words) -> str:
    amount = words.round_money(abs(difference), currency)
    if difference > 0:
        return words.say("On {line}, {amount} more is owed than follows.", line=line, amount=amount)
    return words.say("On {line}, {amount} less is owed than follows.", line=line, amount=amount)


def _unexplained(now: AccountNow, book: Book, currency: str, words: Words) -> str:
    return words.say(
        "In {account}, {amount} is unexplained.",
        account=book.by_id[now.account].name,
        amount=words.round_money(now.unexplained, currency),
    )


def undone_plans(work: InWork) -> list[AcceptedPlan]:
    """The plans of which a step was not done, or otherwise than planned."""
    steps = [each for each in work.past if each.due.kind is ExpectedKind.STEP]
    otherwise = {each.due.record for each in steps if work.answer_to(each) != each.usual}
    return [each for each in work.book.accepted_plans if each.id in otherwise]


def undone_sentence(plans: list[AcceptedPlan], words: Words) -> str:
    """That the rest of these plans has to be worked out anew."""
    names = words.few([each.name for each in plans])
    return words.say(
        "A step of the plan for {names} was not done as planned: the rest is to be drafted anew.",
        names=names,
    )


def lost_lines(work: InWork) -> list[Facility]:
    """The lines that lend less than before, or nothing any more."""
    fewer = {line for line, limit in work.limits.items() if limit < _limit(work, line)}
    lost = fewer | work.told.gone.keys() | {line for line, _ in work.told.cuts}
    return [each for each in work.book.facilities if each.id in lost]


def _limit(work: InWork, line: str) -> int:
    record = work.book.by_id[line]
    return record.limit_on(work.until) if isinstance(record, Facility) else 0


def lost_sentence(lines: list[Facility], words: Words) -> str:
    """Which lines lend less, and that there is a plan for that."""
    names = words.few([each.name for each in lines])
    return words.count(
        len(lines),
        "{names} lends less than before. Is this the beginning of a loss? Look at the plan for it.",
        "{names} lend less than before. Is this the beginning of a loss? Look at the plan for it.",
        names=names,
    )
