"""Losses on the days on which something begins, falls due or ends, the day before and after.

Each is checked against the projection of another book: one in which what the loss changes is
really changed, draw by draw and debt by debt, and nothing is lost.
"""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction
from itertools import product

import pytest

from backstop.contingency import Contingency, ContingencyKind, low_under, projection_under
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    RepaymentMethod,
    Repeat,
    ScheduleRow,
    Tranche,
)
from backstop.projection import Instalment, cash_schedule, project, tranche_schedule
from naive import half_up

DAY_0 = date(2027, 1, 5)
ENDS = 59
"""The contract ends on 5 March; the debt under it matures on that day."""
AROUND = (-1, 0, 1)
LIMIT = 1_000_00


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def line(*owed: Tranche, **terms: object) -> Facility:
    basic = Facility(
        id="line",
        name="Line",
        limit=LIMIT,
        rate_percent=Decimal(12),
        method=RepaymentMethod.INTEREST_FIRST,
        periods=2,
        callable=True,
        contract_until=on(ENDS),
        tranches=owed,
    )
    return basic.changed(**terms)


OWED = Tranche(
    id="owed",
    name="Owed",
    principal=LIMIT,
    next_due=date(2027, 2, 5),
    remaining_periods=2,
    rate_percent=Decimal(12),
    method=RepaymentMethod.INTEREST_FIRST,
)


def draw(day: int, amount: int = LIMIT) -> PlannedDraw:
    return PlannedDraw(
        id=f"draw{day}", name="Draw", facility="line", amount=amount, periods=2, first_date=on(day)
    )


def book(*draws: PlannedDraw, owed: bool = True, **terms: object) -> Book:
    return Book(
        title="Edges",
        as_of=DAY_0,
        horizon_days=150,
        accounts=(Account(id="cash", name="Cash", balance=10 * LIMIT),),
        facilities=(line(*([OWED] if owed else []), **terms),),
        planned_draws=draws,
    )


def lost(mode: LossMode, day: int = 0, **how: int) -> Contingency:
    return Contingency(OfRecord("k"), ContingencyKind.SINGLE, ("line",), day, mode, **how)  # type: ignore[arg-type]  # fields by name


def check(whole: Book, loss: Contingency, changed: Book) -> None:
    """The loss does to cash what the changed book does."""
    row = low_under(project(whole), [loss])[0].tolist()
    assert row == project(changed).low.tolist()
    assert row == projection_under(project(whole), loss).low.tolist()


def without(whole: Book, first: int, until: int = 10**6) -> Book:
    """No draw of those days."""
    kept = (
        each for each in whole.planned_draws if not first <= (each.first_date - DAY_0).days < until
    )
    return whole.changed(planned_draws=tuple(kept))


EDGES = [
    *product((0, *(ENDS + n for n in AROUND)), (ENDS + n for n in AROUND)),
    *product((20 + n for n in AROUND), (20,)),
]
"""(loss day, day of a draw) around the end of the contract and around day 20."""


@pytest.mark.parametrize(("loss_day", "drawn"), EDGES)
def test_no_new_draws_takes_those_of_the_loss_day_and_later(loss_day: int, drawn: int) -> None:
    whole = book(draw(drawn))
    check(whole, lost(LossMode.NO_NEW_DRAWS, loss_day), without(whole, loss_day))


@pytest.mark.parametrize(("loss_day", "drawn"), EDGES)
def test_what_is_not_renewed_takes_draws_from_the_end_of_the_contract(
    loss_day: int, drawn: int
) -> None:
    whole = book(draw(drawn))
    check(whole, lost(LossMode.NO_RENEWAL, loss_day), without(whole, max(loss_day, ENDS)))


@pytest.mark.parametrize("ended", [-1, 0])
def test_a_contract_that_has_ended_is_not_renewed_from_the_loss_day_on(ended: int) -> None:
    whole = book(draw(0), draw(4), contract_until=on(ended))
    check(whole, lost(LossMode.NO_RENEWAL), without(whole, 0))
    check(whole, lost(LossMode.NO_RENEWAL, 4), without(whole, 4))


@pytest.mark.parametrize(("loss_day", "drawn"), EDGES)
@pytest.mark.parametrize("revolving", [True, False])
@pytest.mark.parametrize("percent", [0, 30, 100])
def test_what_is_renewed_with_less_lends_up_to_the_new_limit(
    loss_day: int, drawn: int, revolving: bool, percent: int
) -> None:
    """From the end on the draw is as high as the new limit: the debt that matures is off it."""
    whole = book(draw(drawn), revolving=revolving)
    changed, first = without(whole, drawn), max(loss_day, ENDS)
    if drawn < first:
        changed = whole
    elif percent < 100:
        changed = changed.put(draw(drawn, LIMIT - LIMIT * percent // 100))
    check(whole, lost(LossMode.REDUCED_RENEWAL, loss_day, cut_percent=percent), changed)


@pytest.mark.parametrize(("loss_day", "drawn"), list(product((0, 58, 59, 60), (58, 59, 60))))
def test_a_cut_limit_lends_again_on_the_day_of_a_repayment(loss_day: int, drawn: int) -> None:
    """Half the limit stays. Until the debt matures there is no room, from that day on half."""
    whole = book(draw(drawn))
    changed = without(whole, drawn)
    if drawn < loss_day:
        changed = whole
    elif drawn >= ENDS:
        changed = changed.put(draw(drawn, LIMIT // 2))
    check(whole, lost(LossMode.LIMIT_CUT, loss_day, cut_percent=50), changed)


@pytest.mark.parametrize("drawn", [19, 20, 21, 28, 29, 30, 31])
def test_a_freeze_takes_its_first_day_and_its_last_and_no_other(drawn: int) -> None:
    whole = book(draw(drawn), freeze_days=10)
    check(whole, lost(LossMode.FREEZE, 20), without(whole, 20, 30))
    check(whole, lost(LossMode.FREEZE, 20, duration_days=10), without(whole, 20, 30))


@pytest.mark.parametrize("notice", [0, 1, 11])
@pytest.mark.parametrize("loss_day", [19, 20, 21, 30, 31, 32, 58, 59, 60])
def test_a_call_takes_what_is_due_after_it_of_what_was_drawn_before(
    loss_day: int, notice: int
) -> None:
    whole = book(draw(20))
    called = loss_day + notice
    facility = whole.facilities[0]
    debts = [tranche_schedule(OWED)]
    if loss_day > 20:
        debts.append(cash_schedule(facility, LIMIT, on(20), 2))
    tranches = tuple(
        OWED.changed(id=f"t{number}", imported=tuple(called_rows(made, on(called))))
        for number, made in enumerate(debts)
    )
    changed = without(whole, 0).put(facility.changed(tranches=tranches))
    loss = lost(LossMode.CALL, loss_day, notice_days=notice)
    if loss_day <= 20:
        check(whole, loss, changed)
        return
    came = sale(19, LIMIT)  # the money of the draw, of which the debt stands among the tranches
    after = project(changed.put(came)).low
    assert low_under(project(whole), [loss])[0][20:].tolist() == after[20:].tolist()


def called_rows(made: list[Instalment], called: date) -> list[ScheduleRow]:
    """A lender's schedule: as it was until the call, then all that is owed, with the interest of
    the period under way."""
    rows = [
        ScheduleRow(due=e.due, principal=e.principal, interest=e.interest, total=e.total)
        for e in made
        if e.due <= called
    ]
    left = [each for each in made if each.due > called]
    if left:
        owed, first = sum(each.principal for each in left), left[0]
        elapsed = max(0, (called - first.since).days)
        interest = half_up(Fraction(owed * 12 * elapsed, 100 * 365))
        rows.append(
            ScheduleRow(due=called, principal=owed, interest=interest, total=owed + interest)
        )
    return rows


def card(**terms: object) -> Facility:
    return Facility(
        id="line",
        name="Card",
        limit=10 * LIMIT,
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=25,
        due_day=15,
        contract_until=on(ENDS),
    ).changed(**terms)


def bought(day: int, through: str = "line") -> CashFlow:
    return CashFlow(
        id=f"bought{day}",
        name="Bought",
        direction=Direction.PAYMENT,
        amount=500,
        first_date=on(day),
        through=through,
    )


@pytest.mark.parametrize(
    ("mode", "first", "until"),
    [
        (LossMode.PURCHASES_BLOCKED, 20, 10**6),
        (LossMode.NO_NEW_DRAWS, 20, 10**6),
        (LossMode.FREEZE, 20, 30),
        (LossMode.NO_RENEWAL, ENDS, 10**6),
    ],
)
def test_purchases_fall_back_on_cash_from_the_first_day_to_the_last(
    mode: LossMode, first: int, until: int
) -> None:
    tried = sorted({edge + n for edge in (20, 30, ENDS) for n in AROUND})
    empty = book(owed=False).changed(facilities=(card(freeze_days=10),))
    whole = empty.changed(cash_flows=tuple(map(bought, tried)))
    fallen = tuple(bought(day, "" if first <= day < until else "line") for day in tried)
    check(whole, lost(mode, 20), empty.changed(cash_flows=fallen))


def sale(day: int, amount: int = 101) -> CashFlow:
    return CashFlow(
        id=f"sale{day}",
        name="Sale",
        direction=Direction.RECEIPT,
        amount=amount,
        first_date=on(day),
        repeat=Repeat.ONCE,
    )


@pytest.mark.parametrize("lasts", [None, 10])
@pytest.mark.parametrize("mode", [LossMode.RECEIPTS_LATE, LossMode.RECEIPTS_CUT])
def test_receipts_are_late_or_less_from_the_first_day_to_the_last(
    mode: LossMode, lasts: int | None
) -> None:
    tried = [19, 20, 21, 29, 30, 31]
    empty = book(owed=False)
    whole = empty.changed(cash_flows=tuple(map(sale, tried)))
    until = 10**6 if lasts is None else 20 + lasts
    changed = []
    for day in tried:
        if not 20 <= day < until:
            changed.append(sale(day))
        elif mode is LossMode.RECEIPTS_LATE:
            changed.append(sale(day).changed(first_date=on(day + 7)))
        else:
            changed.append(sale(day, 101 - 51))
    loss = Contingency(
        OfRecord("k"),
        ContingencyKind.GROUP,
        tuple(f"sale{day}" for day in tried),
        20,
        mode,
        duration_days=lasts,
        cut_percent=50,
        late_days=7,
    )
    check(whole, loss, empty.changed(cash_flows=tuple(changed)))


@pytest.mark.parametrize("first", [0, 19, 20, 21])
def test_a_frozen_account_keeps_what_comes_from_the_first_day_to_the_last(first: int) -> None:
    tried = [19, 20, 21, 28, 29, 30, 31]
    through = tuple(sale(day).changed(through="cash") for day in tried)
    whole = book(owed=False).changed(cash_flows=through)
    loss = Contingency(OfRecord("k"), ContingencyKind.SINGLE, ("cash",), first, duration_days=10)
    frozen, cash, expected = 0, 10 * LIMIT, []
    for day in range(151):
        if day == first:
            frozen, cash = cash, 0
        if day == first + 10:
            frozen, cash = 0, cash + frozen
        expected.append(cash)
        if day in tried and first <= day < first + 10:
            frozen += 101
        elif day in tried:
            cash += 101
    assert low_under(project(whole), [loss])[0].tolist() == expected
