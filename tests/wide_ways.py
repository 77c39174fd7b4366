"""Everything that an owner could do about a loss, on every day: written out once more from the
records and the schedules of the projection, for a search that shares nothing with the plan's."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate

import numpy as np

from backstop.contingency import Contingency, Obligation, Outcome, obligations
from backstop.domain import (
    Account,
    AccountRole,
    Book,
    CashFlow,
    Facility,
    LossMode,
    Measure,
    MeasureKind,
    RepaymentMethod,
    Tranche,
)
from backstop.projection import FlowKind, Projection, draw_schedule, usage
from backstop.projection.schedules import tranche_schedule

Moves = list[tuple[int, int]]
"""(day, minor units): what comes in and goes out."""

AHEAD = 60
ASKED = 30
MONTHS = (1, 3, 6, 12)
HUNDRED = 100_00


@dataclass(frozen=True)
class Way:
    """One thing that could be done on one day, to an amount from `least` to `most` in whole steps
    (or the most): what it does to cash and costs at an amount, exactly.

    `line` is whose limit it takes up, `freed` what of it can be used again, and when. `arranges`
    are payments (record, day) of which it takes a part each, all together the amount. `turns` are
    names of what can be done so many times. `dislike` is what it counts beyond its cost.
    """

    kind: str
    source: str
    day: int
    least: int
    most: int
    moves: Callable[[int], Moves]
    cost: Callable[[int], int]
    step: int = 1
    line: str = ""
    freed: Callable[[int], Moves] = lambda amount: []
    arranges: tuple[tuple[str, int, float], ...] = ()
    turns: tuple[tuple[str, int], ...] = ()
    dislike: float = 0.0
    about: str = ""
    periods: int = 0


@dataclass(frozen=True)
class Places:
    """Where the search takes place: a book under the loss of one line, nothing done before
    `start`."""

    projection: Projection
    outcome: Outcome
    start: int = 0
    room: dict[str, list[int]] = field(default_factory=dict)

    @property
    def book(self) -> Book:
        return self.projection.book

    @property
    def loss(self) -> Contingency:
        assert self.outcome.contingency is not None
        return self.outcome.contingency

    @property
    def last(self) -> int:
        return self.projection.days - 1

    def dues(self) -> list[Obligation]:
        return obligations(self.projection, self.loss)

    def room_of(self, line: Facility) -> list[int]:
        """What can be drawn on each day and stay drawn."""
        if line.id not in self.room:
            limit = line.limit - _share(line.limit, line.headroom_haircut_percent)
            left = limit - usage(self.projection, line)
            kept = list(accumulate(reversed(left.tolist()), min))[::-1]
            self.room[line.id] = [max(0, each) for each in kept]
        return self.room[line.id]


def ways(places: Places) -> list[Way]:
    """All of them, on all days."""
    found: list[Way] = []
    for line in places.book.facilities:
        if line.id not in places.loss.targets:
            found += _of_line(places, line)
    for account in places.book.accounts:
        found += _of_reserve(places, account)
    found += _of_payments(places)
    for measure in places.book.measures:
        found += _of_measure(places, measure)
    return [each for each in found if max(1, each.least) <= each.most]


def _of_line(places: Places, line: Facility) -> Iterator[Way]:
    if line.purchases_only:
        yield from _purchases(places, line)
        return
    for day in range(places.start, places.last):
        lead = _lead(places, line, day)
        if lead is None or day - lead < places.start:
            continue
        for periods in _periods(line):
            yield _draw(
                places, line, day, periods, "renew" if _after_end(places, line, day) else "draw"
            )
        if not _after_end(places, line, day) and not line.permitted_use:
            yield from _payoffs(places, line, day)


def _after_end(places: Places, line: Facility, day: int) -> bool:
    return line.usage_until is not None and day > places.projection.day_of(line.usage_until)


def _lead(places: Places, line: Facility, day: int) -> int | None:
    """How long before the day the money has to be asked for."""
    if not _after_end(places, line, day):
        return line.lead_days
    assert line.usage_until is not None
    ends = places.projection.day_of(line.usage_until)
    if ends < places.start or day < max(ends + 1, places.start + ASKED):
        return None
    return day - max(places.start, ends - ASKED)


def _periods(line: Facility) -> list[int]:
    if line.method is not RepaymentMethod.ON_DEMAND:
        return [line.periods]
    return [n for n in MONTHS if n < line.periods] + [line.periods]


def _draw(places: Places, line: Facility, day: int, periods: int, kind: str) -> Way:
    book = places.book
    step, room = line.draw_step, places.room_of(line)[day]

    def moves(amount: int) -> Moves:
        return [(day, _net(line, amount)), *_owed(book, line, amount, day, periods)]

    return Way(
        kind,
        line.id,
        day,
        max(line.minimum_draw, step),
        room // step * step,
        moves,
        lambda amount: -sum(cash for _, cash in moves(amount)),
        step=step,
        line=line.id,
        freed=lambda amount: _freed(book, line, amount, day, periods),
        turns=((f"draws on {line.id}", min(2, line.maximum_draws or 2)),),
        dislike=0.02 if kind == "renew" else 0.0,
        periods=periods,
    )


def _net(line: Facility, amount: int) -> int:
    return amount - _percent(amount, line.draw_fee_percent)


def _owed(book: Book, line: Facility, amount: int, day: int, periods: int) -> Moves:
    drawn = book.as_of + timedelta(days=day)
    made = draw_schedule(line, amount, drawn, periods)
    return [((each.due - book.as_of).days, -each.total) for each in made]


def _freed(book: Book, line: Facility, amount: int, day: int, periods: int) -> Moves:
    if not line.revolving:
        return []
    drawn = book.as_of + timedelta(days=day)
    return [
        ((each.due - book.as_of).days, each.principal * line.repaid_share_percent // 100)
        for each in draw_schedule(line, amount, drawn, periods)
    ]


def _payoffs(places: Places, line: Facility, day: int) -> Iterator[Way]:
    for other in places.book.facilities:
        goes_on = other.id not in places.loss.targets or other.default_mode is not LossMode.CALL
        if other.id == line.id or not goes_on:
            continue
        for debt in other.tranches:
            yield from _payoff(places, line, day, other, debt)


def _payoff(
    places: Places, line: Facility, day: int, other: Facility, debt: Tranche
) -> Iterator[Way]:
    book, on = places.book, places.book.as_of + timedelta(days=day)
    before = tranche_schedule(debt, book.as_of)
    spared = [((d.due - book.as_of).days, d.total) for d in before if d.due > on]
    if not spared:
        return
    early = debt.changed(early_on=on, early_amount=debt.principal)
    payoff = tranche_schedule(early, book.as_of)[-1].total
    periods = _periods(line)[-1]
    amount = -(-payoff * 100 // int(100 - line.draw_fee_percent))
    amount = max(line.minimum_draw, -(-amount // line.draw_step) * line.draw_step)
    while _net(line, amount) < payoff:
        amount += line.draw_step
    if amount > places.room_of(line)[day]:
        return

    def moves(_: int) -> Moves:
        paid = (day, _net(line, amount) - payoff)
        return [paid, *spared, *_owed(book, line, amount, day, periods)]

    draw = _draw(places, line, day, periods, "refinance")
    yield replace(
        draw,
        least=amount,
        most=amount,
        moves=moves,
        cost=lambda _: -sum(cash for _, cash in moves(amount)),
        turns=(*draw.turns, (f"payoff of {debt.id}", 1)),
        arranges=tuple(
            (other.id, due, cash / amount) for due, cash in spared if due <= places.last
        ),
        about=debt.id,
    )


def _of_reserve(places: Places, account: Account) -> Iterator[Way]:
    if account.role is not AccountRole.RESERVE or account.balance <= account.breaking_cost:
        return
    for day in range(places.start + account.lead_days, places.last):
        yield Way(
            "reserve",
            account.id,
            day,
            account.breaking_cost + 1,
            account.balance,
            lambda amount, day=day: [(day, amount - account.breaking_cost)],  # type: ignore[misc]
            lambda _: account.breaking_cost,
            step=HUNDRED,
            turns=((account.id, 1),),
        )


def _of_payments(places: Places) -> Iterator[Way]:
    book = places.book
    for due in places.dues():
        flow = book.by_id.get(due.record)
        if due.kind is not FlowKind.PAYMENT or not isinstance(flow, CashFlow):
            continue
        if due.day < places.start:
            continue
        if flow.deferrable_days and due.day + flow.deferrable_days <= places.last:
            yield _deferral(due, flow)
        if flow.cuttable_percent:
            share = _share(flow.amount, flow.cuttable_percent)
            yield Way(
                "cut",
                flow.id,
                due.day,
                share,
                share,
                lambda amount, day=due.day: [(day, amount)],  # type: ignore[misc]
                lambda amount, flow=flow: flow.income_lost_if_missed * amount // flow.amount,  # type: ignore[misc]
                arranges=((flow.id, due.day, 1.0),),
                turns=((f"{flow.id}@{due.day}", 1),),
                dislike=0.1,
            )


def _deferral(due: Obligation, flow: CashFlow) -> Way:
    def moves(amount: int) -> Moves:
        later = amount + _percent(amount, flow.deferral_cost_percent)
        return [(due.day, amount), (due.day + flow.deferrable_days, -later)]

    return Way(
        "defer",
        flow.id,
        due.day,
        1 if due.partly_payable else due.amount,
        due.amount,
        moves,
        lambda amount: _percent(amount, flow.deferral_cost_percent),
        step=HUNDRED,
        arranges=((flow.id, due.day, 1.0),),
        turns=((f"{flow.id}@{due.day}", 1),),
        dislike=0.005,
    )


def _purchases(places: Places, line: Facility) -> Iterator[Way]:
    book, room = places.book, places.room_of(line)
    for due in places.dues():
        flow = book.by_id.get(due.record)
        lead = line.lead_days or 0
        if not isinstance(flow, CashFlow) or set(flow.tags).isdisjoint(line.purchase_tags):
            continue
        if due.kind is not FlowKind.PAYMENT or due.day - lead < places.start:
            continue

        def moves(amount: int, day: int = due.day) -> Moves:
            return [(day, amount), *_owed(book, line, amount, day, line.periods)]

        yield Way(
            "purchase",
            line.id,
            due.day,
            max(line.minimum_draw, 1 if due.partly_payable else due.amount),
            min(due.amount, room[due.day]),
            moves,
            lambda amount, moves=moves: -sum(cash for _, cash in moves(amount)),  # type: ignore[misc]
            step=HUNDRED,
            line=line.id,
            freed=lambda amount, day=due.day: _freed(book, line, amount, day, line.periods),  # type: ignore[misc]
            arranges=((flow.id, due.day, 1.0),),
            turns=((f"{flow.id}@{due.day}", 1),),
            about=flow.id,
        )


def _of_measure(places: Places, measure: Measure) -> Iterator[Way]:
    match measure.kind:
        case MeasureKind.SELL_ASSET:
            yield from _each_day(places, measure, "sell_asset", measure.amount, 0.01, _sold)
        case MeasureKind.OWNER_MONEY:
            yield from _each_day(places, measure, "owner_money", 1, 0.01, _lent_by_owner)
        case MeasureKind.NEW_FACILITY:
            yield from _each_day(places, measure, "new_facility", 1, 0.0, _new_line)
        case MeasureKind.FACTOR | MeasureKind.COLLECT_EARLY:
            yield from _receipts(places, measure)
        case MeasureKind.RENEGOTIATE:
            yield from _talks(places, measure)


def _each_day(
    places: Places,
    measure: Measure,
    kind: str,
    least: int,
    dislike: float,
    means: Callable[[Book, Measure, int, int], Moves],
) -> Iterator[Way]:
    for day in range(places.start + measure.lead_days, places.last):

        def moves(amount: int, day: int = day) -> Moves:
            return means(places.book, measure, amount, day)

        def cost(amount: int, moves: Callable[[int], Moves] = moves) -> int:
            if kind == "sell_asset" or (kind == "owner_money" and not measure.repay_after_days):
                return _percent(amount, measure.cost_percent)
            return -sum(cash for _, cash in moves(amount))

        yield Way(
            kind,
            measure.id,
            day,
            least,
            measure.amount,
            moves,
            cost,
            step=1 if kind == "sell_asset" else HUNDRED,
            turns=((measure.id, 1),),
            dislike=dislike,
            periods=measure.periods if kind == "new_facility" else 0,
        )


def _sold(book: Book, measure: Measure, amount: int, day: int) -> Moves:
    return [(day, amount - _percent(amount, measure.cost_percent))]


def _lent_by_owner(book: Book, measure: Measure, amount: int, day: int) -> Moves:
    net = amount - _percent(amount, measure.cost_percent)
    if measure.repay_after_days is None:
        return [(day, net)]
    yearly = amount * measure.rate_percent / 100 * measure.repay_after_days
    interest = int((yearly / 365).to_integral_value(ROUND_HALF_UP))
    return [(day, net), (day + measure.repay_after_days, -amount - interest)]


def _new_line(book: Book, measure: Measure, amount: int, day: int) -> Moves:
    line = _like(book, measure)
    net = amount - _percent(amount, measure.cost_percent)
    return [(day, net), *_owed(book, line, amount, day, measure.periods)]


def _like(book: Book, measure: Measure) -> Facility:
    return Facility(
        id=measure.id,
        name=measure.name,
        method=measure.method,
        rate_percent=measure.rate_percent,
        day_count=measure.day_count,
        due_day=measure.due_day,
    )


def _receipts(places: Places, measure: Measure) -> Iterator[Way]:
    factors = measure.kind is MeasureKind.FACTOR
    late = int(places.projection.payments_first)
    for due, amount in _expected(places, measure.target).items():
        most = _share(amount, measure.advance_percent) if factors else amount
        most = min(most, measure.amount or most)
        ahead = AHEAD if factors else measure.days_earlier
        for day in range(max(places.start + measure.lead_days, due - ahead), due + factors):

            def moves(amount: int, day: int = day, due: int = due) -> Moves:
                net = amount - _percent(amount, measure.cost_percent)
                return [(day if factors else day + late, net), (due + late, -amount)]

            yield Way(
                str(measure.kind),
                measure.id,
                day,
                most,
                most,
                moves,
                lambda amount: _percent(amount, measure.cost_percent),
                turns=((f"{measure.target} on {due}", 1),),
                about=measure.target,
            )


def _expected(places: Places, flow_id: str) -> dict[int, int]:
    """What comes of a receipt on each day (nothing in these books holds receipts back)."""
    flows, amounts = places.projection.flows, dict[int, int]()
    for number in flows.series_of.get(flow_id, ()):
        for row in range(flows.bounds[number], flows.bounds[number + 1]):
            day = int(flows.day[row])
            if day <= places.last:
                amounts[day] = amounts.get(day, 0) + int(flows.amount[row])
    return amounts


def _talks(places: Places, measure: Measure) -> Iterator[Way]:
    line = places.book.by_id[measure.target]
    assert isinstance(line, Facility)
    day = places.loss.loss_day + line.notice_days
    if line.default_mode is not LossMode.CALL or day < places.start + measure.lead_days:
        return
    asked: dict[str, int] = defaultdict(int)
    records = {line.id, *(each.id for each in line.tranches)}
    for due in places.dues():
        if due.day == day and due.record in records:
            asked[due.record] += due.amount
    whole = sum(asked.values())
    most = min(whole, measure.amount or whole)
    like = _like(places.book, measure)

    def moves(amount: int) -> Moves:
        net = amount - _percent(amount, measure.cost_percent)
        return [(day, net), *_owed(places.book, like, amount, day, measure.periods)]

    yield Way(
        "renegotiate",
        measure.id,
        day,
        most,
        most,
        moves,
        lambda amount: -sum(cash for _, cash in moves(amount)),
        turns=((measure.id, 1),),
        arranges=tuple((record, day, cash / max(1, whole)) for record, cash in asked.items()),
        about=line.id,
        periods=measure.periods,
    )


def _percent(amount: int, percent: Decimal) -> int:
    return int((amount * percent / 100).to_integral_value(ROUND_HALF_UP))


def _share(amount: int, percent: int) -> int:
    return (amount * percent + 50) // 100


def lows_after(places: Places, taken: list[tuple[Way, int]]) -> list[int]:
    """Each day's lowest cash after doing these, to these amounts. What is owed after the horizon
    is taken to be due on its last day."""
    moves = np.zeros(places.last + 1, dtype=np.int64)
    for way, amount in taken:
        for day, cash in way.moves(amount):
            moves[min(day, places.last)] += cash
    low: list[int] = (places.outcome.low + np.cumsum(moves)).tolist()
    return low
