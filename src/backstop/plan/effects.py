"""What an action does to cash, in exact minor units, from the book's own records.

One definition for all: columns are made from it, and the judge replays with it.
"""

from datetime import timedelta

from backstop.domain import Account, Book, CashFlow, Facility
from backstop.plan.results import Action, ActionKind, Repayment
from backstop.projection import draw_schedule
from backstop.projection.amortisation import rounded
from backstop.projection.flows import net_of_fee

CashMoves = list[tuple[int, int]]
"""(day offset, minor units): what comes in (+) and goes out (-)."""


def cash_moves(book: Book, action: Action) -> CashMoves:
    """What the action adds to cash and what it takes, also beyond the horizon."""
    if action.kind is ActionKind.CUT:
        return [(day, action.amount // len(action.days)) for day in action.days]
    return [(action.day, _gained(book, action)), *((d, -a) for d, a in _owed(book, action))]


def cost_of(book: Book, action: Action) -> int:
    """What the action costs in all: interest and fees, the price of waiting, income forgone."""
    match action.kind:
        case ActionKind.DRAW | ActionKind.PURCHASE:
            return sum(a for _, a in _owed(book, action)) - _gained(book, action)
        case ActionKind.RESERVE:
            return _account(book, action).breaking_cost
        case ActionKind.DEFER:
            return _deferral_cost(_flow(book, action), action.amount)
        case ActionKind.CUT:
            flow = _flow(book, action)
            return flow.income_lost_if_missed * action.amount // flow.amount


def repayments(book: Book, action: Action) -> tuple[Repayment, ...]:
    """What has to be paid later because of the action."""
    return tuple(Repayment(day, amount) for day, amount in _owed(book, action))


def _gained(book: Book, action: Action) -> int:
    match action.kind:
        case ActionKind.DRAW:
            return net_of_fee(_facility(book, action), action.amount)
        case ActionKind.RESERVE:
            return action.amount - _account(book, action).breaking_cost
        case _:
            return action.amount


def _owed(book: Book, action: Action) -> CashMoves:
    match action.kind:
        case ActionKind.DRAW | ActionKind.PURCHASE:
            facility = _facility(book, action)
            drawn = book.as_of + timedelta(days=action.day)
            dues = draw_schedule(facility, action.amount, drawn, action.periods)
            return [((each.due - book.as_of).days, each.total) for each in dues]
        case ActionKind.DEFER:
            flow = _flow(book, action)
            owed = action.amount + _deferral_cost(flow, action.amount)
            return [(action.day + flow.deferrable_days, owed)]
        case _:
            return []


def _deferral_cost(flow: CashFlow, amount: int) -> int:
    return rounded(amount * flow.deferral_cost_percent / 100)


def _facility(book: Book, action: Action) -> Facility:
    record = book.by_id[action.source]
    assert isinstance(record, Facility)
    return record


def _account(book: Book, action: Action) -> Account:
    record = book.by_id[action.source]
    assert isinstance(record, Account)
    return record


def _flow(book: Book, action: Action) -> CashFlow:
    record = book.by_id[action.source]
    assert isinstance(record, CashFlow)
    return record
