"""The book as a whole: references hold, ids are unique, changes make new books."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstop.domain import (
    Account,
    BadInput,
    Book,
    CalendarYear,
    CashFlow,
    Direction,
    EnvironmentFault,
    Facility,
    FieldName,
    LinkGroup,
    Measure,
    MeasureKind,
    PlannedDraw,
    Record,
    SavedContingency,
    message,
)
from strategies import books

DAY = date(2026, 1, 5)


def shop() -> Book:
    return Book(
        title="Shop",
        as_of=DAY,
        accounts=(Account(id="cash", name="Cash"), Account(id="bank", name="Bank")),
        facilities=(
            Facility(id="loan", name="Loan"),
            Facility(id="card", name="Card", purchases_only=True),
        ),
        cash_flows=(
            CashFlow(
                id="stock",
                name="Stock",
                first_date=DAY,
                direction=Direction.PAYMENT,
                amount=1,
                through="card",
            ),
        ),
        planned_draws=(
            PlannedDraw(id="spring", name="Spring", first_date=DAY, facility="loan", amount=1),
        ),
        link_groups=(
            LinkGroup(id="pair", name="Pair", members=("loan", "card")),
            LinkGroup(id="three", name="Three", members=("loan", "card", "bank")),
        ),
    )


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("version", 6),
        ("version", 0),
        ("title", " "),
        ("owner", "x" * 201),
        ("currency", "cny"),
        ("currency", "XXX"),
        ("as_of", date(1, 1, 1)),
        ("horizon_days", 0),
        ("horizon_days", 3651),
        ("country", "C1"),
        ("country", "China"),
        ("country", "ÄÖ"),
        ("minimum_cash", -1),
        ("next_review", date(9999, 1, 1)),
        ("notes", "\x00"),
        ("most_applications", -1),
        ("most_debt_service_percent", 1001),
        ("most_from_one_provider_percent", 0),
        ("calendar_years", (CalendarYear(year=2027, closed=(date(2026, 1, 1),)),)),
        ("calendar_years", (CalendarYear(year=2027), CalendarYear(year=2027))),
        ("standing_draws", ("nowhere",)),
        ("standing_draws", ("card",)),
        ("standing_draws", ("loan", "loan")),
    ],
)
def test_the_book_refuses_bad_facts(field: str, value: object) -> None:
    with pytest.raises(BadInput) as refused:
        shop().changed(**{field: value})
    assert refused.value.field == field


def flow(**fields: object) -> CashFlow:
    return shop().cash_flows[0].changed(**fields)


def early(**fields: Any) -> Measure:
    return Measure(**{"id": "early", "name": "Early", "kind": MeasureKind.COLLECT_EARLY} | fields)


@pytest.mark.parametrize(
    ("record", "words"),
    [
        (flow(through="nowhere"), "is not in this book"),
        (flow(through="loan"), "lends cash and does not pay purchases"),
        (flow(through="loan", direction=Direction.RECEIPT), "has no bills that a refund"),
        (shop().planned_draws[0].changed(facility="cash"), "is not in this book"),
        (shop().planned_draws[0].changed(facility="card"), "pays purchases and lends no cash"),
        (shop().link_groups[0].changed(members=("loan", "stock")), "is not in this book"),
        (Facility(id="stock", name="Twice"), "is used twice"),
        (early(target="nowhere"), "is not in this book"),
        (early(target="loan"), "is not in this book"),
        (early(target="stock"), "only a receipt can come earlier"),
        (early(kind=MeasureKind.RENEGOTIATE, target="stock"), "is not in this book"),
        (early(target="sales", depends_on=("cash",)), "is not in this book"),
        (SavedContingency(id="w", name="W", targets=("nowhere",)), "is not in this book"),
    ],
)
def test_what_does_not_hold_together_is_refused(record: Record, words: str) -> None:
    with pytest.raises(BadInput, match=words):
        shop().put(record)


def test_putting_a_record_replaces_it_in_its_place_or_adds_it_last() -> None:
    book = shop().put(Account(id="cash", name="Till")).put(Account(id="new", name="New"))
    assert [account.name for account in book.accounts] == ["Till", "Bank", "New"]


def test_removing_a_record_mends_what_referred_to_it() -> None:
    book = shop().without("card")
    assert book.cash_flows[0].through == ""
    assert [group.members for group in book.link_groups] == [("loan", "bank")]
    assert shop().without("loan").planned_draws == ()


def test_removing_a_record_mends_measures_and_saved_losses() -> None:
    stock = shop().cash_flows[0]
    book = shop().put(stock.changed(id="sales", direction=Direction.RECEIPT, through=""))
    book = book.put(early(target="sales"))
    book = book.put(early(id="sale", kind=MeasureKind.SELL_ASSET, amount=1, excludes=("loan",)))
    book = book.put(SavedContingency(id="one", name="One", targets=("loan",)))
    book = book.put(SavedContingency(id="two", name="Two", targets=("loan", "card")))
    without_line, without_receipt = book.without("loan"), book.without("sales")
    assert [each.targets for each in without_line.contingencies] == [("card",)]
    assert [each.excludes for each in without_line.measures] == [(), ()]
    assert [each.id for each in without_receipt.measures] == ["sale"]


@pytest.mark.slow
@settings(max_examples=30, deadline=None)
@given(books(), st.data())
def test_any_record_can_be_removed_and_the_book_still_holds(
    book: Book, data: st.DataObject
) -> None:
    for _ in range(3):
        if book.by_id:
            chosen = data.draw(st.sampled_from(sorted(book.by_id)))
            book = book.without(chosen)
            assert chosen not in book.by_id


@pytest.mark.slow
@settings(max_examples=20, deadline=None)
@given(books())
def test_putting_a_record_where_it_is_changes_nothing(book: Book) -> None:
    for record in book.records():
        assert book.put(record) == book


def test_a_new_id_is_free() -> None:
    book = shop()
    assert book.new_id("wallet") == "wallet"
    assert book.new_id("card") == "card-2"


def test_the_fingerprint_tells_any_change() -> None:
    book = shop()
    assert book.fingerprint == shop().fingerprint
    assert book.fingerprint != book.changed(notes="x").fingerprint
    assert book.fingerprint != book.put(Account(id="cash", name="Till")).fingerprint


def test_errors_read_as_sentences_even_without_a_language() -> None:
    fault = EnvironmentFault(message("{field} is wrong.", field=FieldName("limit")))
    assert str(fault) == "limit is wrong."
