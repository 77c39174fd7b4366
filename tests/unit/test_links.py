"""Costs that stop with a lost customer: the owner says which, and the loss says so.

The authority is the book without the receipt and without the linked payment.
"""

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pytest

from backstop.contingency import Contingency, low_under, obligations, outcomes
from backstop.contingency.customers import not_paying
from backstop.contingency.identity import Basis, OfRecord, Shared
from backstop.domain import BadInput, Book, CashFlow, Direction, LossMode, Repeat
from backstop.plan import Loss
from backstop.projection import project
from backstop.telling import Narrator, words_for
from backstop.telling.happenings import stopping_costs
from unit.test_report_book import YUAN, payment, shop

EN, ZH = words_for("en"), words_for("zh_CN")


def flow(name: str, amount: int, direction: Direction, **fields: Any) -> CashFlow:
    return CashFlow(
        id=name,
        name=name,
        direction=direction,
        amount=amount * YUAN,
        first_date=date(2026, 12, 5),
        repeat=Repeat.MONTHS,
        **fields,
    )


def book() -> Book:
    orders = flow("orders", 9_000, Direction.RECEIPT, counterparty="Ann")
    material = flow("material", 4_000, Direction.PAYMENT, stops_with="orders")
    return shop().put(orders).put(material)


def lost(cut: int = 100, day: int = 0) -> Contingency:
    whole = not_paying(Shared(Basis.CUSTOMER, "Ann"), ("orders",), day)
    return replace(whole, cut_percent=cut)


def test_what_stops_with_a_lost_customer_is_not_paid_any_more() -> None:
    without = project(book().without("orders").without("material"))
    found = low_under(project(book()), [lost()])[0]
    assert np.array_equal(found, without.spendable)
    due = obligations(project(book()), lost())
    assert "material" not in {each.record for each in due}


def test_it_stops_on_the_day_and_not_before() -> None:
    found = obligations(project(book()), lost(day=60))
    days = [each.day for each in found if each.record == "material"]
    assert days
    assert max(days) < 60


@pytest.mark.parametrize("cut", [0, 50, 99])
def test_a_customer_who_pays_less_still_wants_the_goods(cut: int) -> None:
    due = obligations(project(book()), lost(cut))
    assert "material" in {each.record for each in due}


def test_late_receipts_stop_nothing() -> None:
    late = replace(lost(), mode=LossMode.RECEIPTS_LATE, cut_percent=None, late_days=30)
    assert "material" in {each.record for each in obligations(project(book()), late)}


def test_the_loss_says_what_stops_with_it() -> None:
    projection = project(book())
    (outcome,) = outcomes(projection, [lost()])
    times = sum(each.record == "material" for each in obligations(projection))
    amount = Narrator(book(), EN).amount(times * 4_000 * YUAN)
    loss = Loss("Ann", outcome)
    assert stopping_costs(loss, Narrator(book(), EN)) == f"With it stop material, {amount} in all."
    assert stopping_costs(loss, Narrator(book(), ZH)) == f"随之停止的还有material，共 {amount}。"
    (other,) = outcomes(projection, [lost(50)])
    assert stopping_costs(Loss("Ann", other), Narrator(book(), EN)) == ""


def test_one_receipt_alone_takes_its_costs_too() -> None:
    alone = not_paying(OfRecord("orders"), ("orders",))
    assert np.array_equal(
        low_under(project(book()), [alone])[0], low_under(project(book()), [lost()])[0]
    )


def test_who_removes_the_receipt_frees_the_payment() -> None:
    left = book().without("orders").by_id["material"]
    assert isinstance(left, CashFlow)
    assert left.stops_with == ""


@pytest.mark.parametrize("wrong", ["nobody", "rent", "cash"])
def test_a_payment_stops_with_a_receipt_only(wrong: str) -> None:
    with pytest.raises(BadInput):
        book().put(payment("freight", "freight", 1, date(2026, 12, 9), stops_with=wrong))


def test_neither_a_receipt_nor_a_purchase_by_a_line_stops_with_one() -> None:
    for changed in (
        book().by_id["orders"].changed(stops_with="orders"),
        book().by_id["material"].changed(through="huabei"),
    ):
        with pytest.raises(BadInput):
            book().put(changed)
