"""Plans are the best that can be found: books in which others were better, and a search among all
that could be done on every day."""

from functools import cache
from itertools import accumulate
from pathlib import Path

import pytest

from backstop.plan import Answers, Loss, Plan, answer, draft, with_bound
from backstop.store import book_from_json
from odd_books import LOST, odd_book
from wide_search import best_of
from wide_ways import Places

BOOKS = Path(__file__).parent / "books"
YUAN = 100

ROUND_AMOUNTS = 1.01
"""What amounts that a person asks for may cost more."""


@cache
def hard(name: str) -> tuple[Answers, Loss, Plan]:
    """A book in which steps that an owner pinned once did better than the plan."""
    return planned(answer(book_from_json((BOOKS / f"{name}.json").read_bytes())))


@cache
def odd(number: int) -> tuple[Answers, Loss, Plan]:
    """One of the small odd books."""
    return planned(answer(odd_book(number)))


def planned(answers: Answers) -> tuple[Answers, Loss, Plan]:
    loss = answers.loss(LOST)
    plan = draft(answers.projection, loss.outcome)
    return answers, loss, with_bound(answers.projection, plan)


@pytest.mark.parametrize(
    ("name", "pinned"),
    [("repaid-too-soon", 33_00), ("short-by-a-fen", 712_00), ("dearer-than-pinned", 361_04)],
)
def test_nothing_is_missed_where_other_steps_pay_everything_and_at_no_more(
    name: str, pinned: int
) -> None:
    _, _, plan = hard(name)
    assert plan.proved
    assert not plan.missed
    assert plan.cost <= pinned * ROUND_AMOUNTS


def test_no_day_of_the_hard_books_needs_more_than_all_their_money() -> None:
    for name in ("repaid-too-soon", "short-by-a-fen", "dearer-than-pinned"):
        _, _, plan = hard(name)
        assert plan.after.low.min() >= 0
        assert plan.at_least == 0


@pytest.mark.parametrize("number", [8, 10, 21, 23])
def test_a_search_on_every_day_finds_no_better(number: int) -> None:
    answers, loss, plan = odd(number)
    friction = answers.situation(loss).friction
    wide = best_of(Places(answers.projection, loss.outcome), friction, seconds=5.0)
    assert wide is not None
    for mine, theirs in zip(accumulate(plan.after.missed), accumulate(wide.missed), strict=True):
        assert mine <= theirs + YUAN + theirs // 1000
    assert plan.cost <= wide.cost + max(10 * YUAN, wide.cost // 100)


@pytest.mark.parametrize("number", [5, 11, 13, 19, 23, 45])
def test_what_is_left_unpaid_is_between_the_bound_and_doing_nothing(number: int) -> None:
    _, loss, plan = odd(number)
    assert plan.proved
    assert plan.at_least <= sum(plan.after.missed) <= loss.outcome.largest_gap
    for mine, nothing in zip(
        accumulate(plan.after.missed), accumulate(loss.outcome.missed), strict=True
    ):
        assert mine <= nothing


def test_a_payment_that_nothing_can_pay_is_known_to_stay_unpaid() -> None:
    """A payment of the first days, before any line or reserve can bring money."""
    _, _, plan = odd(55)
    assert plan.missed
    assert plan.at_least >= 0.99 * sum(plan.after.missed)
    assert "stays unpaid" in plan.remains.text
