"""A loss that has happened: the settled book projects what the loss does to cash.

The authority is the loss itself, asked of the book that was brought to the same day as planned.
"""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import msgspec
import pytest

from backstop.contingency import Contingency, ContingencyKind, OfRecord, low_under
from backstop.contingency.ways import ways_of
from backstop.domain import (
    Account,
    Adjustment,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    OtherAmount,
    RepaymentMethod,
    Repeat,
    SavedContingency,
    StillOpen,
    Tranche,
)
from backstop.domain.occurrences import LaterAmount, Moved
from backstop.projection import project
from backstop.services.settling import begin_settling, settled_change
from backstop.settling import AsPlanned, NotYet, advance
from living import moves_alike

DAY = date(2026, 11, 21)
ONE = timedelta(days=1)
TODAY = DAY + timedelta(days=9)
PASSED = DAY + timedelta(days=1)


def flow(record_id: str, direction: Direction, amount: int, day: int, **fields: Any) -> CashFlow:
    plain = CashFlow(
        id=record_id,
        name=record_id.title(),
        direction=direction,
        amount=amount,
        first_date=DAY + timedelta(days=day),
        repeat=Repeat.WEEKS,
    )
    return plain.changed(**fields)


def book_with(*flows: CashFlow) -> Book:
    return Book(
        title="Shop",
        as_of=DAY,
        horizon_days=80,
        country="US",
        accounts=(
            Account(id="till", name="Till", balance=100_000_00),
            Account(id="shop", name="Shop account"),
        ),
        cash_flows=flows,
    )


RECEIPTS: dict[str, CashFlow] = {
    "plain": flow("sales", Direction.RECEIPT, 900_00, 5),
    "late": flow("sales", Direction.RECEIPT, 900_00, 5, usual_lateness_days=12),
    "once": flow("sales", Direction.RECEIPT, 900_00, 30, repeat=Repeat.ONCE),
    "later": flow("sales", Direction.RECEIPT, 900_00, 33),
    "counted": flow("sales", Direction.RECEIPT, 900_00, 5, count=6),
    "moved": flow(
        "sales",
        Direction.RECEIPT,
        900_00,
        5,
        moved=(
            Moved(rule_date=DAY + timedelta(days=5), to=DAY + timedelta(days=15)),
            Moved(rule_date=DAY + timedelta(days=40), to=DAY + timedelta(days=2)),
        ),
    ),
    "shifted": flow("sales", Direction.RECEIPT, 900_00, 8, adjustment=Adjustment.FOLLOWING),
    "amounts": flow(
        "sales",
        Direction.RECEIPT,
        900_00,
        5,
        amounts=(OtherAmount(rule_date=DAY + timedelta(days=26), amount=333_33),),
        later_amounts=(LaterAmount(from_day=DAY + timedelta(days=45), amount=1_000_00),),
    ),
}
LOSSES: dict[str, dict[str, Any]] = {
    "lost": {"mode": LossMode.RECEIPTS_CUT, "cut_percent": 100},
    "less": {"mode": LossMode.RECEIPTS_CUT, "cut_percent": 35},
    "lost for a time": {"mode": LossMode.RECEIPTS_CUT, "cut_percent": 100, "duration_days": 33},
    "less for a time": {"mode": LossMode.RECEIPTS_CUT, "cut_percent": 35, "duration_days": 33},
    "late": {"mode": LossMode.RECEIPTS_LATE, "late_days": 11},
    "late for a time": {"mode": LossMode.RECEIPTS_LATE, "late_days": 11, "duration_days": 33},
}
COSTS = flow("goods", Direction.PAYMENT, 200_00, 6, stops_with="sales")


def after_loss(book: Book, *targets: str, answers: Any = None, **fields: Any) -> Book:
    """The book settled, the saved loss having happened and all else come as planned."""
    known = {"id": "loss", "name": "Loss", "loss_date": PASSED, "targets": targets}
    loss = msgspec.convert(known | fields, SavedContingency)
    work = begin_settling(book.put(loss), TODAY)
    for each, answer in (answers or {}).items():
        work = work.answered([each], answer)
    return settled_change(work.answered(["loss"], AsPlanned())).after


def under_loss(book: Book, target: str, **fields: Any) -> list[int]:
    """What cash would come to if it were lost on the day to which the book was brought."""
    duration = fields.pop("duration_days", None)
    if duration is not None:
        duration -= (TODAY - PASSED).days
    loss = Contingency(
        OfRecord(target), ContingencyKind.SINGLE, (target,), duration_days=duration, **fields
    )
    return [int(each) for each in low_under(project(advance(book, TODAY)), [loss])[0]]


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("receipt", RECEIPTS)
def test_the_settled_book_projects_what_the_loss_leaves(receipt: str, loss: str) -> None:
    book, fields = book_with(RECEIPTS[receipt], COSTS), LOSSES[loss]
    after = after_loss(book, "sales", **fields)
    assert project(after).low.tolist() == under_loss(book, "sales", **fields)
    assert after != advance(book, TODAY)


@pytest.mark.parametrize("loss", LOSSES)
def test_what_comes_through_an_account_goes_as_the_loss_of_its_receipts_says(loss: str) -> None:
    through = RECEIPTS["plain"].changed(through="shop")
    book, fields = book_with(through, flow("rent", Direction.PAYMENT, 10_00, 3)), LOSSES[loss]
    after = after_loss(book, "shop", **fields)
    assert project(after).low.tolist() == under_loss(book, "shop", **fields)


def test_what_is_said_to_be_expected_on_a_day_still_comes_then() -> None:
    book = book_with(RECEIPTS["plain"])
    expected = TODAY + timedelta(days=4)
    (item,) = (e.id for e in begin_settling(book, TODAY).past if e.id.startswith("sales"))
    after = after_loss(book, "sales", answers={item: NotYet(expected)}, **LOSSES["lost"])
    (sales,) = after.cash_flows
    day = DAY + timedelta(days=5)
    assert sales.open == (StillOpen(rule_date=day, left=900_00, expected=expected),)
    assert project(after).receipts.sum() == 900_00


def test_a_rule_that_is_over_stays_as_it_was() -> None:
    over = RECEIPTS["plain"].changed(until=DAY + timedelta(days=6))
    book = book_with(over)
    for fields in LOSSES.values():
        assert after_loss(book, "sales", **fields).cash_flows == advance(book, TODAY).cash_flows


def test_once_it_has_happened_its_loss_takes_nothing_more() -> None:
    after = after_loss(book_with(RECEIPTS["plain"], COSTS), "sales", **LOSSES["lost"])
    projection = project(after)
    loss = Contingency(OfRecord("sales"), ContingencyKind.SINGLE, ("sales",), **LOSSES["lost"])
    assert low_under(projection, [loss])[0].tolist() == projection.low.tolist()


LOAN = Facility(
    id="loan",
    name="Loan",
    limit=90_000_00,
    callable=True,
    rate_percent=Decimal(12),
    tranches=(
        Tranche(
            id="draw",
            name="Draw",
            principal=6_000_00,
            next_due=DAY + timedelta(days=16),
            remaining_periods=6,
            rate_percent=Decimal(12),
            method=RepaymentMethod.EQUAL_PRINCIPAL,
        ),
        Tranche(
            id="whole",
            name="Whole",
            principal=2_000_00,
            next_due=DAY + timedelta(days=70),
            rate_percent=Decimal(9),
            method=RepaymentMethod.BULLET,
        ),
    ),
)


@pytest.mark.parametrize("notice", [30, 8])
def test_what_a_lender_has_called_is_due_when_the_notice_ends(notice: int) -> None:
    book = book_with(RECEIPTS["plain"]).put(LOAN)
    after = after_loss(book, "loan", mode=LossMode.CALL, notice_days=notice)
    left = notice - (TODAY - PASSED).days
    called = under_loss(book, "loan", mode=LossMode.CALL, notice_days=left)
    assert project(after).low.tolist() == called
    (line,) = after.facilities
    assert line.lost_since == PASSED


def test_a_call_whose_notice_is_over_is_due_at_once() -> None:
    book = book_with(RECEIPTS["plain"]).put(LOAN)
    after = after_loss(book, "loan", mode=LossMode.CALL, notice_days=2)
    at_once = under_loss(book, "loan", mode=LossMode.CALL, notice_days=0)
    assert project(after).low.tolist() == at_once


@pytest.mark.parametrize(
    ("fields", "way"),
    [
        ({"mode": LossMode.CALL, "notice_days": 20}, {"mode": LossMode.CALL, "due": 11}),
        ({"mode": LossMode.CALL, "notice_days": 9}, {"mode": LossMode.CALL, "due": 0}),
        ({"mode": LossMode.CALL, "notice_days": 5}, {"mode": LossMode.NO_NEW_DRAWS, "first": 0}),
        ({"mode": LossMode.FREEZE, "duration_days": 30}, {"first": 0, "until": 21}),
        ({"mode": LossMode.FREEZE, "duration_days": 9}, None),
    ],
)
def test_what_a_loss_that_goes_on_lasts_counts_from_its_beginning(
    fields: dict[str, Any], way: dict[str, object] | None
) -> None:
    book = book_with().put(LOAN)
    loss = Contingency(OfRecord("loan"), ContingencyKind.SINGLE, ("loan",), passed_days=9, **fields)
    found = ways_of(book, loss)
    assert [{name: getattr(each, name) for name in way or ()} for each in found] == (
        [way] if way else []
    )


def test_what_had_run_up_stays_due_with_its_instalment_after_an_early_repayment_that_day() -> None:
    """The instalment is due on a Sunday and leaves the account on Monday; what is paid back early
    on Sunday itself leaves it that day."""
    sunday = DAY + timedelta(days=8)
    (draw, _) = LOAN.tranches
    owed = draw.changed(
        next_due=sunday, charges=8_01, early_on=sunday, early_amount=1_000_00, principal=6_000_00
    )
    line = LOAN.changed(tranches=(owed,), due_adjustment=Adjustment.FOLLOWING)
    book = book_with().put(line)
    monday = sunday + ONE
    assert advance(book, monday) != book
    assert moves_alike(book, monday) is None
