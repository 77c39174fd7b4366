"""What a draw, a purchase or a tranche obliges the owner to pay, by the terms of its record."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from backstop.domain import (
    Facility,
    Origin,
    Priced,
    RepaymentMethod,
    Rhythm,
    Tranche,
)
from backstop.projection.amortisation import (
    Instalment,
    due_dates,
    price_of,
    rounded,
    schedule,
    shape_of,
    step_from,
)
from backstop.projection.calendars import Calendar, adjusted
from backstop.projection.card_schedules import minimum_of_bill, purchase_schedule
from backstop.projection.cycle import bill_due
from backstop.projection.early import early_repayment, paid_early, planned_early
from backstop.projection.recurrence import clipped
from backstop.projection.terms import (
    advance_price,
    bill_in_parts,
    drawn_at_first,
    fee_of,
    paid_in_full,
    paid_in_parts,
)


def draw_schedule(facility: Facility, amount: int, drawn: date, periods: int) -> list[Instalment]:
    """What a draw or a purchase of `amount` on that day obliges the owner to pay back, and when.

    On a statement cycle the bill is free of interest until it is due; where bills are paid in
    instalments, only their fee is added.
    """
    if facility.method is RepaymentMethod.STATEMENT_CYCLE:
        if not paid_in_full(facility):
            return purchase_schedule(facility, amount, drawn)
        return [Instalment(bill_due(facility, drawn), amount, 0, drawn)]
    price, shape = price_of(facility), shape_of(facility, amount)
    dues = dues_of(facility, drawn, periods)
    return schedule(amount, price, _by_dates(facility), dues, drawn, shape=shape)


def _by_dates(terms: Priced) -> RepaymentMethod:
    """The method by which money is paid back on days; takings, as if they came evenly."""
    even = terms.method is RepaymentMethod.SHARE_OF_TAKINGS
    return RepaymentMethod.EQUAL_PRINCIPAL if even else terms.method


def dues_of(facility: Facility, drawn: date, periods: int) -> list[date]:
    """When the instalments of a draw of that day fall due, by the terms of its line."""
    at_once = facility.first_at_once and facility.method is not RepaymentMethod.BULLET
    return due_dates(drawn, periods, facility.due_day, facility.rhythm, at_once=at_once)


def cash_schedule(facility: Facility, amount: int, drawn: date, periods: int) -> list[Instalment]:
    """The same where cash is drawn: on a line that pays purchases that is a cash advance."""
    advance = cash_advance if facility.purchases_only else draw_schedule
    return advance(facility, amount, drawn, periods)


def cash_advance(facility: Facility, amount: int, drawn: date, periods: int) -> list[Instalment]:
    """Cash drawn on a card: never free of interest, which runs from the day of the draw.

    All of it is due with the next bill, or, on a line without statements, as other draws are; the
    fee along with the first payment.
    """
    price = advance_price(facility)
    fee = rounded(amount * facility.cash_advance_fee_percent / Decimal(100))
    if facility.method is RepaymentMethod.STATEMENT_CYCLE:
        method, dues = RepaymentMethod.BULLET, [bill_due(facility, drawn)]
    else:
        method, dues = facility.method, dues_of(facility, drawn, periods)
    first, *later = schedule(amount, price, method, dues, drawn)
    return [first._replace(interest=first.interest + fee), *later]


def interest_free_days(facility: Facility, bought: date) -> int:
    """How long a purchase of that day on a statement cycle costs nothing."""
    return (bill_due(facility, bought) - bought).days


def tranche_schedule(tranche: Tranche, today: date | None = None) -> list[Instalment]:
    """What is still to be paid on a tranche: as its lender lists it, or else by its terms.

    `today` is the book's as-of date. What was paid back early before it is no longer in the
    principal and changes nothing.
    """
    return list(_known_schedule(tranche, today))


@lru_cache(20_000)
def _known_schedule(tranche: Tranche, today: date | None) -> tuple[Instalment, ...]:
    start, on = interest_start(tranche, today), tranche.early_on
    is_planned = on is not None and tranche.early_amount and (today is None or on >= today)
    early = on if is_planned else None
    if tranche.imported or _is_generated(tranche):
        made = _cut(tranche, start, early)
    else:
        made = _by_terms(tranche, start)
        made = made if early is None else paid_early(made, tranche, early)
    return tuple(_with_charges(made, tranche.charges))


def interest_start(tranche: Tranche, today: date | None = None) -> date:
    """The day from which the interest of the first instalment runs: the one that is known, or else
    a month (or week, or quarter) before it, on its due day, and never after `today`.

    The first interest of a lender's list is of one month. What is due whole after several months,
    none of which is paid, tells by the first of them when it began.
    """
    if tranche.interest_from is not None:
        return tranche.interest_from
    if tranche.imported:
        return step_from(tranche.imported[0].due, -1, None, tranche.rhythm)
    start = step_from(tranche.next_due, -1, tranche.due_day, tranche.rhythm)
    is_told = tranche.method is RepaymentMethod.BULLET and tranche.remaining_periods > 1
    return start if today is None or is_told else min(start, today)


def _with_charges(made: list[Instalment], charges: int) -> list[Instalment]:
    """Interest and fees that have run up already are due with the first payment, also where
    that is one made early."""
    if not charges:
        return made
    first, *later = made
    return [first._replace(interest=first.interest + charges), *later]


def paid_on(
    facility: Facility, each: Instalment, calendar: Calendar, drawn: date = date.min
) -> date:
    """The day on which an instalment is paid: when banks are open, if the line says so, and never
    before the draw."""
    return max(drawn, adjusted(each.due, facility.due_adjustment, calendar))


def _by_terms(tranche: Tranche, start: date) -> list[Instalment]:
    """What is left by its terms, early repayment apart."""
    if tranche.method is RepaymentMethod.STATEMENT_CYCLE:
        return _bill(tranche, start)
    return schedule(
        tranche.principal,
        price_of(tranche),
        _by_dates(tranche),
        owed_dues(tranche),
        start,
        fee_of(tranche),
        shape_of(tranche, drawn_at_first(tranche)),
    )


def _bill(tranche: Tranche, start: date) -> list[Instalment]:
    if tranche.cash_advance:
        price, due = price_of(tranche), [tranche.next_due]
        return schedule(tranche.principal, price, RepaymentMethod.BULLET, due, start)
    if paid_in_parts(tranche):
        dues = _series(tranche.next_due, tranche, _parts_left(tranche))
        return bill_in_parts(tranche.principal, tranche, dues, start)
    if tranche.pays_minimum:
        return minimum_of_bill(tranche)
    return [Instalment(tranche.next_due, tranche.principal, 0, start)]


def _is_generated(tranche: Tranche) -> bool:
    """Whether its schedule follows from how it began; cash drawn on a card is due whole."""
    cycle = tranche.method is RepaymentMethod.STATEMENT_CYCLE
    return tranche.origin is not None and not (tranche.cash_advance and cycle)


def _cut(tranche: Tranche, start: date, early: date | None) -> list[Instalment]:
    """The whole schedule, as early repayments altered it, and one that is planned alters it, less
    the instalments that are paid."""
    if tranche.imported:
        made = list(_imported(tranche, start))
    else:
        assert tranche.origin is not None
        made = _whole(tranche, tranche.origin)
    if not tranche.repaid_early and early is None and tranche.imported:
        return made[tranche.paid_instalments :]
    paid, dues = tranche.paid_instalments, all_dues(tranche)
    made = _altered(made, tranche)
    if early is None or (paid and early < dues[paid - 1]):  # what was paid since stays as it was
        left = [each for each in made if each.due >= dues[paid]]
        return left if early is None else paid_early(left, tranche, early)
    kept, planned, later = early_repayment(made, tranche, planned_early(tranche, early))
    due = [each for each in kept if each.due >= dues[paid]]
    return [*due, *([planned] if planned else ()), *(e for e in later if e.due >= dues[paid])]


def _altered(made: list[Instalment], tranche: Tranche) -> list[Instalment]:
    """A whole schedule as the early repayments that were made leave it, without these."""
    for each in tranche.repaid_early:
        kept, _, later = early_repayment(made, tranche, each)
        made = [*kept, *later]
    return made


def all_dues(tranche: Tranche) -> list[date]:
    """When all instalments fall due, those paid among them: of a list, or since the beginning."""
    if tranche.imported:
        return [each.due for each in tranche.imported]
    assert tranche.origin is not None
    return dues_since(tranche, tranche.origin)


def _whole(terms: Tranche, origin: Origin) -> list[Instalment]:
    """The schedule of a draw from its beginning; nothing of what is left of it counts."""
    dues = dues_since(terms, origin)
    if terms.method is RepaymentMethod.STATEMENT_CYCLE:
        return bill_in_parts(origin.principal, terms, dues, origin.start)
    return schedule(
        origin.principal,
        price_of(terms),
        terms.method,
        dues,
        origin.start,
        fee_of(terms),
        replace(
            shape_of(terms, terms.original_principal or origin.principal),
            grace=origin.grace_periods,
            interest_only=origin.interest_only_periods,
        ),
    )


def dues_since(terms: Priced, origin: Origin) -> list[date]:
    """When all instalments of a draw that began so fall due, those paid among them: without a due
    day on the day of the draw, also where the first of them falls in a shorter month."""
    return _series(origin.first_due, terms, origin.periods, own_day(origin))


def own_day(origin: Origin) -> int:
    """The day of the month on which instalments fall due where no due day is given."""
    first, own = origin.first_due, origin.start.day
    return own if first == clipped(first.year, first.month, own) else first.day


def left_by_terms(tranche: Tranche) -> Tranche:
    """The tranche with what its beginning and the instalments paid leave of it; as it is where its
    beginning is not known."""
    if tranche.origin is None:
        return tranche
    left = left_after(tranche, tranche.origin, tranche.paid_instalments)
    return tranche.changed(**left._asdict())


class Left(NamedTuple):
    """What is left of a draw: minor units owed, the next due date, and how many instalments."""

    principal: int
    next_due: date
    remaining_periods: int


def left_after(tranche: Tranche, origin: Origin, paid: int) -> Left:
    """What so many instalments paid, not all of them, leave of a draw that began so."""
    dues = dues_since(tranche, origin)
    made = _altered(_whole(tranche, origin), tranche)
    principal = sum(each.principal for each in made if each.due >= dues[paid])
    last = max((each.due for each in made), default=dues[-1]) if tranche.repaid_early else dues[-1]
    return Left(principal, dues[paid], sum(due <= last for due in dues[paid:]))


def owed_dues(tranche: Tranche) -> list[date]:
    """When the instalments that are left fall due."""
    if tranche.origin is not None:
        return dues_since(tranche, tranche.origin)[tranche.paid_instalments :]
    return _series(tranche.next_due, tranche, tranche.remaining_periods)


def _series(first: date, terms: Priced, periods: int, own_day: int = 0) -> list[date]:
    """The first due date, then those after it, each anchored to the due day, to the draw's own, or
    to that of the first. Bills come by the month."""
    cycle = terms.method is RepaymentMethod.STATEMENT_CYCLE
    rhythm = Rhythm.MONTHLY if cycle else terms.rhythm
    return [first, *_after(first, periods, terms.due_day or own_day or None, rhythm)]


@lru_cache(10_000)
def _after(first: date, periods: int, day: int | None, rhythm: Rhythm) -> tuple[date, ...]:
    return tuple(step_from(first, number, day, rhythm) for number in range(1, periods))


def _parts_left(tranche: Tranche) -> int:
    """How many instalments of a bill are still to be paid: all, unless it says what it once was."""
    if not tranche.original_principal:
        return tranche.bill_instalments
    return min(tranche.remaining_periods, tranche.bill_instalments)


def _imported(tranche: Tranche, since: date) -> Iterator[Instalment]:
    for row in tranche.imported:
        yield Instalment(row.due, row.principal, row.interest, min(since, row.due))
        since = row.due
