"""Each way to lose a line, on books small enough to count by hand. Amounts are minor units."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.contingency import (
    Cascade,
    Contingency,
    ContingencyKind,
    Obligation,
    limits_under,
    low_under,
    obligations,
    projection_under,
)
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    CutRule,
    DayCount,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.projection import project, usage

DAY_0 = date(2026, 1, 5)


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def loan(**fields: object) -> Facility:
    """A line of 1,000 at 36 % a year in 30-day months: one per mille a day, interest first."""
    line = Facility(
        id="line",
        name="Line",
        limit=1_000,
        rate_percent=Decimal(36),
        day_count=DayCount.THIRTY_360,
        method=RepaymentMethod.INTEREST_FIRST,
        periods=2,
        callable=True,
    )
    return line.changed(**fields)


def owing(principal: int) -> Tranche:
    """Due on 5 February and 5 March: interest of the first month runs from day 0."""
    return Tranche(
        id="owed",
        name="Owed",
        principal=principal,
        next_due=date(2026, 2, 5),
        remaining_periods=2,
        rate_percent=Decimal(36),
        day_count=DayCount.THIRTY_360,
        method=RepaymentMethod.INTEREST_FIRST,
    )


def book_with(line: Facility, *draws: PlannedDraw, cash: int = 5_000) -> Book:
    account = Account(id="cash", name="Cash", balance=cash)
    return Book(
        title="Modes",
        as_of=DAY_0,
        horizon_days=90,
        accounts=(account,),
        facilities=(line,),
        planned_draws=draws,
    )


def drawing(day: int, amount: int, name: str = "draw") -> PlannedDraw:
    return PlannedDraw(
        id=name, name=name, first_date=on(day), facility="line", amount=amount, periods=2
    )


def losing(mode: LossMode | None, loss_day: int = 0, **how: object) -> Contingency:
    return Contingency(OfRecord("k"), ContingencyKind.GROUP, ("line",), loss_day, mode, **how)  # type: ignore[arg-type]  # fields by name


def due(book: Book, loss: Contingency | None) -> list[tuple[int, int]]:
    return [(each.day, each.amount) for each in obligations(project(book), loss)]


def test_a_called_balance_is_due_with_the_interest_of_the_month_under_way() -> None:
    book = book_with(loan(tranches=(owing(1_000),)))
    assert due(book, None) == [(31, 30), (59, 1_030)]
    called = losing(LossMode.CALL, loss_day=5, notice_days=10)
    # 15 of 30 days, of an interest of 30
    assert due(book, called) == [(15, 1_015)]


def test_instalments_until_the_call_are_paid_as_they_were() -> None:
    book = book_with(loan(tranches=(owing(1_000),)))
    called = losing(LossMode.CALL, loss_day=31, notice_days=14)
    assert due(book, called) == [(31, 30), (45, 1_014)]


def test_a_call_beyond_the_horizon_only_stops_new_draws() -> None:
    book = book_with(loan(tranches=(owing(1_000),)), drawing(10, 100))
    called = losing(LossMode.CALL, notice_days=200)
    assert due(book, called) == [(31, 30), (59, 1_030)]


def test_a_balance_due_beyond_the_horizon_is_called_into_it() -> None:
    book = book_with(loan(tranches=(owing(1_000),))).changed(horizon_days=20)
    assert due(book, None) == []
    assert due(book, losing(LossMode.CALL, notice_days=20)) == [(20, 1_020)]


def test_a_freeze_takes_only_what_would_begin_within_it() -> None:
    draws = [drawing(day, 100, f"d{day}") for day in (9, 10, 19, 20)]
    under = projection_under(
        project(book_with(loan(), *draws)), losing(LossMode.FREEZE, 10, duration_days=10)
    )
    assert under.funding.nonzero()[0].tolist() == [9, 20]


def test_a_line_that_is_not_renewed_lends_to_the_day_before_its_contract_ends() -> None:
    draws = [drawing(day, 100, f"d{day}") for day in (9, 10, 11)]
    line = loan(contract_until=on(10), default_mode=LossMode.NO_RENEWAL)
    under = projection_under(project(book_with(line, *draws)), losing(None))
    assert under.funding.nonzero()[0].tolist() == [9]


def matured(**terms: object) -> Book:
    """1,000 owed on a contract that ends on 5 February, and a rollover of it on that very day."""
    debt = owing(1_000).changed(remaining_periods=1)
    line = loan(contract_until=date(2026, 2, 5), tranches=(debt,), **terms)
    return book_with(line, drawing(31, 1_000))


def test_a_line_that_is_not_renewed_does_not_refinance_what_matures_with_its_contract() -> None:
    under = projection_under(project(matured()), losing(LossMode.NO_RENEWAL))
    assert not under.funding.any()
    assert due(matured(), losing(LossMode.NO_RENEWAL)) == [(31, 1_030)]


@pytest.mark.parametrize("revolving", [True, False])
def test_a_line_renewed_with_less_refinances_as_much_as_its_new_limit(revolving: bool) -> None:
    """What matures is off the new contract, also where the old one never lent the same twice."""
    loss = losing(LossMode.REDUCED_RENEWAL, cut_percent=30)
    book = matured(revolving=revolving, cut_rule=CutRule.EXCESS_DUE_NOW)
    under = projection_under(project(book), loss)
    assert {int(day): int(under.funding[day]) for day in under.funding.nonzero()[0]} == {31: 700}
    assert due(book, loss) == [(31, 1_030), (59, 21), (90, 721)]


@pytest.mark.parametrize(("day", "drawn"), [(30, 0), (31, 400), (32, 400)])
def test_a_cut_line_lends_again_on_the_day_on_which_room_is_repaid(day: int, drawn: int) -> None:
    debt = owing(1_000).changed(remaining_periods=1)
    book = book_with(loan(tranches=(debt,)), drawing(day, 1_000))
    under = projection_under(project(book), losing(LossMode.LIMIT_CUT, cut_percent=60))
    assert int(under.funding.sum()) == drawn


def test_a_draw_under_a_cut_is_taken_in_the_lenders_steps() -> None:
    line = loan(draw_step=50, tranches=(owing(330),))
    under = projection_under(
        project(book_with(line, drawing(10, 500))), losing(LossMode.LIMIT_CUT, cut_percent=50)
    )
    assert int(under.funding[10]) == 150  # 170 of room, in steps of 50
    assert int(usage(under, line)[10]) == 480


def test_a_smaller_draw_than_the_lenders_least_is_not_taken() -> None:
    line = loan(minimum_draw=200, tranches=(owing(330),))
    under = projection_under(
        project(book_with(line, drawing(10, 500))), losing(LossMode.LIMIT_CUT, cut_percent=50)
    )
    assert not under.funding.any()


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        (CutRule.FLOOR_AT_BALANCE, [(31, 30), (59, 1_030)]),
        (CutRule.EXCESS_DUE_NOW, [(0, 600), (31, 12), (59, 412)]),
        (CutRule.EXCESS_DUE_LATER, [(20, 600), (31, 24), (59, 412)]),
    ],
)
def test_what_lies_above_a_cut_limit_is_due_by_the_lines_rule(
    rule: CutRule, expected: list[tuple[int, int]]
) -> None:
    line = loan(tranches=(owing(1_000),), cut_rule=rule, excess_days=20)
    loss = losing(LossMode.LIMIT_CUT, cut_percent=60)
    assert due(book_with(line), loss) == expected


def test_a_limit_that_is_cut_for_a_while_comes_back() -> None:
    loss = losing(LossMode.LIMIT_CUT, 5, cut_percent=60, duration_days=10)
    limits = limits_under(project(book_with(loan())), loss, loan())
    assert limits[[4, 5, 14, 15]].tolist() == [1_000, 400, 400, 1_000]


def test_other_uncommitted_lines_are_cut_when_the_cascade_reaches_them() -> None:
    other = loan(id="other", name="Other", tranches=(owing(800).changed(id="o"),))
    other = other.changed(cut_rule=CutRule.EXCESS_DUE_NOW)
    book = book_with(loan()).changed(facilities=(loan(), other))
    loss = losing(None, cascade=Cascade(after_days=7, percent=50))
    assert (7, 300) in due(book, loss)
    safe = book.changed(facilities=(loan(), other.changed(committed=True)))
    assert due(safe, loss) == due(safe, None)


def receipt_book() -> Book:
    wages = CashFlow(
        id="sales",
        name="Sales",
        direction=Direction.RECEIPT,
        amount=101,
        first_date=on(10),
        repeat=Repeat.DAYS,
        every=10,
        count=2,
        through="cash",
    )
    return book_with(loan()).changed(cash_flows=(wages,))


@pytest.mark.parametrize(
    ("mode", "how", "arrives"),
    [
        (LossMode.RECEIPTS_LATE, {"late_days": 5}, {15: 101, 25: 101}),
        (LossMode.RECEIPTS_CUT, {"cut_percent": 50}, {10: 50, 20: 50}),
        (LossMode.RECEIPTS_CUT, {"cut_percent": 50, "duration_days": 15}, {10: 50, 20: 101}),
    ],
)
@pytest.mark.parametrize("target", ["sales", "cash"])
def test_receipts_come_late_or_in_part(
    target: str, mode: LossMode, how: dict[str, int], arrives: dict[int, int]
) -> None:
    loss = Contingency(OfRecord("k"), ContingencyKind.GROUP, (target,), mode=mode, **how)  # type: ignore[arg-type]  # fields by name
    received = projection_under(project(receipt_book()), loss).receipts
    assert {int(day): int(received[day]) for day in received.nonzero()[0]} == arrives


def test_a_freeze_of_an_account_gives_everything_back_when_it_ends() -> None:
    projection = project(receipt_book())
    loss = Contingency(OfRecord("k"), ContingencyKind.GROUP, ("cash",), 5, duration_days=10)
    low = low_under(projection, [loss])[0]
    assert [int(low[day]) for day in (4, 5, 14, 15)] == [5_000, 0, 0, 5_101]


def named(listed: list[Obligation]) -> list[str]:
    return [each.name for each in listed]


def test_blocked_purchases_are_due_in_cash_on_their_own_day() -> None:
    card = Facility(
        id="line",
        name="Card",
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=1,
        due_day=10,
        limit=1_000,
    )
    stock = CashFlow(
        id="stock",
        name="Stock",
        direction=Direction.PAYMENT,
        amount=300,
        first_date=on(10),
        through="line",
    )
    book = book_with(card).changed(cash_flows=(stock,))
    assert due(book, None) == [(36, 300)]
    assert due(book, losing(LossMode.PURCHASES_BLOCKED)) == [(10, 300)]
    assert named(obligations(project(book), losing(LossMode.PURCHASES_BLOCKED))) == ["Stock"]
    assert due(book, losing(LossMode.LIMIT_CUT, cut_percent=71)) == [(10, 300)]
    assert due(book, losing(LossMode.LIMIT_CUT, cut_percent=70)) == [(36, 300)]
