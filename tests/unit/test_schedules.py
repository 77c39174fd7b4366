"""Schedules beyond the plain ones: grace, changing rates, paying early, lenders' own, minimums."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.domain import (
    BadInput,
    CashFlow,
    DayCount,
    Direction,
    EarlyEffect,
    Facility,
    MinimumBase,
    Moved,
    RateChange,
    RatePer,
    RepaymentMethod,
    Repeat,
    ScheduleRow,
    Tranche,
)
from backstop.projection import (
    draw_cost,
    draw_schedule,
    interest_free_days,
    occurrences,
    tranche_cost,
    tranche_schedule,
    upcoming,
)

DAY = date(2026, 1, 5)


def line(**fields: object) -> Facility:
    """12 % a year in months of 30 days: one percent a month."""
    plain = Facility(
        id="line", name="Line", rate_percent=Decimal(12), day_count=DayCount.THIRTY_360
    )
    return plain.changed(**fields)


def tranche(**fields: object) -> Tranche:
    """120,000 in twelve instalments from 5 February 2026, at one percent a month."""
    plain = Tranche(
        id="t",
        name="T",
        principal=120_000,
        next_due=date(2026, 2, 5),
        remaining_periods=12,
        rate_percent=Decimal(12),
        day_count=DayCount.THIRTY_360,
    )
    return plain.changed(**fields)


def test_six_months_of_interest_then_six_of_annuity() -> None:
    """The 6+6 of Jiebei: 1 % of 100,000 six times, then 100,000 in six level instalments."""
    made = draw_schedule(line(interest_only_periods=6), 100_000, DAY, 12)
    assert [each.total for each in made[:6]] == [1_000] * 6
    assert [each.total for each in made[6:11]] == [17_255] * 5
    assert sum(each.principal for each in made) == 100_000


def test_in_grace_nothing_is_due_and_interest_waits_for_the_first_payment() -> None:
    facility = line(grace_periods=3, method=RepaymentMethod.EQUAL_PRINCIPAL)
    made = draw_schedule(facility, 90_000, DAY, 6)
    assert [each.due.month for each in made] == [5, 6, 7]
    assert [each.principal for each in made] == [30_000] * 3
    assert [each.interest for each in made] == [3_600, 600, 300]


def test_a_rate_that_changes_counts_from_its_day_and_sets_the_level_anew() -> None:
    changed = line(rate_changes=(RateChange(from_day=date(2026, 4, 5), percent=Decimal(24)),))
    made = draw_schedule(changed, 100_000, DAY, 6)
    plain = draw_schedule(line(), 100_000, DAY, 6)
    assert made[:3] == plain[:3]
    owed = 100_000 - sum(each.principal for each in made[:3])
    assert made[3].interest == round(owed * 0.02)
    assert made[3].total == made[4].total > plain[3].total


@pytest.mark.parametrize("effect", EarlyEffect)
def test_paying_early_shortens_or_lowers_what_follows(effect: EarlyEffect) -> None:
    plain = tranche_schedule(tranche())
    early = tranche(
        early_on=date(2026, 4, 5),
        early_amount=45_000,
        early_effect=effect,
        early_fee_percent=Decimal(1),
    )
    made = tranche_schedule(early)
    assert made[:3] == plain[:3]
    assert (made[3].due, made[3].principal, made[3].interest) == (date(2026, 4, 5), 45_000, 450)
    rest = made[4:]
    assert sum(each.principal for each in made) == 120_000
    if effect is EarlyEffect.LOWER:
        assert len(rest) == 9
        assert rest[0].total < plain[3].total
    else:
        assert len(rest) == 5
        assert max(each.total for each in rest[:-1]) <= plain[3].total


def test_all_paid_early_leaves_nothing_and_what_lies_in_the_past_changes_nothing() -> None:
    early = tranche(early_on=date(2026, 4, 20), early_amount=10**9)
    assert tranche_schedule(early)[-1].due == date(2026, 4, 20)
    assert tranche_schedule(early, date(2026, 5, 1)) == tranche_schedule(tranche())


@pytest.mark.parametrize("amount", [45_000, 10**9])
@pytest.mark.parametrize("method", [RepaymentMethod.ANNUITY, RepaymentMethod.BULLET])
def test_what_has_run_up_is_due_with_a_payment_made_early(
    method: RepaymentMethod, amount: int
) -> None:
    """Due with the next payment, whichever that is: it does not wait, nor go with the last."""
    early = tranche(method=method, early_on=date(2026, 1, 3), early_amount=amount)
    plain = tranche_schedule(early)
    assert plain[0].due == date(2026, 1, 3)
    first, *later = tranche_schedule(early.changed(charges=777))
    assert first == plain[0]._replace(interest=plain[0].interest + 777)
    assert later == plain[1:]


def row(month: int, principal: int, interest: int, total: int | None = None) -> ScheduleRow:
    due = date(2026, month, 5)
    total = principal + interest if total is None else total
    return ScheduleRow(due=due, principal=principal, interest=interest, total=total)


def test_a_lenders_own_schedule_counts_as_it_is() -> None:
    made = tranche_schedule(tranche(imported=(row(2, 70_000, 1_234), row(5, 50_000, 99))))
    assert [(each.due.month, each.principal, each.interest) for each in made] == [
        (2, 70_000, 1_234),
        (5, 50_000, 99),
    ]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ((row(2, 70_000, 1), row(3, 50_000, 1, 50_002)), "row 2, principal and interest"),
        ((row(3, 70_000, 1), row(2, 50_000, 1)), "row 2 is due on"),
        ((row(2, 70_000, 1), row(3, 49_999, 1)), "adds up to 119999, but 120000"),
    ],
)
def test_an_imported_schedule_that_does_not_add_up_is_refused_by_its_row(
    rows: tuple[ScheduleRow, ...], said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        tranche(imported=rows)


@given(strategies.tranches())
def test_every_schedule_pays_back_exactly_its_principal(owed: Tranche) -> None:
    made = tranche_schedule(owed)
    assert sum(each.principal for each in made) == owed.principal
    assert all(each.principal >= 0 and each.interest >= 0 for each in made)
    assert all(each.since <= each.due for each in made)
    assert [each.due for each in made] == sorted(each.due for each in made)


@pytest.mark.slow
@given(strategies.facilities(), strategies.amounts, st.integers(1, 36))
def test_every_draw_pays_back_exactly_what_was_drawn(
    facility: Facility, amount: int, periods: int
) -> None:
    made = draw_schedule(facility, amount, DAY, periods)
    assert sum(each.principal for each in made) == amount
    first = DAY if facility.first_at_once else DAY + timedelta(days=1)
    assert all(each.due >= first and each.since >= DAY for each in made)


def card(**fields: object) -> Facility:
    plain = Facility(
        id="card",
        name="Card",
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=1,
        due_day=20,
        rate_percent=Decimal("0.05"),
        rate_per=RatePer.DAY,
    )
    return plain.changed(**fields)


def test_a_bill_paid_in_full_is_free_of_interest_until_it_is_due() -> None:
    [only] = draw_schedule(card(), 10_000, date(2026, 1, 2), 12)
    assert (only.due, only.interest) == (date(2026, 2, 20), 0)
    assert interest_free_days(card(), date(2026, 1, 2)) == 49
    assert interest_free_days(card(), date(2026, 1, 31)) == 20


def test_of_the_minimum_the_rest_bears_interest_from_the_due_day() -> None:
    made = draw_schedule(card(pays_minimum=True), 10_000, date(2026, 1, 2), 12)
    assert (made[0].due, made[0].total, made[0].interest) == (date(2026, 2, 20), 1_000, 0)
    assert (made[1].due, made[1].interest) == (date(2026, 3, 20), 126)  # 9,000 x 0.05 % x 28
    assert made[1].total == 900
    with_interest = card(pays_minimum=True, minimum_base=MinimumBase.BALANCE_AND_INTEREST)
    assert draw_schedule(with_interest, 10_000, date(2026, 1, 2), 12)[1].total == 913


def test_no_less_than_the_floor_is_paid_and_the_last_of_it_at_once() -> None:
    floored = card(pays_minimum=True, minimum_floor=4_000, rate_percent=Decimal(0))
    made = draw_schedule(floored, 10_000, date(2026, 1, 2), 12)
    assert [each.total for each in made] == [4_000, 4_000, 2_000]


def test_every_draw_and_tranche_has_its_true_annual_cost() -> None:
    fee = line(rate_percent=Decimal("6.5"), rate_per=RatePer.PRINCIPAL)
    assert draw_cost(fee, 1_000_000, DAY, 6) == pytest.approx(0.24, abs=0.01)
    assert tranche_cost(tranche()) == pytest.approx(1.01**12 - 1, abs=0.002)


def rent(**fields: object) -> CashFlow:
    plain = CashFlow(
        id="rent",
        name="Rent",
        direction=Direction.PAYMENT,
        amount=1,
        first_date=date(2026, 1, 31),
        repeat=Repeat.MONTHS,
    )
    return plain.changed(**fields)


def test_one_date_left_out_or_moved_does_not_shift_the_others() -> None:
    changed = rent(
        skipped=(date(2026, 3, 31),),
        moved=(
            Moved(rule_date=date(2026, 4, 30), to=date(2026, 5, 4)),
            Moved(rule_date=date(2026, 5, 1), to=date(2026, 5, 2)),  # no date of the rule
        ),
    )
    expected = [date(2026, 1, 31), date(2026, 2, 28), date(2026, 5, 4), date(2026, 5, 31)]
    found = occurrences(changed, DAY, date(2026, 6, 1), "")
    assert [each.day for each in found] == expected
    assert upcoming(changed, DAY, 4, "") == found


def test_what_is_left_of_a_loan_bears_the_rest_of_the_fee_on_its_original_principal() -> None:
    """9 % of 120,000 over twelve instalments is 900 each, of the last three too."""
    fee = {"rate_per": RatePer.PRINCIPAL, "rate_percent": Decimal(9)}
    whole = tranche_schedule(tranche(**fee))
    assert {each.interest for each in whole} == {900}
    rest = tranche(principal=30_000, original_principal=120_000, remaining_periods=3, **fee)
    assert [each.total for each in tranche_schedule(rest)] == [10_900] * 3


def test_what_is_due_whole_is_not_due_a_period_sooner_for_a_first_instalment_at_once() -> None:
    line = Facility(id="l", name="L", method=RepaymentMethod.BULLET, first_at_once=True)
    [whole] = draw_schedule(line, 100_00, date(2027, 1, 10), 2)
    assert whole.due == date(2027, 3, 10)
