"""A cut that is taken to change nothing does change nothing, day by day."""

from hypothesis import given
from hypothesis import strategies as st

import strategies
from backstop.contingency.cuts import cut_of
from backstop.contingency.unbound import changing_nothing
from backstop.contingency.ways import NEVER, Way
from backstop.domain import LossMode
from backstop.projection import project
from backstop.projection.flows import whole_cards
from examples import times


@times(0.3)
@given(st.data())
def test_the_walk_through_such_a_cut_finds_nothing(data: st.DataObject) -> None:
    """And of two cuts of one line, the deeper one never changes less."""
    book = data.draw(strategies.moving_books())
    projection, cards = project(book), whole_cards(book)
    first = data.draw(st.integers(0, 40))
    until = data.draw(st.sampled_from([NEVER, first + 30]))
    due = data.draw(st.sampled_from([NEVER, first, first + 7]))
    lines = [each for each in book.facilities if each.id not in cards and not each.is_overdraft]
    cuts = [
        Way(each.id, LossMode.LIMIT_CUT, first, until, due, percent)
        for each in lines
        if not each.is_repaid_by_takings
        for percent in (0, 40, 100)
    ]
    found = changing_nothing(projection, cuts)
    for way in found:
        walked = cut_of(projection, way, {})
        assert (walked.gone, walked.added) == ([], [])
    for way in cuts:
        if way.percent and way in found:
            assert way._replace(percent=0) in found
