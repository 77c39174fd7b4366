"""A book is brought on while the plan for a loss is carried out: cash under the loss goes on as it
was to, whatever the loss does to what was expected.
"""

from decimal import Decimal

import pytest

from backstop.domain import (
    Account,
    AccountRole,
    AskKind,
    CutRule,
    Direction,
    Facility,
    LossMode,
    Measure,
    MeasureKind,
    PlanStep,
    RatePer,
    RepaymentMethod,
    Repeat,
    SavedContingency,
    Tranche,
)
from backstop.plan.life.progress import contingency_of
from backstop.projection import project
from backstop.services.settling import begin_settling, settled_change
from backstop.settling import (
    AsPlanned,
    ExpectedKind,
    Happened,
    NotYet,
    Told,
    advance,
    due_between,
    due_on,
    settle,
)
from in_flight import (
    CALLED,
    DAY_0,
    FLOOD,
    FROZEN,
    OVERDRAFT,
    THAW,
    assert_goes_on,
    book_with,
    called,
    cash_under_the_plan,
    draw,
    flooded,
    flow,
    money,
    on,
)


@pytest.mark.parametrize("days", [3, 8, 9, 12, THAW, THAW + 1, 30, 60])
def test_a_draw_that_falls_into_a_freeze_is_made_when_it_ends(days: int) -> None:
    """Only the first of them helps then: it is drawn on 21 January, and due on 21 February."""
    book = book_with(draw("first", 8, 250_000), draw("second", 9, 50_000))
    later = assert_goes_on(book, days)
    owed = [each.principal for each in later.facilities[0].tranches]
    assert owed == ([250_000] if THAW < days <= 51 else [])
    listed = {each.id: each.day for each in due_between(book, on(days)) if each.record != "wages"}
    assert listed.get(f"first@{on(8)}") == (on(THAW) if days > THAW else None)
    assert f"second@{on(9)}" not in listed


def test_what_is_done_instead_of_a_draw_does_not_make_it_needless_at_the_thaw() -> None:
    """It is judged by cash with nothing done: in the later book, something is done."""
    aside = Account(id="aside", name="aside", balance=900_000, role=AccountRole.RESERVE)
    step = PlanStep(day=on(6), option="reserve:aside:::", amount=400_000)
    book = book_with(draw("draw", 15, 250_000)).put(aside)
    book = book.put(book.accepted_plans[0].changed(steps=(step,)))
    for days in (7, 14, 16, THAW, 30):
        assert_goes_on(book, days)


@pytest.mark.parametrize("days", [3, FROZEN, FROZEN + 1, 8, 50])
def test_an_expense_is_paid_once_its_day_is_over(days: int) -> None:
    book = flooded()
    later = assert_goes_on(book, days)
    without = advance(book.without("plan"), on(days))
    assert money(without) - money(later) == (30_000 if days > FROZEN else 0)
    (plan,) = later.accepted_plans
    loss = contingency_of(later, plan)
    assert loss is not None
    assert loss.expense == (0 if days > FROZEN else 30_000)


def test_an_expense_is_listed_and_can_be_answered() -> None:
    book, until = flooded(), on(9)
    (due,) = (each for each in due_between(book, until) if each.name == "Flood")
    assert (due.day, due.planned, due.kind) == (on(FROZEN), 30_000, ExpectedKind.PAYMENT)
    settled = settle(book, until)
    (row,) = (each for each in settled.ledger if each.name == "Flood")
    assert (row.actual, row.actual_day) == (30_000, on(FROZEN))
    assert money(settled.book) == 100_000 - 30_000
    assert settled.book == advance(book, until)
    other = settle(book, until, Told(answers={due.id: Happened(45_000)})).book
    assert money(other) == 100_000 - 45_000
    waits = settle(book, until, Told(answers={due.id: NotYet(on(12))})).book
    assert project(waits).payments[3] == 30_000
    assert cash_under_the_plan(waits)[3:] == cash_under_the_plan(advance(book, until))[3:]


def test_an_expense_of_today_can_be_in_the_balance_already() -> None:
    book, until = flooded(), on(FROZEN)
    (due,) = (each for each in due_on(book, until) if each.name == "Flood")
    paid = settle(book, until, Told(answers={due.id: AsPlanned()})).book
    assert money(paid) == 100_000 - 30_000
    cash = cash_under_the_plan(advance(book, until))
    assert cash_under_the_plan(paid) == cash
    later = advance(paid, on(9))
    assert money(later) == 100_000 - 30_000
    assert cash_under_the_plan(later)[:50] == cash[4:54]


def test_a_saved_loss_that_happened_under_its_plan_is_paid_for_once() -> None:
    """Whichever day is said to be that of the loss."""
    for passed in (FROZEN, 7):
        book = flooded().put(FLOOD.changed(loss_date=on(passed)))
        work = begin_settling(book, on(9)).answered(["flood"], AsPlanned())
        assert money(settled_change(work).after) == 100_000 - 30_000
        first = settled_change(begin_settling(book, on(6))).after
        again = begin_settling(first, on(9)).answered(["flood"], AsPlanned())
        assert money(settled_change(again).after) == 100_000 - 30_000


def test_a_drill_spends_nothing_and_goes_on_counting_it() -> None:
    later = advance(flooded(drill=True), on(9))
    assert money(later) == 100_000
    loss = contingency_of(later, later.accepted_plans[0])
    assert loss is not None
    assert loss.expense == 30_000


@pytest.mark.parametrize(
    "fields",
    [
        {"default_mode": LossMode.CALL},
        {"default_mode": LossMode.FREEZE},
        {"default_mode": LossMode.LIMIT_CUT, "cut_percent": 60},
        {"default_mode": LossMode.LIMIT_CUT, "cut_rule": CutRule.EXCESS_DUE_NOW},
    ],
)
def test_an_overdraft_in_flight_charges_interest_on_what_is_left_of_it(
    fields: dict[str, object],
) -> None:
    """Also on what a reserve and a sale bring meanwhile, of which no lender keeps a share."""
    aside = Account(id="aside", name="aside", balance=900_000, role=AccountRole.RESERVE)
    van = Measure(id="van", name="Van", kind=MeasureKind.SELL_ASSET, amount=90_000)
    steps = (
        PlanStep(day=on(12), option="reserve:aside:::", amount=150_000),
        PlanStep(day=on(11), option="sell_asset:van:::", amount=90_000),
    )
    advance_of_takings = Facility(
        id="takings",
        name="Takings",
        limit=900_000,
        method=RepaymentMethod.SHARE_OF_TAKINGS,
        rate_per=RatePer.PRINCIPAL,
        takings_percent=Decimal(30),
        tranches=(
            Tranche(
                id="taken",
                name="Taken",
                principal=700_000,
                next_due=DAY_0,
                method=RepaymentMethod.SHARE_OF_TAKINGS,
            ),
        ),
    )
    book = book_with(loss="over").put(OVERDRAFT.changed(**fields)).put(aside)
    book = book.put(advance_of_takings).put(van)
    book = book.put(book.accepted_plans[0].changed(steps=steps))
    for days in (13, 15, 46):
        assert_goes_on(book, days)


CARD = Facility(
    id="line",
    name="Card",
    limit=200_000,
    default_mode=LossMode.CALL,
    callable=True,
    notice_days=10,
    purchases_only=True,
    method=RepaymentMethod.STATEMENT_CYCLE,
    statement_day=10,
    due_day=28,
)


@pytest.mark.parametrize("days", [9, 15, 16, 40])
@pytest.mark.parametrize("line", [CALLED, CARD], ids=["loan", "card"])
def test_what_was_called_is_paid_on_its_day_and_owed_no_more(line: Facility, days: int) -> None:
    later = assert_goes_on(called(line), days)
    assert bool(later.facilities[0].balance) == (days <= 15)


OF_PAYMENTS = (AskKind.LONGER_TERMS, AskKind.TAX_DEFERRAL)


@pytest.mark.parametrize("ask", AskKind)
def test_what_was_agreed_about_a_called_balance_or_a_payment_goes_on(ask: AskKind) -> None:
    target, day, amount = ("wages", 10, 300_000) if ask in OF_PAYMENTS else ("line", 15, 49_000)
    deal = Measure(
        id="deal",
        name="Deal",
        kind=MeasureKind.RENEGOTIATE,
        target=target,
        ask=ask,
        arranged=True,
        cost_percent=Decimal(2),
        rate_percent=Decimal(9),
        periods=3,
    )
    step = PlanStep(day=on(day), option=f"renegotiate:deal:{target}:3:", amount=amount)
    book = called(CALLED).put(deal)
    book = book.put(book.accepted_plans[0].changed(steps=(step,)))
    for days in (17, 60):
        assert_goes_on(book, days)


def test_a_called_balance_is_listed_and_stays_due_if_it_is_not_paid() -> None:
    book, until = called(CALLED), on(30)
    listed = [each for each in due_between(book, until) if each.line == "line" and each.tranche]
    assert [each.day for each in listed] == [on(9)]
    (due,) = (each for each in due_between(book, until) if each.kind is ExpectedKind.CALLED)
    assert (due.day, due.whole) == (on(15), due.planned)
    settled = settle(book, until)
    assert settled.book == advance(book, until)
    (row,) = (each for each in settled.ledger if each.kind == ExpectedKind.CALLED)
    assert row.actual == due.planned
    unpaid = settle(book, until, Told(answers={due.id: NotYet()})).book
    assert [each.principal for each in unpaid.facilities[0].tranches] == [due.planned]
    assert money(unpaid) - money(settled.book) == due.planned


@pytest.mark.parametrize("account", ["till", "bank"])
def test_what_a_frozen_account_would_pay_is_paid_from_another(account: str) -> None:
    """From day 5 to day 20; what comes through it stays in it, and is there again at the end."""
    loss = SavedContingency(id="locked", name="Locked", targets=(account,), duration_days=15)
    sales = flow("sales", Direction.RECEIPT, 70_000, 12).changed(through=account)
    book = book_with(loss="locked").changed(
        accounts=(
            Account(id="till", name="till", balance=290_000),
            Account(id="bank", name="bank", balance=250_000),
        )
    )
    book = book.put(loss).put(sales).put(OVERDRAFT)
    for days in (4, 13, 25):
        later = assert_goes_on(book, days)
        other = next(each for each in later.accounts if each.id != account)
        assert other.balance < 0 or days != 13
    frozen = next(each for each in advance(book, on(13)).accounts if each.id == account)
    assert frozen.balance - next(e for e in book.accounts if e.id == account).balance == 70_000


@pytest.mark.parametrize("fields", [{}, {"activated_on": DAY_0}])
@pytest.mark.parametrize("below", [-150_000, 20_000])
def test_what_an_account_gave_to_one_below_zero_is_not_frozen_in_it(
    below: int, fields: dict[str, object]
) -> None:
    """All that the accounts hold together is what can be out of reach."""
    loss = SavedContingency(id="locked", name="Locked", targets=("bank",), duration_days=15)
    rent = flow("rent", Direction.PAYMENT, 60_000, 2)
    book = book_with(loss="locked").changed(
        accounts=(
            Account(id="till", name="till", balance=below),
            Account(id="bank", name="bank", balance=250_000),
        )
    )
    book = book.put(loss).put(rent)
    book = book.put(book.accepted_plans[0].changed(**fields))
    for days in (4, 13, 25):
        later = assert_goes_on(book, days)
        assert settle(book, on(days)).book == later


@pytest.mark.parametrize("percent", [100, 35])
def test_what_a_customer_does_not_pay_is_not_expected_nor_what_stops_with_it(percent: int) -> None:
    """Of a receipt of which a part is held back, that of earlier dates is lost, too."""
    loss = SavedContingency(
        id="quiet",
        name="Quiet",
        targets=("sales",),
        mode=LossMode.RECEIPTS_CUT,
        cut_percent=percent,
        duration_days=None if percent == 100 else 30,
    )
    weekly = flow("sales", Direction.RECEIPT, 70_000, -13).changed(repeat=Repeat.WEEKS)
    held = {"held_percent": 20, "held_days": 10, "haircut_percent": 5} if percent == 100 else {}
    goods = flow("goods", Direction.PAYMENT, 20_000, 2).changed(stops_with="sales")
    book = book_with(loss="quiet").put(weekly.changed(**held)).put(loss)
    book = book.put(goods.changed(repeat=Repeat.WEEKS))
    book = book.put(book.accepted_plans[0].changed(activated_on=DAY_0))
    for days in (4, 13, 50):
        assert_goes_on(book, days)
    assert settle(book, on(13)).book == advance(book, on(13))


def test_a_purchase_that_is_paid_in_cash_stands_in_the_ledger_as_paid() -> None:
    settled = settle(called(CARD), on(14))
    rows = [each for each in settled.ledger if each.record == "goods"]
    paid = {each.rule_date: (each.kind, each.actual, each.actual_day) for each in rows}
    assert paid[on(8)] == (ExpectedKind.PAYMENT, 3_000, on(8))
    assert paid[on(1)] == (ExpectedKind.PURCHASE, 3_000, on(1))
