"""Plans of books with an overdraft, whose interest no program of the plan's knows: never more
unpaid than falls due, never worse than doing nothing, and no less than the bound says."""

from decimal import Decimal
from functools import cache
from itertools import accumulate

import pytest

from backstop.contingency import obligations
from backstop.domain import Book, Direction, Facility, RepaymentMethod
from backstop.plan import Loss, Plan, answer, draft, with_bound
from odd_books import LOST, odd_book

OVERDRAFT = "overdraft"


def poor_book(number: int) -> Book:
    """An odd book with an overdraft in use and little else: no other line, no measure, a part of
    its receipts."""
    book = odd_book(number)
    for each in (*book.facilities, *book.measures):
        book = book if each.id == LOST else book.without(each.id)
    for flow in book.cash_flows:
        if flow.direction is Direction.RECEIPT:
            book = book.put(flow.changed(amount=flow.amount // (number % 4 + 2)))
    line = Facility(
        id=OVERDRAFT,
        name=OVERDRAFT,
        limit=(number % 5 + 1) * 3_000_00,
        method=RepaymentMethod.OVERDRAFT,
        rate_percent=Decimal(15 + number % 7 * 4),
        committed=True,
        last_verified=book.as_of,
        due_day=(None, 1, 20)[number % 3],
    )
    till = book.accounts[0]
    return book.put(line).put(till.changed(balance=-(number % 3) * 1_000_00))


@cache
def planned(number: int, lost: str) -> tuple[Loss, Plan]:
    answers = answer(poor_book(number))
    loss = answers.loss(lost)
    plan = draft(answers.projection, loss.outcome)
    return loss, with_bound(answers.projection, plan)


BOTH = pytest.mark.parametrize("lost", [LOST, OVERDRAFT])
NUMBERS = pytest.mark.parametrize("number", [2, 5, 9, 11, 14, 83])


@NUMBERS
@BOTH
def test_no_more_stays_unpaid_than_if_nothing_is_done(number: int, lost: str) -> None:
    loss, plan = planned(number, lost)
    assert plan.proved
    mine, nothing = (accumulate(each) for each in (plan.after.missed, loss.outcome.missed))
    assert all(a <= b for a, b in zip(mine, nothing, strict=True))


@NUMBERS
@BOTH
def test_no_more_stays_unpaid_than_falls_due(number: int, lost: str) -> None:
    loss, plan = planned(number, lost)
    assert sum(plan.after.missed) <= loss.outcome.largest_gap
    projection = loss.outcome.projection
    for day in {each.day for each in plan.missed}:
        due = obligations(projection, plan.after.contingency, last=day, unmade=projection.start)
        unpaid = sum(each.missed for each in plan.missed if each.day <= day)
        assert unpaid <= sum(each.amount for each in due)
    assert all(0 < each.missed <= each.obligation.amount for each in plan.missed)


@NUMBERS
@BOTH
def test_a_bound_is_known_with_an_overdraft_too(number: int, lost: str) -> None:
    _, plan = planned(number, lost)
    assert plan.bounded
    assert 0 < plan.at_least <= sum(plan.after.missed)
