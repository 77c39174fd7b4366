"""The law of advancing: a book that was brought to a day says of the days after it what it said.
And of settling: what the ledger says came is what the accounts have gained."""

from datetime import date, timedelta
from random import Random

import pytest

from advancing import prepared
from backstop.domain import Account, Book, CashFlow, Direction, Repeat, Settled, StillOpen
from backstop.projection import Side, project
from backstop.settling import (
    Answer,
    AsPlanned,
    Expected,
    ExpectedKind,
    Happened,
    NotYet,
    Told,
    WillNot,
    advance,
    due_between,
    due_on,
    settle,
)
from backstop.settling.values import NO_CASH
from living import broken_on, some_days
from oracle.random_books import Maker

BOOKS = range(24)
DEBTS = (ExpectedKind.INSTALMENT, ExpectedKind.BILL)


@pytest.mark.parametrize("number", BOOKS)
def test_the_advanced_book_goes_on_as_the_old_one(number: int) -> None:
    random = Random(number)
    book = prepared(Maker(1, number))
    for day in some_days(book, random):
        assert broken_on(book, day, random) is None


@pytest.mark.parametrize("expected", [None, date(2026, 12, 10)])
def test_what_is_open_of_a_date_that_the_rule_does_not_have_comes_once(
    expected: date | None,
) -> None:
    """Also of a receipt of which a part is held back: what is left of that date is all of it."""
    opened = StillOpen(rule_date=date(2026, 12, 3), left=777, expected=expected)
    takings = CashFlow(
        id="takings",
        name="Takings",
        direction=Direction.RECEIPT,
        amount=1000,
        first_date=date(2026, 11, 20),
        repeat=Repeat.MONTHS,
        held_percent=30,
        held_days=10,
        open=(opened,),
    )
    cash = Account(id="cash", name="Cash")
    book = Book(title="t", as_of=date(2026, 12, 1), accounts=(cash,), cash_flows=(takings,))
    for days in range(1, 30):
        assert broken_on(book, book.as_of + timedelta(days=days), Random(days)) is None
    assert project(book).receipts[:25].tolist().count(777) == 1


def test_a_book_of_its_own_day_stays_as_it_is() -> None:
    book = Maker(1, 0).book()
    assert advance(book, book.as_of) is book
    assert due_between(book, book.as_of) == ()


def said_of(each: Expected, until: date, random: Random) -> Answer:
    """Anything that could be said of it."""
    kind = random.choice((Happened, NotYet, WillNot))
    if kind is NotYet:
        return NotYet(random.choice((None, until + timedelta(days=random.randrange(50)))))
    if kind is WillNot and each.kind not in DEBTS:
        return WillNot()
    amount = random.choice((each.planned // 2, each.planned + random.randrange(1, 1000)))
    return Happened(amount, rest_open=random.random() < 0.5)


def in_the_balance(each: Expected, until: date, random: Random) -> Answer:
    """Whatever of today's may be in the balance already."""
    amount = random.choice((each.planned // 2, each.planned, each.planned + 77))
    on = random.choice((None, until - timedelta(days=1), until))
    came = Happened(amount, on, rest_open=random.random() < 0.5)
    return random.choice((AsPlanned(), came))


def gained(listed: tuple[Expected, ...], ledger: tuple[Settled, ...]) -> int:
    """What the ledger says came in, less what it says went out."""
    sides = {each.kind.value: each.side for each in listed if each.kind not in NO_CASH}
    known = {each.kind.value for each in listed} - sides.keys()
    return sum(
        row.actual if sides.get(row.kind, Side.PAYMENT) is not Side.PAYMENT else -row.actual
        for row in ledger
        if row.kind not in known
    )


def total(book: Book) -> int:
    return sum(each.balance for each in book.accounts)


@pytest.mark.parametrize("number", BOOKS)
def test_the_accounts_gain_what_the_ledger_says_came(number: int) -> None:
    random = Random(number)
    book = prepared(Maker(2, number))
    until = book.as_of + timedelta(days=random.randrange(1, book.horizon_days))
    listed = due_between(book, until)
    answers = {
        each.id: said_of(each, until, random)
        for each in listed
        if each.planned > 1 and random.random() < 0.3
    }
    today = tuple(e for e in due_on(book, until) if e.planned > 1 and random.random() < 0.7)
    answers |= {each.id: in_the_balance(each, until, random) for each in today}
    done = settle(book, until, Told(answers=answers))
    assert total(done.book) - total(book) == gained((*listed, *today), done.ledger)
    assert due_between(done.book, until + timedelta(days=40)) is not None
