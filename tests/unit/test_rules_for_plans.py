"""What every plan keeps to, at the edge: windows of days, and debts that outlast the horizon."""

from datetime import date, timedelta
from decimal import Decimal

import numpy as np
import pytest

from backstop.contingency import Contingency, ContingencyKind, Outcome, outcomes
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    Measure,
    MeasureKind,
    Priority,
    RepaymentMethod,
    Tranche,
)
from backstop.plan import Plan, draft
from backstop.plan.situation import QUARTERS, Situation
from backstop.projection import project

DAY_0 = date(2027, 1, 1)
HORIZON = 200
GONE = Facility(id="gone", name="gone", limit=1_000_000)


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def flow(name: str, direction: Direction, amount: int, day: int) -> CashFlow:
    return CashFlow(
        id=name,
        name=name,
        direction=direction,
        amount=amount,
        first_date=on(day),
        priority=Priority.MUST,
    )


def shop(*payments: tuple[int, int], gone: Facility = GONE, **facts: object) -> Book:
    """1,000 in hand and sales of 9,000 on day 150; payments are amounts and days."""
    flows = [flow("sales", Direction.RECEIPT, 900_000, 150)]
    flows += [flow(f"pay{n}", Direction.PAYMENT, *each) for n, each in enumerate(payments)]
    return Book(
        title="shop",
        as_of=DAY_0,
        horizon_days=HORIZON,
        accounts=(Account(id="till", name="till", balance=100_000),),
        facilities=(gone,),
        cash_flows=tuple(flows),
        **facts,  # type: ignore[arg-type]  # fields by name
    )


def line(name: str, **terms: object) -> Facility:
    plain = Facility(
        id=name,
        name=name,
        limit=200_000,
        method=RepaymentMethod.BULLET,
        periods=6,
        last_verified=DAY_0,
    )
    return plain.changed(**terms)


def loss_of(book: Book) -> Outcome:
    [outcome] = outcomes(
        project(book), [Contingency(OfRecord("gone"), ContingencyKind.SINGLE, ("gone",))]
    )
    return outcome


def without_sales(book: Book, percent: int) -> Outcome:
    """So many percent of the sales do not come."""
    how = {"mode": LossMode.RECEIPTS_CUT, "cut_percent": percent}
    loss = Contingency(OfRecord("sales"), ContingencyKind.SINGLE, ("sales",), **how)  # type: ignore[arg-type]  # fields by name
    [outcome] = outcomes(project(book), [loss])
    return outcome


def planned(book: Book, outcome: Outcome | None = None) -> Plan:
    outcome = outcome or loss_of(book)
    plan = draft(outcome.projection, outcome)
    assert plan.proved
    return plan


def measure(kind: MeasureKind, name: str, amount: int = 200_000, **fields: object) -> Measure:
    return Measure(kind=kind, id=name, name=name, amount=amount, **fields)  # type: ignore[arg-type]  # fields by name


@pytest.mark.parametrize(("apart", "applied"), [(89, 1), (90, 2)])
def test_the_ninetieth_day_after_an_application_allows_the_next(apart: int, applied: int) -> None:
    lines = tuple(
        measure(MeasureKind.NEW_FACILITY, f"line{n}", periods=6, method=RepaymentMethod.BULLET)
        for n in range(2)
    )
    payments = (300_000, 20), (200_000, 20 + apart)
    free = shop(*payments, measures=lines)
    assert [each.day for each in planned(free).actions] == [20, 20 + apart]
    assert len(planned(free.changed(most_applications=1)).actions) == applied


@pytest.mark.parametrize(("apart", "lent"), [(0, 1), (29, 1), (30, 2)])
def test_debt_due_within_thirty_days_of_other_debt_adds_to_it(apart: int, lent: int) -> None:
    """Thirty days bring in 1,343.28 on average: half as much again covers one of the debts."""
    amount = 201_492
    ways = tuple(
        measure(MeasureKind.OWNER_MONEY, f"way{n}", amount=amount, repay_after_days=130 + n * apart)
        for n in range(2)
    )
    book = shop((100_000 + 2 * amount, 30), measures=ways)
    assert len(planned(book).actions) == 2
    assert len(planned(book.changed(most_debt_service_percent=150)).actions) == lent


def test_only_what_comes_under_the_loss_services_new_debt() -> None:
    way = measure(MeasureKind.OWNER_MONEY, "way", repay_after_days=130)
    book = shop((300_000, 30), measures=(way,), most_debt_service_percent=150)
    assert [each.amount for each in planned(book).actions] == [200_000]
    half = planned(book, without_sales(book, 50))
    assert [each.amount for each in half.actions] == [100_000]  # of 1,007.46, in whole hundreds


def test_lines_of_one_lender_give_no_more_together_than_its_share() -> None:
    book = shop((500_000, 30), most_from_one_provider_percent=50)
    for name, lender, rate in (("a", "Bank", 0), ("b", "Bank", 0), ("c", "Other", 20)):
        book = book.put(line(name, lender=lender, rate_percent=Decimal(rate)))
    drawn = {each.source: each.amount for each in planned(book).actions}
    assert (drawn.get("a", 0) + drawn.get("b", 0), drawn["c"]) == (200_000, 200_000)


@pytest.mark.parametrize(
    ("terms", "drawn"),
    [
        ({}, [200_000]),
        ({"headroom_haircut_percent": 25}, [150_000]),
        ({"lead_days": 30}, [200_000]),
        ({"lead_days": 31}, []),
    ],
    ids=["as it is", "with a haircut", "just in time", "too late"],
)
def test_a_line_gives_what_the_owner_counts_on_once_it_can_be_there(
    terms: dict[str, int], drawn: list[int]
) -> None:
    """A payment of 3,000 on day 30, with 1,000 in hand."""
    assert [
        each.amount for each in planned(shop((300_000, 30)).put(line("a", **terms))).actions
    ] == drawn


def test_receipts_that_the_loss_takes_leave_nothing_over_after_the_horizon() -> None:
    growth = {
        percent: np.diff(Situation(outcome.projection, outcome, 0).low[-QUARTERS:]).tolist()
        for percent in (0, 100)
        for outcome in [without_sales(shop(), percent)]
    }
    assert growth == {0: [900_000 * 90 // (HORIZON + 1)] * 3, 100: [0] * 3}


def test_what_is_still_owed_after_the_horizon_leaves_so_much_less_in_its_quarter() -> None:
    owed = Tranche(
        id="owed",
        name="owed",
        principal=100_000,
        next_due=on(HORIZON + 100),
        method=RepaymentMethod.BULLET,
    )
    free, owing = (
        Situation(outcome.projection, outcome, 0).low[-QUARTERS:].tolist()
        for outcome in (loss_of(shop()), loss_of(shop(gone=GONE.changed(tranches=(owed,)))))
    )
    assert [before - after for before, after in zip(free, owing, strict=True)] == [
        0,
        100_000,
        100_000,
        100_000,
    ]
