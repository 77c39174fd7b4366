"""In which order losses are told, and the figures that decide. Amounts are minor units."""

from dataclasses import replace
from datetime import date

import numpy as np

from backstop.contingency import Contingency, ContingencyKind, outcome_of
from backstop.contingency.identity import OfRecord
from backstop.domain import Book, message
from backstop.plan import Action, ActionKind, Cure, Loss, Phase, Plan
from backstop.plan.actions import Repayment
from backstop.plan.answers import danger
from backstop.projection import Projection, project


def projection() -> Projection:
    """Ten days with a buffer of 100."""
    return project(Book(title="Rank", as_of=date(2026, 1, 5), horizon_days=9, minimum_cash=100))


def loss(name: str, *low: int, cure: Cure | None = None) -> Loss:
    """A loss after which cash is so low on the first days, then well above the buffer."""
    days = np.full(10, 500, dtype=np.int64)
    days[: len(low)] = low
    contingency = Contingency(OfRecord(name), ContingencyKind.SINGLE, ())
    return Loss(name, outcome_of(projection(), contingency, days), cure)


def ranked(*losses: Loss) -> list[str]:
    return [each.name for each in sorted(losses, key=danger)]


def test_buffer_days_are_what_lies_below_the_buffer_added_up_over_days() -> None:
    assert loss("a", 90, 100, -20).outcome.buffer_days == 10 + 120


def test_longer_below_the_buffer_goes_before_deeper_for_a_day() -> None:
    assert ranked(loss("deep", 10), loss("long", 50, 50)) == ["long", "deep"]


def test_what_stays_unpaid_goes_before_money_and_days() -> None:
    curable = loss("curable", -900, -900, cure=Cure((0, 0, 0), 3))
    second = loss("second", -10, cure=Cure((0, 10, 0), None))
    first = loss("first", -10, cure=Cure((10, 0, 0), None))
    assert ranked(curable, second, first) == ["first", "second", "curable"]


def test_of_equal_losses_the_one_to_act_on_first_goes_first() -> None:
    later, sooner = (loss(f"by {n}", -10, cure=Cure((0, 0, 0), n)) for n in (7, 2))
    assert ranked(later, sooner) == ["by 2", "by 7"]


def action(kind: ActionKind, *owed: tuple[int, int]) -> Action:
    return Action(
        kind=kind,
        source="line",
        name="Line",
        day=0,
        start_day=0,
        amount=100,
        cost=0,
        phase=Phase.DO_NOW,
        repayments=tuple(Repayment(day, amount) for day, amount in owed),
    )


def plan(after: Loss, *actions: Action) -> Plan:
    return Plan(
        contingency=after.contingency,
        fingerprint="",
        actions=actions,
        cost=0,
        before=after.outcome,
        after=after.outcome,
        proved=True,
        remains=message("Nothing."),
    )


def test_where_a_plan_is_known_its_own_days_below_the_buffer_count() -> None:
    worse, better = loss("planned", -10, 0, 0), loss("plain", -10, 0)
    assert ranked(worse, better) == ["planned", "plain"]
    cured = replace(worse, plan=plan(loss("after", 100)))
    assert ranked(cured, better) == ["plain", "planned"]


def test_peak_debt_service_is_the_most_owed_within_thirty_days() -> None:
    monthly = [(day, 10) for day in (30, 60, 90)]
    drawn = action(ActionKind.DRAW, *monthly)
    bought = action(ActionKind.PURCHASE, (59, 5), (89, 7))
    put_off = action(ActionKind.DEFER, (60, 1_000))
    assert plan(loss("x"), drawn, bought, put_off).peak_debt_service == 10 + 7
    assert plan(loss("x"), drawn).peak_debt_service == 10
    assert plan(loss("x")).peak_debt_service == 0
