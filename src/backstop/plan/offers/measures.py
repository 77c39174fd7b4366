"""The owner's measures: what their kinds have in common."""

from datetime import date
from functools import lru_cache

from backstop.domain import (
    Book,
    Facility,
    IntradayOrder,
    Measure,
    Priced,
    RepaymentMethod,
)
from backstop.plan.actions import Action
from backstop.projection.amortisation import rounded


def measure_of(book: Book, action: Action) -> Measure:
    """The measure that the action uses."""
    record = book.by_id[action.source]
    assert isinstance(record, Measure)
    return record


@lru_cache(1000)
def line_like(measure: Measure, verified: date) -> Facility:
    """The line that a measure would give. (One is not paid back by a statement cycle: that has
    days which a measure does not know.)"""
    terms = {name: getattr(measure, name) for name in Priced.__struct_fields__}
    if measure.method is RepaymentMethod.STATEMENT_CYCLE:
        terms["method"] = RepaymentMethod.ANNUITY
    return Facility(
        **terms,
        limit=measure.amount,
        lead_days=measure.lead_days,
        periods=measure.periods,
        draw_fee_percent=measure.cost_percent,
        lender=measure.provider,
        contact=measure.contact,
        committed=measure.arranged,
        last_verified=verified,
    )


def shown_on(book: Book, day: int) -> int:
    """The day whose lowest cash first shows a receipt of that day."""
    return day + (book.intraday_order is IntradayOrder.PAYMENTS_FIRST)


def missing(book: Book, action: Action) -> tuple[int, int]:
    """What does not come any more on the receipt's own day."""
    return shown_on(book, action.days[0]), -action.amount


def price(book: Book, action: Action) -> int:
    """What the measure costs of the amount (minor units)."""
    return rounded(action.amount * measure_of(book, action).cost_percent / 100)
