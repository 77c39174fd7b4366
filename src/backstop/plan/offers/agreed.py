"""What it does to cash when a lender, a supplier or the tax office agrees to other terms."""

from datetime import timedelta

from backstop.domain import LATER, Book, Measure
from backstop.plan.offers.lending import dated
from backstop.plan.offers.meaning import CashMoves, Meaning, total
from backstop.plan.offers.measures import line_like
from backstop.projection import draw_schedule
from backstop.projection.amortisation import price_of, rounded


def agreed(book: Book, measure: Measure, amount: int, day: int, periods: int) -> Meaning:
    """So much that is due on that day (offset) is paid later, or bit by bit, for a fee at once and
    the measure's interest."""
    fee, on = rounded(amount * measure.cost_percent / 100), book.as_of + timedelta(days=day)
    gained = ((day, amount - fee),)
    if measure.ask in LATER:
        due = on + timedelta(days=measure.later_days)
        interest = price_of(measure).interest(amount, on, due)
        owed: CashMoves = ((day + measure.later_days, amount + interest),)
    else:
        line = line_like(measure, book.as_of)
        owed = dated(book, line, draw_schedule(line, amount, on, periods))
    return Meaning(gained, owed, total(owed) - total(gained))
