"""Cards: what was bought by them and is not paid yet, in the bills that have been sent and before.

A bill that is sent becomes a tranche that names its purchases; what minimum payments leave of
earlier bills becomes one that bears interest.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain, count
from typing import Any

from backstop.domain import Bought, CashFlow, Credited, Facility, Origin, Priced, Tranche
from backstop.domain.records import Record
from backstop.projection.bills import Owed, RunningBill
from backstop.projection.cards import Card
from backstop.projection.cycle import cycle_of
from backstop.projection.recurrence import day_of
from backstop.projection.spans import Span

LONGEST_STEM, LONGEST_NAME = 35, 180


def terms_of(line: Priced) -> dict[str, Any]:
    """The price and the way of repayment of a line, as a draw on it has them; grace apart, which a
    draw whose beginning is known counts from there."""
    own = set(Priced.__struct_fields__) - set(Record.__struct_fields__)
    grace = {"grace_periods", "interest_only_periods"}
    return {name: getattr(line, name) for name in own - grace}


def named(line: Facility, day: date) -> str:
    """What a bill is called: as its line, with its day."""
    return f"{line.name[:LONGEST_NAME]} {day.isoformat()}"


def paid_whole(
    span: Span, line: Facility, bought: Iterable[Bought], until: date
) -> tuple[list[Tranche], tuple[Bought, ...]]:
    """Of a card whose bills are paid in full: the bills that are sent and not paid, and what is not
    billed yet."""
    cycle, bills = cycle_of(line), defaultdict[int, list[Bought]](list)
    for each in sorted(bought, key=lambda one: one.day):
        number = cycle.number(each.day)
        if span.date(span.paid_on(line, cycle.due(number))) >= until:
            bills[number].append(each)
    now = cycle.number(until)
    sent = [_bill(line, cycle.due(n), mine) for n, mine in sorted(bills.items()) if n < now]
    return sent, tuple(each for n in sorted(bills) if n >= now for each in bills[n])


def _bill(line: Facility, due: date, bought: Sequence[Bought], **fields: Any) -> Tranche:
    terms = terms_of(line) | {
        "id": f"{line.id}@{due}",
        "name": named(line, due),
        "principal": sum(each.amount for each in bought),
        "next_due": due,
        "purchases": tuple(bought),
    }
    return Tranche(**(terms | fields))


@dataclass(frozen=True)
class CardNow:
    """What is owed on a card on a later day: draws and bills, what is not billed yet, and what the
    lender owes."""

    tranches: tuple[Tranche, ...]
    unbilled: tuple[Bought, ...]
    credit: int
    credited: tuple[Credited, ...]


@dataclass(frozen=True)
class _Piece:
    """One debt that is left, the tranche that it came from, and the purchase that it was."""

    owed: Owed
    source: str
    flow: str = ""
    rule_date: date | None = None

    def bought(self) -> Bought:
        """What is left of the purchase."""
        return Bought(
            day=self.owed.bought, amount=self.owed.left, flow=self.flow, rule_date=self.rule_date
        )


def reckoned_whole(span: Span, line: Facility, card: Card, until: date) -> CardNow:
    """Of a card whose bills are reckoned whole, as they stand when all that is due before that day
    is paid."""
    running = card.run(card.purchases, card.refunds, span.offset(until) - 1)
    pieces = list(_pieces(span, card, running.bill))
    cycle, typed = cycle_of(line), {each.id: each for each in line.tranches}
    now, unbilled = cycle.number(until), list[Bought]()
    groups = defaultdict[tuple[Any, ...], list[_Piece]](list)
    for each in pieces:
        owed = each.owed
        if not owed.left:
            continue
        if not owed.bears and owed.number >= now and not each.source:
            unbilled.append(each.bought())
            continue
        own = each.source if "@" not in each.source else ""
        bears = owed.bears and owed.parts is None
        since = owed.since if bears else None
        groups[own, owed.number, owed.due, since, len(owed.parts or ())].append(each)
    made = list[Tranche]()
    for (own, number, due, since, left), mine in groups.items():
        changes: dict[str, Any] = {"next_due": due, "charges": 0, "interest_from": since}
        if left:
            paid = line.bill_instalments - left
            changes |= _in_parts(line, mine, cycle.due(number - paid), paid)
        elif since is not None:
            changes |= {"id": f"{line.id[:LONGEST_STEM]}-rest@{due}", "name": named(line, due)}
        made.append(_of_group(line, typed.get(own), due, mine, changes))
    credited = tuple(
        Credited(day=cycle.statement(number) - timedelta(days=1), amount=amount)
        for number, amount in sorted(running.bill.credits.items())
        if amount and number < now
    )
    charged = tuple(_charged(sorted(made, key=place), running.bill.charges))
    return CardNow(charged, tuple(unbilled), running.bill.credit, credited)


def _charged(made: Iterable[Tranche], charges: Mapping[date, int]) -> Iterator[Tranche]:
    """What has run up is due with the first of the bills of its due day."""
    left = dict(charges)
    for each in made:
        yield each.changed(charges=left.pop(each.next_due, 0))


def place(owed: Tranche) -> tuple[bool, str, str]:
    """Draws that were typed come first, as they stood; the others by their day and identifier."""
    stem, made, day = owed.id.partition("@")
    return bool(made), day, stem if made else ""


def each_once(tranches: Iterable[Tranche]) -> Iterator[Tranche]:
    """What is named alike gets a number."""
    seen: set[str] = set()
    for each in tranches:
        stem, _, day = each.id.partition("@")
        others = (f"{stem[:37]}-{number}@{day}" for number in count(2))
        own = next(name for name in chain([each.id], others) if name not in seen)
        seen.add(own)
        yield each if own == each.id else each.changed(id=own)


def _in_parts(line: Facility, mine: Sequence[_Piece], first: date, paid: int) -> dict[str, Any]:
    origin = Origin(
        start=min(first, *(each.owed.bought for each in mine)),
        principal=mine[0].owed.whole,
        first_due=first,
        periods=line.bill_instalments,
    )
    return {
        "id": f"{line.id}@{first}",
        "name": named(line, first),
        "origin": origin,
        "paid_instalments": paid,
        "remaining_periods": line.bill_instalments - paid,
        "interest_from": None,
    }


def _of_group(
    line: Facility, typed: Tranche | None, due: date, mine: Sequence[_Piece], fields: dict[str, Any]
) -> Tranche:
    """One bill, or what is left of earlier ones; one that was typed keeps its name and terms."""
    bought = tuple(sorted((each.bought() for each in mine), key=lambda each: each.day))
    if typed is None:
        return _bill(line, due, bought, **fields)
    kept = {name: value for name, value in fields.items() if name not in ("id", "name")}
    purchases = bought if typed.purchases else ()
    principal = sum(each.amount for each in bought)
    return typed.changed(principal=principal, purchases=purchases, **kept)


def _pieces(span: Span, card: Card, bill: RunningBill) -> Iterator[_Piece]:
    opened = {(each.who, each.debt): each for each in card.opening}
    first = len(card.described) - len(card.payments)
    for owed in bill.owed:
        opening = opened.get((owed.who, owed.debt))
        if opening is not None:
            was = opening.bought
            yield _Piece(
                owed, opening.source, was.flow if was else "", was.rule_date if was else None
            )
            continue
        flow = card.payments[owed.who - first]
        yield _Piece(owed, "", flow.id, _rule_date(span, flow, owed.debt))


def _rule_date(span: Span, flow: CashFlow, debt: int) -> date:
    return day_of(int(span.due(flow).own[debt]))
