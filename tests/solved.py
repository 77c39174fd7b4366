"""Answers, cures, plans and reserves of books, worked out once in a process.

They are values that nobody changes, so tests may share them. Not for tests of the work itself:
those that put another part in its place, watch it, stop it or do it twice.
"""

from collections.abc import Callable, Iterator, Sequence
from functools import cache
from typing import Generic, TypeVar

import pytest

import drawn_once
from backstop.contingency import Contingency, Slack, slack
from backstop.domain import Book
from backstop.plan import (
    Answers,
    Plan,
    Reserve,
    Wishes,
    answer,
    assess,
    assessing,
    draft,
    is_searched_whole,
    reserve_for,
    with_plan_for,
)
from backstop.projection import Projection
from backstop.services.plans import plans_for_all
from backstop.services.samples import load_sample
from backstop.work import Work, working


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


def answered(
    book: Book,
    loss_day: int | None = None,
    contingencies: Sequence[Contingency] | None = None,
    today: int = 0,
) -> Answers:
    asked = None if contingencies is None else tuple(contingencies)
    return _answered(book, loss_day, asked, today)


@cache
def _answered(
    book: Book, loss_day: int | None, asked: tuple[Contingency, ...] | None, today: int
) -> Answers:
    return answer(book, loss_day, asked, today)


def assessed(book: Book) -> Answers:
    """The answers with a cure for each loss."""
    return _assessed(answered(book))


@cache
def planned(book: Book, loss: str) -> Plan:
    """The plan for the loss of this id."""
    answers = answered(book)
    return draft(answers.projection, answers.loss(loss).outcome)


def all_planned(book: Book) -> tuple[Plan, ...]:
    """A plan for every loss, as the booklet has them."""
    return _all_planned(assessed(book))


def reserved(book: Book) -> Reserve:
    """What to do beforehand."""
    return _reserved(assessed(book))


def progress_of_reserve(book: Book) -> list[tuple[int, int]]:
    """What was told of progress while that was worked out."""
    return _watched(assessed(book))[1]


T = TypeVar("T")


class _Once(Generic[T]):
    """Work that is done once for the same losses of the same book on the same day."""

    def __init__(self, work: Callable[..., T]) -> None:
        self.work, self.known = work, dict[object, T]()

    def __call__(self, answers: Answers, *more: object) -> T:
        asked = self._asked(answers, *more)
        if asked not in self.known:
            self.known[asked] = self.work(answers, *more)
        return self.known[asked]

    def done(self, answers: Answers) -> T | None:
        return self.known.get(self._asked(answers))

    def _asked(self, answers: Answers, *more: object) -> object:
        losses = tuple(each.contingency for each in answers.losses)
        return answers.book, answers.projection.today, losses, more


def _reserve_watched(answers: Answers) -> tuple[Reserve, list[tuple[int, int]]]:
    told: list[tuple[int, int]] = []
    with working(Work(progress=lambda done, of: told.append((done, of)))):
        return reserve_for(answers), told


_assessed, _watched, _with_plan = _Once(assess), _Once(_reserve_watched), _Once(with_plan_for)
_all_planned = _Once[tuple[Plan, ...]](lambda answers: tuple(plans_for_all(answers)))


_slacks: dict[object, list[Slack]] = {}


def _slack(projection: Projection, asked: Sequence[Contingency] = ()) -> list[Slack]:
    """How much worse receipts may get, once for the same losses of the same book."""
    of = projection.book, projection.today, tuple(asked)
    if of not in _slacks:
        _slacks[of] = slack(projection, asked)
    return _slacks[of]


def _reserved(answers: Answers) -> Reserve:
    return _watched(answers)[0]


def share_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let both clients take what a test before has worked out."""
    for module in ("answers", "stress"):
        monkeypatch.setattr(f"backstop.services.{module}.answer", answered)
        monkeypatch.setattr(f"backstop.services.{module}.assess", _assessed)
    monkeypatch.setattr("backstop.services.answers.reserve_for", _reserved)
    monkeypatch.setattr("backstop.services.answers.with_plan_for", _with_plan_for)
    monkeypatch.setattr("backstop.cli.answers.plan.plans_for_all", _planned_around)


def _with_plan_for(answers: Answers, lost: Contingency) -> Answers:
    """What a search of all has found of this loss, where there was one."""
    return _assessed.done(answers) or _with_plan(answers, lost)


def _planned_around(answers: Answers, wishes: Wishes) -> Sequence[Plan]:
    return plans_for_all(answers, wishes=wishes) if wishes else _all_planned(answers)


def share_work_of_windows(monkeypatch: pytest.MonkeyPatch) -> None:
    """The same for the answers that a window works out whenever a book is opened or changed."""
    monkeypatch.setattr("backstop.desktop.state.answering.answer", answered)
    monkeypatch.setattr("backstop.desktop.state.answering.assessing", _assessing)
    monkeypatch.setattr("backstop.services.answers.reserve_for", _reserved)
    monkeypatch.setattr("backstop.desktop.stress.headline.slack", _slack)
    drawn_once.share(monkeypatch)


def _assessing(answers: Answers) -> Iterator[Answers]:
    return iter([_assessed(answers)]) if is_searched_whole(answers) else assessing(answers)
