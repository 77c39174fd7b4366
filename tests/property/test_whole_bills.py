"""Cards whose bills are reckoned whole, under every loss, equal a plain loop over days."""

from datetime import timedelta
from decimal import Decimal
from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn

import strategies
from backstop.contingency import Contingency, ContingencyKind, low_under, projection_under
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    LINE_MODES,
    Account,
    Adjustment,
    Book,
    Bought,
    CashFlow,
    CutRule,
    DayCount,
    Direction,
    Facility,
    LossMode,
    MinimumBase,
    PlannedDraw,
    RatePer,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.projection import project
from examples import times
from naive import naive_lows
from naive_cards import is_whole

DAY_0 = strategies.DAY_0
small = st.integers(1, 60_000)
around = st.integers(-70, 70)


@st.composite
def books_with_a_card(draw: DrawFn) -> Book:
    """One card with bills of every kind; purchases and refunds, once and again."""
    flows = [draw(flow_by_card(f"f{n}")) for n in range(draw(st.integers(1, 5)))]
    book = Book(
        title="Card",
        as_of=DAY_0,
        horizon_days=draw(st.integers(60, 220)),
        country="CN",
        accounts=(Account(id="bank", name="Bank", balance=10**8),),
        facilities=(draw(cards()),),
        cash_flows=tuple(flows),
        planned_draws=tuple(draw(st.lists(cash_drawn(), max_size=1))),
    )
    return book if is_whole(book, book.facilities[0]) else _with_credit(book, draw(small))


def _with_credit(book: Book, credit: int) -> Book:
    return book.put(book.facilities[0].changed(credit_balance=credit))


@st.composite
def cards(draw: DrawFn) -> Facility:
    minimum = draw(st.booleans())
    fields: dict[str, Any] = {
        "limit": draw(st.integers(10_000, 300_000)),
        "rate_per": RatePer.DAY,
        "rate_percent": draw(st.sampled_from([Decimal("0.05"), Decimal("0.13"), Decimal(0)])),
        "statement_day": draw(st.integers(1, 31)),
        "due_day": draw(st.integers(1, 31)),
        "due_days_after": draw(st.none() | st.integers(1, 60)),
        "due_adjustment": draw(st.sampled_from(Adjustment)),
        "pays_minimum": minimum,
        "minimum_percent": draw(st.sampled_from([Decimal(1), Decimal(10), Decimal("33.3")])),
        "minimum_base": draw(st.sampled_from(MinimumBase)),
        "minimum_floor": draw(st.sampled_from([0, 1_000, 20_000])),
        "interest_from_purchase": draw(st.booleans()),
        "bill_instalments": 1 if minimum else draw(st.sampled_from([1, 3, 7])),
        "instalment_fee_percent": Decimal("4.5"),
        "credit_balance": draw(st.just(0) | small),
        "unbilled": draw(bought()),
        "repaid_share_percent": draw(st.sampled_from([100, 100, 37])),
        "cut_rule": draw(st.sampled_from(CutRule)),
        "excess_days": draw(st.integers(0, 40)),
        "notice_days": draw(st.integers(0, 60)),
        "contract_until": draw(st.none() | around.map(_on)),
        "callable": True,
        "cash_advance_limit": 50_000,
        "cash_advance_rate_percent": Decimal("0.05"),
        "cash_advance_fee_percent": Decimal(1),
    }
    return Facility(
        id="card",
        name="Card",
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        tranches=tuple(draw(bill(f"t{n}")) for n in range(draw(st.integers(0, 2)))),
        **fields,
    )


@st.composite
def bill(draw: DrawFn, record_id: str) -> Tranche:
    purchases = draw(bought())
    principal = sum(each.amount for each in purchases) or draw(small)
    due = draw(st.integers(-20, 50).map(_on))
    earlier = st.integers(1, 40).map(lambda days: due - timedelta(days=days))
    return Tranche(
        id=record_id,
        name="Bill",
        principal=principal,
        purchases=purchases,
        next_due=due,
        method=RepaymentMethod.STATEMENT_CYCLE,
        pays_minimum=draw(st.booleans()),
        rate_per=draw(st.sampled_from([RatePer.DAY, RatePer.YEAR])),
        rate_percent=Decimal("0.5"),
        day_count=draw(st.sampled_from(DayCount)),
        charges=draw(st.just(0) | small),
        interest_from=draw(st.none() | earlier),
    )


def _on(days: int) -> Any:
    return DAY_0 + timedelta(days=days)


def bought() -> st.SearchStrategy[tuple[Bought, ...]]:
    each = st.builds(Bought, day=st.integers(-50, 0).map(_on), amount=small)
    return st.lists(each, max_size=3).map(tuple)


@st.composite
def flow_by_card(draw: DrawFn, record_id: str) -> CashFlow:
    refund = draw(st.integers(0, 3)) == 0
    return CashFlow(
        id=record_id,
        name="Shop",
        direction=Direction.RECEIPT if refund else Direction.PAYMENT,
        amount=draw(small),
        first_date=_on(draw(around)),
        repeat=draw(st.sampled_from([Repeat.ONCE, Repeat.WEEKS, Repeat.MONTHS])),
        every=draw(st.integers(1, 3)),
        usual_lateness_days=draw(st.sampled_from([0, 0, 9])),
        haircut_percent=draw(st.sampled_from([0, 0, 13])),
        through="card",
    )


@st.composite
def cash_drawn(draw: DrawFn) -> PlannedDraw:
    return PlannedDraw(
        id="cash", name="Cash", facility="card", amount=draw(small), first_date=_on(draw(around))
    )


@st.composite
def losses(draw: DrawFn, book: Book) -> Contingency:
    modes = [*LINE_MODES, LossMode.RECEIPTS_LATE, LossMode.RECEIPTS_CUT]
    targets = ["card", *(each.id for each in book.cash_flows)]
    return Contingency(
        OfRecord("any"),
        ContingencyKind.GROUP,
        tuple(draw(st.lists(st.sampled_from(targets), min_size=1, max_size=3, unique=True))),
        loss_day=draw(st.integers(0, 120)),
        mode=draw(st.sampled_from(modes)),
        notice_days=draw(st.none() | st.integers(0, 50)),
        duration_days=draw(st.none() | st.integers(1, 60)),
        cut_percent=draw(st.sampled_from([30, 60, 100])),
        late_days=draw(st.integers(0, 50)),
    )


@times(2)
@given(st.data())
def test_bills_reckoned_whole_equal_a_plain_loop_under_every_loss(data: st.DataObject) -> None:
    book = data.draw(books_with_a_card())
    projection = project(book)
    assert projection.low.tolist() == naive_lows(book)
    loss = data.draw(losses(book))
    row = low_under(projection, [loss])[0].tolist()
    assert row == naive_lows(book, loss)
    assert row == projection_under(projection, loss).low.tolist()
