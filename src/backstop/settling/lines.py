"""Lines on a later day: what is owed on them, what is taken up of their limits, and what an
overdraft has run up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from types import MappingProxyType
from typing import Any

from backstop.domain import (
    Book,
    Bought,
    CashFlow,
    Facility,
    Overdrawn,
    PlannedDraw,
    RepaymentMethod,
    Tranche,
)
from backstop.domain.takings import fixed_total, principal_left
from backstop.projection import Projection, usage
from backstop.projection.cards import Card, is_in_running_bill
from backstop.projection.dues import amount_on
from backstop.projection.flows import takings_of
from backstop.projection.overdrafts import last_charge, overdrawn
from backstop.projection.recurrence import Occurrence
from backstop.projection.spans import Span
from backstop.projection.terms import paid_in_full
from backstop.settling import cards, draws, loans


@dataclass(frozen=True)
class Used:
    """How a line was used: the planned draws that were taken and the purchases that were made, each
    with the date of its rule and its day."""

    drawn: tuple[tuple[PlannedDraw, Occurrence], ...] = ()
    bought: tuple[tuple[CashFlow, Occurrence], ...] = ()


NOT_USED = Used()
Moves = Sequence[tuple[date, int]]
"""Cash that came, or went, on a day and is no flow of the book: minor units."""
NO_MOVES: Moves = ()
ALL_PAID: Mapping[str, date] = MappingProxyType({})


@dataclass(frozen=True)
class Since:
    """What is needed to bring lines to the day `until`: the book as it was, and its projection."""

    book: Book
    projection: Projection
    span: Span
    until: date
    cards: dict[str, Card]

    @property
    def days(self) -> int:
        """How many days lie between."""
        return self.span.offset(self.until)


def advanced(
    since: Since, line: Facility, used: Used, unpaid: Mapping[str, date] = ALL_PAID
) -> Facility:
    """The line on the later day; draws with the ids in `unpaid` are paid up to that instalment."""
    changes: dict[str, Any] = {}
    tranches = [*_owed(since, line, unpaid), *_taken(since, line, used, unpaid)]
    if line.is_repaid_by_takings:
        tranches = list(_by_takings(since, line, used))
    elif line.id in since.cards:
        now = cards.reckoned_whole(since.span, line, since.cards[line.id], since.until)
        tranches += now.tranches
        changes |= {"unbilled": now.unbilled, "credit_balance": now.credit}
        changes["credited"] = now.credited
    elif paid_in_full(line):
        sent, unbilled = cards.paid_whole(since.span, line, _bought(since, line, used), since.until)
        tranches += sent
        changes["unbilled"] = unbilled
    else:
        tranches += _in_instalments(since, line, used)
    changes["tranches"] = tuple(sorted(cards.each_once(tranches), key=cards.place))
    if line.maximum_draws is not None:
        made = line.draws_made + len(used.drawn)
        changes["draws_made"] = min(line.maximum_draws, made)
    if line.is_overdraft:
        changes["overdrawn"] = tuple(_overdrawn(since, line))
    changed = line.changed(**changes)
    return changed.changed(blocked=_blocked(since, line, changed)) if takes_up(line) else changed


def _owed(since: Since, line: Facility, unpaid: Mapping[str, date]) -> list[Tranche]:
    apart = line.id in since.cards
    found = (
        loans.advanced(since.span, line, each, since.until, unpaid.get(each.id))
        for each in line.tranches
        if not (apart and is_in_running_bill(line, each))
    )
    return [each for each in found if each is not None]


def _taken(since: Since, line: Facility, used: Used, unpaid: Mapping[str, date]) -> list[Tranche]:
    made = [
        draws.taken(line, draw, each.rule_date, each.day, amount_on(draw, each.rule_date))
        for draw, each in used.drawn
    ]
    found = (
        loans.advanced(since.span, line, each, since.until, unpaid.get(each.id)) for each in made
    )
    return [each for each in found if each is not None]


def _in_instalments(since: Since, line: Facility, used: Used) -> list[Tranche]:
    made = (
        draws.bought(line, flow, each.rule_date, each.day, amount_on(flow, each.rule_date))
        for flow, each in used.bought
    )
    found = (loans.advanced(since.span, line, each, since.until) for each in made)
    return [each for each in found if each is not None]


def _bought(since: Since, line: Facility, used: Used) -> list[Bought]:
    known = [
        Bought(
            day=min(each.day, since.span.as_of),
            amount=each.amount,
            flow=each.flow,
            rule_date=each.rule_date,
        )
        for each in line.unbilled
    ]
    new = [
        Bought(
            day=each.day,
            amount=amount_on(flow, each.rule_date),
            flow=flow.id,
            rule_date=each.rule_date,
        )
        for flow, each in used.bought
    ]
    return [*known, *new]


def _by_takings(since: Since, line: Facility, used: Used) -> Sequence[Tranche]:
    takings = takings_of(since.book, line)
    owed: dict[str, tuple[Tranche, list[int]]] = {}
    for record, advances in zip(takings.records, takings.advances, strict=True):
        if isinstance(record, Tranche):
            kept = [-each.amount for each in takings.repaid(advances[0]) if each.day < since.days]
            owed[record.id] = (record, kept)
            continue
        taken = [each for draw, each in used.drawn if draw.id == record.id]
        for each, advance in zip(taken, advances, strict=False):
            tranche = draws.taken(line, record, each.rule_date, each.day, advance.principal)
            flows = takings.repaid(advance)
            owed[tranche.id] = (tranche, [-f.amount for f in flows if f.day < since.days])
    return [left for each, kept in owed.values() if (left := _less(each, sum(kept))) is not None]


def _less(owed: Tranche, repaid: int) -> Tranche | None:
    """The draw when so much more of its total is repaid."""
    drawn, so_far = owed.original_principal or owed.principal, owed.takings_repaid + repaid
    total = fixed_total(drawn, owed.rate_percent)
    if so_far >= total:
        return None
    left = principal_left(drawn, total, so_far)
    return owed.changed(principal=left, original_principal=drawn, takings_repaid=so_far)


def takes_up(line: Facility) -> bool:
    """Whether what is paid back on the line takes up its limit even so."""
    returned = line.repaid_share_percent if line.revolving else 0
    return returned < 100 and not line.is_overdraft


def _blocked(since: Since, line: Facility, now: Facility) -> int:
    """What is taken up of the limit beside what is owed: what was paid back and does not return."""
    used = usage(since.projection, line)
    return max(0, int(used[since.days - 1]) - now.balance)


def _overdrawn(since: Since, line: Facility) -> list[Overdrawn]:
    """How far below zero each evening since the last charge was."""
    projection = since.projection
    used = overdrawn(projection.overdrafts, projection.closing)
    overdraft, mine = next(
        pair
        for pair in zip(projection.overdrafts, used, strict=True)
        if pair[0].facility.id == line.id
    )
    charged = last_charge(since.book, overdraft, since.days)
    evenings = [
        Overdrawn(from_day=since.span.date(day), amount=int(mine[day]))
        for day in range(max(0, charged), since.days)
    ]
    before = [e for e in line.overdrawn if charged < 0 and e.from_day < since.span.as_of]
    pieces = [next(same) for _, same in groupby((*before, *evenings), key=lambda e: e.amount)]
    first = next((n for n, each in enumerate(pieces) if each.amount), len(pieces))
    return pieces[first:]


def used_today(span: Span, line: Facility, used: Used) -> Facility:
    """The line with what was drawn on it and bought by it on the book's own day."""
    drawn = [
        draws.taken(line, draw, each.rule_date, each.day, amount_on(draw, each.rule_date))
        for draw, each in used.drawn
    ]
    bought = [
        Bought(
            day=each.day,
            amount=amount_on(flow, each.rule_date),
            flow=flow.id,
            rule_date=each.rule_date,
        )
        for flow, each in used.bought
    ]
    if line.method is not RepaymentMethod.STATEMENT_CYCLE:
        drawn += [
            draws.bought(line, flow, each.rule_date, each.day, amount_on(flow, each.rule_date))
            for flow, each in used.bought
        ]
        bought = []
    made = line.draws_made + len(used.drawn)
    most = line.maximum_draws
    return line.changed(
        tranches=tuple(sorted((*line.tranches, *drawn), key=cards.place)),
        unbilled=(*line.unbilled, *bought),
        draws_made=line.draws_made if most is None else min(most, made),
    )
