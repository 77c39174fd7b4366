"""Sums beyond 64 bits are refused in words; below them no balance wraps round."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import (
    Account,
    BadInput,
    Book,
    CashFlow,
    Compounding,
    Direction,
    Facility,
    LaterAmount,
    OtherAmount,
    PlannedDraw,
    RatePer,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.domain.money import MOST_MONEY
from backstop.domain.sums import MOST_SUM
from backstop.projection import project
from backstop.store.interchange import book_from_json

FIELD = Path(__file__).with_name("field")
DAY = date(2027, 1, 1)
REFUSED = "add up to more than can be reckoned with"


def daily(number: int, **terms: object) -> CashFlow:
    flow = CashFlow(
        id=f"flow-{number}",
        name=f"Flow {number}",
        first_date=DAY,
        repeat=Repeat.DAYS,
        direction=Direction.RECEIPT,
        amount=MOST_MONEY,
    )
    return flow.changed(**terms)


def book(**fields: object) -> Book:
    return Book(title="Sums", as_of=DAY, horizon_days=3650).changed(**fields)


def test_case_25_is_refused_by_the_name_of_a_record() -> None:
    with pytest.raises(BadInput, match=f"in “F0”.*{REFUSED}"):
        book_from_json((FIELD / "25-sum-overflow.json").read_bytes())


@pytest.mark.parametrize(
    "terms",
    [
        {"later_amounts": (LaterAmount(from_day=DAY, amount=MOST_MONEY),)},
        {"amounts": (OtherAmount(rule_date=DAY, amount=MOST_MONEY),)},
        {"amount": MOST_MONEY // 20, "answered_until": date(1990, 1, 1)},
        {"amount": MOST_MONEY * 4 // 10, "held_percent": 10, "held_days": 365},
    ],
)
def test_amounts_and_dates_of_an_exception_count(terms: dict[str, object]) -> None:
    """A series that looks ahead a year is small; what its exceptions say is not."""
    plain = {"amount": 1, "first_date": date(1990, 1, 1), **terms}
    few = book(horizon_days=1000, cash_flows=(daily(1, amount=1),))
    with pytest.raises(BadInput, match=REFUSED):
        few.changed(cash_flows=tuple(daily(each, **plain) for each in range(16)))


def test_a_longer_horizon_is_refused_where_it_makes_the_sum_too_large() -> None:
    flows = tuple(map(daily, range(5)))
    short = book(horizon_days=365, cash_flows=flows)
    assert project(short).closing[-1] == 5 * 366 * MOST_MONEY
    with pytest.raises(BadInput, match=REFUSED):
        short.changed(horizon_days=3650)


def test_interest_of_what_is_borrowed_counts() -> None:
    line = Facility(
        id="line",
        name="Line",
        limit=MOST_MONEY,
        rate_percent=Decimal(1),
        rate_per=RatePer.DAY,
        method=RepaymentMethod.INTEREST_FIRST,
    )
    draw = PlannedDraw(
        id="draw",
        name="Draw",
        facility="line",
        first_date=DAY,
        repeat=Repeat.MONTHS,
        amount=MOST_MONEY,
        periods=600,
    )
    with pytest.raises(BadInput, match=f"in “Draw”.*{REFUSED}"):
        book(facilities=(line,), planned_draws=(draw,))


def test_what_happens_a_few_times_may_be_as_large_as_a_field_takes() -> None:
    few = book(cash_flows=(daily(1, count=30), daily(2, every=999), daily(3, repeat=Repeat.ONCE)))
    assert project(few).closing[-1] == (30 + 4 + 1) * MOST_MONEY


@given(
    st.lists(
        st.tuples(st.sampled_from(Repeat), st.integers(1, 999), st.integers(1, MOST_MONEY)),
        max_size=60,
    ),
    st.sampled_from(Direction),
    st.integers(1, 3650),
)
def test_what_is_taken_never_wraps_round(
    rules: list[tuple[Repeat, int, int]], direction: Direction, horizon: int
) -> None:
    """Added up in whole numbers of any size, each rule's own days one by one."""
    flows = tuple(
        daily(n, repeat=repeat, every=every, amount=amount, direction=direction)
        for n, (repeat, every, amount) in enumerate(rules)
    )
    account = Account(id="bank", name="Bank", balance=MOST_MONEY)
    fields = {"accounts": (account,), "cash_flows": flows, "horizon_days": horizon}
    most = sum(each.amount for each in flows) * (horizon + 2)
    try:
        projection = project(book(**fields))
    except BadInput:
        assert most > MOST_SUM // 2
        return
    total = sum(map(int, projection.receipts)) - sum(map(int, projection.payments))
    assert int(projection.closing[-1]) == MOST_MONEY + total
    assert all(int(each) >= 0 for each in (*projection.receipts, *projection.payments))


def test_interest_on_interest_over_a_lifetime_is_refused_in_words() -> None:
    """100.00 at 300 % a year, added monthly: by 2150 more than 64 bits hold."""
    owed = Tranche(
        id="t",
        name="Old debt",
        principal=100_00,
        rate_percent=Decimal(300),
        method=RepaymentMethod.BULLET,
        compounding=Compounding.MONTHLY,
        next_due=date(2150, 1, 1),
    )
    line = Facility(id="f", name="F", tranches=(owed,))
    with pytest.raises(BadInput) as refused:
        Book(title="B", as_of=date(2026, 1, 5), facilities=(line,))
    assert refused.value.field == "principal"
    short = line.changed(tranches=(owed.changed(next_due=date(2030, 1, 1)),))
    projection = project(Book(title="B", as_of=date(2026, 1, 5), facilities=(short,)))
    assert int(projection.flows.amount[0]) > 100_00 * 10_000
