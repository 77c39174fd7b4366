"""What the columns of the bound's program promise: a stretch of days does at least as much as any
of them, and a bound found with whole choices holds for every plan."""

from functools import cache

import numpy as np
import pytest

from backstop.plan import Wishes, answer, draft, with_bound
from backstop.plan.bound.least_unpaid import Search
from backstop.plan.bound.stretches import Possible, Stretch, cumulated
from backstop.plan.drafting.draft import draft_with_less_unpaid
from backstop.plan.situation import Situation
from odd_books import LOST, odd_book

DUST = 1e-9


@cache
def possible(number: int) -> Possible:
    answers = answer(odd_book(number))
    return Possible(answers.situation(answers.loss(LOST)))


def stretches(number: int) -> tuple[Situation, list[Stretch]]:
    known = possible(number)
    ends = known.first_ends()
    return known.situation, [each for source in known.sources for each in source.stretches(ends)]


@pytest.mark.parametrize("number", [13, 61])
def test_a_stretch_brings_as_much_by_each_day_as_any_of_its_days(number: int) -> None:
    situation, found = stretches(number)
    size = len(situation.low)
    assert any(len(each.lent) > 1 for each in found)
    for each in found:
        together = cumulated([each.cash(size)], size)
        apart = cumulated([one.cash for one in each.lent], size)
        assert (together >= apart - DUST).all()


@pytest.mark.parametrize("number", [13, 61])
def test_a_stretch_takes_up_no_more_of_the_limit_than_any_of_its_days(number: int) -> None:
    situation, found = stretches(number)
    size = len(situation.low)
    for each in found:
        together = cumulated([each.used(size)], size)
        apart = cumulated([one.used for one in each.lent], size)
        assert (together <= apart + DUST).all()


def test_stretches_part_the_days_of_each_source() -> None:
    for source in possible(13).sources:
        parts = [one for each in source.stretches({20, 90}) for one in each.lent]
        assert tuple(parts) == source.lent
        ends = [each.last for each in source.stretches({20, 90})]
        assert ends == sorted({*ends})


def test_a_stretch_is_split_within_its_days() -> None:
    for each in stretches(13)[1]:
        if len(each.lent) > 1:
            for day in (-1, each.first - 1, each.first, each.last - 1, each.last, each.last + 9):
                assert each.first <= each.split_after(day) < each.last


def test_one_day_is_what_it_is() -> None:
    situation, size = possible(61).situation, len(possible(61).situation.low)
    for source in possible(61).sources:
        alone = Stretch(source.id, source.lent[:1])
        assert alone.cash(size) == source.lent[0].cash
        assert (alone.least, alone.most) == (
            source.lent[0].offer.least,
            source.lent[0].offer.most,
        )
    assert np.all(situation.low[-1:] <= situation.low.max())


def test_whole_choices_explain_what_parts_do_not() -> None:
    """With any part of a draw on each of many days everything could be paid; a plan may draw on a
    line twice."""
    answers = answer(odd_book(150))
    plan = draft(answers.projection, answers.loss(LOST).outcome)
    sure = with_bound(answers.projection, plan)
    assert plan.missed
    assert sum(plan.after.missed) * 0.99 - 100 <= sure.at_least <= sum(plan.after.missed)


def test_what_beats_a_plan_is_proposed() -> None:
    """One step leaves something unpaid where more pay everything; they are found."""
    answers = answer(odd_book(8))
    loss = answers.loss(LOST)
    few = draft(answers.projection, loss.outcome, Wishes(at_most=1))
    search = Search(Possible(answers.situation(loss)))
    assert few.missed
    assert search.least(few) < sum(few.after.missed)
    better = draft_with_less_unpaid(answers.projection, few, search.proposed)
    assert better is not None
    assert better.proved
    assert not better.missed


def test_of_what_leaves_no_less_unpaid_no_plan_is_made() -> None:
    """The plan of this book leaves what the bound explains: near its own steps nothing pays
    more."""
    answers = answer(odd_book(23))
    plan = draft(answers.projection, answers.loss(LOST).outcome)
    assert plan.missed
    assert draft_with_less_unpaid(answers.projection, plan, plan.actions) is None
