"""A draw repaid by a share of takings: what is kept back of receipts until a total is reached.

10,000 advanced for 11,400, by 10 % of what is sold: the figures of a published offer, in cents.
"""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from backstop.contingency import (
    Contingency,
    ContingencyKind,
    all_closures,
    obligations,
    outcomes,
    projection_under,
)
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    BadInput,
    Book,
    CashFlow,
    Direction,
    Facility,
    FacilityKind,
    LossMode,
    PlannedDraw,
    RatePer,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.projection import FlowKind, Projection, Side, facility_cost, project
from backstop.projection import usage as used
from backstop.projection.flows import schedule_in

DAY_0 = date(2026, 11, 30)
SHARE = RepaymentMethod.SHARE_OF_TAKINGS


def owed(principal: int = 1_000_000, **changes: Any) -> Tranche:
    values: dict[str, Any] = {
        "id": "advance-1",
        "name": "Advance of June",
        "principal": principal,
        "next_due": DAY_0,
        "method": SHARE,
        "rate_percent": Decimal(14),
        "rate_per": RatePer.PRINCIPAL,
    }
    return Tranche(**values | changes)


def line(*tranches: Tranche, **changes: Any) -> Facility:
    values: dict[str, Any] = {
        "id": "advance",
        "name": "Advance",
        "kind": FacilityKind.OTHER,
        "method": SHARE,
        "limit": 1_000_000,
        "rate_percent": Decimal(14),
        "rate_per": RatePer.PRINCIPAL,
        "takings_percent": Decimal(10),
        "tranches": tranches,
        "periods": 9,
        "callable": True,
    }
    return Facility(**values | changes)


def sales(id_: str = "sales", amount: int = 2_000_000, **changes: Any) -> CashFlow:
    values: dict[str, Any] = {
        "id": id_,
        "name": id_,
        "direction": Direction.RECEIPT,
        "amount": amount,
        "first_date": date(2026, 12, 10),
        "repeat": Repeat.MONTHS,
    }
    return CashFlow(**values | changes)


def book_of(*records: Any, **facts: Any) -> Book:
    values: dict[str, Any] = {
        "title": "Shop",
        "as_of": DAY_0,
        "currency": "USD",
        "accounts": (Account(id="bank", name="Bank", balance=0), Account(id="pay", name="Pay")),
    }
    book = Book(**values | facts)
    for record in records:
        book = book.put(record)
    return book


def kept_back(projection: Projection) -> list[tuple[int, int, int]]:
    flows = projection.flows
    rows = [
        row
        for row in range(len(flows))
        if flows.descriptions[flows.series[row]].kind is FlowKind.INSTALMENT
    ]
    found = (flows.day[rows], flows.amount[rows], flows.principal[rows])
    return list(zip(*(each.tolist() for each in found), strict=True))


def test_a_share_of_each_receipt_is_kept_back_until_the_total_is_reached() -> None:
    rows = kept_back(project(book_of(line(owed()), sales())))
    assert [amount for _, amount, _ in rows] == [-200_000] * 5 + [-140_000]
    assert sum(principal for *_, principal in rows) == 1_000_000
    assert [day for day, *_ in rows[:2]] == [10, 41]


def test_it_is_taken_of_the_receipt_and_of_no_cash_before_it() -> None:
    projection = project(book_of(line(owed()), sales()))
    assert (projection.low[10], projection.closing[10]) == (0, 1_800_000)
    assert projection.low[11] == 1_800_000
    assert not obligations(projection)


def test_only_the_named_receipts_are_taken_from() -> None:
    cards = sales("cards", tags=("card",), through="pay")
    others = sales("others", amount=5_000_000, through="bank")
    tagged = line(owed(), takings_tags=("card",))
    into = line(owed(), takings_into="pay")
    for each in (tagged, into):
        assert kept_back(project(book_of(each, cards, others)))[0][1] == -200_000
    both = line(owed(), takings_tags=("card",), takings_into="bank")
    day, amount, _ = kept_back(project(book_of(both, cards, others)))[0]
    assert (day > 365, amount) == (True, -1_140_000)


def test_what_is_repaid_so_far_shortens_it_to_the_unit() -> None:
    whole = kept_back(project(book_of(line(owed()), sales())))
    left = 1_000_000 - whole[0][2]
    rest = owed(left, original_principal=1_000_000, takings_repaid=200_000)
    later = book_of(line(rest), sales(), as_of=date(2026, 12, 11))
    again = kept_back(project(later))
    assert [each[1:] for each in again] == [each[1:] for each in whole[1:]]
    with pytest.raises(BadInput):
        line(owed(left + 1, original_principal=1_000_000, takings_repaid=200_000))


def test_what_lies_beyond_the_horizon_is_listed_at_the_pace_so_far() -> None:
    rows = kept_back(project(book_of(line(owed()), sales(), horizon_days=60)))
    assert [each[:2] for each in rows[:2]] == [(10, -200_000), (41, -200_000)]
    assert rows[2][:2] == (60 + 113, -740_000)  # 740 of 400 in 61 days
    assert sum(principal for *_, principal in rows) == 1_000_000


def test_a_planned_draw_is_repaid_from_the_day_after_it() -> None:
    draw = PlannedDraw(
        id="d", name="D", facility="advance", amount=1_000_000, first_date=date(2026, 12, 10)
    )
    projection = project(book_of(line(), sales(), draw))
    assert projection.closing[10] == 3_000_000
    assert kept_back(projection)[0][:2] == (41, -200_000)
    assert used(projection, line())[10] == 1_000_000


def loss(targets: tuple[str, ...], mode: LossMode, **changes: Any) -> Contingency:
    made = Contingency(OfRecord("x"), ContingencyKind.GROUP, targets, 5, mode=mode)
    return replace(made, **changes)


def test_receipts_that_come_later_or_less_repay_it_later() -> None:
    projection = project(book_of(line(owed()), sales()))
    late = projection_under(projection, loss(("sales",), LossMode.RECEIPTS_LATE, late_days=20))
    assert [each[:2] for each in kept_back(late)][:2] == [(30, -200_000), (61, -200_000)]
    less = projection_under(projection, loss(("sales",), LossMode.RECEIPTS_CUT, cut_percent=50))
    assert [each[1] for each in kept_back(less)][:11] == [-100_000] * 11
    gone = projection_under(projection, loss(("sales",), LossMode.RECEIPTS_CUT, cut_percent=100))
    [(day, amount, principal)] = kept_back(gone)
    assert (day > 365, amount, principal) == (True, -1_140_000, 1_000_000)


def test_of_a_frozen_account_it_is_taken_when_the_money_comes() -> None:
    projection = project(book_of(line(owed()), sales(through="pay")))
    frozen = projection_under(projection, loss(("pay",), LossMode.ACCOUNT_FROZEN, duration_days=30))
    assert kept_back(frozen)[0][:2] == (35, -200_000)


def test_when_it_is_called_all_of_the_total_is_due() -> None:
    projection = project(book_of(line(owed(), default_mode=LossMode.CALL), sales()))
    [called] = all_closures(projection.book, loss_day=20)
    [due] = obligations(projection, called)
    assert (due.day, due.amount, due.kind) == (20, 1_140_000 - 200_000, FlowKind.INSTALMENT)
    [outcome] = outcomes(projection, [called])
    assert outcome.largest_gap == 0
    under = projection_under(projection, called)
    rows = under.flows.side == Side.PAYMENT
    assert under.flows.amount[rows].tolist() == [940_000]


def test_its_schedule_shows_what_receipts_will_repay() -> None:
    book = book_of(line(owed()), sales())
    made = schedule_in(book, owed())
    assert [each.total for each in made] == [200_000] * 5 + [140_000]
    assert made[0].due == date(2026, 12, 10)


def test_its_cost_is_that_of_the_months_it_is_expected_to_take() -> None:
    assert facility_cost(line(), DAY_0) == pytest.approx(0.37, abs=0.03)


REFUSED: list[tuple[dict[str, Any], tuple[Tranche, ...]]] = [
    ({"takings_percent": Decimal(0)}, ()),
    ({"purchases_only": True}, ()),
    ({"rate_per": RatePer.YEAR}, ()),
    ({}, (owed(method=RepaymentMethod.BULLET),)),
    ({"method": RepaymentMethod.ANNUITY}, (owed(),)),
    ({}, (owed(rate_per=RatePer.YEAR),)),
    ({}, (owed(early_on=DAY_0),)),
]


@pytest.mark.parametrize(("changes", "tranches"), REFUSED)
def test_what_cannot_be_repaid_so_is_refused(
    changes: dict[str, Any], tranches: tuple[Tranche, ...]
) -> None:
    with pytest.raises(BadInput):
        line(*tranches, **changes)


def test_without_the_account_any_will_do() -> None:
    book = book_of(line(owed(), takings_into="pay"), sales(through="pay"))
    mended = book.without("pay")
    [left] = mended.facilities
    assert left.takings_into == ""
