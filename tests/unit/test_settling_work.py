"""A settling in work: a value, another one with each answer, and one change at its end."""

from datetime import date, timedelta

import msgspec
import pytest

from backstop.domain import (
    Account,
    BadInput,
    Book,
    CashFlow,
    Direction,
    Facility,
    RepaymentMethod,
    Repeat,
    SavedContingency,
)
from backstop.services.ledger import by_month
from backstop.services.settling import begin_settling, owed_otherwise, settled_change
from backstop.services.settling_items import DueItem, OfferedDraw, PassedLoss
from backstop.services.settling_words import answer_said
from backstop.settling import AsPlanned, Extra, ExtraKind, Happened, NotYet, WillNot, advance
from backstop.telling import Narrator, words_for

DAY = date(2026, 11, 21)
ONE = timedelta(days=1)
TODAY = DAY + timedelta(days=9)


@pytest.fixture
def book() -> Book:
    return Book(
        title="Shop",
        as_of=DAY,
        minimum_cash=100_00,
        accounts=(Account(id="till", name="Till", balance=1_000_00),),
        facilities=(
            Facility(
                id="jiebei",
                name="Jiebei",
                limit=9_000_00,
                method=RepaymentMethod.BULLET,
                last_verified=DAY,
            ),
        ),
        cash_flows=(
            flow("rent", Direction.PAYMENT, 700_00, DAY + timedelta(days=3)),
            flow("sales", Direction.RECEIPT, 900_00, DAY + timedelta(days=5)),
            flow("today", Direction.PAYMENT, 50_00, TODAY),
        ),
    )


def flow(record_id: str, direction: Direction, amount: int, first: date) -> CashFlow:
    return CashFlow(
        id=record_id,
        name=record_id.title(),
        direction=direction,
        amount=amount,
        first_date=first,
        repeat=Repeat.MONTHS,
    )


def test_what_was_due_counts_as_planned_and_todays_is_still_to_come(book: Book) -> None:
    work = begin_settling(book, TODAY)
    assert [(each.id, each.day) for each in work.items] == [
        ("rent@2026-11-24", DAY + timedelta(days=3)),
        ("sales@2026-11-26", DAY + timedelta(days=5)),
        ("today@2026-11-30", TODAY),
    ]
    assert [type(work.answer_to(each)) for each in work.items] == [AsPlanned, AsPlanned, NotYet]
    change = settled_change(work)
    assert change.after == advance(book, TODAY)
    assert change.after.accounts[0].balance == 1_200_00
    assert [each.record for each in change.settled] == ["rent", "sales"]


def test_an_answer_makes_another_value_and_may_be_taken_back(book: Book) -> None:
    work = begin_settling(book, TODAY)
    rent = work.items[0]
    other = work.answered([rent.id], Happened(650_00))
    assert work.answer_to(rent) == AsPlanned()
    assert other.answer_to(rent) == Happened(650_00)
    assert other.told.answers == {rent.id: Happened(650_00)}
    assert other.answered([rent.id], None).told == work.told


def test_going_back_is_refused_in_words(book: Book) -> None:
    with pytest.raises(BadInput, match="cannot go back to 2026-11-20"):
        begin_settling(book, DAY - timedelta(days=1))


def test_what_was_said_stays_said_when_the_book_is_edited(book: Book) -> None:
    said = begin_settling(book, TODAY).answered(["rent@2026-11-24"], WillNot())
    said = said.with_balance("till", 1_250_00).with_limit("jiebei", 5_000_00)
    edited = book.without("sales")
    goes_on = begin_settling(edited, TODAY).going_on_from(said)
    assert [each.id for each in goes_on.items] == ["rent@2026-11-24", "today@2026-11-30"]
    assert goes_on.told.answers == {"rent@2026-11-24": WillNot()}
    assert (goes_on.balances, goes_on.limits) == ({"till": 1_250_00}, {"jiebei": 5_000_00})


def test_a_balance_that_differs_is_kept_as_unexplained(book: Book) -> None:
    work = begin_settling(book, TODAY).with_balance("till", 1_250_00)
    (till,) = work.result.accounts
    assert (till.computed, till.shown, till.unexplained) == (1_200_00, 1_250_00, 50_00)
    change = settled_change(work)
    assert change.after.accounts[0].balance == 1_250_00
    assert [(each.kind, each.actual) for each in change.settled[2:]] == [("unexplained", 50_00)]
    assert work.with_balance("till", None).result.accounts[0].shown is None


def test_a_limit_seen_lower_is_in_the_lines_history(book: Book) -> None:
    change = settled_change(begin_settling(book, TODAY).with_limit("jiebei", 5_000_00))
    line = change.after.facilities[0]
    assert line.limit_on(TODAY) == 5_000_00
    assert [(each.from_day, each.limit) for each in line.limit_changes] == [(TODAY, 5_000_00)]


def test_a_standing_draw_is_offered_and_not_made(book: Book) -> None:
    short = book.put(book.accounts[0].changed(balance=500_00))
    short = short.changed(standing_draws=("jiebei",))
    work = begin_settling(short, TODAY)
    (offered,) = (each for each in work.items if isinstance(each, OfferedDraw))
    assert (offered.day, offered.amount) == (DAY + timedelta(days=3), 300_00)
    assert work.answer_to(offered) == WillNot()
    assert work.told.extras == ()
    taken = work.answered([offered.id], AsPlanned())
    assert taken.told.extras == (
        Extra(ExtraKind.DRAW, offered.day, 300_00, line="jiebei", periods=12),
    )


def test_a_saved_loss_whose_day_has_passed_is_asked_about(book: Book) -> None:
    loss = SavedContingency(
        id="gone", name="Jiebei shuts", targets=("jiebei",), loss_date=DAY + timedelta(days=1)
    )
    work = begin_settling(book.put(loss), TODAY)
    (asked,) = (each for each in work.items if isinstance(each, PassedLoss))
    assert work.told.gone == {}
    kept = settled_change(work).after.contingencies[0]
    assert kept.loss_date == loss.loss_date, "nothing is said, so it will be asked again"
    happened = work.answered([asked.id], AsPlanned())
    assert happened.told.gone == {"jiebei": loss.loss_date}
    did_not = settled_change(work.answered([asked.id], WillNot())).after
    assert did_not.contingencies[0].loss_date is None


def test_something_else_that_will_recur_becomes_a_rule(book: Book) -> None:
    extra = Extra(ExtraKind.PAYMENT, DAY + timedelta(days=2), 30_00, name="Parking")
    work = begin_settling(book, TODAY).with_other(extra, recurs=True)
    assert next(each.id for each in work.items) == "other-1"
    after = settled_change(work).after
    (rule,) = (each for each in after.cash_flows if each.name == "Parking")
    assert (rule.amount, rule.repeat, rule.first_date) == (30_00, Repeat.MONTHS, extra.day)
    assert not [
        each
        for each in begin_settling(after, TODAY + timedelta(days=1)).items
        if isinstance(each, DueItem) and each.due.record == rule.id
    ], "it was paid already"
    assert work.without_other("other-1").others == ()


def test_what_is_not_over_did_not_happen(book: Book) -> None:
    extra = Extra(ExtraKind.PAYMENT, TODAY + timedelta(days=1), 30_00, name="Parking")
    with pytest.raises(BadInput, match="not over yet"):
        begin_settling(book, TODAY).with_other(extra)


def test_what_is_owed_otherwise_than_follows_is_kept_by_its_name(book: Book) -> None:
    work = begin_settling(book, TODAY).with_owed("jiebei", 300_00)
    assert owed_otherwise(work) == {"jiebei": 300_00}
    change = settled_change(work)
    (row,) = (each for each in change.settled if each.kind == "unexplained")
    assert (row.record, row.actual, row.account) == ("jiebei", -300_00, "")
    assert [each.unexplained for each in by_month(change.settled)] == [0]
    assert owed_otherwise(work.with_owed("jiebei", 0)) == {}


PASSED = DAY + timedelta(days=1)


def after_loss(book: Book, **fields: object) -> Book:
    """The book settled, the saved loss having happened."""
    loss = msgspec.convert(
        {"id": "loss", "name": "Loss", "loss_date": PASSED, **fields}, SavedContingency
    )
    work = begin_settling(book.put(loss), TODAY)
    return settled_change(work.answered(["loss"], AsPlanned())).after


def test_a_cut_that_happened_leaves_the_line_what_was_not_cut(book: Book) -> None:
    after = after_loss(book, targets=("jiebei",), mode="limit_cut", cut_percent=40)
    (line,) = after.facilities
    assert (line.lost_since, line.limit_on(PASSED - ONE), line.limit_on(TODAY)) == (
        None,
        9_000_00,
        5_400_00,
    )
    assert line.limit_changes[0].from_day == PASSED


def test_a_freeze_that_happened_ends_as_the_loss_says(book: Book) -> None:
    after = after_loss(book, targets=("jiebei",), mode="freeze", duration_days=30)
    (line,) = after.facilities
    last = PASSED + timedelta(days=29)
    assert line.lost_since is None
    assert [line.limit_on(day) for day in (PASSED, last, last + ONE)] == [0, 0, 9_000_00]


@pytest.mark.parametrize("lasts", [30, None])
def test_an_account_that_was_frozen_is_out_of_reach(book: Book, lasts: int | None) -> None:
    after = after_loss(book, targets=("till",), duration_days=lasts)
    ends = TODAY + timedelta(days=book.horizon_days) if lasts is None else PASSED + lasts * ONE
    assert after.accounts[0].frozen_until == ends


def test_a_freeze_of_an_account_that_is_over_is_none(book: Book) -> None:
    assert after_loss(book, targets=("till",), duration_days=3).accounts[0].frozen_until is None


def test_a_sudden_expense_that_happened_was_paid(book: Book) -> None:
    after = after_loss(book, targets=(), expense=200_00)
    planned = advance(book, TODAY).accounts[0].balance
    assert after.accounts[0].balance == planned - 200_00


def test_what_is_not_yet_there_is_expected_and_what_is_not_yet_paid_is_due(book: Book) -> None:
    texts = {}
    for item in begin_settling(book, TODAY).past:
        narrator = Narrator(book, words_for("zh_CN"))
        texts[item.id.partition("@")[0]] = answer_said(item, NotYet(TODAY), TODAY, narrator)
    assert texts == {"rent": "还没有，今天应付", "sales": "还没有，预计今天到账"}
