"""Worst day, standing draws, reverse questions and threats, each against asking the plain way."""

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.contingency import (
    Contingency,
    ContingencyKind,
    Slack,
    all_closures,
    limits_under,
    low_under,
    open_days,
    outcomes,
    projection_under,
    receipts,
    slack,
    standing_outcomes,
    sweeps,
    threats,
    with_standing_draws,
)
from backstop.contingency.identity import OfRecord
from backstop.domain import Account, Book, Facility, LossMode
from backstop.projection import draw_schedule, project, usage
from examples import times
from naive import beyond, half_up, naive_lows


@times(0.6)
@given(st.data())
def test_the_sweep_over_days_of_change_equals_trying_every_day(data: st.DataObject) -> None:
    book = data.draw(strategies.moving_books())
    contingency = data.draw(strategies.contingencies(book))
    projection = project(book)
    every = [replace(contingency, loss_day=day) for day in range(projection.days)]
    base, lows = naive_lows(book), low_under(projection, every).tolist()
    gaps = np.array([max(0, -min(beyond(each, base))) for each in lows])
    [sweep] = sweeps(projection, [contingency])
    assert sweep.curve(projection.days).tolist() == gaps.tolist()
    assert gaps[sweep.worst] == gaps.max()


@given(strategies.moving_books())
def test_sweeps_of_many_lines_are_those_of_each(book: Book) -> None:
    projection = project(book)
    closures = all_closures(book)
    for contingency, sweep in zip(closures, sweeps(projection, closures), strict=True):
        [alone] = sweeps(projection, [contingency])
        assert sweep.gap.tolist() == alone.gap.tolist()
        assert sweep.worst == alone.worst


@times(0.6)
@given(st.data())
def test_standing_draws_follow_the_rule_to_the_unit(data: st.DataObject) -> None:
    """Each draw adds exactly its own schedule to a plain loop, keeps within the room under the
    loss, and nothing is left undone: whenever cash is below the buffer, no line had room."""
    book = data.draw(strategies.moving_books())
    contingency = data.draw(strategies.contingencies(book))
    projection = project(book)
    [after] = with_standing_draws(projection, [contingency])
    expected = np.array(naive_lows(book, contingency))
    lines = {line.id: line for line in book.facilities}
    [outcome] = standing_outcomes(projection, [contingency], [after])
    assert low_under(outcome.projection, [contingency])[0].tolist() == after.low.tolist()
    if min(naive_lows(book)[0], projection.opening) >= 0:
        assert sum(each.missed for each in outcome.bounced) == outcome.largest_gap
    drawn: dict[str, int] = dict.fromkeys(lines, 0)
    for each in after.draws:
        line = lines[each.facility]
        assert each.facility in book.standing_draws
        assert each.amount % line.draw_step == 0 or each.amount == line.minimum_draw
        day = book.as_of + timedelta(days=each.day)
        fee = half_up(Fraction(line.draw_fee_percent) * each.amount / 100)
        expected[each.day :] += each.amount - fee
        for due in draw_schedule(line, each.amount, day, line.periods):
            expected[max(0, (due.due - book.as_of).days) :] -= due.total
        drawn[each.facility] += each.amount
    assert after.low.tolist() == expected.tolist()
    under = projection_under(projection, contingency)
    for name, amount in drawn.items():
        most, times = lines[name].maximum_draws, [d.facility for d in after.draws].count(name)
        assert most is None or times <= most
        limits = limits_under(projection, contingency, lines[name])
        counted = limits - (limits * lines[name].headroom_haircut_percent + 50) // 100
        if amount:
            last = max(each.day for each in after.draws if each.facility == name)
            assert amount <= (counted - usage(under, lines[name]))[last:].min()


@given(strategies.moving_books(), st.integers(1, 10**7))
def test_an_open_line_with_room_is_drawn_on_before_the_buffer_is_broken(
    book: Book, need: int
) -> None:
    line = Facility(
        id="rule",
        name="Rule",
        limit=10**14,
        last_verified=book.as_of,
        periods=600,
        lead_days=0,
    )
    poor = book.put(line).changed(standing_draws=("rule",), minimum_cash=need)
    nothing = Contingency(OfRecord("none"), ContingencyKind.GROUP, ())
    [after] = with_standing_draws(project(poor), [nothing])
    assert after.low.min() >= need
    assert open_days(project(poor), nothing, line).all()


@times(0.5)
@given(strategies.moving_books())
def test_receipts_may_get_exactly_so_much_worse_and_no_more(book: Book) -> None:
    rich = Account(id="rich", name="Rich", balance=max(0, -min(naive_lows(book))) + 10**6)
    book = book.put(rich)
    projection = project(book)
    lines = [
        Contingency(OfRecord(f.id), ContingencyKind.SINGLE, (f.id,), mode=LossMode.NO_NEW_DRAWS)
        for f in book.facilities
    ]
    for found in slack(projection, lines):
        _check_slack(book, found)


def _check_slack(book: Book, found: Slack) -> None:
    lines = found.contingency.targets if found.contingency else ()
    targets = (*receipts(book), *lines)
    closed = book.changed(
        facilities=tuple(f.changed(default_mode=LossMode.NO_NEW_DRAWS) for f in book.facilities)
    )

    def survived(mode: LossMode, number: int) -> bool:
        loss = Contingency(
            OfRecord("both"),
            ContingencyKind.GROUP,
            targets,
            mode=mode,
            cut_percent=number,
            late_days=number,
        )
        return min(naive_lows(closed, loss)) >= 0

    for mode, number, most in (
        (LossMode.RECEIPTS_CUT, found.fall, 100),
        (LossMode.RECEIPTS_LATE, found.delay, book.horizon_days + 1),
    ):
        if number is None:
            assert not survived(mode, 0)
            continue
        assert survived(mode, number)
        assert number == most or not survived(mode, number + 1)


@given(strategies.moving_books())
def test_each_obligations_worst_contingency_is_the_one_that_takes_most_of_it(book: Book) -> None:
    found = outcomes(project(book), all_closures(book))
    told = threats(found)
    bounced = {e.obligation.record + e.obligation.kind + f"{e.day}" for o in found for e in o.added}
    assert len(told) == len(bounced)
    for threat in told:
        key = threat.obligation.record, threat.obligation.kind, threat.obligation.day
        taken = [
            each.missed
            for outcome in found
            for each in outcome.added
            if (each.obligation.record, each.obligation.kind, each.day) == key
        ]
        assert threat.missed == max(taken)
        assert threat.others == len(taken) - 1
