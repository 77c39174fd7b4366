"""A bound on what a book can add up to, from its records alone: no date of them is worked out."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from backstop.domain import validation as check
from backstop.domain.kinds import Compounding, RatePer, RepaymentMethod, Repeat, Rhythm

if TYPE_CHECKING:
    from backstop.domain.book import Book
    from backstop.domain.lines import Facility
    from backstop.domain.priced import Priced
    from backstop.domain.records import CashFlow, PlannedDraw
    from backstop.domain.tranches import Tranche

MOST_SUM = 10**18
"""Minor units. Sums are kept in 64 bits, which hold nine times as much: room for what a loss takes
away and puts elsewhere."""

_MINIMUM_PAYMENTS = 600
"""Those that can be in sight: there are more of them, but no horizon reaches so far."""
_SHORTEST_MONTH, _LONGEST_MONTH = 28, 31
_FURTHEST_MOVED = 400
"""Days by which something can come after its own date, with room to spare."""

_COARSE = 3 * 10**6
"""No repeated amount weighs more: 4,416 times in the longest horizon, and 570 times what was
borrowed at the highest rate for the longest time, save where interest bears interest."""

_LONGEST_PAST = 20
"""Times as many fall due where none has been settled for as long as a date can lie back."""

_STEP_DAYS = {Repeat.DAYS: 1, Repeat.WEEKS: 7, Repeat.MONTHS: 28, Repeat.YEARS: 365}


def check_sums(book: Book) -> None:
    """Refuse a book whose balances could leave 64 bits, naming the record that weighs most."""
    if _roughly(book) <= MOST_SUM:
        return
    weights = [*_held(book), *_repeated(book)]
    if sum(weight for weight, _, _ in weights) <= MOST_SUM:
        return
    _, name, field = max(weights, key=lambda each: each[0])
    raise check.refuse(
        name,
        field,
        "within the days that the book looks ahead, all its amounts add up to more than can be "
        "reckoned with. Correct this amount or how often it comes, or look ahead fewer days.",
    )


def _roughly(book: Book) -> int:
    """More than the bound, and quickly found."""
    owed = [each for line in book.facilities for each in line.tranches]
    rules: tuple[CashFlow | PlannedDraw, ...] = (*book.cash_flows, *book.planned_draws)
    rare = [r for r in rules if r.amounts or r.later_amounts or r.open or r.answered_until]
    moving = sum(each.amount for each in rules) + sum(map(most_at_once, rare))
    moving += sum(each.principal + _base(each) for each in owed)
    still = sum(abs(each.balance) for each in book.accounts)
    still += sum(_limit(each) + each.credit_balance for each in book.facilities)
    still += sum(row.interest for each in owed for row in each.imported)
    still += sum(each.charges for each in owed)
    priced = (*book.facilities, *owed)
    if any(map(bears_interest_on_interest, priced)):
        return MOST_SUM + 1
    settled_long_ago = any(each.answered_until for each in rare)
    return still + _COARSE * moving * (_LONGEST_PAST if settled_long_ago else 1)


Weight = tuple[int, str, str]
"""The most that a record can move (minor units), its name, and the field that says how much."""


def bears_interest_on_interest(terms: Priced) -> bool:
    """Whether unpaid interest is added to what bears it: only of what is due whole."""
    whole = terms.method is RepaymentMethod.BULLET
    return whole and terms.compounding is not Compounding.NEVER


def _held(book: Book) -> Iterator[Weight]:
    """What is owned, owed and granted today."""
    for account in book.accounts:
        yield abs(account.balance), account.name, "balance"
    for line in book.facilities:
        yield _limit(line), line.name, "limit"
        yield line.credit_balance, line.name, "credit_balance"
        for each in line.unbilled:
            yield _of_bought(line, each.amount), line.name, "unbilled"
        for tranche in line.tranches:
            yield _owed(tranche, book.as_of), tranche.name, "principal"


def _of_bought(line: Facility, amount: int) -> int:
    return amount + _cost_of_line(line, amount, 0)


def _limit(line: Facility) -> int:
    """All that it has ever room for, and what is taken up of it."""
    return line.blocked + max(line.limit, *(each.limit for each in line.limit_changes), 0)


def _owed(tranche: Tranche, as_of: date) -> int:
    listed = sum(row.interest for row in tranche.imported) + tranche.charges
    base, begun = max(tranche.principal, _base(tranche)), tranche.origin
    periods = begun.periods if begun else tranche.remaining_periods
    start = begun.start if begun else min(as_of, tranche.interest_from or as_of)
    first = max(0, ((begun.first_due if begun else tranche.next_due) - start).days)
    return base + listed + _cost(tranche, base, periods, tranche.rate_percent, first)


def _base(tranche: Tranche) -> int:
    return max(tranche.original_principal, tranche.origin.principal if tranche.origin else 0)


def _repeated(book: Book) -> Iterator[Weight]:
    """What comes again and again within the horizon, with the interest of what is borrowed."""
    lines = {line.id: line for line in book.facilities}
    for flow in book.cash_flows:
        cost = (
            _cost_of_line(lines[flow.through], most_at_once(flow), 0)
            if flow.through in lines
            else 0
        )
        times = _times(book, flow, flow.usual_lateness_days + flow.held_days)
        yield (most_at_once(flow) + cost) * times, flow.name, "amount"
    for draw in book.planned_draws:
        cost = _cost_of_line(lines[draw.facility], most_at_once(draw), draw.periods)
        yield (2 * most_at_once(draw) + cost) * _times(book, draw, 0), draw.name, "amount"


def most_at_once(rule: CashFlow | PlannedDraw) -> int:
    """The most that it comes to at one time."""
    single, later = (e.amount for e in rule.amounts), (e.amount for e in rule.later_amounts)
    return max([rule.amount, *single, *later, *(each.left for each in rule.open)])


def _times(book: Book, rule: CashFlow | PlannedDraw, late: int) -> int:
    """The most times that it can fall due, whatever closed days and moves do to it."""
    if rule.repeat is Repeat.ONCE:
        return 1 + len(rule.open)
    days = book.horizon_days + late + _FURTHEST_MOVED
    days += max(0, (book.as_of - (rule.answered_until or book.as_of)).days)
    times = days // (_STEP_DAYS[rule.repeat] * rule.every) + 1 + len(rule.moved)
    times *= 1 if rule.second_day is None else 2
    return len(rule.open) + (times if rule.count is None else min(times, rule.count))


def _cost_of_line(line: Facility, amount: int, periods: int) -> int:
    rate = max(line.rate_percent, line.cash_advance_rate_percent)
    months = max(periods, line.periods, line.bill_instalments)
    fee = line.cash_advance_fee_percent
    return _cost(line, amount, months, rate) + int(amount * fee / 100) + 1


def _cost(terms: Priced, amount: int, periods: int, rate: Decimal, first_days: int = 0) -> int:
    """The most interest and fees on what is paid back in so many periods, the first of them not
    longer than so many days, or than usual."""
    highest = max(rate, *(each.percent for each in terms.rate_changes), Decimal(0))
    percent = highest
    if terms.rate_per is not RatePer.PRINCIPAL:
        periods = max(periods, _MINIMUM_PAYMENTS) if terms.pays_minimum else periods
        longest = _LONGEST_MONTH * (3 if terms.rhythm is Rhythm.QUARTERLY else 1)
        days = first_days + longest * (periods + 2)
        daily = highest if terms.rate_per is RatePer.DAY else highest / 360
        percent = daily * days
        if bears_interest_on_interest(terms):
            monthly = 1 + daily * _LONGEST_MONTH / 100
            percent = 100 * (monthly ** (days // _SHORTEST_MONTH + 2))
    return int(amount * (percent + terms.instalment_fee_percent) / 100) + 1
