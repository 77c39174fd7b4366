"""A plan for a later day: days that are over by then are no matter of it. The authority is the book
that is brought to that day."""

from datetime import date, timedelta

import pytest

from backstop.contingency import nothing_lost, outcomes, projection_of_now
from backstop.domain import Account, AccountRole, Book, CashFlow, Direction, Repeat
from backstop.plan import draft
from backstop.plan.drafting.model import model_of
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import Situation, situation_of
from backstop.plan.solver.funding import FundingProgram
from backstop.settling import advance

DAY_0 = date(2027, 1, 1)
NOW = 20


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def flow(name: str, direction: Direction, amount: int, day: int, **fields: object) -> CashFlow:
    plain = CashFlow(id=name, name=name, direction=direction, amount=amount, first_date=on(day))
    return plain.changed(**fields)


BOOK = Book(
    title="shop",
    as_of=DAY_0,
    horizon_days=90,
    minimum_cash=10_000,
    accounts=(
        Account(id="till", name="till", balance=800_000),
        Account(id="aside", name="aside", balance=300_000, role=AccountRole.RESERVE),
    ),
    cash_flows=(
        flow("rent", Direction.PAYMENT, 40_000, 2, repeat=Repeat.WEEKS, deferrable_days=20),
        flow("machine", Direction.PAYMENT, 745_000, 4),
        flow("invoice", Direction.RECEIPT, 400_000, 9),
        flow("sales", Direction.RECEIPT, 30_000, 3, repeat=Repeat.WEEKS),
        flow("wages", Direction.PAYMENT, 350_000, 45),
    ),
)
"""Below the buffer on day 4 already, and short from day 45 on."""


def situations() -> tuple[Situation, Situation]:
    """The old book asked for that day, and the later book."""
    later = advance(BOOK, on(NOW)).changed(horizon_days=BOOK.horizon_days - NOW)
    asked = (projection_of_now(BOOK, NOW), NOW), (projection_of_now(later), 0)
    old, new = (
        situation_of(projection, outcomes(projection, [nothing_lost(day)])[0])
        for projection, day in asked
    )
    return old, new


def test_the_same_program_is_solved_for_it() -> None:
    before, after = situations()
    assert before.projection.buffer.max() > before.outcome.low[:NOW].min() >= 0
    assert (before.need_days - NOW).tolist() == after.need_days.tolist()
    assert before.friction == after.friction
    programs = [FundingProgram(model_of(each, offers_for(each))) for each in (before, after)]
    mine, theirs = (vars(each.program) for each in programs)
    assert [mine[name] for name in ("_lower", "_upper", "_integer")] == [
        theirs[name] for name in ("_lower", "_upper", "_integer")
    ]
    assert mine["_rows"] == theirs["_rows"]
    costs = [each.costs() for each in programs]
    assert costs[0] == pytest.approx(costs[1])


def test_the_same_plan_is_made_for_it() -> None:
    before, after = (draft(each.projection, each.outcome).actions for each in situations())
    made = [(each.day - NOW, each.kind, each.source, each.amount) for each in before]
    assert made == [(each.day, each.kind, each.source, each.amount) for each in after]
    assert made
