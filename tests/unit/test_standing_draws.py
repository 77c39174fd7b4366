"""A standing rule under a loss: when it draws, on which line, how much, and when it is too late."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from backstop.contingency import Contingency, ContingencyKind, with_standing_draws
from backstop.contingency.identity import OfRecord
from backstop.domain import Account, Book, CashFlow, Direction, Facility, LossMode, RepaymentMethod
from backstop.projection import project

DAY_0 = date(2026, 1, 5)
DUE = 10
"""The day of the payment, which leaves cash 300 below the minimum of 500."""


def line(key: str, **fields: Any) -> Facility:
    terms = {
        "limit": 100_000,
        "method": RepaymentMethod.BULLET,
        "periods": 6,
        "last_verified": DAY_0,
    }
    return Facility(id=key, name=key, **{**terms, **fields})


def book(*lines: Facility, **fields: Any) -> Book:
    facts = {
        "title": "Shop",
        "as_of": DAY_0,
        "horizon_days": 40,
        "minimum_cash": 500_00,
        "accounts": (Account(id="till", name="Till", balance=1_000_00),),
        "facilities": lines,
        "standing_draws": tuple(each.id for each in lines),
        "cash_flows": (payment("rent", 800_00, DUE),),
    }
    return Book(**{**facts, **fields})


def payment(key: str, amount: int, day: int) -> CashFlow:
    return CashFlow(
        id=key,
        name=key,
        direction=Direction.PAYMENT,
        amount=amount,
        first_date=DAY_0 + timedelta(days=day),
    )


def draws(book: Book, lost: str = "", loss_day: int = 0) -> list[tuple[str, int, int]]:
    targets = (lost,) if lost else ()
    loss = Contingency(
        OfRecord("loss"), ContingencyKind.GROUP, targets, loss_day, LossMode.NO_NEW_DRAWS
    )
    [after] = with_standing_draws(project(book), [loss])
    return [(each.facility, each.day, each.amount) for each in after.draws]


def test_what_is_missing_to_the_minimum_is_drawn_once_on_the_day_that_it_is_missing() -> None:
    assert draws(book(line("a"))) == [("a", DUE, 300_00)]
    assert draws(book(line("a"), minimum_cash=0)) == []


def test_cash_at_the_minimum_asks_for_nothing() -> None:
    assert draws(book(line("a"), minimum_cash=200_00)) == []
    assert draws(book(line("a"), minimum_cash=200_01)) == [("a", DUE, 1)]


def test_a_later_need_is_what_the_earlier_draws_leave_of_it() -> None:
    twice = book(line("a")).put(payment("tax", 100_00, DUE + 5))
    assert draws(twice) == [("a", DUE, 300_00), ("a", DUE + 5, 100_00)]


def test_the_lines_are_drawn_on_in_turn_as_far_as_they_reach() -> None:
    short = book(line("a", limit=100_00), line("b", limit=50_00), line("c"))
    assert draws(short) == [("a", DUE, 100_00), ("b", DUE, 50_00), ("c", DUE, 150_00)]


def test_what_is_drawn_leaves_the_line_so_much_less_room() -> None:
    twice = book(line("a", limit=350_00), line("b")).put(payment("tax", 100_00, DUE + 5))
    assert draws(twice) == [("a", DUE, 300_00), ("a", DUE + 5, 50_00), ("b", DUE + 5, 50_00)]


def test_a_line_is_used_to_the_last_day_that_it_may_be() -> None:
    ending = line("a", usage_until=DAY_0 + timedelta(days=DUE))
    assert draws(book(ending)) == [("a", DUE, 300_00)]
    ended = line("a", usage_until=DAY_0 + timedelta(days=DUE - 1))
    assert draws(book(ended, line("b"))) == [("b", DUE, 300_00)]


@pytest.mark.parametrize(("loss_day", "used"), [(0, "b"), (DUE, "b"), (DUE + 1, "a")])
def test_the_lost_line_gives_nothing_from_its_loss_on(loss_day: int, used: str) -> None:
    assert draws(book(line("a"), line("b")), "a", loss_day) == [(used, DUE, 300_00)]


@pytest.mark.parametrize(
    ("lead", "loss_day", "arrives"),
    [
        (10, 0, True),  # asked for at once, it is there in time
        (11, 0, False),
        (4, 6, True),  # nobody foresees the loss: it is asked for on its day
        (5, 6, False),
        (10, 11, True),  # the loss comes later: the need was to be seen from the first day
        (11, 11, False),
    ],
)
def test_money_is_asked_for_when_its_need_can_be_known(
    lead: int, loss_day: int, arrives: bool
) -> None:
    shop = book(line("a", lead_days=lead), line("lost"), standing_draws=("a",))
    found = draws(shop, "lost", loss_day)
    assert (("a", DUE, 300_00) in found) == arrives


def test_a_line_that_closes_between_the_asking_and_the_arrival_gives_nothing() -> None:
    slow = line("a", lead_days=5)
    assert draws(book(slow, line("b")), "a", DUE) == [("b", DUE, 300_00)]


@pytest.mark.parametrize(
    "fields", [{"lead_days": None}, {"last_verified": None}, {"draw_fee_percent": Decimal(100)}]
)
def test_what_is_only_listed_or_gives_nothing_is_not_counted_on(fields: dict[str, Any]) -> None:
    assert draws(book(line("a", **fields), line("b"))) == [("b", DUE, 300_00)]


@pytest.mark.parametrize(
    ("fields", "amount"),
    [
        ({"draw_step": 70_00}, 350_00),
        ({"minimum_draw": 400_00}, 400_00),
        ({"minimum_draw": 400_00, "draw_step": 70_00}, 400_00),
        ({"draw_fee_percent": Decimal(25)}, 400_00),
        ({"draw_fee_percent": Decimal(25), "draw_step": 70_00}, 420_00),
        ({"limit": 250_00, "draw_step": 100_00}, 200_00),
        ({"limit": 300_00}, 300_00),
        ({"limit": 300_00, "draw_step": 300_00}, 300_00),
        ({"limit": 400_00, "headroom_haircut_percent": 50}, 200_00),
    ],
)
def test_a_draw_is_the_least_in_the_lines_own_steps_that_brings_the_need(
    fields: dict[str, Any], amount: int
) -> None:
    limit = {"limit": 10**9, **fields}
    assert draws(book(line("a", **limit)))[0] == ("a", DUE, amount)


@pytest.mark.parametrize("fields", [{"minimum_draw": 100_00}, {"draw_step": 100_00}])
def test_a_line_with_less_room_than_its_smallest_draw_is_passed_over(
    fields: dict[str, Any],
) -> None:
    assert draws(book(line("a", limit=99_99, **fields), line("b"))) == [("b", DUE, 300_00)]


def test_an_instalment_of_a_draw_is_a_need_that_its_line_does_not_lend_for_again() -> None:
    monthly = line("a", method=RepaymentMethod.EQUAL_PRINCIPAL, periods=3, limit=300_00)
    shop = book(monthly, line("b"), horizon_days=45)
    assert draws(shop) == [("a", DUE, 300_00), ("b", DUE + 31, 100_00)]


def test_a_book_without_a_rule_is_left_as_it_is() -> None:
    shop = book(line("a"), standing_draws=())
    [after] = with_standing_draws(
        project(shop), [Contingency(OfRecord("loss"), ContingencyKind.SINGLE, ("a",), 0)]
    )
    assert after.draws == ()
    assert int(after.low.min()) == 200_00


def test_a_line_that_takes_longer_than_the_book_looks_ahead_brings_nothing() -> None:
    for days in range(1, 8):
        short = book(line("slow", lead_days=5), horizon_days=days, minimum_cash=1_100_00)
        assert [day for _, day, _ in draws(short)] == ([5] if days >= 5 else [])
