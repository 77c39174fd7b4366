"""The projection conserves money and agrees with a plain loop over days."""

from datetime import date, timedelta
from typing import Any

import msgspec
import numpy as np
from hypothesis import given

import strategies
from backstop.domain import Adjustment, Book, Repeat
from backstop.projection import FlowKind, Side, project, usage
from naive import naive_lows


@given(strategies.moving_books())
def test_closing_less_opening_is_the_sum_of_all_flows(book: Book) -> None:
    projection = project(book)
    flows = projection.flows
    inside = flows.day <= book.horizon_days
    sign = np.where(flows.side == Side.PAYMENT, -1, 1)
    assert projection.closing[-1] - projection.opening == int((sign * flows.amount)[inside].sum())


@given(strategies.moving_books())
def test_daily_lows_equal_a_plain_loop_over_days(book: Book) -> None:
    assert project(book).low.tolist() == naive_lows(book)


@given(strategies.moving_books())
def test_each_lines_drawn_less_repaid_is_its_balance(book: Book) -> None:
    """With every repaid unit freed and every purchase counted, usage is what is owed."""
    free = book.changed(
        facilities=tuple(
            f.changed(revolving=True, repaid_share_percent=100, blocked=0) for f in book.facilities
        )
    )
    projection = project(free)
    flows = projection.flows
    for facility in free.facilities:
        owed = facility.balance
        for number, series in enumerate(flows.descriptions):
            if facility.id not in (series.element, series.record) or series.side is Side.RECEIPT:
                continue
            mine = flows.series == number
            due = mine & (flows.day <= free.horizon_days)
            if series.kind is FlowKind.DRAW:
                owed += int(flows.principal[mine].sum())
            else:
                owed += int(flows.principal[mine].sum()) if series.falls_back else 0
                owed -= int(flows.principal[due].sum())
        assert usage(projection, facility)[-1] == owed


@given(strategies.moving_books())
def test_shifting_every_date_by_four_weeks_shifts_a_book_of_day_rules(book: Book) -> None:
    """Metamorphic: without month rules or holidays, nothing depends on where in time we stand."""
    plain = _without_month_rules(book)
    moved = _moved(plain, timedelta(days=28))
    assert project(plain).low.tolist() == project(moved).low.tolist()


def _without_month_rules(book: Book) -> Book:
    flows = tuple(
        flow.changed(through="", adjustment=Adjustment.NONE)
        for flow in book.cash_flows
        if flow.repeat not in (Repeat.MONTHS, Repeat.YEARS)
    )
    return book.changed(
        country="",
        facilities=(),
        planned_draws=(),
        link_groups=(),
        measures=(),
        contingencies=(),
        standing_draws=(),
        cash_flows=flows,
    )


def _moved(book: Book, by: timedelta) -> Book:
    return book.changed(as_of=book.as_of + by, cash_flows=_later(book.cash_flows, by))


def _later(value: Any, by: timedelta) -> Any:
    """Every day in a value, so many days later."""
    if isinstance(value, date):
        return value + by
    if isinstance(value, tuple):
        return tuple(_later(each, by) for each in value)
    if isinstance(value, msgspec.Struct):
        fields = msgspec.structs.asdict(value)
        return type(value)(**{name: _later(each, by) for name, each in fields.items()})
    return value
