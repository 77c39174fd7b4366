"""The printed curve as geometry: inside the plot, stepped, and true to the figures."""

from dataclasses import replace
from datetime import date
from itertools import pairwise
from typing import Any

import numpy as np
import pytest

from backstop.domain import Buffer
from backstop.paper.curve import HIGHEST_TICK, Curve, curve_of, money_label, nice_step
from backstop.plan import Plan, draft
from backstop.projection import project
from backstop.telling import Narrator, words_for
from unit.test_report_book import YUAN, answers, assessed, plan_of, shop

EN, ZH = words_for("en"), words_for("zh_CN")


def points(curve: Curve) -> list[tuple[float, float]]:
    found = [*curve.before, *curve.after, *(mark.at for mark in curve.marks)]
    return found + [point for area in curve.short for point in area]


def moved(plan: Plan, cash: int) -> Plan:
    """The plan with both curves lifted by an amount."""
    before = replace(plan.before, low=plan.before.low + cash)
    return replace(plan, before=before, after=replace(plan.after, low=plan.after.low + cash))


def test_everything_lies_inside_the_plot() -> None:
    for plan in (plan_of(), moved(plan_of(), 10**12), moved(plan_of(), -(10**12))):
        curve = curve_of(plan, Narrator(shop(), EN))
        assert all(0 <= x <= 1 and 0 <= y <= 1 for x, y in points(curve))
        assert all(0 <= tick.at <= 1 for tick in curve.x_ticks)
        assert all(0 <= tick.at <= HIGHEST_TICK for tick in curve.y_ticks)
        assert 0 <= curve.zero <= 1


def test_an_amount_that_would_stand_in_the_heading_has_no_label() -> None:
    """A label for ¥100,000 would stand at 0.995 of the height."""
    labels = [
        tick.label
        for tick in curve_of(moved(plan_of(), 12_000 * YUAN), Narrator(shop(), EN)).y_ticks
    ]
    assert "¥100,000" not in labels
    assert len(labels) > 3


def test_lines_are_steps_from_edge_to_edge() -> None:
    curve = curve_of(plan_of(), Narrator(shop(), EN))
    for line in (curve.before, curve.after):
        assert line[0][0] == 0
        assert line[-1][0] == 1
        for (x, y), (x2, y2) in pairwise(line):
            assert x == x2 or y == y2
            assert x <= x2


def test_a_year_of_days_needs_only_as_many_corners_as_cash_changes() -> None:
    plan = plan_of()
    changes = np.count_nonzero(np.diff(plan.before.low))
    assert len(curve_of(plan, Narrator(shop(), EN)).before) == 2 * (changes + 1)


def test_each_run_of_days_below_zero_is_one_hatched_area() -> None:
    low = plan_of().before.low
    runs = np.count_nonzero(np.diff(np.concatenate(([0], (low < 0).astype(int)))) == 1)
    curve = curve_of(plan_of(), Narrator(shop(), EN))
    assert len(curve.short) == runs
    for area in curve.short:
        assert area[0][1] == area[-1][1] == curve.zero
        assert all(y <= curve.zero for _, y in area)


def test_without_actions_there_is_one_curve_and_one_mark() -> None:
    found = answers()
    curve = curve_of(
        draft(found.projection, found.loss("huabei").outcome), Narrator(found.book, EN)
    )
    assert curve.after == []
    assert len(curve.marks) == 1


@pytest.mark.parametrize("contingency", ["jiebei", "huabei"])
def test_below_the_lowest_point_there_is_room_for_its_word(contingency: str) -> None:
    curve = curve_of(plan_of(contingency), Narrator(shop(), EN))
    assert min(mark.at[1] for mark in curve.marks) > 0.1


def test_the_marks_say_the_lowest_cash_and_its_day() -> None:
    before, after = curve_of(plan_of(), Narrator(shop(), EN)).marks
    assert before.label == "−¥23,000 · 20 Jan"
    assert after.label.startswith("¥2,")
    assert curve_of(plan_of(), Narrator(shop(), ZH)).marks[0].label == "−¥23,000 · 1月20日"


def test_the_buffer_is_drawn_where_there_is_one() -> None:
    """A step line: more where an owner keeps something for a purpose."""
    assert len(heights_kept()) == 1
    assert heights_kept(minimum_cash=0) == set()
    tax = Buffer(name="Tax", amount=YUAN, from_day=date(2027, 1, 10))
    assert len(heights_kept(minimum_cash=0, buffers=(tax,))) == 2


def heights_kept(**facts: Any) -> set[float]:
    plan, book = plan_of(), shop(**facts)
    before = replace(plan.before, projection=project(book))
    curve = curve_of(replace(plan, before=before), Narrator(book, EN))
    return {height for _, height in curve.buffer}


def test_a_later_loss_is_marked_on_its_day() -> None:
    assert curve_of(plan_of(), Narrator(shop(), EN)).lost_at is None
    found = assessed(shop(), loss_day=36)
    plan = draft(found.projection, found.loss("jiebei").outcome)
    assert curve_of(plan, Narrator(found.book, EN)).lost_at == pytest.approx(36 / 366, abs=1e-4)


@pytest.mark.parametrize(
    ("horizon", "most"), [(1, 2), (30, 6), (74, 12), (75, 12), (365, 13), (730, 13), (3650, 13)]
)
def test_the_time_axis_has_labels_enough_and_not_too_many(horizon: int, most: int) -> None:
    found = assessed(shop(horizon_days=horizon))
    loss = found.losses[0]
    curve = curve_of(draft(found.projection, loss.outcome), Narrator(found.book, EN))
    assert 1 <= len(curve.x_ticks) <= most
    assert curve.x_ticks == sorted(curve.x_ticks, key=lambda tick: tick.at)


@pytest.mark.parametrize(("horizon", "labels"), [(74, ["21 Nov", "28 Nov"]), (75, ["Dec", "Jan"])])
def test_up_to_seventy_five_days_the_axis_counts_weeks(horizon: int, labels: list[str]) -> None:
    found = assessed(shop(horizon_days=horizon))
    plan = draft(found.projection, found.losses[0].outcome)
    assert [tick.label for tick in curve_of(plan, Narrator(found.book, EN)).x_ticks[:2]] == labels


def test_years_stand_under_their_first_label() -> None:
    ticks = curve_of(plan_of(), Narrator(shop(), EN)).x_ticks
    assert [(tick.label, tick.year) for tick in ticks[:3]] == [
        ("Dec", "2026"),
        ("Jan", "2027"),
        ("Feb", ""),
    ]
    assert curve_of(plan_of(), Narrator(shop(), ZH)).x_ticks[0].label == "12月"


@pytest.mark.parametrize("span", [1, 7, 8, 99, 12_345, 10**9, 7 * 10**14])
def test_the_money_axis_has_two_to_seven_round_steps(span: int) -> None:
    step = nice_step(span)
    assert str(step).rstrip("0") in ("1", "2", "5")
    assert span <= 7 * step
    assert span >= 2 * step or step == 1


@pytest.mark.parametrize(
    ("yuan", "step", "english", "chinese"),
    [
        (200_000, 50_000, "¥200,000", "¥20万"),
        (-50_000, 50_000, "−¥50,000", "−¥5万"),
        (5_000, 5_000, "¥5,000", "¥0.5万"),
        (-15_000, 5_000, "−¥15,000", "−¥1.5万"),
        (4 * 10**9, 10**9, "¥4,000,000,000", "¥40亿"),
        (-(10**12), 10**12, "−¥1,000,000,000,000", "−¥10,000亿"),
        (150_000_000, 50_000_000, "¥150,000,000", "¥1.5亿"),
        (500, 500, "¥500", "¥500"),
        (0, 50_000, "¥0", "¥0"),
    ],
)
def test_amounts_on_the_axis(yuan: int, step: int, english: str, chinese: str) -> None:
    assert money_label(yuan * YUAN, step * YUAN, Narrator(shop(), EN)) == english
    assert money_label(yuan * YUAN, step * YUAN, Narrator(shop(), ZH)) == chinese


def test_the_curve_is_described_in_words() -> None:
    assert curve_of(plan_of(), Narrator(shop(), EN)).described.startswith("Cash day by day.")
