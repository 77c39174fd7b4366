"""Customers who do not pay, or late: groups, causes and figures. Amounts are minor units."""

from datetime import date, timedelta

import pytest
from hypothesis import given

import strategies
from backstop.contingency import (
    Basis,
    Manner,
    customers,
    found_closures,
    groups,
    outcomes,
    receipts,
    title_of,
)
from backstop.contingency.applying import applied, choices
from backstop.contingency.customers import at_risk
from backstop.contingency.identity import Caused
from backstop.contingency.presets import BY_KEY, named
from backstop.domain import Account, BadInput, Book, CashFlow, CustomerRisk, Direction, LossMode
from backstop.projection import project
from backstop.services.stress import closures, preset_closures
from naive import naive_lows

DAY_0 = date(2026, 1, 5)


def owed(name: str, amount: int, day: int, risk: CustomerRisk = CustomerRisk.LOW) -> CashFlow:
    return CashFlow(
        id=f"{name.lower()}-{day}",
        name=f"{name} {day}",
        direction=Direction.RECEIPT,
        amount=amount,
        first_date=DAY_0 + timedelta(days=day),
        counterparty=name,
        customer_risk=risk,
    )


@pytest.fixture
def book() -> Book:
    """Rent of 900 on day 30; Ann owes 400 and 300, Bo 500, Cy 100; 100 in hand."""
    rent = CashFlow(
        id="rent",
        name="Rent",
        direction=Direction.PAYMENT,
        amount=900,
        first_date=DAY_0 + timedelta(days=30),
        counterparty="Landlord",
    )
    return Book(
        title="Customers",
        as_of=DAY_0,
        horizon_days=60,
        accounts=(Account(id="bank", name="Bank", balance=100),),
        cash_flows=(
            rent,
            owed("Ann", 400, 10),
            owed("Ann", 300, 20, CustomerRisk.WATCH),
            owed("Bo", 500, 20, CustomerRisk.HIGH),
            owed("Cy", 100, 40),
        ),
    )


def test_what_one_customer_owes_is_a_group_that_fails_together(book: Book) -> None:
    found = {each.id: each for each in groups(book) if each.basis is Basis.CUSTOMER}
    assert list(found) == ["customer:Ann", "customer:Bo", "customer:Cy"]
    loss = found["customer:Ann"].contingency(5)
    assert (loss.mode, loss.cut_percent, loss.loss_day) == (LossMode.RECEIPTS_CUT, 100, 5)
    [outcome] = outcomes(project(book), [loss])
    assert (outcome.largest_gap, outcome.largest_gap_day) == (300, 30)


def test_customers_are_told_with_what_they_owe_and_what_their_silence_does(book: Book) -> None:
    found = customers(project(book))
    assert [(c.name, c.expected, c.outcome.largest_gap) for c in found] == [
        ("Ann", 700, 300),
        ("Bo", 500, 100),
        ("Cy", 100, 0),
    ]
    assert [c.risk for c in found] == [CustomerRisk.WATCH, CustomerRisk.HIGH, CustomerRisk.LOW]
    # Ann's 400 of day 10 must come by day 29, before the rent, and so must Bo's 500 of day 20;
    # Cy's 100 comes after it anyway
    assert [c.delay for c in found] == [19, 9, 61]


def test_what_a_customer_owes_on_the_last_day_counts_and_what_comes_after_it_does_not(
    book: Book,
) -> None:
    last, late = owed("Di", 50, 60), owed("Di", 7, 59).changed(usual_lateness_days=2)
    found = customers(project(book.changed(cash_flows=(*book.cash_flows, last, late))))
    assert [c.expected for c in found if c.name == "Di"] == [50]


def test_of_customers_whose_silence_leaves_no_gap_the_one_who_leaves_less_cash_stands_first(
    book: Book,
) -> None:
    rich = book.put(Account(id="bank", name="Bank", balance=1_000))
    assert [c.name for c in customers(project(rich))] == ["Ann", "Bo", "Cy"]
    poorer = rich.put(owed("Bo", 800, 20))
    assert [c.name for c in customers(project(poorer))] == ["Bo", "Ann", "Cy"]


def test_a_payment_marked_with_a_risk_is_no_receipt_at_risk(book: Book) -> None:
    rent = book.by_id["rent"].changed(customer_risk=CustomerRisk.HIGH)
    assert at_risk(book.put(rent), CustomerRisk.HIGH) == ("bo-20",)


def test_a_customer_who_falls_silent_later_has_paid_until_then(book: Book) -> None:
    [ann] = [c for c in customers(project(book), loss_day=15) if c.name == "Ann"]
    assert ann.outcome.largest_gap == 0
    assert ann.outcome.lowest_cash == 100


def test_risky_customers_do_not_pay_the_worst_first(book: Book) -> None:
    preset = BY_KEY["risky_customers"]
    assert choices(book, preset) == ["high", "watch"]
    high, watched = (applied(book, preset, each) for each in choices(book, preset))
    assert high is not None
    assert watched is not None
    assert high.targets == ("bo-20",)
    assert set(watched.targets) == {"bo-20", "ann-20"}
    calm = book.changed(cash_flows=tuple(f.changed(customer_risk="low") for f in book.cash_flows))
    assert choices(calm, preset) == []
    assert str(title_of(book, high.identity)) == "customers who may not pay"
    assert str(title_of(book, watched.identity)).endswith("watched")
    assert str(title_of(book, Caused("customer_gone", "Ann"))) == "everything from Ann"


@pytest.mark.parametrize(
    ("key", "mode", "percent", "days", "told"),
    [
        ("receipts_75", LossMode.RECEIPTS_CUT, 25, 0, "receipts at 75 %"),
        ("receipts_60", LossMode.RECEIPTS_CUT, 40, 0, "receipts at 60 %"),
        ("receipts_0", LossMode.RECEIPTS_CUT, 100, 0, "receipts at 0 %"),
        ("receipts_30_late", LossMode.RECEIPTS_LATE, None, 30, "receipts 30 days late"),
        ("receipts_45_late", LossMode.RECEIPTS_LATE, None, 45, "receipts 45 days late"),
    ],
)
def test_receipts_at_any_share_or_so_many_days_late_are_causes_by_name(
    book: Book, key: str, mode: LossMode, percent: int | None, days: int, told: str
) -> None:
    [loss] = preset_closures(book, key, "", 0, Manner())
    assert (loss.mode, loss.cut_percent, loss.late_days) == (mode, percent, days)
    assert loss.targets == tuple(receipts(book))
    preset = named(key)
    assert preset is not None
    assert str(preset.name) == told


@pytest.mark.parametrize("key", ["receipts_100", "receipts_", "receipts_x_late", "nonsense"])
def test_other_names_are_no_cause(book: Book, key: str) -> None:
    with pytest.raises(BadInput, match="no preset"):
        preset_closures(book, key, "", 0, Manner())


def test_a_way_that_lines_go_leaves_customers_as_they_are(book: Book) -> None:
    frozen = closures(book, 0, Manner(mode=LossMode.FREEZE), groups=True)
    late = closures(book, 0, Manner(mode=LossMode.RECEIPTS_LATE, late_days=9), groups=True)
    assert {each.mode for each in frozen} == {LossMode.RECEIPTS_CUT}
    assert {each.mode for each in late} == {LossMode.RECEIPTS_LATE}


@pytest.mark.slow
@given(strategies.moving_books())
def test_every_customer_equals_a_plain_loop_without_what_they_pay(book: Book) -> None:
    projection = project(book)
    for customer in customers(projection, 3):
        loss = customer.outcome.contingency
        assert loss is not None
        assert customer.outcome.low.tolist() == naive_lows(book, loss)
        ids = set(customer.receipts)
        without = book.changed(
            cash_flows=tuple(f for f in book.cash_flows if f.id not in ids),
            measures=(),
            contingencies=(),
        )
        if all(
            projection.flows.began[projection.flows.series == n].min(initial=9) >= 3
            for i in ids
            for n in projection.flows.series_of.get(i, ())
        ):
            assert customer.outcome.low.tolist() == project(without).low.tolist()


@pytest.mark.slow
@given(strategies.moving_books())
def test_every_customer_with_a_name_is_a_group_that_is_found(book: Book) -> None:
    owing = (each for each in book.cash_flows if each.direction is Direction.RECEIPT)
    names = dict.fromkeys(each.counterparty.strip() for each in owing)
    found = [each.id for each in found_closures(book) if each.id.startswith("customer:")]
    assert found == [f"customer:{name}" for name in names if name]
