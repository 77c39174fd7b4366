"""What is drawn now and kept lets every single loss be survived, by each its own later actions."""

from datetime import date

import pytest

from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    Priority,
    RepaymentMethod,
)
from backstop.plan import answer, assess, draft, reserve_for
from backstop.plan.beforehand.drawn_now import early_draws, with_draws
from backstop.projection import project
from backstop.telling import Narrator, words_for
from backstop.telling.beforehand import early_sentence

DAY_0 = date(2026, 1, 5)


def line(name: str, **fields: object) -> Facility:
    known = {
        "limit": 200_000,
        "method": RepaymentMethod.BULLET,
        "periods": 3,
        "draw_step": 1_000,
        "last_verified": DAY_0,
    }
    return Facility(id=name, name=name, **{**known, **fields})  # type: ignore[arg-type]


def flow(name: str, amount: int, day: date, direction: Direction) -> CashFlow:
    return CashFlow(
        id=name,
        name=name,
        direction=direction,
        amount=amount,
        first_date=day,
        priority=Priority.MUST,
    )


def book(*lines: Facility) -> Book:
    """Wages of 1,000 on 15 January are paid from a draw planned for the day before."""
    return Book(
        title="x",
        as_of=DAY_0,
        horizon_days=200,
        accounts=(Account(id="till", name="till", balance=10_000),),
        facilities=lines or (line("credit"),),
        cash_flows=(
            flow("wages", 100_000, date(2026, 1, 15), Direction.PAYMENT),
            flow("sale", 300_000, date(2026, 2, 1), Direction.RECEIPT),
        ),
        planned_draws=(
            PlannedDraw(
                id="draw",
                name="draw",
                facility=(lines or (line("credit"),))[0].id,
                amount=90_000,
                first_date=date(2026, 1, 14),
                periods=3,
            ),
        ),
    )


def test_drawing_now_what_is_missing_lets_the_loss_be_survived() -> None:
    answers = assess(answer(book()))
    assert answers.not_survivable
    [early] = early_draws(answers)
    assert (early.line, early.amount) == ("credit", 90_000)
    after = assess(answer(with_draws(answers.book, {early.line: early.amount})))
    for loss in after.singles:
        assert not draft(after.projection, loss.outcome).missed


def test_the_debt_and_its_money_stand_in_the_book() -> None:
    before, after = book(), with_draws(book(), {"credit": 90_000})
    assert after.facilities[0].balance == 90_000
    assert (project(after).low - project(before).low)[1:30].tolist() == [90_000] * 29


def test_a_line_that_calls_its_money_back_is_no_help() -> None:
    called = line("credit", default_mode=LossMode.CALL, callable=True, notice_days=0)
    assert early_draws(assess(answer(book(called)))) == ()


@pytest.mark.parametrize("field", [{"limit": 90_000}, {"last_verified": None}])
def test_without_room_or_when_not_verified_nothing_is_drawn(field: dict[str, object]) -> None:
    assert early_draws(assess(answer(book(line("credit", **field))))) == ()


def test_where_another_line_helps_in_time_nothing_is_drawn_now() -> None:
    answers = assess(answer(book(line("credit"), line("other"))))
    assert not answers.not_survivable
    assert reserve_for(answers).early == ()


def test_it_is_said_with_its_cost() -> None:
    answers = assess(answer(book()))
    said = early_sentence(reserve_for(answers), Narrator(answers.book, words_for("en")))
    assert said.startswith("Or draw ¥900 from credit now, while it is open")
