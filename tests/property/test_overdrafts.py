"""Books with overdrafts equal a plain loop over days, to the unit, with every line and under every
loss; what bounces adds up; pairs, standing draws and worse receipts are what they are together."""

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.contingency import (
    all_closures,
    low_under,
    low_with_worse_receipts,
    obligations,
    outcomes,
    pairs,
    projection_under,
    sweeps,
    with_standing_draws,
)
from backstop.contingency.reverse import receipts_left_by, worse_receipts
from backstop.domain import Book, Facility, LossMode, PlannedDraw
from backstop.projection import FlowKind, project, usage
from examples import times
from naive import beyond, naive_lows


@given(strategies.overdrawn_books())
def test_a_book_with_overdrafts_equals_a_plain_loop(book: Book) -> None:
    projection = project(book)
    assert projection.spendable.tolist() == naive_lows(book)


@times(5)
@given(st.data())
def test_every_loss_equals_a_plain_loop(data: st.DataObject) -> None:
    book = data.draw(strategies.overdrawn_books())
    contingency = data.draw(strategies.contingencies(book))
    projection = project(book)
    row = low_under(projection, [contingency])[0].tolist()
    assert row == naive_lows(book, contingency)
    assert row == projection_under(projection, contingency).spendable.tolist()


@given(st.data())
def test_what_is_paid_and_paid_back_covers_the_gap(data: st.DataObject) -> None:
    book = data.draw(strategies.overdrawn_books())
    contingency = data.draw(strategies.contingencies(book))
    projection = project(book)
    under = projection_under(projection, contingency)
    listed = obligations(projection, contingency)
    flows = sum(each.amount for each in listed if each.kind is not FlowKind.REPAYMENT)
    assert flows == int(under.payments.sum())
    [outcome] = outcomes(projection, [contingency])
    opening = min(0, projection.opening - int(projection.floor[0]))
    if not opening:
        assert sum(each.missed for each in outcome.bounced) == outcome.largest_gap
        assert all(0 < each.missed <= each.obligation.amount for each in outcome.bounced)
    assert outcome.lowest_cash == int(under.low[outcome.lowest_day])
    for line in book.facilities:
        if line.is_overdraft:
            assert int(usage(under, line).min()) >= 0


@given(strategies.overdrawn_books())
def test_losses_asked_together_or_in_pairs_are_as_if_asked_alone(book: Book) -> None:
    projection, closures = project(book), all_closures(book, 5)
    together = low_under(projection, closures)
    for each, row in zip(closures, together, strict=True):
        assert row.tolist() == low_under(projection, [each])[0].tolist()
    found = pairs(projection, closures)
    for pair in range(len(found)):
        low = low_under(projection, [found.contingency(pair)])[0]
        low = beyond(low.tolist(), projection.spendable.tolist())
        assert found.gap[pair] == max(0, -min(low))


@given(st.data())
def test_worse_receipts_are_asked_along_with_the_loss(data: st.DataObject) -> None:
    book = data.draw(strategies.overdrawn_books())
    contingency = data.draw(strategies.contingencies(book))
    left = receipts_left_by(book, contingency)
    worse = worse_receipts(left, LossMode.RECEIPTS_CUT, data.draw(st.integers(0, 100)))
    number = worse.cut_percent or 0
    projection = project(book)
    low = low_with_worse_receipts(projection, contingency, LossMode.RECEIPTS_CUT, number)
    assert low.tolist() == low_under(projection, [replace(contingency, also=worse)])[0].tolist()
    alone = low_with_worse_receipts(projection, None, LossMode.RECEIPTS_CUT, number)
    all_of_them = worse_receipts(receipts_left_by(book, None), LossMode.RECEIPTS_CUT, number)
    assert alone.tolist() == naive_lows(book, all_of_them)


@times(0.3)
@given(st.data())
def test_the_worst_day_is_found_among_all_days(data: st.DataObject) -> None:
    book = data.draw(strategies.overdrawn_books())
    contingency = data.draw(strategies.contingencies(book))
    projection = project(book)
    [sweep] = sweeps(projection, [contingency])
    curve = sweep.curve(projection.days).tolist()
    days = data.draw(st.lists(st.integers(0, projection.days - 1), min_size=1, max_size=6))
    for day in days:
        low = low_under(projection, [replace(contingency, loss_day=day)])[0]
        assert curve[day] == max(0, -min(beyond(low.tolist(), projection.spendable.tolist())))


@times(0.5)
@given(st.data())
def test_what_standing_draws_leave_is_the_book_with_these_draws_in_it(data: st.DataObject) -> None:
    book = data.draw(strategies.overdrawn_books())
    for line in [each for each in book.facilities if each.lends_cash]:
        book = book.put(line.changed(last_verified=book.as_of, lead_days=0))
    lines = tuple(each.id for each in book.facilities if each.lends_cash)
    book = book.changed(standing_draws=lines, minimum_cash=10_000)
    lost = data.draw(st.sampled_from([e.id for e in book.facilities if e.is_overdraft]))
    contingency = replace(data.draw(strategies.contingencies(book)), targets=(lost,), cascade=None)
    projection = project(book)
    [standing] = with_standing_draws(projection, [contingency])
    for draw in standing.draws:
        source = book.by_id[draw.facility]
        assert isinstance(source, Facility)
        book = book.put(
            PlannedDraw(
                id=book.new_id("standing"),
                name=source.name,
                facility=source.id,
                amount=draw.amount,
                periods=source.periods,
                first_date=projection.date_of(draw.day),
            )
        )
    drawn = low_under(project(book), [contingency])[0]
    assert standing.low.tolist() == drawn.tolist()
