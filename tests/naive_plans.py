"""What the actions of a plan do to cash, written out once more."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal

from backstop.domain import Account, Book, CashFlow, Facility, IntradayOrder, Measure, RatePer
from backstop.plan import Action, ActionKind
from backstop.projection import calendar_of, draw_schedule
from backstop.projection.amortisation import due_dates, price_of, schedule, shape_of
from backstop.projection.calendars import adjusted
from backstop.projection.schedules import cash_advance, tranche_schedule
from property.test_due_once import due

HALF = Decimal("0.5")


def is_advance(book: Book, action: Action) -> bool:
    line = book.by_id[action.source]
    assert isinstance(line, Facility)
    drawn = action.kind in (ActionKind.DRAW, ActionKind.REFINANCE)
    return drawn and bool(line.cash_advance_limit) and line.purchases_only


def draw_cost(book: Book, action: Action) -> int:
    """All that is paid back and kept by the lender, less what was drawn."""
    return -sum(cash for _, cash in plain_moves(book, action))


def plain_moves(book: Book, action: Action) -> list[tuple[int, int]]:
    """What an action does to cash, written out once more."""
    record = book.by_id[action.source]
    if isinstance(record, Facility):
        return _of_line(book, action, record)
    if isinstance(record, Measure):
        return _of_measure(book, action, record)
    if isinstance(record, Account):
        return [(action.day, action.amount - record.breaking_cost)]
    assert isinstance(record, CashFlow)
    line = book.by_id.get(action.payment)
    if isinstance(line, Facility):
        return _unbought(book, action, record, line)
    if action.kind is ActionKind.DEFER:
        price = _percent(action.amount, record.deferral_cost_percent)
        return [
            (action.day, action.amount),
            (action.day + record.deferrable_days, -action.amount - price),
        ]
    part, cut = action.amount // action.times, []
    for offset, times in Counter(action.days or (action.day,)).items():
        owed = [amount for day, amount in due(record, book) if max(0, day) == offset]
        together, share = sum(owed), record.cuttable_percent
        apart = sum((amount * share + 50) // 100 for amount in owed)
        assert times * part <= max(apart, (together * share + 50) // 100)
        cut.append((offset, times * part))
    return cut


def _unbought(book: Book, action: Action, flow: CashFlow, line: Facility) -> list[tuple[int, int]]:
    """What is left, or bought later, by a line: its bills as they would have been, and are."""
    moves = []

    def billed(day: int, amount: int, sign: int) -> None:
        if amount:
            bought = book.as_of + timedelta(days=day)
            for each in draw_schedule(line, amount, bought, line.periods):
                moves.append((_paid_on(book, line, each.due, bought), sign * each.total))

    for day in action.days or (action.day,):
        part = action.amount // max(1, len(action.days))
        billed(day, flow.amount, 1)
        billed(day, flow.amount - part, -1)
        if action.kind is ActionKind.DEFER:
            price = _percent(part, flow.deferral_cost_percent)
            billed(day + flow.deferrable_days, part + price, -1)
    return moves


def _paid_on(book: Book, line: Facility, due: date, begun: date) -> int:
    """When banks are open, as the line says, and not before it was begun (offset)."""
    paid = max(begun, adjusted(due, line.due_adjustment, calendar_of(book)))
    return (paid - book.as_of).days


def _percent(amount: int, percent: Decimal) -> int:
    return int(amount * percent / 100 + HALF)


def _of_line(book: Book, action: Action, line: Facility) -> list[tuple[int, int]]:
    fee = 0 if line.purchases_only else _percent(action.amount, line.draw_fee_percent)
    moves = [(action.day, action.amount - fee)]
    drawn = book.as_of + timedelta(days=action.day)
    of_cash = cash_advance if is_advance(book, action) else draw_schedule
    for each in of_cash(line, action.amount, drawn, action.periods):
        moves.append((_paid_on(book, line, each.due, drawn), -each.total))
    if action.kind is ActionKind.REFINANCE:
        [(owed, old)] = [
            (f, t) for f in book.facilities for t in f.tranches if t.id == action.payment
        ]
        new = old.changed(early_on=drawn, early_amount=old.principal)
        for tranche, sign in ((old, 1), (new, -1)):
            for each in tranche_schedule(tranche, book.as_of):
                day = (drawn - book.as_of).days
                if each.due != drawn:
                    day = _paid_on(book, owed, each.due, book.as_of)
                moves.append((day, sign * each.total))
    return moves


def _of_measure(book: Book, action: Action, measure: Measure) -> list[tuple[int, int]]:
    net = action.amount - _percent(action.amount, measure.cost_percent)
    late = book.intraday_order is IntradayOrder.PAYMENTS_FIRST
    if action.kind is ActionKind.COLLECT_EARLY:
        return [(action.day + late, net), (action.days[0] + late, -action.amount)]
    moves = [(action.day, net)]
    if action.kind is ActionKind.FACTOR:
        moves.append((action.days[0] + late, -action.amount))
    start = book.as_of + timedelta(days=action.day)
    if action.kind is ActionKind.OWNER_MONEY and measure.repay_after_days is not None:
        due = start + timedelta(days=measure.repay_after_days)
        interest = int(price_of(measure).interest(action.amount, start, due) + HALF)
        if measure.rate_per is RatePer.PRINCIPAL:
            interest = _percent(action.amount, measure.rate_percent)
        moves.append((action.day + measure.repay_after_days, -action.amount - interest))
    if action.kind in (ActionKind.NEW_FACILITY, ActionKind.RENEGOTIATE):
        dues = due_dates(start, measure.periods, measure.due_day)
        price, shape = price_of(measure), shape_of(measure)
        made = schedule(action.amount, price, measure.method, dues, start, shape=shape)
        moves.extend(((each.due - book.as_of).days, -each.total) for each in made)
    return moves
