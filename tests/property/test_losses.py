"""Vectorised losses equal a naive re-projection of the book without the element, to the unit."""

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
)
from backstop.domain import AccountRole, Book, LinkGroup, Repeat
from backstop.projection import project
from naive import naive_lows


@given(strategies.books(), st.integers(0, 60))
def test_every_loss_equals_a_plain_loop_without_the_element(book: Book, loss_day: int) -> None:
    projection = project(book)
    closures = all_closures(book, min(loss_day, book.horizon_days))
    if not closures:
        return
    rows = low_under(projection, closures)
    for contingency, row in zip(closures, rows, strict=True):
        naive = naive_lows(book, contingency.targets, contingency.loss_day)
        assert row.tolist() == naive, contingency


@given(strategies.books())
def test_a_closure_today_equals_projecting_the_book_without_the_line(book: Book) -> None:
    projection = project(book)
    for contingency, row in zip(
        closures := all_closures(book),
        low_under(projection, closures) if closures else (),
        strict=True,
    ):
        if all(target in {f.id for f in book.facilities} for target in contingency.targets):
            without = _book_without_lines(book, contingency.targets)
            assert row.tolist() == project(without).low.tolist()


@given(strategies.books())
def test_losses_of_different_days_may_be_asked_together(book: Book) -> None:
    projection = project(book)
    mixed = [*all_closures(book, 3), *all_closures(book, 17)]
    if mixed:
        together = low_under(projection, mixed)
        for each, row in zip(mixed, together, strict=True):
            assert row.tolist() == low_under(projection, [each])[0].tolist()


@given(strategies.books())
def test_every_unit_of_the_gap_has_a_name(book: Book) -> None:
    """The bounced amounts add up to the largest shortfall, and none exceeds its obligation."""
    for outcome in outcomes(project(book), all_closures(book)):
        if book_starts_short(book):
            continue
        assert sum(each.missed for each in outcome.bounced) == outcome.largest_gap
        assert all(0 < each.missed <= each.obligation.amount for each in outcome.bounced)


@given(strategies.books())
def test_obligations_under_a_loss_are_what_leaves_cash(book: Book) -> None:
    """Money lost to payments under a loss is exactly the obligations listed for it."""
    projection = project(book)
    for contingency in all_closures(book):
        listed = obligations(projection, contingency)
        without = _book_without_lines(book, contingency.targets)
        assert sum(each.amount for each in listed) == int(project(without).payments.sum())


@given(strategies.books(most_accounts=4))
def test_frozen_accounts_take_no_more_than_the_pool_holds(book: Book) -> None:
    """Two accounts frozen together may hold more than the pool: plain addition would be wrong."""
    pooled = [a for a in book.accounts if a.role is AccountRole.OPERATING]
    both = Contingency("both", ContingencyKind.GROUP, tuple(a.id for a in pooled), 0)
    low = low_under(project(book), [both])[0]
    assert low.tolist() == naive_lows(book, both.targets)


def book_starts_short(book: Book) -> bool:
    """An opening overdraft is a shortfall without a payment behind it."""
    return sum(a.balance for a in book.accounts if a.role is AccountRole.OPERATING) < 0


def _book_without_lines(book: Book, lost: tuple[str, ...]) -> Book:
    """The book as it would be written without new draws on these lines; debts stay."""
    flows = tuple(
        flow.changed(through="") if flow.through in lost else flow
        for flow in book.cash_flows
        if not (
            flow.through in lost
            and flow.repeat is Repeat.ONCE
            and flow.first_date < book.as_of
            and flow.through in {f.id for f in book.facilities}
        )
    )
    draws = tuple(draw for draw in book.planned_draws if draw.facility not in lost)
    groups: tuple[LinkGroup, ...] = ()
    return book.changed(cash_flows=flows, planned_draws=draws, link_groups=groups)
