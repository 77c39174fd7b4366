"""Losses for a time on their worst day, and two losses that take the same line."""

from dataclasses import replace
from datetime import date

import pytest

from backstop.contingency import (
    Contingency,
    ContingencyKind,
    low_under,
    outcomes,
    pairs,
    single_closures,
    sweeps,
)
from backstop.contingency.identity import OfRecord
from backstop.domain import CutRule, LossMode, Repeat
from backstop.projection import project
from naive import beyond
from unit.test_report_book import payment, shop


@pytest.mark.parametrize(
    ("target", "mode"),
    [
        ("jiebei", LossMode.NO_NEW_DRAWS),
        ("jiebei", LossMode.REDUCED_RENEWAL),
        ("sales", LossMode.RECEIPTS_CUT),
    ],
)
def test_what_is_lost_for_a_time_is_swept_as_if_every_day_were_tried(
    target: str, mode: LossMode
) -> None:
    supplies = payment("supplies", "supplies", 8_900, date(2027, 2, 5), repeat=Repeat.MONTHS)
    book = shop().put(supplies)
    ending = book.by_id["jiebei"].changed(
        contract_until=date(2026, 12, 2), cut_rule=CutRule.FLOOR_AT_BALANCE
    )
    projection = project(book.put(ending))
    base, changing = projection.spendable.tolist(), []
    for duration in (3, 20, 45):
        lost = Contingency(
            OfRecord(target),
            ContingencyKind.GROUP,
            (target,),
            mode=mode,
            duration_days=duration,
            cut_percent=100,
        )
        every = [replace(lost, loss_day=day) for day in range(projection.days)]
        [sweep] = sweeps(projection, [lost])
        lows = low_under(projection, every).tolist()
        gaps = [max(0, -min(beyond(each, base))) for each in lows]
        assert sweep.curve(projection.days).tolist() == gaps
        changing.append(len(set(gaps)) > 1)
    assert any(changing)


def test_a_line_that_two_losses_take_is_lost_once() -> None:
    """Though each of both takes no more than one line."""
    book = shop()
    projection = project(book)
    lines = single_closures(book)
    again = [replace(each, identity=OfRecord("again")) for each in lines]
    found = pairs(projection, [*lines, *again])
    whole = [found.contingency(number) for number in range(len(found))]
    assert found.gap.tolist() == [each.largest_gap for each in outcomes(projection, whole)]
    assert found.alone.max() > 0
