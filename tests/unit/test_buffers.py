"""Money kept for a purpose: on top of the minimum, for a time, and wherever the minimum counts."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from backstop.contingency import (
    Contingency,
    ContingencyKind,
    outcome_of,
    sweeps,
    with_standing_draws,
)
from backstop.contingency.identity import OfRecord
from backstop.domain import (
    Account,
    BadInput,
    Book,
    Buffer,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    RepaymentMethod,
)
from backstop.domain.money import MOST_MONEY
from backstop.plan import answer, draft
from backstop.projection import project
from backstop.telling import Narrator, words_for
from backstop.telling.sentences import base_verdict, buffer_sentence

DAY_0 = date(2026, 1, 5)
TAX = Buffer(
    name="Tax", amount=300_00, from_day=DAY_0 + timedelta(days=10), until=DAY_0 + timedelta(days=19)
)
SCHOOL = Buffer(name="School", amount=200_00, from_day=DAY_0 + timedelta(days=15))
ALWAYS = Buffer(name="Rainy days", amount=50_00)
NOTHING = Contingency(OfRecord("none"), ContingencyKind.GROUP, (), 0, LossMode.NO_NEW_DRAWS)
EN, ZH = words_for("en"), words_for("zh_CN")


def book(**fields: Any) -> Book:
    line = Facility(
        id="line",
        name="Line",
        limit=100_000,
        method=RepaymentMethod.BULLET,
        periods=6,
        lead_days=0,
        last_verified=DAY_0,
    )
    facts = {
        "title": "Shop",
        "as_of": DAY_0,
        "horizon_days": 40,
        "minimum_cash": 100_00,
        "accounts": (Account(id="till", name="Till", balance=550_00),),
        "facilities": (line,),
        "standing_draws": ("line",),
        "buffers": (TAX, SCHOOL),
    }
    return Book(**{**facts, **fields})


def test_purposes_add_up_on_the_days_on_which_they_hold() -> None:
    kept = project(book(buffers=(TAX, SCHOOL, ALWAYS))).buffer
    days = [DAY_0 + timedelta(days=n) for n in range(41)]
    plain = [
        100_00 + sum(b.amount for b in (TAX, SCHOOL, ALWAYS) if b.holds_on(day)) for day in days
    ]
    assert kept.tolist() == plain
    assert sorted(set(plain)) == [150_00, 350_00, 450_00, 650_00]


def test_one_that_is_past_or_beyond_the_horizon_asks_for_nothing() -> None:
    past = Buffer(name="Past", amount=1, until=DAY_0 - timedelta(days=1))
    later = Buffer(name="Later", amount=1, from_day=DAY_0 + timedelta(days=41))
    assert set(project(book(buffers=(past, later))).buffer.tolist()) == {100_00}


def test_the_figures_are_those_of_the_days_on_which_it_holds() -> None:
    """550 is enough but for days 15 to 19, when 600 are to be kept."""
    projection = project(book())
    found = outcome_of(projection, None, projection.low)
    assert (found.first_below_buffer, found.days_below_buffer) == (15, 5)
    assert (found.barest_day, found.barest_cash, found.wanted_then) == (15, 550_00, 600_00)
    assert found.reserve_needed == 50_00
    assert not found.hurts


def test_the_verdict_names_the_day_and_what_is_to_be_kept() -> None:
    projection = project(book())
    found = outcome_of(projection, None, projection.low)
    answer = base_verdict(found, Narrator(book(), EN))
    assert answer.detail == (
        "Cash is below your minimum of ¥600 for 5 days, from 20 January; lowest: ¥550."
    )
    two_levels = project(book(accounts=(Account(id="till", name="Till", balance=150_00),)))
    low = outcome_of(two_levels, None, two_levels.low)
    said = [buffer_sentence(low, Narrator(two_levels.book, each)) for each in (EN, ZH)]
    english = "Cash is below what you want to keep for 31 days, from 15 January; furthest on "
    chinese = "现金有 31 天低于想保留的金额，从1月15日起；差得最多在1月20日："
    assert said == [
        f"{english}20 January: ¥150 of ¥600.",
        f"{chinese}只有 ¥150，应有 ¥600。",
    ]


def test_the_standing_rule_draws_for_a_purpose_on_its_first_day() -> None:
    [after] = with_standing_draws(project(book()), [NOTHING])
    assert [(each.day, each.amount) for each in after.draws] == [(15, 50_00)]


def test_a_plan_brings_what_a_purpose_asks_for_and_no_more() -> None:
    """A payment on day 25 leaves 250 of the 300 that are then to be kept."""
    bill = CashFlow(
        id="bill",
        name="Bill",
        direction=Direction.PAYMENT,
        amount=300_00,
        first_date=DAY_0 + timedelta(days=25),
    )
    wanted = book(cash_flows=(bill,), standing_draws=())
    projection = project(wanted)
    plan = draft(projection, outcome_of(projection, NOTHING, projection.low))
    assert bool((plan.after.low >= projection.buffer).all())
    assert sum(each.amount for each in plan.actions) == 50_00
    plain = project(wanted.changed(buffers=()))
    assert draft(plain, outcome_of(plain, NOTHING, plain.low)).actions == ()


def test_the_reserve_that_keeps_the_minimum_keeps_the_purposes() -> None:
    found = answer(book())
    assert found.base.reserve_needed == 50_00
    [sweep] = sweeps(found.projection, [NOTHING])
    assert set(sweep.below.tolist()) == {50_00}


def test_a_purpose_counts_where_there_is_no_minimum() -> None:
    only = book(minimum_cash=0, buffers=(ALWAYS,))
    assert only.keeps_cash
    assert not only.changed(buffers=()).keeps_cash
    assert np.unique(project(only).buffer).tolist() == [50_00]


@pytest.mark.parametrize(
    "buffers",
    [
        (Buffer(name="Back", amount=1, from_day=DAY_0, until=DAY_0 - timedelta(days=1)),),
        (Buffer(name="Much", amount=MOST_MONEY),),
        (Buffer(name="", amount=1),),
        (Buffer(name="None", amount=0),),
        (Buffer(name="Long ago", amount=1, until=date(1, 1, 1)),),
    ],
)
def test_what_cannot_be_kept_is_refused_by_its_field(buffers: tuple[Buffer, ...]) -> None:
    with pytest.raises(BadInput) as refused:
        book(buffers=buffers)
    assert refused.value.field == "buffers"
