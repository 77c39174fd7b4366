"""Draws repaid by a share of takings equal a plain loop over days, under every loss."""

from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.contingency import all_closures, low_under, pairs, projection_under
from backstop.domain import Book
from backstop.projection import FlowKind, project
from examples import times
from naive import beyond, naive_lows


@given(strategies.books_on_takings())
def test_a_book_on_takings_equals_a_plain_loop(book: Book) -> None:
    assert project(book).low.tolist() == naive_lows(book)


@times(3)
@given(st.data())
def test_every_loss_equals_a_plain_loop(data: st.DataObject) -> None:
    book = data.draw(strategies.books_on_takings())
    contingency = data.draw(strategies.contingencies(book))
    projection = project(book)
    row = low_under(projection, [contingency])[0].tolist()
    assert row == naive_lows(book, contingency)
    assert row == projection_under(projection, contingency).low.tolist()


@given(st.data())
def test_principal_and_fee_are_repaid_in_full_now_or_later(data: st.DataObject) -> None:
    book = data.draw(strategies.books_on_takings())
    contingency = data.draw(strategies.contingencies(book))
    line = next(each for each in book.facilities if each.is_repaid_by_takings)
    flows = projection_under(project(book), contingency).flows
    owed = line.balance
    for number, series in enumerate(flows.descriptions):
        if series.element == line.id:
            principal = int(flows.principal[flows.series == number].sum())
            owed += principal if series.kind is FlowKind.DRAW else -principal
    assert owed == 0


@given(strategies.books_on_takings())
def test_pairs_of_losses_are_worked_out_together(book: Book) -> None:
    projection, closures = project(book), all_closures(book, 5)
    found = pairs(projection, closures)
    for pair in range(len(found)):
        low = low_under(projection, [found.contingency(pair)])[0]
        low = beyond(low.tolist(), projection.spendable.tolist())
        assert found.gap[pair] == max(0, -min(low))
