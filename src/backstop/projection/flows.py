"""Every record of the book, expanded once into dated flows held in columns.

A flow hangs on at most one element (a facility or an account): close the element on day τ, and the
flows that *began* on τ or later are gone, each instalment with its draw. What was owed before day 0
began `BEFORE` it. Purchases that a lost line would have paid fall back on cash on their own day.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from functools import lru_cache

import numpy as np

from backstop.domain import (
    Book,
    Bought,
    CashFlow,
    Direction,
    Facility,
    PlannedDraw,
    RepaymentMethod,
    Tranche,
)
from backstop.domain.purchases import all_bought
from backstop.projection.amortisation import Instalment, rounded
from backstop.projection.amounts import counted, is_uneven, moves_of_flow
from backstop.projection.bill_days import bill_days
from backstop.projection.card_records import block_of_card, card_of
from backstop.projection.cards import Card, is_in_running_bill, is_reckoned_whole
from backstop.projection.columns import (
    BEFORE,
    Block,
    Flow,
    FlowKind,
    Series,
    Side,
    block_of,
    columns_of,
)
from backstop.projection.cycle import bill_due
from backstop.projection.described import (
    bought_series,
    debt_series,
    purchase_series,
    repayment_priority,
    takings_series,
)
from backstop.projection.dues import amounts_due, lateness_of
from backstop.projection.schedules import cash_schedule, draw_schedule, tranche_schedule
from backstop.projection.spans import Span, span_of
from backstop.projection.takings import (
    Advance,
    Receipt,
    Takings,
    advance_of,
    advance_on,
    is_taken_from,
)
from backstop.projection.terms import advance_price, paid_in_full, running_price

KEPT = 20_000
"""Expansions kept in memory for each kind of record: a large book and its recent edits."""

TOGETHER = 100
"""Receipts and payments in cash that are expanded, and kept, together: one record costs little
more than its share, and an edit expands only its neighbours again."""


def expand(book: Book) -> Iterator[Block]:
    """Each record's series and flows from the as-of date to the horizon.

    Records are frozen, so what one expands to is kept: after an edit only the changed ones are
    expanded again.
    """
    span = span_of(book)
    facilities = {facility.id: facility for facility in book.facilities}
    in_cash, by_line = [], defaultdict[str, list[CashFlow]](list)
    for flow in book.cash_flows:
        if flow.through in facilities:
            by_line[flow.through].append(flow)
        else:
            in_cash.append(flow)
    for facility in book.facilities:
        yield from _from_the_start(span, book, facility, by_line[facility.id])
    draws = ((facilities[draw.facility], draw) for draw in book.planned_draws)
    for facility, draw in draws:
        yield from () if facility.is_repaid_by_takings else _planned_draw(span, facility, draw)
    for facility in book.facilities:
        if not is_reckoned_whole(facility, by_line[facility.id]):
            for flow in by_line[facility.id]:
                yield _purchase(span, facility, flow)
    for start in range(0, len(in_cash), TOGETHER):
        yield _in_cash(span, tuple(in_cash[start : start + TOGETHER]))


def lines_of_takings(book: Book) -> dict[str, Takings]:
    """By their ids: the lines whose draws are repaid by a share of takings."""
    lines = [each for each in book.facilities if each.is_repaid_by_takings]
    return {each.id: takings_of(book, each) for each in lines}


def takings_of(book: Book, facility: Facility) -> Takings:
    """What repays the draws of a line, and the draws: what comes back to a card is no takings."""
    lines = {each.id for each in book.facilities}
    flows = tuple(
        each
        for each in book.cash_flows
        if each.through not in lines and is_taken_from(facility, each)
    )
    draws = tuple(each for each in book.planned_draws if each.facility == facility.id)
    return _takings(span_of(book), facility, flows, draws)


@lru_cache(KEPT)
def _takings(
    span: Span,
    facility: Facility,
    flows: tuple[CashFlow, ...],
    draws: tuple[PlannedDraw, ...],
) -> Takings:
    receipts, advances = list[Receipt](), list[tuple[Advance, ...]]()
    for flow in flows:
        block = _in_cash(span, (flow,))
        day, amount, *_ = block.columns.tolist()
        receipts += [
            Receipt(flow.id, flow.through, *each) for each in zip(day, amount, strict=True)
        ]
    advances += [(advance_of(each),) for each in facility.tranches]
    for draw in draws:
        found = span.due(draw)
        pairs = zip(found.days.tolist(), amounts_due(draw, found.own).tolist(), strict=True)
        advances.append(
            tuple(advance_on(facility, amount, day, n) for n, (day, amount) in enumerate(pairs))
        )
    return Takings(
        facility,
        span.horizon_days + 1,
        tuple(receipts),
        (*facility.tranches, *draws),
        tuple(advances),
    )


def _by_takings(span: Span, book: Book, facility: Facility) -> Iterator[Block]:
    takings = takings_of(book, facility)
    for record, advances in zip(takings.records, takings.advances, strict=True):
        if isinstance(record, PlannedDraw):
            yield _planned_draw(span, facility, record)[0]
        flows = [flow for each in advances for flow in takings.repaid(each)]
        yield block_of(takings_series(facility, record), flows)


def schedule_in(book: Book, tranche: Tranche) -> list[Instalment]:
    """What is still to be paid on a tranche, as the receipts of its book come where takings repay
    it."""
    lines = [e for e in book.facilities if any(each.id == tranche.id for each in e.tranches)]
    if not (lines and lines[0].is_repaid_by_takings):
        return tranche_schedule(tranche, book.as_of)
    span = span_of(book)
    return [
        Instalment(span.date(each.day), each.principal, -each.amount - each.principal, book.as_of)
        for each in takings_of(book, lines[0]).repaid(advance_of(tranche))
    ]


def whole_cards(book: Book) -> dict[str, Card]:
    """By their ids: the cards of which no purchase has bills of its own."""
    span, by_line = span_of(book), defaultdict[str, list[CashFlow]](list)
    for flow in book.cash_flows:
        by_line[flow.through].append(flow)
    return {
        each.id: _card(span, each, tuple(by_line[each.id]), _known(book, each))[0]
        for each in book.facilities
        if is_reckoned_whole(each, by_line[each.id])
    }


def _from_the_start(
    span: Span, book: Book, facility: Facility, through: Sequence[CashFlow]
) -> Iterator[Block]:
    """What is owed on a line already; with what it will be used for, where that is not apart."""
    if facility.is_repaid_by_takings:
        yield from _by_takings(span, book, facility)
    elif facility.method is RepaymentMethod.STATEMENT_CYCLE:
        yield from _billed(span, book, facility, through)
    else:
        for tranche in facility.tranches:
            known = _known(book, facility) if tranche.purchases else ()
            yield _tranche(span, facility, tranche, known)


def _billed(
    span: Span, book: Book, facility: Facility, through: Sequence[CashFlow]
) -> Iterator[Block]:
    """What is owed on a card from the start; with all that will be bought by it, where its bills
    are reckoned whole."""
    whole = is_reckoned_whole(facility, through)
    for tranche in facility.tranches:
        if whole and is_in_running_bill(facility, tranche):
            continue
        if tranche.purchases:
            yield _bill(span, facility, tranche, _known(book, facility))
        else:
            yield _tranche(span, facility, tranche)
    if whole:
        yield _card(span, facility, tuple(through), _known(book, facility))[1]
    elif facility.unbilled:
        yield _unbilled(span, facility, _known(book, facility))


def _known(book: Book, facility: Facility) -> tuple[CashFlow, ...]:
    """The payments that earlier purchases by a line were."""
    named = {each.flow for *_, bought in all_bought([facility]) for each in bought}
    found = (book.by_id[each] for each in sorted(named) if each)
    return tuple(each for each in found if isinstance(each, CashFlow))


@lru_cache(KEPT // TOGETHER)
def _card(
    span: Span, facility: Facility, through: tuple[CashFlow, ...], known: tuple[CashFlow, ...]
) -> tuple[Card, Block]:
    card = card_of(span, facility, through, known)
    return card, block_of_card(card)


@lru_cache(KEPT)
def _tranche(
    span: Span, facility: Facility, tranche: Tranche, known: tuple[CashFlow, ...] = ()
) -> Block:
    made = tranche_schedule(tranche, span.as_of)
    on = tranche.early_on if tranche.early_amount else None
    flows = _repayments(span, facility, made, BEFORE, 0, on)
    return block_of(debt_series(facility, tranche, known), flows)


@lru_cache(KEPT)
def _bill(span: Span, facility: Facility, tranche: Tranche, known: tuple[CashFlow, ...]) -> Block:
    """A bill whose purchases are known: where it is paid whole and for nothing more, each of them
    is."""
    made = tranche_schedule(tranche, span.as_of)
    if len(made) > 1 or made[0].interest:
        return _tranche(span, facility, tranche)
    dues = [made[0].due] * len(tranche.purchases)
    return _by_purchase(span, facility, (tranche.purchases, dues), known, tranche.name)


@lru_cache(KEPT)
def _unbilled(span: Span, facility: Facility, known: tuple[CashFlow, ...]) -> Block:
    """What was bought since the last statement by a card that is paid in full."""
    dues = [bill_due(facility, min(each.day, span.as_of)) for each in facility.unbilled]
    return _by_purchase(span, facility, (facility.unbilled, dues), known, facility.name)


def _by_purchase(
    span: Span,
    facility: Facility,
    bought: tuple[Sequence[Bought], Sequence[date]],
    known: tuple[CashFlow, ...],
    name: str,
) -> Block:
    """Each purchase paid whole on its day, in the series of the payment that it was."""
    payments = {each.id: each for each in known}
    rows: dict[str, list[Flow]] = defaultdict(list)
    for each, due in zip(*bought, strict=True):
        made, debt = [Instalment(due, each.amount, 0, each.day)], len(rows[each.flow])
        rows[each.flow] += _repayments(span, facility, made, BEFORE, debt)
    described = tuple(bought_series(facility, payments.get(each), name) for each in rows)
    counts = np.array([len(mine) for mine in rows.values()])
    return Block(described, counts, columns_of([row for mine in rows.values() for row in mine]))


@lru_cache(KEPT)
def _planned_draw(span: Span, facility: Facility, draw: PlannedDraw) -> tuple[Block, Block]:
    received, repaid, due = [], [], span.due(draw)
    columns = (due.days, due.overdue, amounts_due(draw, due.own))
    for number, (day, late, amount) in enumerate(
        zip(*(each.tolist() for each in columns), strict=True)
    ):
        net = net_of_fee(facility, amount)
        received.append(Flow(day, net, day, amount, late, since=day, debt=number))
        made = cash_schedule(facility, amount, span.date(day), draw.periods)
        repaid += _repayments(span, facility, made, day, number)
    return (
        block_of(Series(draw.id, draw.name, FlowKind.DRAW, Side.FUNDING, facility.id), received),
        block_of(
            Series(
                draw.id,
                draw.name,
                FlowKind.INSTALMENT,
                Side.PAYMENT,
                facility.id,
                repayment_priority(facility),
                price=advance_price(facility)
                if facility.purchases_only
                else running_price(facility),
                advance=facility.purchases_only,
            ),
            repaid,
        ),
    )


def _repayments(
    span: Span,
    facility: Facility,
    made: Sequence[Instalment],
    began: int,
    debt: int,
    chosen: date | None = None,
) -> list[Flow]:
    """What is paid back of one debt; what should have been before day 0 is due on it. A due day on
    which banks are closed moves as the line says, save one that the owner has `chosen` for paying
    early; interest runs by the days of the contract."""
    flows, owed = [], sum(each.principal for each in made)
    drawn = date.min if began == BEFORE else span.date(began)
    days = span.paid_days(facility, made, chosen, drawn)
    for each, day in zip(made, days, strict=True):
        due, principal, interest, since = each
        until, amount = span.offset(due), principal + interest
        late, from_day = int(day < 0), span.offset(since)
        flows.append(Flow(max(day, 0), amount, began, principal, late, from_day, debt, owed, until))
        owed -= principal
    return flows


def net_of_fee(facility: Facility, amount: int) -> int:
    """What arrives of a draw after the fee that is kept back; that of a cash advance is billed."""
    if facility.purchases_only:
        return amount
    return amount - rounded(amount * facility.draw_fee_percent / 100)


@lru_cache(KEPT)
def _purchase(span: Span, facility: Facility, flow: CashFlow) -> Block:
    """By a line without statements, or a card that is paid in full."""
    series, found = purchase_series(facility, flow), span.due(flow)
    days, amount = found.days, amounts_due(flow, found.own)
    if paid_in_full(facility):
        due = bill_days(span, facility, days)
        none = np.zeros_like(days)
        columns = due, amount, days, amount, none, days, np.arange(len(days)), amount, due
        return Block((series,), np.array([len(days)]), np.stack(columns))
    flows = []
    for number, (bought, price) in enumerate(zip(days.tolist(), amount.tolist(), strict=True)):
        made = draw_schedule(facility, price, span.date(bought), facility.periods)
        flows += _repayments(span, facility, made, bought, number)
    return block_of(series, flows)


@lru_cache(KEPT // TOGETHER)
def _in_cash(span: Span, flows: tuple[CashFlow, ...]) -> Block:
    """Receipts, as late as they usually are and only the share that is counted on, and payments."""
    described = tuple(_described(flow) for flow in flows)
    if any(map(is_uneven, flows)):
        moves = [moves_of_flow(span, flow) for flow in flows]
        day, late, amount = (np.concatenate(column) for column in zip(*moves, strict=True))
        counts = [len(each.days) for each in moves]
    else:
        dues = [span.due(flow, lateness_of(flow)) for flow in flows]
        counts = [len(each.days) for each in dues]
        amount = np.repeat([counted(flow, flow.amount) for flow in flows], counts)
        day = np.concatenate([each.days for each in dues])
        late = np.concatenate([each.overdue for each in dues])
    none = np.zeros_like(day)
    lates = late.astype(np.int64)
    columns = np.stack([day, amount, day, none, lates, none, none, none, none])
    return Block(described, np.array(counts), columns)


def _described(flow: CashFlow) -> Series:
    if flow.direction is Direction.RECEIPT:
        return Series(flow.id, flow.name, FlowKind.RECEIPT, Side.RECEIPT, flow.through)
    return Series(
        record=flow.id,
        name=flow.name,
        kind=FlowKind.PAYMENT,
        side=Side.PAYMENT,
        priority=flow.priority,
        partly_payable=flow.partly_payable,
        income_lost=flow.income_lost_if_missed,
        linked=bool(flow.stops_with),
    )
