"""A draw that falls into a freeze is made at the thaw if it still helps then; else it is lost."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from backstop.contingency import Contingency, ContingencyKind, Outcome, outcomes, sweeps
from backstop.contingency.delayed import frozen_draws
from backstop.contingency.identity import OfRecord
from backstop.contingency.losses import projection_under
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    RepaymentMethod,
)
from backstop.plan import Loss
from backstop.projection import project
from backstop.telling import Narrator, words_for
from backstop.telling.happenings import frozen_draws as said_of

DAY_0 = date(2027, 1, 1)
EN, ZH = words_for("en"), words_for("zh_CN")
FROZEN, THAW = 5, 20
LOSS = Contingency(
    OfRecord("line"), ContingencyKind.SINGLE, ("line",), FROZEN, mode=LossMode.FREEZE
)


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def flow(name: str, direction: Direction, amount: int, day: int) -> CashFlow:
    return CashFlow(id=name, name=name, direction=direction, amount=amount, first_date=on(day))


def draw(day: int, amount: int, **fields: object) -> PlannedDraw:
    made = PlannedDraw(
        id=f"draw{day}", name=f"Draw {day}", facility="line", amount=amount, first_date=on(day)
    )
    return made.changed(periods=1, **fields)


def book_of(*draws: PlannedDraw, paid_on: int, **fields: object) -> Book:
    """1,000 in hand, wages of 3,000 on day 10 and 5,000 that a customer pays; the line lends at no
    cost, for a month, and freezes from day 5 to day 20."""
    line = Facility(
        id="line",
        name="Line",
        limit=400_000,
        lead_days=0,
        last_verified=DAY_0,
        freeze_days=THAW - FROZEN,
        method=RepaymentMethod.BULLET,
        periods=1,
    )
    return Book(
        title="shop",
        as_of=DAY_0,
        horizon_days=100,
        accounts=(Account(id="till", name="till", balance=100_000),),
        facilities=(line.changed(**fields),),
        cash_flows=(
            flow("wages", Direction.PAYMENT, 300_000, 10),
            flow("invoice", Direction.RECEIPT, 500_000, paid_on),
        ),
        planned_draws=draws,
    )


def lost(book: Book, loss: Contingency = LOSS) -> Outcome:
    [outcome] = outcomes(project(book), [loss])
    return outcome


def changes(outcome: Outcome) -> dict[int, int]:
    """Cash after each day on which it changes; receipts show on the day after."""
    low = [int(each) for each in outcome.low]
    return {day: low[day] for day in range(1, len(low)) if low[day] != low[day - 1]}


def test_a_draw_that_is_still_needed_is_made_at_the_thaw_and_paid_back_from_there() -> None:
    """The customer pays on day 40: until then 2,000 are missing, and from day 20 on not any more.
    What is drawn on 21 January is due on 21 February, day 51."""
    book = book_of(draw(8, 300_000), paid_on=40)
    outcome = lost(book)
    assert changes(outcome) == {10: -200_000, THAW: 100_000, 41: 600_000, 51: 300_000}
    [found] = frozen_draws(outcome.projection, LOSS)
    assert (found.day, found.thaw, found.made, found.amount) == (8, THAW, True, 300_000)


def test_a_draw_that_helps_no_more_at_the_thaw_is_lost() -> None:
    """The customer pays on day 15: on day 20 nothing is missing any more."""
    outcome = lost(book_of(draw(8, 300_000), paid_on=15))
    assert changes(outcome) == {10: -200_000, 16: 300_000}
    [found] = frozen_draws(outcome.projection, LOSS)
    assert not found.made


def test_what_an_owner_wants_to_keep_counts_as_needed() -> None:
    book = book_of(draw(8, 300_000), paid_on=15).changed(minimum_cash=300_001)
    [found] = frozen_draws(project(book), LOSS)
    assert found.made


def test_of_two_draws_only_those_are_made_that_are_needed_once_the_first_is() -> None:
    book = book_of(draw(7, 250_000), draw(8, 50_000), paid_on=40)
    first, second = frozen_draws(project(book), LOSS)
    assert (first.made, second.made) == (True, False)


def test_a_draw_that_no_longer_fits_within_the_limit_is_lost() -> None:
    """3,000 from day 20 to day 51 and 2,000 from day 45 on are more than 4,000."""
    fits = book_of(draw(8, 300_000), draw(45, 100_000), paid_on=60)
    [found] = frozen_draws(project(fits), LOSS)
    assert found.made
    over = book_of(draw(8, 300_000), draw(45, 200_000), paid_on=60)
    [found] = frozen_draws(project(over), LOSS)
    assert not found.made


@pytest.mark.parametrize(
    "fields",
    [{"usage_until": on(THAW - 1)}, {"freeze_days": 200}],
    ids=["contract over", "beyond the horizon"],
)
def test_a_line_that_lends_nothing_at_the_thaw_loses_the_draw(fields: dict[str, object]) -> None:
    book = book_of(draw(8, 300_000), paid_on=40, **fields)
    assert changes(lost(book)) == {10: -200_000, 41: 300_000}


def test_a_line_that_closes_for_good_loses_the_draw() -> None:
    closed = replace(LOSS, mode=LossMode.NO_NEW_DRAWS)
    book = book_of(draw(8, 300_000), paid_on=40)
    assert changes(lost(book, closed)) == {10: -200_000, 41: 300_000}
    assert frozen_draws(project(book), closed) == []


def test_what_is_due_after_the_loss_follows_the_draw_to_its_new_day() -> None:
    book = book_of(draw(8, 300_000), paid_on=40)
    under = projection_under(project(book), LOSS)
    owed = [
        (int(day), int(amount))
        for day, amount, series in zip(
            under.flows.day, under.flows.amount, under.flows.series, strict=True
        )
        if under.flows.descriptions[series].record == "draw8"
    ]
    assert owed == [(THAW, 300_000), (51, 300_000)]


def test_the_worst_day_is_found_though_the_thaw_moves_with_it() -> None:
    book = book_of(draw(8, 300_000), paid_on=30)
    projection = project(book)
    [sweep] = sweeps(projection, [LOSS])
    tried = [replace(LOSS, loss_day=day) for day in range(projection.days)]
    gaps = [each.largest_gap for each in outcomes(projection, tried)]
    assert list(sweep.curve(projection.days)) == gaps


def test_the_verdict_says_what_becomes_of_the_draw() -> None:
    def said(paid_on: int, words: object = EN) -> str:
        outcome = lost(book_of(draw(8, 300_000), paid_on=paid_on))
        book = outcome.projection.book
        return said_of(Loss("Line", outcome), Narrator(book, words))  # type: ignore[arg-type]

    assert said(40) == (
        "The draw “Draw 8” of ¥3,000 on 9 January falls into the freeze and is made on 21 January "
        "instead."
    )
    assert said(15) == (
        "The draw “Draw 8” of ¥3,000 on 9 January falls into the freeze and is lost: on 21 January "
        "it would help no more."
    )
    assert said(40, ZH) == ("1月9日的提款“Draw 8”（¥3,000）落在冻结期内，改为1月21日解冻当天提款。")
