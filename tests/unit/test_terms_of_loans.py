"""Terms beside the usual ones: rhythms, a first instalment at once, balloons, interest on interest,
rounding, and due days that banks move."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.contingency import Contingency, ContingencyKind
from backstop.contingency.identity import OfRecord
from backstop.contingency.losses import projection_under
from backstop.domain import (
    Adjustment,
    Book,
    CashFlow,
    Compounding,
    DayCount,
    Direction,
    EarlyEffect,
    Facility,
    LossMode,
    Origin,
    PlannedDraw,
    RepaymentMethod,
    Rhythm,
    Rounding,
    Tranche,
)
from backstop.projection import Period, draw_schedule, project, tranche_schedule
from backstop.projection.amortisation import price_of
from backstop.projection.schedules import dues_since, interest_start, left_after
from naive import half_up
from strategies import LENDING

LOANS = LENDING
DAY_0 = date(2025, 12, 1)


def line(**fields: object) -> Facility:
    """12 % a year in months of 30 days: one percent a month."""
    plain = Facility(
        id="line", name="Line", rate_percent=Decimal(12), day_count=DayCount.THIRTY_360
    )
    return plain.changed(**fields)


def owed(**fields: object) -> Tranche:
    plain = Tranche(
        id="t",
        name="T",
        principal=1_000_000,
        next_due=date(2026, 2, 28),
        remaining_periods=4,
        rate_percent=Decimal(12),
        day_count=DayCount.THIRTY_360,
    )
    return plain.changed(**fields)


# rhythms


@pytest.mark.parametrize(
    ("rhythm", "drawn", "due_day", "dues"),
    [
        (Rhythm.WEEKLY, date(2028, 2, 22), None, ["02-29", "03-07", "03-14", "03-21"]),
        (Rhythm.FORTNIGHTLY, date(2026, 12, 4), 31, ["12-18", "01-01", "01-15", "01-29"]),
        (Rhythm.QUARTERLY, date(2025, 11, 30), None, ["02-28", "05-30", "08-30", "11-30"]),
        (Rhythm.QUARTERLY, date(2027, 11, 5), 31, ["02-29", "05-31", "08-31", "11-30"]),
        (Rhythm.MONTHLY, date(2028, 1, 31), None, ["02-29", "03-31", "04-30", "05-31"]),
    ],
)
def test_instalments_come_in_their_rhythm_each_anchored_to_its_day(
    rhythm: Rhythm, drawn: date, due_day: int | None, dues: list[str]
) -> None:
    facility = line(rhythm=rhythm, due_day=due_day)
    made = draw_schedule(facility, 1_000_000, drawn, 4)
    assert [each.due.isoformat()[5:] for each in made] == dues
    begun = Origin(start=drawn, principal=1_000_000, first_due=made[0].due, periods=4)
    told = owed(origin=begun, next_due=made[0].due, rhythm=rhythm, due_day=due_day)
    assert tranche_schedule(told) == made


@pytest.mark.parametrize(
    ("rhythm", "due_day", "start"),
    [
        (Rhythm.WEEKLY, 31, date(2026, 2, 21)),
        (Rhythm.FORTNIGHTLY, None, date(2026, 2, 14)),
        (Rhythm.QUARTERLY, 31, date(2025, 11, 30)),
        (Rhythm.MONTHLY, 31, date(2026, 1, 31)),
    ],
)
def test_a_period_before_the_next_due_date_begins_its_interest(
    rhythm: Rhythm, due_day: int | None, start: date
) -> None:
    assert interest_start(owed(rhythm=rhythm, due_day=due_day), date(2026, 6, 1)) == start


def test_pay_in_4_takes_a_quarter_at_once_and_three_more_two_weeks_apart() -> None:
    """As Klarna and Afterpay describe it: 25 % now, then three times after 14 days."""
    facility = line(
        rate_percent=Decimal(0),
        method=RepaymentMethod.EQUAL_PRINCIPAL,
        rhythm=Rhythm.FORTNIGHTLY,
        first_at_once=True,
        periods=4,
        purchases_only=True,
        limit=100_000,
    )
    made = draw_schedule(facility, 40_001, date(2026, 3, 1), 4)
    assert [(each.due.isoformat(), each.total) for each in made] == [
        ("2026-03-01", 10_000),
        ("2026-03-15", 10_000),
        ("2026-03-29", 10_000),
        ("2026-04-12", 10_001),
    ]
    bought = CashFlow(
        id="b",
        name="B",
        direction=Direction.PAYMENT,
        amount=40_001,
        first_date=date(2026, 3, 1),
        through="line",
    )
    book = Book(title="B", as_of=date(2026, 2, 1), facilities=(facility,), cash_flows=(bought,))
    projection = project(book)
    paid = {int(day): int(projection.payments[day]) for day in projection.payments.nonzero()[0]}
    assert paid == {28: 10_000, 42: 10_000, 56: 10_000, 70: 10_001}


def test_a_level_payment_at_once_is_that_of_an_annuity_due() -> None:
    """P·s / (1 − (1 + s)^−n) / (1 + s)."""
    made = draw_schedule(line(first_at_once=True), 1_000_000, date(2026, 1, 5), 12)
    rate = Fraction(1, 100)
    level = 1_000_000 * rate / (1 - (1 + rate) ** -12) / (1 + rate)
    assert made[0].due == date(2026, 1, 5)
    assert (made[0].total, made[0].interest) == (half_up(level), 0)
    assert abs(made[-1].total - made[0].total) <= 12


# a balloon


def test_a_level_payment_leaves_the_balloon_for_the_last() -> None:
    """As a spreadsheet's PMT(1 %, 36, −20000, 8000): (20000 − 8000·v³⁶)·s / (1 − v³⁶)."""
    facility = line(balloon_percent=Decimal(40))
    made = draw_schedule(facility, 20_000_00, date(2026, 1, 5), 36)
    rate = Fraction(1, 100)
    worth = (1 + rate) ** -36
    level = half_up((20_000_00 - 8_000_00 * worth) * rate / (1 - worth))
    assert {each.total for each in made[:-1]} == {level}
    assert made[-1].total - level == pytest.approx(8_000_00, abs=40)
    assert sum(each.principal for each in made) == 20_000_00


@pytest.mark.parametrize("method", [RepaymentMethod.ANNUITY, RepaymentMethod.EQUAL_PRINCIPAL])
def test_what_is_left_for_the_last_stays_when_some_is_paid_early(method: RepaymentMethod) -> None:
    told = owed(
        remaining_periods=12,
        method=method,
        balloon_percent=Decimal(50),
        early_on=date(2026, 4, 30),
        early_amount=100_000,
        early_effect=EarlyEffect.SHORTEN,
    )
    made = tranche_schedule(told)
    assert made[-1].due == date(2027, 1, 28)
    assert made[-1].principal >= 500_000
    assert made[-2].principal < 60_000
    assert sum(each.principal for each in made) == 1_000_000


def test_equal_parts_of_the_rest_come_before_a_balloon() -> None:
    facility = line(balloon_percent=Decimal("25"), method=RepaymentMethod.EQUAL_PRINCIPAL)
    made = draw_schedule(facility, 1_000_000, date(2026, 1, 5), 5)
    assert [each.principal for each in made] == [150_000] * 4 + [400_000]


# interest on interest


@pytest.mark.parametrize(
    ("compounding", "rate", "years", "total"),
    [  # 10,000 at 8 % for three years; 1,000 at 12 % a year added monthly: the usual textbook sums
        (Compounding.YEARLY, "8", 3, 12_597_12),
        (Compounding.MONTHLY, "12", 1, 11_268_25),
        (Compounding.QUARTERLY, "8", 1, 10_824_32),
        (Compounding.NEVER, "8", 3, 12_400_00),
    ],
)
def test_what_is_due_whole_may_bear_interest_on_interest(
    compounding: Compounding, rate: str, years: int, total: int
) -> None:
    facility = line(
        method=RepaymentMethod.BULLET, compounding=compounding, rate_percent=Decimal(rate)
    )
    [only] = draw_schedule(facility, 10_000_00, date(2026, 1, 5), 12 * years)
    assert only.total == pytest.approx(total, abs=2)
    day = only.due
    begun = Origin(start=date(2026, 1, 5), principal=10_000_00, first_due=day, periods=1)
    told = owed(
        origin=begun,
        principal=10_000_00,
        next_due=day,
        remaining_periods=1,
        method=RepaymentMethod.BULLET,
        compounding=compounding,
        rate_percent=Decimal(rate),
    )
    assert tranche_schedule(told) == [only]


def test_compound_interest_up_to_a_day_is_what_has_been_added_and_what_has_run_since() -> None:
    price = price_of(line(method=RepaymentMethod.BULLET, compounding=Compounding.MONTHLY))
    start, due = date(2026, 1, 5), date(2026, 7, 5)
    whole = price.interest(1_000_000, start, due)
    assert whole == 61_520  # 1.01 to the sixth, each month rounded
    period = Period(start, due, 1_000_000, whole)
    assert price.interest_if_paid(period, 1_000_000, date(2026, 3, 20)) == 20_100 + 5_101
    assert price.interest_if_paid(period, 0, date(2026, 3, 20)) == whole
    half = price.interest_if_paid(period, 500_000, date(2026, 2, 5))
    assert half == 10_000 + sum_of_months(510_000, 5)


def sum_of_months(balance: int, months: int) -> int:
    added = 0
    for _ in range(months):
        added += half_up(Fraction(balance + added, 100))
    return added


# rounding


@given(
    st.sampled_from(LOANS),
    st.integers(10_000, 10**9),
    st.integers(1, 3600),
    st.integers(1, 48),
    st.sampled_from(DayCount),
)
def test_fractions_carried_make_the_interest_that_is_rounded_once(
    method: RepaymentMethod, amount: int, hundredths: int, periods: int, day_count: DayCount
) -> None:
    facility = line(
        method=method,
        rate_percent=Decimal(hundredths) / 100,
        day_count=day_count,
        rounding=Rounding.CARRIED,
    )
    made = draw_schedule(facility, amount, date(2026, 1, 31), periods)
    price, exact, balance = price_of(facility), Fraction(0), amount
    for each in made:
        exact += Fraction(balance * price.share(each.since, each.due), price.unit)
        balance -= each.principal
    assert sum(each.interest for each in made) == half_up(exact)


# due days that banks move


def case(**terms: object) -> Book:
    """A loan of 10,000.00 due on the 1st of each month, in a country with long holidays."""
    told = owed(
        method=RepaymentMethod.INTEREST_FIRST,
        interest_from=date(2026, 9, 1),
        next_due=date(2026, 10, 1),
        day_count=DayCount.ACTUAL_360,
    )
    how = {"callable": True, "default_mode": LossMode.CALL, "notice_days": 0}
    facility = line(tranches=(told,), **how, **terms)
    return Book(
        title="B", as_of=date(2026, 9, 2), horizon_days=200, country="CN", facilities=(facility,)
    )


@pytest.mark.parametrize(
    ("adjustment", "days"),
    [
        (Adjustment.NONE, ["10-01", "11-01", "12-01", "01-01"]),
        (Adjustment.FOLLOWING, ["10-08", "11-02", "12-01", "01-04"]),
        (Adjustment.PRECEDING, ["09-30", "10-30", "12-01", "12-31"]),
    ],
)
def test_a_due_day_moves_alone_and_its_interest_not_at_all(
    adjustment: Adjustment, days: list[str]
) -> None:
    projection = project(case(due_adjustment=adjustment))
    flows = projection.flows
    assert [projection.date_of(day).isoformat()[5:] for day in flows.day] == days
    assert [int(each) for each in flows.amount - flows.principal] == [
        half_up(Fraction(1_000_000 * 12 * length, 36_000)) for length in (30, 31, 30, 31)
    ]


@pytest.mark.parametrize("adjustment", Adjustment)
def test_a_called_balance_bears_interest_by_the_days_of_the_contract(
    adjustment: Adjustment,
) -> None:
    """Called for 12 October: eleven days of the second period, whenever its due day falls."""
    projection = project(case(due_adjustment=adjustment))
    day = projection.day_of(date(2026, 10, 12))
    loss = Contingency(
        OfRecord("x"), ContingencyKind.SINGLE, ("line",), loss_day=day, mode=LossMode.CALL
    )
    under = projection_under(projection, loss)
    run_up = half_up(Fraction(1_000_000 * 12 * 11, 36_000))
    assert int(under.payments[day]) == 1_000_000 + run_up


def test_planned_draws_follow_the_calendar_too() -> None:
    draw = PlannedDraw(
        id="d", name="D", facility="line", amount=1_000_000, periods=2, first_date=date(2026, 9, 5)
    )
    facility = line(due_day=3, due_adjustment=Adjustment.FOLLOWING)
    book = Book(
        title="B",
        as_of=date(2026, 9, 2),
        country="CN",
        facilities=(facility,),
        planned_draws=(draw,),
    )
    projection = project(book)
    paid = [projection.date_of(int(day)) for day in projection.payments.nonzero()[0]]
    assert paid == [date(2026, 10, 8), date(2026, 11, 3)]


# paid instalment by instalment


@pytest.mark.parametrize("rounding", Rounding)
@pytest.mark.parametrize("rhythm", Rhythm)
@pytest.mark.parametrize("method", LOANS)
def test_what_is_left_is_the_rest_of_the_whole_schedule_in_every_rhythm(
    method: RepaymentMethod, rhythm: Rhythm, rounding: Rounding
) -> None:
    begun = Origin(
        start=date(2025, 3, 17), principal=1_234_567, first_due=date(2025, 3, 31), periods=9
    )
    whole = owed(
        origin=begun,
        principal=1_234_567,
        next_due=begun.first_due,
        remaining_periods=9,
        due_day=31,
        method=method,
        rhythm=rhythm,
        rounding=rounding,
        balloon_percent=Decimal(30),
        day_count=DayCount.ACTUAL_365,
    )
    made, dues = tranche_schedule(whole), dues_since(whole, begun)
    assert all(a < b for a, b in pairwise(dues))
    for paid in range(9):
        left = left_after(whole, begun, paid)
        cut = whole.changed(paid_instalments=paid, **left._asdict())
        assert tranche_schedule(cut, date(2026, 1, 5)) == [e for e in made if e.due >= dues[paid]]


def test_what_is_due_on_the_day_of_an_early_payment_still_waits_for_the_bank() -> None:
    """Both on Sunday 7 December 2025: the owner pays early that day, the instalment is taken on
    Monday."""
    sunday = date(2025, 12, 7)
    owed = Tranche(
        id="t",
        name="T",
        principal=300_000,
        next_due=sunday,
        remaining_periods=3,
        method=RepaymentMethod.EQUAL_PRINCIPAL,
        early_on=sunday,
        early_amount=50_000,
    )
    facility = line(due_adjustment=Adjustment.FOLLOWING, tranches=(owed,))
    projection = project(Book(title="B", as_of=DAY_0, horizon_days=20, facilities=(facility,)))
    paid = [int(each) for each in projection.payments[6:8]]
    assert paid == [50_000, 100_000]


def test_an_instalment_may_be_paid_before_its_period_in_a_long_holiday() -> None:
    """Weekly in China's closed days of 1 to 8 October 2025: what is due on the 1st and what is due
    on the 8th are both paid on 30 September, the last day on which banks are open."""
    first = date(2025, 9, 24)
    draw = PlannedDraw(
        id="d", name="D", facility="line", amount=900_000, periods=3, first_date=first
    )
    terms = {"rhythm": Rhythm.WEEKLY, "due_adjustment": Adjustment.PRECEDING}
    book = Book(
        title="B",
        country="CN",
        as_of=first,
        facilities=(line(**terms),),
        planned_draws=(draw,),
    )
    projection = project(book)
    paid = [projection.date_of(int(day)) for day in projection.payments.nonzero()[0]]
    assert paid == [date(2025, 9, 30), date(2025, 10, 15)]


def test_a_first_instalment_at_once_is_never_paid_before_its_draw() -> None:
    """Drawn on Saturday 20 December 2025; the Friday before it is too early."""
    saturday = date(2025, 12, 20)
    draw = PlannedDraw(
        id="d", name="D", facility="line", amount=1_000_000, periods=2, first_date=saturday
    )
    facility = line(first_at_once=True, due_adjustment=Adjustment.PRECEDING)
    book = Book(title="B", as_of=DAY_0, facilities=(facility,), planned_draws=(draw,))
    projection = project(book)
    paid = [projection.date_of(int(day)) for day in projection.payments.nonzero()[0]]
    assert paid == [saturday, date(2026, 1, 20)]
