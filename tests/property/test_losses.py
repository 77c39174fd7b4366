"""Vectorised losses equal a naive re-projection of the book without the element, to the unit."""

from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.contingency import (
    Contingency,
    ContingencyKind,
    all_closures,
    low_under,
    obligations,
    outcomes,
    projection_under,
)
from backstop.contingency.debts import debts_of
from backstop.contingency.identity import OfRecord
from backstop.domain import Account, AccountRole, Book, Direction, Facility, LossMode
from backstop.projection import FlowKind, FlowTable, Side, project
from examples import times
from naive import naive_lows


@given(strategies.moving_books(), st.integers(0, 60))
def test_every_loss_equals_a_plain_loop_without_the_element(book: Book, loss_day: int) -> None:
    projection = project(book)
    closures = all_closures(book, min(loss_day, book.horizon_days))
    if not closures:
        return
    rows = low_under(projection, closures)
    for contingency, row in zip(closures, rows, strict=True):
        naive = naive_lows(book, contingency)
        assert row.tolist() == naive, contingency


@times(10)
@given(st.data())
def test_every_mode_group_and_cascade_equals_a_plain_loop_over_days(data: st.DataObject) -> None:
    book = data.draw(strategies.moving_books())
    contingency = data.draw(strategies.contingencies(book))
    projection = project(book)
    row = low_under(projection, [contingency])[0].tolist()
    assert row == naive_lows(book, contingency)
    assert row == projection_under(projection, contingency).low.tolist()


@times(0.1)
@given(st.data())
def test_draws_in_a_freeze_are_made_at_the_thaw_as_in_a_plain_loop(data: st.DataObject) -> None:
    book = data.draw(strategies.moving_books().filter(lambda book: book.planned_draws))
    line = book.by_id[data.draw(st.sampled_from(book.planned_draws)).facility]
    assert isinstance(line, Facility)
    if data.draw(st.booleans()):  # with much wanted, every draw helps
        book = book.changed(minimum_cash=10**9)
    if data.draw(st.booleans()):  # with much room, every draw fits
        book = book.put(line.changed(limit=10**10, cash_advance_limit=10**10, limit_changes=()))
    projection = project(book)
    drawn = [day for each in debts_of(projection, line) if (day := each.began) >= 0] or [0]
    before = data.draw(st.sampled_from(drawn)) - data.draw(st.integers(0, 5))
    contingency = Contingency(
        OfRecord("any"),
        ContingencyKind.SINGLE,
        (line.id,),
        loss_day=min(max(before, 0), book.horizon_days),
        mode=LossMode.FREEZE,
        duration_days=data.draw(st.sampled_from((3, 10, 20, 40)) | st.integers(1, 90)),
    )
    row = low_under(projection, [contingency])[0].tolist()
    assert row == naive_lows(book, contingency)
    assert row == projection_under(projection, contingency).spendable.tolist()


@given(st.data())
def test_contingencies_asked_together_are_as_if_asked_alone(data: st.DataObject) -> None:
    book = data.draw(strategies.moving_books())
    several = data.draw(st.lists(strategies.contingencies(book), min_size=1, max_size=4))
    projection = project(book)
    together = low_under(projection, several)
    for contingency, row in zip(several, together, strict=True):
        assert row.tolist() == low_under(projection, [contingency])[0].tolist()


@given(st.data())
def test_money_is_conserved_under_every_loss(data: st.DataObject) -> None:
    """Obligations listed are exactly what leaves cash; bounced amounts are exactly the gap."""
    book = data.draw(strategies.moving_books())
    contingency = data.draw(strategies.contingencies(book))
    projection = project(book)
    under = projection_under(projection, contingency)
    listed = obligations(projection, contingency)
    paid = np.zeros(under.days, dtype=np.int64)
    for each in listed:
        paid[each.day] += each.amount
    assert paid.tolist() == under.payments.tolist()
    [outcome] = outcomes(projection, [contingency])
    if not book_starts_short(book):
        assert sum(each.missed for each in outcome.bounced) == outcome.largest_gap


@given(st.data())
def test_whatever_is_borrowed_is_paid_back_in_full_under_every_loss(data: st.DataObject) -> None:
    """Called, cut, paid early or as agreed, within the horizon or after it: the principal of each
    line adds up to what was owed and what is still drawn, and that of a purchase to its price."""
    book = data.draw(strategies.moving_books())
    contingency = data.draw(strategies.contingencies(book))
    projection = project(book)
    flows, prices = projection_under(projection, contingency).flows, bought_by(projection.flows)
    for line in book.facilities:
        owed = line.balance
        for number, series in enumerate(flows.descriptions):
            mine = flows.series == number
            if series.element != line.id or series.side is Side.RECEIPT:
                continue
            principal = int(flows.principal[mine].sum())
            if series.kind is FlowKind.DRAW:
                owed += principal
            elif not series.falls_back:
                owed -= principal
        assert owed == 0
    for purchase, principal in bought_by(flows).items():
        assert principal == prices[purchase]


def bought_by(flows: FlowTable) -> Counter[tuple[str, int]]:
    """The principal of each purchase through a line, by its record and its number; what is paid
    otherwise than agreed is a series of its own."""
    found = Counter[tuple[str, int]]()
    for row in range(len(flows)):
        series = flows.descriptions[flows.series[row]]
        if series.falls_back:
            found[series.record, int(flows.debt[row])] += int(flows.principal[row])
    return found


@given(strategies.moving_books())
def test_a_closure_today_equals_projecting_the_book_without_the_line(book: Book) -> None:
    projection = project(book)
    for contingency, row in zip(
        closures := closed_for_good(book),
        low_under(projection, closures) if closures else (),
        strict=True,
    ):
        if all(target in {f.id for f in book.facilities} for target in contingency.targets):
            without = _book_without_lines(book, contingency.targets)
            assert row.tolist() == project(without).low.tolist()


@given(strategies.moving_books())
def test_losses_of_different_days_may_be_asked_together(book: Book) -> None:
    projection = project(book)
    mixed = [*all_closures(book, 3), *all_closures(book, 17)]
    if mixed:
        together = low_under(projection, mixed)
        for each, row in zip(mixed, together, strict=True):
            assert row.tolist() == low_under(projection, [each])[0].tolist()


@given(strategies.moving_books())
def test_every_unit_of_the_gap_has_a_name(book: Book) -> None:
    """The bounced amounts add up to the largest shortfall, and none exceeds its obligation."""
    for outcome in outcomes(project(book), all_closures(book)):
        if book_starts_short(book):
            continue
        assert sum(each.missed for each in outcome.bounced) == outcome.largest_gap
        assert all(0 < each.missed <= each.obligation.amount for each in outcome.bounced)


@given(strategies.moving_books())
def test_obligations_under_a_loss_are_what_leaves_cash(book: Book) -> None:
    """Money lost to payments under a loss is exactly the obligations listed for it."""
    projection = project(book)
    for contingency in closed_for_good(book):
        listed = obligations(projection, contingency)
        without = _book_without_lines(book, contingency.targets)
        assert sum(each.amount for each in listed) == int(project(without).payments.sum())


@times(0.25)
@given(st.data())
def test_an_account_that_is_frozen_later_keeps_what_is_in_it_on_that_day(
    data: st.DataObject,
) -> None:
    """Whatever came through each account before: receipts, payments, draws, and their lenders."""
    book = data.draw(strategies.moving_books(most_accounts=4))
    own = [each.id for each in book.accounts]
    ways = data.draw(st.lists(st.sampled_from(["", *own]), min_size=8, max_size=8))
    for number, line in enumerate(book.facilities):
        fields = {"paid_from": ways[2 * number], "paid_into": ways[2 * number + 1]}
        book = book.put(line.changed(**fields))
    after = data.draw(st.integers(0, book.horizon_days))
    losses = [
        Contingency(OfRecord(each), ContingencyKind.SINGLE, (each,), after, duration_days=lasts)
        for each, lasts in product(own, (None, 9))
    ]
    for loss, low in zip(losses, low_under(project(book), losses) if own else (), strict=True):
        assert low.tolist() == naive_lows(book, loss)


@given(strategies.moving_books(most_accounts=4))
def test_frozen_accounts_take_no_more_than_the_pool_holds(book: Book) -> None:
    """Two accounts frozen together may hold more than the pool."""
    pooled = [a for a in book.accounts if a.role is AccountRole.OPERATING]
    both = Contingency(OfRecord("both"), ContingencyKind.GROUP, tuple(a.id for a in pooled), 0)
    low = low_under(project(book), [both])[0]
    assert low.tolist() == naive_lows(book, both)


def test_adding_the_rows_of_interacting_members_would_be_wrong() -> None:
    """Two frozen accounts hold 160 of a pool that an overdraft of 100 leaves with 60."""
    book = Book(
        title="Pool",
        as_of=date(2026, 1, 5),
        accounts=(
            Account(id="a", name="A", balance=80),
            Account(id="b", name="B", balance=80),
            Account(id="overdrawn", name="Overdrawn", balance=-100),
        ),
    )
    projection = project(book)
    alone = [Contingency(OfRecord(i), ContingencyKind.SINGLE, (i,)) for i in ("a", "b")]
    both = Contingency(OfRecord("both"), ContingencyKind.GROUP, ("a", "b"))
    a, b, together = low_under(projection, [*alone, both])
    added = projection.low + (a - projection.low) + (b - projection.low)
    assert together.tolist() == naive_lows(book, both)
    assert (int(together[0]), int(added[0])) == (0, -60)


def closed_for_good(book: Book) -> list[Contingency]:
    return [replace(each, mode=LossMode.NO_NEW_DRAWS) for each in all_closures(book)]


def book_starts_short(book: Book) -> bool:
    """An opening overdraft is a shortfall without a payment behind it."""
    return sum(a.balance for a in book.accounts if a.role is AccountRole.OPERATING) < 0


def _book_without_lines(book: Book, lost: tuple[str, ...]) -> Book:
    """The book as it would be written without new draws on these lines; debts stay, and so does
    what comes back to a card."""
    flows = tuple(
        flow.changed(through="")
        if flow.through in lost and flow.direction is Direction.PAYMENT
        else flow
        for flow in book.cash_flows
    )
    draws = tuple(draw for draw in book.planned_draws if draw.facility not in lost)
    return book.changed(
        cash_flows=flows, planned_draws=draws, link_groups=(), measures=(), contingencies=()
    )
