"""An overdraft: cash may fall below zero by its limit, at interest by days, until it is withdrawn.

Figures are worked out by hand: at 36.5 % a year, one day costs a thousandth of what is owed.
"""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from backstop.checks.readiness import findings
from backstop.contingency import (
    Contingency,
    ContingencyKind,
    all_closures,
    base_outcome,
    obligations,
    outcomes,
    projection_under,
    with_standing_draws,
)
from backstop.contingency.identity import OfRecord
from backstop.desktop.charts.curves import Role
from backstop.desktop.charts.pictures import base_picture, loss_picture
from backstop.domain import (
    Account,
    BadInput,
    Book,
    CashFlow,
    CutRule,
    Direction,
    Facility,
    FacilityKind,
    LossMode,
    Measure,
    MeasureKind,
    Overdrawn,
    PlannedDraw,
    RateChange,
    RatePer,
    RepaymentMethod,
    Repeat,
    Tranche,
)
from backstop.paper.curve import curve_of
from backstop.plan import answer, assess, draft
from backstop.plan.drafting.judge import replayed
from backstop.plan.situation import situation_of
from backstop.projection import FlowKind, Projection, facility_cost, headroom, owed_today, project
from backstop.projection import usage as used
from backstop.telling import Narrator, words_for
from backstop.telling.phrases import in_words, obligation_name

DAY_0 = date(2026, 11, 30)


def overdraft(**changes: Any) -> Facility:
    values: dict[str, Any] = {
        "id": "overdraft",
        "name": "Overdraft",
        "kind": FacilityKind.OVERDRAFT,
        "method": RepaymentMethod.OVERDRAFT,
        "limit": 200_000,
        "rate_percent": Decimal("36.5"),
        "notice_days": 30,
        "callable": True,
        "default_mode": LossMode.CALL,
    }
    return Facility(**values | changes)


def payment(id_: str, day: date, amount: int, **changes: Any) -> CashFlow:
    return CashFlow(
        id=id_,
        name=id_,
        direction=Direction.PAYMENT,
        amount=amount,
        first_date=day,
        **changes,
    )


def book_of(balance: int, *records: Any, **facts: Any) -> Book:
    values: dict[str, Any] = {
        "title": "Shop",
        "as_of": DAY_0,
        "horizon_days": 120,
        "currency": "GBP",
        "accounts": (Account(id="bank", name="Bank", balance=balance),),
    }
    book = Book(**values | facts)
    for record in records:
        book = book.put(record)
    return book


def interest(projection: Projection) -> list[tuple[int, int]]:
    flows = projection.flows
    kinds = [each.kind for each in flows.descriptions]
    rows = [row for row in range(len(flows)) if kinds[flows.series[row]] is FlowKind.INTEREST]
    return [(int(flows.day[row]), int(flows.amount[row])) for row in rows]


def test_cash_may_fall_to_the_limit_and_a_gap_is_counted_from_there() -> None:
    book = book_of(50_000, overdraft(), payment("rent", date(2026, 12, 10), 300_000))
    outcome = base_outcome(project(book))
    assert (outcome.first_shortfall, outcome.largest_gap_day) == (10, 90)
    rent = next(each for each in outcome.bounced if each.obligation.record == "rent")
    assert rent.missed == 50_000
    covered = base_outcome(project(book.put(overdraft(limit=400_000))))
    assert covered.first_shortfall is None
    assert covered.lowest_cash < -250_000


def test_interest_runs_on_each_evening_below_zero_and_is_charged_with_the_month() -> None:
    book = book_of(10_000, overdraft(), payment("rent", date(2026, 12, 10), 60_000))
    projection = project(book)
    # 50,000 below zero from the evening of 10 December: 21 nights to the 31st, then 31 and 28 on
    # what the charges have added
    assert interest(projection) == [(31, 1_050), (62, 1_583), (90, 1_474)]
    assert projection.closing[31] == -51_050
    assert used(projection, overdraft())[31] == 51_050
    assert headroom(projection, overdraft())[31] == 148_950


def test_interest_is_charged_on_its_own_day_of_the_month_by_its_own_count() -> None:
    line = overdraft(due_day=21, rate_percent=Decimal("0.1"), rate_per=RatePer.DAY)
    projection = project(book_of(-50_000, line))
    assert interest(projection)[:2] == [(21, 1_050), (52, 1_583)]


def test_a_later_rate_counts_from_its_own_day_on() -> None:
    change = RateChange(from_day=date(2026, 12, 11), percent=Decimal(73))
    projection = project(book_of(-50_000, overdraft(rate_changes=(change,))))
    assert interest(projection)[0] == (31, 11 * 50 + 20 * 100)


def test_what_was_run_up_before_the_book_begins_is_charged_with_the_rest() -> None:
    since = (
        Overdrawn(from_day=date(2026, 11, 1), amount=20_000),
        Overdrawn(from_day=date(2026, 11, 21), amount=30_000),
    )
    projection = project(book_of(-50_000, overdraft(due_day=15, overdrawn=since)))
    assert interest(projection)[0] == (15, 20 * 20 + 9 * 30 + 15 * 50)


def test_beyond_its_limit_nothing_is_lent_and_nothing_costs_interest() -> None:
    projection = project(book_of(-900_000, overdraft()))
    assert interest(projection)[0] == (31, 31 * 200)
    assert base_outcome(projection).largest_gap >= 700_000


def test_two_overdrafts_add_up_and_the_first_is_used_first() -> None:
    second = overdraft(id="second", name="Second", limit=100_000, rate_percent=Decimal(73))
    projection = project(book_of(-250_000, overdraft(), second))
    assert projection.floor[0] == -300_000
    assert sorted(interest(projection))[:2] == [(31, 31 * 100), (31, 31 * 200)]
    assert owed_today(projection.book, second) == 50_000


def test_its_loss_brings_the_floor_back_after_notice_and_what_is_owed_is_due() -> None:
    book = book_of(-52_000, overdraft())
    projection = project(book)
    [closed] = all_closures(book, loss_day=5)
    [outcome] = outcomes(projection, [closed])
    assert outcome.floor[34] == -200_000
    assert outcome.floor[35] == 0
    assert outcome.first_shortfall == 35
    back, charge = outcome.bounced
    assert (back.obligation.kind, back.obligation.amount) == (FlowKind.REPAYMENT, 53_612)
    assert (charge.obligation.kind, charge.missed) == (FlowKind.INTEREST, 214)
    assert outcome.largest_gap == 53_612 + 214
    assert outcome.lowest_cash == -53_826


def test_what_is_not_owed_is_not_due() -> None:
    book = book_of(100, overdraft(notice_days=0))
    [outcome] = outcomes(project(book), all_closures(book))
    assert not outcome.hurts
    assert obligations(project(book), outcome.contingency) == []


@pytest.mark.parametrize(
    ("mode", "changes", "floors"),
    [
        (LossMode.NO_NEW_DRAWS, {}, {34: -200_000, 35: 0, 119: 0}),
        (LossMode.FREEZE, {"freeze_days": 7}, {4: -200_000, 5: 0, 11: 0, 12: -200_000}),
        (LossMode.NO_RENEWAL, {"contract_until": date(2026, 12, 20)}, {19: -200_000, 20: 0}),
        (LossMode.LIMIT_CUT, {"cut_percent": 25}, {34: -200_000, 35: -150_000}),
        (
            LossMode.LIMIT_CUT,
            {"cut_rule": CutRule.EXCESS_DUE_NOW},
            {4: -200_000, 5: -100_000},
        ),
        (
            LossMode.LIMIT_CUT,
            {"cut_rule": CutRule.EXCESS_DUE_LATER, "excess_days": 9},
            {13: -200_000, 14: -100_000},
        ),
        (
            LossMode.REDUCED_RENEWAL,
            {"contract_until": date(2026, 12, 20), "cut_percent": 30},
            {19: -200_000, 20: -140_000},
        ),
    ],
)
def test_each_way_to_go_has_its_day(
    mode: LossMode, changes: dict[str, Any], floors: dict[int, int]
) -> None:
    book = book_of(0, overdraft(**changes))
    loss = Contingency(OfRecord("x"), ContingencyKind.SINGLE, ("overdraft",), 5, mode=mode)
    floor = projection_under(project(book), loss).floor
    assert {day: int(floor[day]) for day in floors} == floors


def test_the_end_of_its_use_is_the_end_of_it_in_the_book_itself() -> None:
    book = book_of(-10_000, overdraft(usage_until=date(2026, 12, 9)))
    outcome = base_outcome(project(book))
    assert (outcome.floor[9], outcome.floor[10], outcome.first_shortfall) == (-200_000, 0, 10)
    assert {each.obligation.kind for each in outcome.bounced} == {
        FlowKind.REPAYMENT,
        FlowKind.INTEREST,
    }


def test_the_minimum_is_counted_from_the_floor() -> None:
    book = book_of(0, overdraft(), payment("rent", date(2026, 12, 10), 190_000))
    within = base_outcome(project(book.changed(horizon_days=20, minimum_cash=10_000)))
    below = base_outcome(project(book.changed(horizon_days=20, minimum_cash=10_001)))
    assert (within.touches_buffer, below.touches_buffer) == (False, True)


def test_a_standing_draw_waits_until_the_floor_is_near() -> None:
    line = Facility(
        id="line",
        name="Line",
        limit=500_000,
        lead_days=0,
        last_verified=DAY_0,
        method=RepaymentMethod.BULLET,
    )
    rent = payment("rent", date(2026, 12, 10), 150_000)
    more = payment("stock", date(2027, 1, 20), 100_000)
    book = book_of(0, overdraft(), line, rent, more).changed(standing_draws=("line",))
    [standing] = with_standing_draws(
        project(book), [Contingency(OfRecord("none"), ContingencyKind.GROUP, ())]
    )
    [draw, *_] = standing.draws
    # rent alone is paid by the overdraft; on 20 January 150,000 with 3,150 and stock are owed
    assert (draw.day, draw.amount) == (51, 150_000 + 3_150 + 100_000 - 200_000)
    assert int(standing.low.min()) == 0


def plan_book() -> Book:
    line = Facility(
        id="line",
        name="Line",
        limit=400_000,
        lead_days=2,
        last_verified=DAY_0,
        committed=True,
        rate_percent=Decimal(8),
        periods=24,
    )
    sales = CashFlow(
        id="sales",
        name="sales",
        direction=Direction.RECEIPT,
        amount=60_000,
        first_date=date(2026, 12, 20),
        repeat=Repeat.MONTHS,
    )
    rent = payment("rent", date(2026, 12, 10), 50_000, repeat=Repeat.MONTHS)
    return book_of(-100_000, overdraft(), line, sales, rent, horizon_days=365)


def test_a_plan_for_its_loss_pays_it_back_in_time_and_is_proved() -> None:
    book = plan_book()
    [loss] = [each for each in assess(answer(book)).singles if each.contingency.id == "overdraft"]
    assert loss.outcome.hurts
    assert loss.plan is not None
    assert loss.plan.proved
    assert not loss.plan.missed
    assert {each.source for each in loss.plan.actions} == {"line"}
    assert int(loss.plan.after.low.min()) >= 0


def test_a_plan_uses_the_overdraft_as_far_as_it_goes_and_draws_the_rest() -> None:
    book = plan_book().put(payment("repair", date(2027, 1, 15), 180_000))
    projection = project(book)
    closed = Contingency(OfRecord("none"), ContingencyKind.GROUP, (), mode=LossMode.NO_NEW_DRAWS)
    [outcome] = outcomes(projection, [closed])
    assert outcome.hurts
    plan = draft(projection, outcome)
    assert plan.proved
    assert {each.source for each in plan.actions} == {"line"}
    assert int(plan.after.cash.min()) <= -150_000
    assert int(plan.after.low.min()) >= 0


def test_the_replay_counts_the_interest_that_a_draw_saves() -> None:
    book = plan_book()
    projection = project(book)
    [loss] = [each for each in answer(book).singles if each.contingency.id == "line"]
    situation = situation_of(projection, loss.outcome)
    plan = draft(projection, outcomes(projection, all_closures(book))[0])
    again = replayed(situation, plan.actions)[: projection.days]
    drawn = book
    for number, each in enumerate(plan.actions):
        drawn = drawn.put(
            PlannedDraw(
                id=f"draw-{number}",
                name="draw",
                facility=each.source,
                amount=each.amount,
                periods=each.periods,
                first_date=projection.date_of(each.day),
            )
        )
    assert again.tolist() == project(drawn).spendable.tolist()


def test_it_can_be_renegotiated_into_instalments() -> None:
    agreed = Measure(
        id="agreed",
        name="Agreed",
        kind=MeasureKind.RENEGOTIATE,
        target="overdraft",
        periods=12,
        chance_percent=100,
        arranged=True,
    )
    book = plan_book().without("line").put(agreed)
    projection = project(book)
    [outcome] = outcomes(projection, all_closures(book))
    plan = draft(projection, outcome)
    assert "renegotiate" in {each.kind.value for each in plan.actions}
    assert plan.proved


def test_its_yearly_cost_has_interest_on_interest() -> None:
    cost = facility_cost(overdraft(rate_percent=Decimal("34.05")), DAY_0)
    assert cost == pytest.approx(0.399, abs=0.003)


REFUSED: list[tuple[dict[str, Any], str]] = [
    ({"purchases_only": True}, "purchases_only"),
    ({"rate_per": RatePer.PRINCIPAL}, "rate_per"),
    (
        {"tranches": (Tranche(id="t", name="T", principal=5, next_due=DAY_0),)},
        "tranches",
    ),
    (
        {
            "overdrawn": (
                Overdrawn(from_day=DAY_0, amount=1),
                Overdrawn(from_day=DAY_0, amount=2),
            )
        },
        "overdrawn",
    ),
    (
        {
            "method": RepaymentMethod.ANNUITY,
            "overdrawn": (Overdrawn(from_day=DAY_0, amount=1),),
        },
        "overdrawn",
    ),
]


@pytest.mark.parametrize(("changes", "field"), REFUSED)
def test_what_an_overdraft_cannot_have_is_refused(changes: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as refused:
        overdraft(**changes)
    assert refused.value.field == field


def test_nothing_is_drawn_on_it() -> None:
    draw = PlannedDraw(id="d", name="D", facility="overdraft", amount=5, first_date=DAY_0)
    with pytest.raises(BadInput):
        book_of(0, overdraft(), draw)
    with pytest.raises(BadInput):
        book_of(0, overdraft()).changed(standing_draws=("overdraft",))
    with pytest.raises(BadInput):
        Tranche(id="t", name="T", principal=5, next_due=DAY_0, method=RepaymentMethod.OVERDRAFT)


def test_what_is_due_is_named_in_both_languages() -> None:
    book = book_of(-52_000, overdraft())
    [outcome] = outcomes(project(book), all_closures(book))
    for language, names in (
        ("en", ["what is owed on Overdraft", "the Overdraft interest"]),
        ("zh_CN", ["Overdraft的欠款", "Overdraft利息"]),
    ):
        narrator = Narrator(book, words_for(language))
        said = [obligation_name(each.obligation, narrator) for each in outcome.bounced]
        assert said[:2] == names


def test_a_book_with_one_has_findings_like_any_other() -> None:
    kinds = {each.check for each in findings(project(book_of(-900_000, overdraft())))}
    assert "base_shortfall" in kinds


def test_the_chart_says_what_is_short_below_the_floor_alone() -> None:
    book = book_of(-52_000, overdraft(notice_days=0))
    answers = in_words(answer(book), words_for("en"))
    [loss] = answers.losses
    planned = base_picture(answers, words_for("en"))
    assert planned.floor[0] == -200_000
    assert [each.role for each in planned.short_of_cash] == [Role.BASE]
    assert planned.curve(Role.BASE).values[0] == -52_000  # type: ignore[union-attr]
    lost = loss_picture(answers, loss, words_for("en"))
    assert lost.floor[0] == 0
    assert [each.role for each in lost.short_of_cash] == [Role.LOSS]


def test_the_printed_curve_has_the_floor_and_zero_within_it() -> None:
    book = plan_book().changed(minimum_cash=1_000)
    answers = assess(answer(book))
    plan = next(each.plan for each in answers.losses if each.plan is not None)
    curve = curve_of(plan, Narrator(book, words_for("en")))
    assert curve.floor
    assert 0 < curve.zero <= 1
    assert all(0 <= height <= 1 for _, height in (*curve.floor, *curve.before, *curve.buffer))
