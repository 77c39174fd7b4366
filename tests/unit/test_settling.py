"""Bringing a book to a later day: what is said of what was expected, and the book that follows."""

from datetime import date
from decimal import Decimal

import pytest

from backstop.domain import (
    Account,
    BadInput,
    Book,
    CashFlow,
    Direction,
    Facility,
    PlannedDraw,
    RepaymentMethod,
    Repeat,
    Teller,
    Tranche,
)
from backstop.projection import project
from backstop.settling import (
    UNEXPLAINED,
    AsPlanned,
    Expected,
    ExpectedKind,
    Extra,
    ExtraKind,
    Happened,
    NotYet,
    Settling,
    Told,
    WillNot,
    advance,
    due_between,
    due_on,
    months_between,
    settle,
)

START, LATER = date(2026, 1, 5), date(2026, 2, 5)

BANK = Account(id="bank", name="Bank", balance=1_000_000)
WALLET = Account(id="wallet", name="Wallet", balance=50_000)
RENT = CashFlow(
    id="rent",
    name="Rent",
    direction=Direction.PAYMENT,
    amount=300_000,
    first_date=date(2025, 6, 10),
    repeat=Repeat.MONTHS,
)
ORDER = CashFlow(
    id="order",
    name="Order",
    direction=Direction.RECEIPT,
    amount=400_000,
    first_date=date(2026, 1, 15),
    through="wallet",
    usual_lateness_days=4,
)
STOCK = CashFlow(
    id="stock",
    name="Stock",
    direction=Direction.PAYMENT,
    amount=20_000,
    first_date=date(2026, 1, 8),
    through="card",
)
LOAN = Facility(
    id="loan",
    name="Loan",
    limit=5_000_000,
    rate_percent=Decimal(12),
    tranches=(
        Tranche(
            id="owed",
            name="Owed",
            rate_percent=Decimal(12),
            principal=600_000,
            next_due=date(2026, 1, 20),
            remaining_periods=6,
            interest_from=date(2025, 12, 20),
        ),
    ),
)
CARD = Facility(
    id="card",
    name="Card",
    limit=500_000,
    method=RepaymentMethod.STATEMENT_CYCLE,
    purchases_only=True,
    statement_day=10,
    due_day=28,
)
SPRING = PlannedDraw(
    id="spring", name="Spring", facility="loan", amount=200_000, first_date=date(2026, 1, 25)
)
BOOK = Book(
    title="Shop",
    as_of=START,
    accounts=(BANK, WALLET),
    facilities=(LOAN, CARD),
    cash_flows=(RENT, ORDER, STOCK),
    planned_draws=(SPRING,),
)


def expected(name: str, book: Book = BOOK, until: date = LATER) -> Expected:
    """The first thing of this record or draw that is listed."""
    return next(e for e in due_between(book, until) if name in (e.record, e.tranche))


def told(answers: dict[str, object], **more: object) -> Settling:
    return settle(BOOK, LATER, Told(answers=answers, **more))  # type: ignore[arg-type]


def balances(book: Book) -> dict[str, int]:
    return {each.id: each.balance for each in book.accounts}


def due_after(book: Book, record: str) -> list[tuple[date, int]]:
    return [
        (each.day, each.planned)
        for each in due_between(book, date(2026, 4, 1))
        if record in (each.record, each.tranche)
    ]


PLANNED = advance(BOOK, LATER)


def test_the_list_is_in_the_order_of_days_and_names_what_each_is() -> None:
    assert [(e.day.isoformat(), e.kind.value, e.planned) for e in due_between(BOOK, LATER)] == [
        ("2026-01-08", "purchase", 20_000),
        ("2026-01-10", "payment", 300_000),
        ("2026-01-19", "receipt", 400_000),
        ("2026-01-20", "instalment", 103_519),
        ("2026-01-25", "draw", 200_000),
        ("2026-01-28", "bill", 20_000),
    ]


def test_as_planned_money_goes_through_its_own_accounts() -> None:
    assert balances(PLANNED) == {
        "bank": 1_000_000 - 300_000 - 103_519 + 200_000 - 20_000,
        "wallet": 50_000 + 400_000,
    }
    closing = project(BOOK).closing[(LATER - START).days - 1]
    assert sum(balances(PLANNED).values()) == closing
    assert {each.balance_date for each in PLANNED.accounts} == {LATER}


def test_a_planned_draw_that_was_taken_becomes_one_that_is_owed() -> None:
    loan = PLANNED.by_id["loan"]
    assert isinstance(loan, Facility)
    assert [each.id for each in loan.tranches] == ["owed", "spring@2026-01-25"]
    assert loan.balance == 600_000 - (103_519 - 6_115) + 200_000  # 31 days of 12 % are 6,115


def test_going_back_is_refused_in_words() -> None:
    with pytest.raises(BadInput) as refused:
        settle(PLANNED, START)
    assert refused.value.field == "as_of"


def test_another_amount_changes_the_account_alone() -> None:
    done = told({expected("rent").id: Happened(310_000)})
    assert balances(done.book)["bank"] == balances(PLANNED)["bank"] - 10_000
    assert due_after(done.book, "rent") == due_after(PLANNED, "rent")


def test_what_is_paid_in_part_stays_due_for_the_rest() -> None:
    done = told({expected("rent").id: Happened(100_000, rest_open=True)})
    assert balances(done.book)["bank"] == balances(PLANNED)["bank"] + 200_000
    assert due_after(done.book, "rent")[0] == (LATER, 200_000)


def test_a_payment_not_yet_made_is_due_today() -> None:
    done = told({expected("rent").id: NotYet()})
    assert balances(done.book)["bank"] == balances(PLANNED)["bank"] + 300_000
    assert due_after(done.book, "rent")[:2] == [(LATER, 300_000), (date(2026, 2, 10), 300_000)]


def test_a_receipt_still_to_come_counts_as_late_as_usual_or_on_the_day_that_is_said() -> None:
    order = expected("order").id
    late = told({order: NotYet()})
    assert due_after(late.book, "order") == [(date(2026, 2, 9), 400_000)]
    said = told({order: NotYet(date(2026, 3, 1))})
    assert due_after(said.book, "order") == [(date(2026, 3, 1), 400_000)]
    assert balances(said.book)["wallet"] == 50_000


def test_what_will_not_happen_is_gone() -> None:
    done = told({expected("order").id: WillNot()})
    assert due_after(done.book, "order") == []
    assert balances(done.book)["wallet"] == 50_000


def test_an_instalment_that_is_not_paid_stays_overdue_in_its_own_schedule() -> None:
    done = told({expected("owed").id: NotYet()})
    assert balances(done.book)["bank"] == balances(PLANNED)["bank"] + 103_519
    found = [e for e in due_between(done.book, date(2026, 2, 21)) if e.tranche == "owed"]
    assert [(e.rule_date.isoformat(), e.overdue, e.planned) for e in found] == [
        ("2026-01-20", True, 103_519),
        ("2026-02-20", False, 103_519),
    ]


def test_the_oldest_instalments_are_paid_first() -> None:
    until = date(2026, 3, 5)
    first, second = (e for e in due_between(BOOK, until) if e.tranche == "owed")
    done = settle(BOOK, until, Told(answers={first.id: NotYet()}))
    left = [e for e in due_between(done.book, date(2026, 3, 6)) if e.tranche == "owed"]
    assert [each.rule_date for each in left] == [second.rule_date]


def test_debts_are_not_said_away() -> None:
    with pytest.raises(BadInput):
        told({expected("owed").id: WillNot()})


def test_more_than_an_instalment_pays_back_principal() -> None:
    done = told({expected("owed").id: Happened(203_519)})
    loan = done.book.by_id["loan"]
    assert isinstance(loan, Facility)
    planned = PLANNED.by_id["loan"]
    assert isinstance(planned, Facility)
    assert loan.balance == planned.balance - 100_000
    assert balances(done.book)["bank"] == balances(PLANNED)["bank"] - 100_000


def test_a_bill_paid_in_part_stays_due_for_the_rest() -> None:
    done = told({expected("card").id: Happened(5_000, rest_open=True)})
    card = done.book.by_id["card"]
    assert isinstance(card, Facility)
    assert [(each.id, each.principal) for each in card.tranches] == [
        ("card-due@2026-01-28", 15_000)
    ]
    assert balances(done.book)["bank"] == balances(PLANNED)["bank"] + 15_000


def test_a_purchase_of_another_amount_is_on_the_bill() -> None:
    stock = next(e for e in due_between(BOOK, LATER) if e.kind is ExpectedKind.PURCHASE)
    until = date(2026, 1, 12)
    done = settle(BOOK, until, Told(answers={stock.id: Happened(25_000)}))
    card = done.book.by_id["card"]
    assert isinstance(card, Facility)
    assert [(e.id, e.principal, e.purchases[0].flow) for e in card.tranches] == [
        ("card@2026-01-28", 25_000, "stock")
    ]


def test_a_draw_of_another_amount_keeps_its_name() -> None:
    done = told({expected("spring").id: Happened(150_000, on=date(2026, 1, 27))})
    loan = done.book.by_id["loan"]
    assert isinstance(loan, Facility)
    taken = next(each for each in loan.tranches if each.id == "spring@2026-01-25")
    assert (taken.principal, taken.origin and taken.origin.start) == (150_000, date(2026, 1, 27))
    assert "settled" not in {each.id for each in done.book.records()}


@pytest.mark.parametrize(
    ("extra", "bank"),
    [
        (Extra(ExtraKind.RECEIPT, date(2026, 1, 9), 7_000), 7_000),
        (Extra(ExtraKind.PAYMENT, date(2026, 1, 9), 7_000), -7_000),
        (Extra(ExtraKind.DRAW, date(2026, 1, 9), 7_000, line="loan", periods=3), 7_000),
        (Extra(ExtraKind.REPAYMENT, date(2026, 1, 25), 7_000, line="loan"), -7_000),
    ],
)
def test_something_else_happened(extra: Extra, bank: int) -> None:
    done = told({}, extras=(extra,))
    assert balances(done.book)["bank"] == balances(PLANNED)["bank"] + bank
    loan, planned = done.book.by_id["loan"], PLANNED.by_id["loan"]
    assert isinstance(loan, Facility)
    assert isinstance(planned, Facility)
    owed = {ExtraKind.DRAW: 7_000, ExtraKind.REPAYMENT: -7_000}.get(extra.kind, 0)
    assert loan.balance == planned.balance + owed
    assert (done.ledger[-1].kind, done.ledger[-1].actual) == (extra.kind.value, 7_000)
    assert len(done.book.cash_flows) == len(BOOK.cash_flows)


def test_a_difference_of_an_account_is_kept_by_its_name() -> None:
    done = told({}, balances={"bank": 900_000})
    bank = done.accounts[0]
    assert (bank.shown, bank.unexplained) == (900_000, 900_000 - bank.computed)
    assert balances(done.book)["bank"] == 900_000
    row = done.ledger[-1]
    assert (row.kind, row.account, row.actual) == (UNEXPLAINED, "bank", bank.unexplained)


def test_a_limit_seen_lower_is_kept_with_its_day() -> None:
    done = told({}, limits={"loan": 1_000_000}, gone={"card": date(2026, 2, 3)})
    loan, card = done.book.by_id["loan"], done.book.by_id["card"]
    assert isinstance(loan, Facility)
    assert isinstance(card, Facility)
    assert (loan.limit_on(START), loan.limit_on(LATER)) == (5_000_000, 1_000_000)
    assert card.lost_since == date(2026, 2, 3)
    assert (done.lines[0].limit_before, done.lines[0].limit) == (5_000_000, 1_000_000)


def test_what_is_due_today_may_be_in_the_balance_already() -> None:
    day = date(2026, 2, 10)
    rent = due_on(BOOK, day)[0]
    still = settle(BOOK, day)
    done = settle(BOOK, day, Told(answers={rent.id: AsPlanned()}))
    assert balances(done.book)["bank"] == balances(still.book)["bank"] - 300_000
    assert due_on(still.book, day)[0].record == "rent"
    assert due_on(done.book, day) == ()


def test_the_ledger_says_what_was_planned_what_came_and_who_said_so() -> None:
    rent, order = expected("rent"), expected("order")
    done = told({rent.id: Happened(310_000, on=date(2026, 1, 12)), order.id: NotYet()})
    rows = {each.record: each for each in done.ledger if each.tranche == ""}
    assert len(done.ledger) == len(due_between(BOOK, LATER))
    kept = rows["rent"]
    assert (kept.planned_day, kept.planned) == (date(2026, 1, 10), 300_000)
    assert (kept.actual_day, kept.actual) == (date(2026, 1, 12), 310_000)
    assert (rows["order"].actual_day, rows["order"].actual) == (None, 0)
    assert [rows[name].said_by for name in ("rent", "stock")] == [Teller.HAND, Teller.PLAN]


def test_a_book_years_old_is_settled_by_months() -> None:
    days = months_between(BOOK, date(2026, 4, 3))
    assert [each.isoformat() for each in days] == [
        "2026-02-01",
        "2026-03-01",
        "2026-04-01",
        "2026-04-03",
    ]
    book = BOOK
    for day in days:
        book = settle(book, day).book
    assert book == advance(BOOK, date(2026, 4, 3))
    assert advance(BOOK, date(2029, 1, 1)).as_of == date(2029, 1, 1)


def test_a_late_receipt_of_which_little_is_counted_on_keeps_what_is() -> None:
    """3 % of 545.17 is counted on, and 54 % of that held back: 7.53 come at first."""
    late = CashFlow(
        id="late",
        name="Late",
        direction=Direction.RECEIPT,
        amount=54_517,
        first_date=date(2026, 1, 30),
        usual_lateness_days=18,
        haircut_percent=97,
        held_percent=54,
        held_days=37,
    )
    book = Book(title="Late", as_of=START, accounts=(BANK,), cash_flows=(late,))
    later = advance(book, LATER)
    assert [e.planned for e in due_between(later, date(2026, 3, 1))] == [753]
    assert project(later).closing[-1] == project(book).closing[-1]
