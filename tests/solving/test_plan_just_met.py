"""Books in which what can be done just meets what is needed, or falls short of it by a day."""

from datetime import date

from backstop.contingency import all_closures, outcomes
from backstop.domain import Account, Book, CashFlow, DayCount, Direction, Facility, Tranche
from backstop.plan import draft
from backstop.projection import project


def test_a_need_that_everything_missed_just_meets_still_gets_a_plan() -> None:
    """No cash at all, a debt overdue, and one payment that may be put off or dropped whole."""
    debt = Tranche(
        id="t",
        name="t",
        day_count=DayCount.THIRTY_360,
        due_day=1,
        principal=161,
        next_due=date(2025, 4, 22),
        remaining_periods=14,
    )
    line = Facility(id="line", name="line", lead_days=None, revolving=False, tranches=(debt,))
    payment = CashFlow(
        id="payment",
        name="payment",
        first_date=date(2025, 8, 1),
        direction=Direction.PAYMENT,
        amount=10_000,
        deferrable_days=1,
        cuttable_percent=100,
    )
    book = Book(
        title="x",
        as_of=date(2025, 6, 1),
        horizon_days=304,
        facilities=(line,),
        cash_flows=(payment,),
    )
    projection = project(book)
    (outcome,) = outcomes(projection, all_closures(book))
    plan = draft(projection, outcome)
    assert plan.proved
    assert sum(each.missed for each in plan.missed) == outcome.largest_gap - 10_000


def test_no_payment_is_missed_to_keep_the_buffer() -> None:
    """A deferral of one day could serve the buffer only in part, which whole choices cannot."""
    line = Facility(id="line", name="line", lead_days=None, purchases_only=True)
    payment = CashFlow(
        id="payment",
        name="payment",
        first_date=date(2025, 6, 1),
        direction=Direction.PAYMENT,
        amount=240,
        through="line",
        deferrable_days=1,
    )
    book = Book(
        title="x",
        as_of=date(2025, 6, 1),
        horizon_days=30,
        minimum_cash=122,
        accounts=(Account(id="bank", name="bank", balance=122),),
        facilities=(line,),
        cash_flows=(payment,),
    )
    projection = project(book)
    (outcome,) = outcomes(projection, all_closures(book))
    plan = draft(projection, outcome)
    assert sum(each.missed for each in plan.missed) == outcome.largest_gap == 118
