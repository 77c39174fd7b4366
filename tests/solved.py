"""Answers, cures, plans and reserves of books, worked out once in a process.

They are values that nobody changes, so tests may share them. Not for tests of the work itself:
those that put another part in its place, watch it, stop it or do it twice.
"""

from functools import cache

from backstop.domain import Book
from backstop.plan import Answers, Plan, Reserve, answer, assess, draft, reserve_for
from backstop.services.plans import plans_for_all
from backstop.services.samples import load_sample


def sample(name: str) -> Answers:
    """The answers of a sample, without cures."""
    return answered(load_sample(name))


def assessed_sample(name: str) -> Answers:
    return assessed(load_sample(name))


@cache
def answered(book: Book) -> Answers:
    return answer(book)


@cache
def assessed(book: Book) -> Answers:
    """The answers with a cure for each loss."""
    return assess(answered(book))


@cache
def planned(book: Book, loss: str) -> Plan:
    """The plan for the loss of this id."""
    answers = answered(book)
    return draft(answers.projection, answers.loss(loss).outcome)


@cache
def all_planned(book: Book) -> tuple[Plan, ...]:
    """A plan for every loss, as the booklet has them."""
    return tuple(plans_for_all(assessed(book)))


@cache
def reserved(book: Book) -> Reserve:
    """What to do beforehand."""
    return reserve_for(assessed(book))
