"""A book with lines that are really gone, or accounts that are frozen, brought to a later day."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from backstop.contingency import (
    Contingency,
    ContingencyKind,
    OfRecord,
    low_under,
    projection_of_now,
)
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    RepaymentMethod,
    Repeat,
    SavedContingency,
)
from backstop.projection import project
from backstop.services.settling import begin_settling, offered_draws, settled_change
from backstop.settling import AS_PLANNED, ExpectedKind, Told, advance, due_between, settle
from living import Compared, broken_on

DAY = date(2026, 12, 1)
LATER = DAY + timedelta(days=20)


def monthly(id_: str, direction: Direction, amount: int, **fields: object) -> CashFlow:
    known = {"id": id_, "name": id_, "first_date": DAY + timedelta(days=4)}
    return CashFlow(
        **known | fields,  # type: ignore[arg-type]  # fields by name
        direction=direction,
        amount=amount,
        repeat=Repeat.MONTHS,
    )


BOOK = Book(
    title="Gone",
    as_of=DAY,
    horizon_days=90,
    accounts=(
        Account(id="bank", name="Bank", balance=900_000),
        Account(id="wallet", name="Wallet", balance=50_000),
    ),
    facilities=(
        Facility(id="loan", name="Loan", limit=500_000),
        Facility(id="card", name="Card", limit=500_000, purchases_only=True),
    ),
    cash_flows=(
        monthly("goods", Direction.PAYMENT, 7_000, through="card"),
        monthly("rent", Direction.PAYMENT, 30_000),
        monthly("sales", Direction.RECEIPT, 20_000, through="wallet"),
    ),
    planned_draws=(
        PlannedDraw(
            id="more",
            name="More",
            facility="loan",
            amount=10_000,
            first_date=DAY + timedelta(days=6),
        ),
    ),
)


def gone(*lines: str, since: date = DAY) -> Book:
    book = BOOK
    for each in lines:
        book = book.put(book.by_id[each].changed(lost_since=since))
    return book


def balances(book: Book) -> dict[str, int]:
    return {each.id: each.balance for each in book.accounts}


def test_what_hangs_on_a_line_that_is_gone_is_not_expected() -> None:
    kinds = {each.record: each.kind for each in due_between(gone("loan", "card"), LATER)}
    assert "more" not in kinds
    assert kinds["goods"] is ExpectedKind.PAYMENT
    assert kinds["rent"] is ExpectedKind.PAYMENT


def test_what_comes_before_the_day_on_which_it_went_still_does() -> None:
    book = gone("loan", "card", since=DAY + timedelta(days=5))
    kinds = {each.record: each.kind for each in due_between(book, LATER)}
    assert "more" not in kinds
    assert kinds["goods"] is ExpectedKind.PURCHASE


def test_nothing_is_drawn_on_it_and_purchases_are_paid_in_cash() -> None:
    later = advance(gone("loan", "card"), LATER)
    assert balances(later) == {"bank": 900_000 - 7_000 - 30_000, "wallet": 70_000}
    assert all(not each.tranches for each in later.facilities)


def test_the_law_holds_for_it() -> None:
    for since in (-9, 0, 5, 40):
        book = gone("loan", "card", since=DAY + timedelta(days=since))
        for days in (1, 5, 7, 20, 45):
            assert broken_on(book, DAY + timedelta(days=days), Random(days)) is None


def test_the_law_holds_for_a_card_that_is_gone_and_owed_its_owner_money() -> None:
    """A purchase that is paid in cash pays no debt back, whether bills are reckoned whole, as long
    as there is a credit, or not."""
    card = BOOK.by_id["card"].changed(
        method=RepaymentMethod.STATEMENT_CYCLE, statement_day=1, due_day=9, credit_balance=5_000
    )
    for since in (-3, 8):
        book = BOOK.put(card.changed(lost_since=DAY + timedelta(days=since)))
        for days in (1, 5, 20, 45):
            assert broken_on(book, DAY + timedelta(days=days), Random(days)) is None


def test_a_line_that_is_said_to_be_gone_is_gone_in_the_book() -> None:
    since = DAY + timedelta(days=9)
    later = settle(BOOK, LATER, Told(gone={"card": since})).book.by_id["card"]
    assert isinstance(later, Facility)
    assert later.lost_since == since


def test_a_saved_loss_that_happened_takes_its_lines_from_its_day_on() -> None:
    day = DAY + timedelta(days=8)
    loss = SavedContingency(id="shut", name="Shut", targets=("loan",), loss_date=day)
    work = begin_settling(BOOK.put(loss), LATER)
    later = settled_change(work.answered(["shut"], AS_PLANNED)).after.by_id["loan"]
    assert isinstance(later, Facility)
    assert later.lost_since == day


def test_the_standing_rule_offers_no_draw_on_a_line_that_is_gone() -> None:
    known = BOOK.by_id["loan"].changed(lead_days=0, last_verified=DAY)
    low = BOOK.put(known).changed(minimum_cash=1_000_000, standing_draws=("loan",))
    assert offered_draws(low, LATER)
    lost = low.put(low.by_id["loan"].changed(lost_since=DAY))
    assert offered_draws(lost, LATER) == ()


def assert_cash_goes_on(book: Book, day: date) -> None:
    """As it was to, and under each loss a day later; what came back after the freeze in parts may
    come as one."""
    size = (book.as_of - day).days + book.horizon_days + 1
    old, new = Compared(book, day), Compared(advance(book, day), day)
    assert old.cash(size) == new.cash(size)
    losses = [each.losses(1, Random(1)) for each in (old, new)]
    assert old.under(losses[0], size) == new.under(losses[1], size)


def test_a_frozen_account_pays_nothing_while_it_is_frozen() -> None:
    """What would be paid from it is paid from the next one; what comes through it stays in it."""
    book = BOOK.changed(cash_flows=BOOK.cash_flows[1:])
    for frozen in ("bank", "wallet"):
        until = DAY + timedelta(days=40)
        locked = book.put(book.by_id[frozen].changed(frozen_until=until))
        locked = locked.put(locked.by_id["card"].changed(lost_since=DAY))
        if frozen == "bank":
            locked = locked.put(locked.by_id["wallet"].changed(balance=800_000))
        for days in (1, 5, 7, 20, 38, 40, 45):
            assert_cash_goes_on(locked, DAY + timedelta(days=days))
    locked = BOOK.put(BOOK.by_id["bank"].changed(frozen_until=DAY + timedelta(days=40)))
    assert balances(advance(locked, LATER)) == {
        "bank": 900_000,
        "wallet": 50_000 + 20_000 - 30_000 + 10_000,
    }


def test_interest_is_charged_once_under_a_loss_beside_a_line_that_is_gone() -> None:
    """A line that is gone makes the interest of an overdraft another one; the next loss again."""
    terms = {"method": RepaymentMethod.OVERDRAFT, "rate_percent": Decimal(36)}
    overdraft = Facility(id="over", name="Over", limit=5_000_000, **terms)  # type: ignore[arg-type]
    poor = BOOK.put(overdraft).put(BOOK.by_id["bank"].changed(balance=-500_000))
    taken = poor.put(poor.by_id["more"].changed(first_date=DAY))
    without = taken.without("more")
    lost = taken.put(taken.by_id["loan"].changed(lost_since=DAY))
    loss = Contingency(OfRecord("sales"), ContingencyKind.SINGLE, ("sales",), 3)
    loss = replace(loss, mode=LossMode.RECEIPTS_CUT, cut_percent=100)
    found, expected = (low_under(projection_of_now(each), [loss])[0] for each in (lost, without))
    assert found.tolist() == expected.tolist()
    assert found[-1] != low_under(project(taken), [loss])[0][-1]
