"""The owner's measures: what is sold, a receipt paid early, new money, a balance in instalments."""

from datetime import date, timedelta
from functools import lru_cache

from backstop.domain import (
    Book,
    Facility,
    IntradayOrder,
    Measure,
    Priced,
    RepaymentMethod,
)
from backstop.plan.meanings.meaning import CashMoves, Meaning, total
from backstop.plan.results import Action
from backstop.projection import draw_schedule
from backstop.projection.amortisation import Instalment, price_of, rounded, schedule
from backstop.projection.flows import net_of_fee


def sold(book: Book, action: Action) -> Meaning:
    """The asset's value less what it fetches too little."""
    loss = _price(book, action)
    return Meaning(((action.day, action.amount - loss),), cost=loss)


def advanced(book: Book, action: Action) -> Meaning:
    """A part of a receipt paid at once, less the fee; the receipt is smaller by it."""
    fee = _price(book, action)
    return Meaning(((action.day, action.amount - fee), _missing(book, action)), cost=fee)


def collected(book: Book, action: Action) -> Meaning:
    """The customer pays the receipt earlier, less the discount. It comes as receipts do."""
    discount = _price(book, action)
    came = shown_on(book, action.day), action.amount - discount
    return Meaning((came, _missing(book, action)), cost=discount)


def borrowed_anew(book: Book, action: Action) -> Meaning:
    """A draw on a line that does not exist yet, by the terms it would have."""
    line = line_like(measure_of(book, action), book.as_of)
    net = net_of_fee(line, action.amount)
    owed = _dated(book, draw_schedule(line, action.amount, _date(book, action), action.periods))
    return Meaning(((action.day, net),), owed, total(owed) - net)


def lent_by_owner(book: Book, action: Action) -> Meaning:
    """Money of the owner or the family; given back in one sum after a time, or never."""
    measure, fee = measure_of(book, action), _price(book, action)
    gained = ((action.day, action.amount - fee),)
    if measure.repay_after_days is None:
        return Meaning(gained, cost=fee)
    start = _date(book, action)
    due = start + timedelta(days=measure.repay_after_days)
    once = schedule(action.amount, price_of(measure), RepaymentMethod.BULLET, [due], start)
    owed = _dated(book, once)
    return Meaning(gained, owed, total(owed) - total(gained))


def agreed_anew(book: Book, action: Action) -> Meaning:
    """What is asked back at once is not paid on that day, but in instalments after it."""
    measure, fee = measure_of(book, action), _price(book, action)
    line = line_like(measure, book.as_of)
    owed = _dated(book, draw_schedule(line, action.amount, _date(book, action), measure.periods))
    gained = action.amount - fee
    return Meaning(((action.day, gained),), owed, total(owed) - gained)


def measure_of(book: Book, action: Action) -> Measure:
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


def _missing(book: Book, action: Action) -> tuple[int, int]:
    """What does not come any more on the receipt's own day."""
    return shown_on(book, action.days[0]), -action.amount


def _price(book: Book, action: Action) -> int:
    return rounded(action.amount * measure_of(book, action).cost_percent / 100)


def _date(book: Book, action: Action) -> date:
    return book.as_of + timedelta(days=action.day)


def _dated(book: Book, instalments: list[Instalment]) -> CashMoves:
    return tuple(((each.due - book.as_of).days, each.total) for each in instalments)
