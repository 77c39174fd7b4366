"""What to begin this week, because it can be known today: nothing of it waits for the loss.

A plan's steps stand under the last day on which they can begin. Whoever needs an answer, or has to
look something up, or can put money aside, need not wait for that day.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from backstop.contingency import Bounced
from backstop.contingency.ways import ways_of
from backstop.domain import Facility, LossMode, Measure, Message, Money, message
from backstop.plan.actions import Action, ActionKind
from backstop.plan.offers.amounts import asked_step
from backstop.plan.offers.kind import kind_of
from backstop.plan.situation import Situation

WEEK = 7

SOON = 180
"""Days before the end of a contract from which on its renewal can be talked about."""

LONG_AGO = 30
"""Days after which a look at a line's limit is too old for a plan to rest on."""

FEWEST_WEEKS = 4
"""Weeks over which it makes sense to put money aside."""

ON_LINES = (ActionKind.DRAW, ActionKind.RENEW, ActionKind.PURCHASE, ActionKind.REFINANCE)


def to_begin(
    situation: Situation, actions: Sequence[Action], missed: Sequence[Bounced]
) -> tuple[Message, ...]:
    """A sentence for each thing, in the order in which to do them; none where nothing is needed."""
    if situation.projection.is_over or not (actions or missed):
        return ()
    return (
        *_receipts(situation),
        *_renewals(situation),
        *_applications(situation, actions),
        *_looks(situation, actions),
        *_savings(situation, missed),
    )


def _receipts(situation: Situation) -> Iterator[Message]:
    """What comes into a lost account can come into another one: who pays can be told today."""
    book, loss = situation.book, situation.contingency
    lost = (
        {way.element for way in ways_of(book, loss) if way.mode is LossMode.ACCOUNT_FROZEN}
        if (loss)
        else set()
    )
    names = [each.name for each in book.cash_flows if each.through in lost]
    if names:
        yield message(
            "Have {receipts} paid into another account, or through another provider: the plan "
            "counts on nothing that still comes into what is lost.",
            receipts=tuple(dict.fromkeys(names)),
        )


def _renewals(situation: Situation) -> Iterator[Message]:
    """Contracts of lost lines whose end is known: whether they are renewed can be asked today."""
    book, loss = situation.book, situation.contingency
    today = situation.projection.date_of(situation.projection.start)
    for way in ways_of(book, loss) if loss else ():
        line = book.by_id[way.element]
        if not isinstance(line, Facility) or line.contract_until is None:
            continue
        if not 0 < (line.contract_until - today).days <= SOON:
            continue
        if line.renewal_notice_days is None:
            yield message(
                "The contract of {line} ends on {day}: ask now what a renewal depends on.",
                line=line.name,
                day=line.contract_until,
            )
        else:
            known = line.contract_until - timedelta(days=line.renewal_notice_days)
            yield message(
                "The contract of {line} ends on {day}: ask now what a renewal depends on; the "
                "answer can be known from {known} on.",
                line=line.name,
                day=line.contract_until,
                known=max(known, today),
            )


def _applications(situation: Situation, actions: Sequence[Action]) -> Iterator[Message]:
    """Lines that are still to be applied for, long before their last day."""
    soon = situation.projection.start + WEEK
    for each in actions:
        record = situation.book.by_id.get(each.source)
        applied = isinstance(record, Measure) and not record.arranged
        later = each.start_day > soon and not each.done
        if applied and later and kind_of(each).is_applied_for:
            yield message(
                "Apply for {name} now, not only by {day}: it may be refused.",
                name=each.name,
                day=situation.projection.date_of(each.start_day),
            )


def _looks(situation: Situation, actions: Sequence[Action]) -> Iterator[Message]:
    """Lines that the plan uses and nobody has looked at for long."""
    since = situation.projection.date_of(situation.projection.start) - timedelta(days=LONG_AGO)
    names: list[str] = []
    for each in actions:
        line = situation.book.by_id.get(each.source)
        if each.kind in ON_LINES and isinstance(line, Facility) and not each.done:
            old = line.last_verified is None or line.last_verified < since
            if old and line.name not in names:
                names.append(line.name)
    if names:
        yield message(
            "See whether these still lend what is counted on: {lines}.", lines=tuple(names)
        )


def _savings(situation: Situation, missed: Sequence[Bounced]) -> Iterator[Message]:
    """What to put aside each week until something stays unpaid, where that is far enough away."""
    if not missed:
        return
    start, first = situation.projection.start, min(each.day for each in missed)
    weeks = (first - start) // WEEK
    if weeks < FEWEST_WEEKS:
        return
    unpaid = sum(each.missed for each in missed)
    weekly = -(-unpaid // weeks)
    step = asked_step(situation.book, weekly)
    yield message(
        "Put {amount} aside each week until {day}, or as much of it as you can: that is what stays "
        "unpaid.",
        amount=Money(-(-weekly // step) * step, situation.book.currency),
        day=situation.projection.date_of(first),
    )
