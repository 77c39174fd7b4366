"""Answers, cures, plans and reserves of books, worked out once in a process.

They are values that nobody changes, so tests may share them. Not for tests of the work itself:
those that put another part in its place, watch it, stop it or do it twice.
"""

from collections.abc import Callable, Iterator
from functools import cache
from typing import TypeVar

import pytest

from backstop.domain import Book
from backstop.plan import (
    Answers,
    Plan,
    Reserve,
    answer,
    assess,
    assessing,
    draft,
    is_searched_whole,
    reserve_for,
)
from backstop.services.plans import plans_for_all
from backstop.services.samples import load_sample


def sample(name: str) -> Answers:
    """The answers of a sample, without cures."""
    return answered(load_sample(name))


@cache
def household_that_cannot_wait() -> Answers:
    """The household, none of whose payments can be put off, and none by card be left: its plan
    sells the camera."""
    book = load_sample("household")
    for flow in book.cash_flows:
        cuttable = 0 if flow.through else flow.cuttable_percent
        book = book.put(flow.changed(deferrable_days=0, cuttable_percent=cuttable))
    return answered(book)


def assessed_sample(name: str) -> Answers:
    return assessed(load_sample(name))


def answered(book: Book, *, today: int = 0) -> Answers:
    return _answered(book, today)


@cache
def _answered(book: Book, today: int) -> Answers:
    return answer(book, today=today)


def assessed(book: Book) -> Answers:
    """The answers with a cure for each loss."""
    return _assessed(answered(book))


@cache
def planned(book: Book, loss: str) -> Plan:
    """The plan for the loss of this id."""
    answers = answered(book)
    return draft(answers.projection, answers.loss(loss).outcome)


@cache
def all_planned(book: Book) -> tuple[Plan, ...]:
    """A plan for every loss, as the booklet has them."""
    return tuple(plans_for_all(assessed(book)))


def reserved(book: Book) -> Reserve:
    """What to do beforehand."""
    return _reserved(assessed(book))


T = TypeVar("T")


def _once(work: Callable[[Answers], T]) -> Callable[[Answers], T]:
    """Work that is done once for the same losses of the same book on the same day."""
    known: dict[object, T] = {}

    def found(answers: Answers) -> T:
        losses = tuple(each.contingency for each in answers.losses)
        asked = (answers.book, answers.projection.today, losses)
        if asked not in known:
            known[asked] = work(answers)
        return known[asked]

    return found


_assessed, _reserved = _once(assess), _once(reserve_for)


def share_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both clients take what a test before has worked out."""
    for module in ("answers", "stress"):
        monkeypatch.setattr(f"backstop.services.{module}.assess", _assessed)
    monkeypatch.setattr("backstop.services.answers.reserve_for", _reserved)


def share_work_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for the answers that a window works out whenever a book is opened or changed."""
    monkeypatch.setattr("backstop.desktop.state.answering.answer", answered)
    monkeypatch.setattr("backstop.desktop.state.answering.assessing", _assessing)


def _assessing(answers: Answers) -> Iterator[Answers]:
    return iter([_assessed(answers)]) if is_searched_whole(answers) else assessing(answers)
