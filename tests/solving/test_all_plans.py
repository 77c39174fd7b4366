"""Plans for all: the same however many work on them, known ones kept, stopped at once."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

import solved
from backstop.domain import Book, Priority
from backstop.plan import (
    Answers,
    Cancelled,
    Loss,
    Plan,
    Wishes,
    answer,
    assess,
    draft,
    explain,
    reserve_for,
)
from backstop.services import plans as service
from backstop.services.answers import drafted as real_drafted
from backstop.services.plans import Shelf, kept_plan, plans_for_all
from backstop.work import Work, working
from unit.test_report_book import shop


@pytest.fixture(scope="module")
def answers() -> Answers:
    return solved.sample("household")


def essence(plans: list[Plan]) -> list[object]:
    return [(p.contingency, p.actions, p.cost, p.missed, p.shortage) for p in plans]


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The losses drafted from now on."""
    drafted: list[str] = []

    def wrapped(answers: Answers, loss: Loss, *rest: Any) -> Plan:
        drafted.append(loss.contingency.id)
        return real_drafted(answers, loss, *rest)

    monkeypatch.setattr(service, "drafted", wrapped)
    return drafted


@pytest.fixture
def named(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The losses for which a plan is asked; none is worked out, each gets that of the last."""
    known = solved.planned(answers.book, answers.losses[-1].contingency.id)
    asked: list[str] = []

    def drafted(_: Answers, loss: Loss, *rest: Any) -> Plan:
        asked.append(loss.contingency.id)
        return known

    monkeypatch.setattr(service, "drafted", drafted)
    return asked


def test_one_thread_and_three_make_the_same_plans(answers: Answers) -> None:
    alone = plans_for_all(answers, threads=1)
    assert essence(alone) == essence(plans_for_all(answers, threads=3))
    assert [p.contingency.id for p in alone] == [each.contingency.id for each in answers.losses]
    worst = answers.losses[0]
    assert alone[0].actions == draft(answers.projection, worst.outcome).actions


def test_known_plans_are_not_drafted_again(monkeypatch: pytest.MonkeyPatch) -> None:
    answers = solved.answered(shop())
    shelf, drafted = Shelf(), counted(monkeypatch)
    first = plans_for_all(answers, shelf)
    assert len(drafted) == len(answers.losses)
    noted = answers.book.changed(notes="seen", title="another")
    again = plans_for_all(answer(noted), shelf)
    assert len(drafted) == len(answers.losses)
    assert essence(first) == essence(again)
    assert {p.fingerprint for p in again} == {noted.fingerprint}


@pytest.mark.parametrize(
    ("line", "verified"), [("jiebei", True), ("jiebei", False), ("weilidai", True)]
)
def test_only_plans_whose_inputs_changed_are_drafted_again(
    answers: Answers, named: list[str], line: str, verified: bool
) -> None:
    """A line that may be drawn on is part of every plan that is needed, and of no other; one that
    was never verified is part of those for its own loss alone."""
    facility = answers.book.by_id[line]
    book = answers.book if verified else answers.book.put(facility.changed(last_verified=None))
    shelf, before = Shelf(), answer(book)
    plans_for_all(before, shelf)
    named.clear()
    plans_for_all(answer(_with_more_on(book, line)), shelf)
    wanted = [e for e in needed(before) if verified or line in e.contingency.targets]
    assert len(needed(before)) < len(before.losses)
    assert sorted(named) == sorted(each.contingency.id for each in wanted)


def needed(answers: Answers) -> list[Loss]:
    return [each for each in answers.losses if each.outcome.touches_buffer]


def of_less_importance(book: Book) -> Book:
    """What has to be paid can go, where it had to be met."""
    musts = [each for each in book.cash_flows if each.priority is Priority.MUST]
    return book.put(musts[0].changed(priority=Priority.CAN_GO))


@pytest.mark.parametrize(
    "change",
    [
        of_less_importance,
        lambda book: book.changed(minimum_cash=book.minimum_cash + 100),
        lambda book: book.changed(most_debt_service_percent=90),
        lambda book: book.changed(most_from_one_provider_percent=90),
    ],
    ids=["priority", "buffer", "debt service", "provider"],
)
def test_what_is_owed_and_what_the_owner_wants_is_part_of_every_plan_that_is_needed(
    answers: Answers, named: list[str], change: Callable[[Book], Book]
) -> None:
    shelf = Shelf()
    plans_for_all(answers, shelf)
    named.clear()
    after = answer(change(answers.book))
    plans_for_all(after, shelf)
    assert {each.contingency.id for each in needed(after)} <= set(named)


def test_a_plan_under_other_wishes_is_another_plan(
    answers: Answers, monkeypatch: pytest.MonkeyPatch
) -> None:
    shelf, drafted = Shelf(), counted(monkeypatch)
    worst = answers.losses[0]
    free = kept_plan(answers, worst, shelf)
    none = kept_plan(answers, worst, shelf, wishes=Wishes(at_most=0))
    assert (len(drafted), bool(free.actions), none.actions) == (2, True, ())


def _with_more_on(book: Book, line: str) -> Book:
    facility = next(each for each in book.facilities if each.id == line)
    return book.put(facility.changed(limit=facility.limit + 500_00))


def test_progress_goes_from_nothing_to_all() -> None:
    answers = solved.answered(shop())
    told: list[tuple[int, int]] = []
    with working(Work(progress=lambda done, of: told.append((done, of)))):
        plans_for_all(answers)
    of = len(answers.losses)
    assert told == [(n, of) for n in range(of + 1)]


@pytest.mark.parametrize("allowed", [0, 1, 5, 50, 200])
def test_it_stops_within_few_questions_once_told_to(answers: Answers, allowed: int) -> None:
    """Counted, not timed: after the first yes it asks a few times more, once for each thread and
    for what is just being solved, and drafts nothing else."""
    asked = [0]

    def cancelled() -> bool:
        asked[0] += 1
        return asked[0] > allowed

    with working(Work(cancelled)), pytest.raises(Cancelled):
        plans_for_all(answers, threads=2)
    assert asked[0] <= allowed + 12


@pytest.mark.parametrize("what", ["assess", "draft", "explain", "reserve"])
@pytest.mark.parametrize("allowed", [1, 30, 90])
def test_whatever_runs_stops_at_the_first_yes(what: str, allowed: int) -> None:
    """The solver asks hundreds of times a second (counted here, not timed), and ends at once; of
    each of two searches side by side, it is asked where it runs and where it is waited for."""
    answers = solved.sample("contractor")
    loss = answers.loss("abc-loan")
    plan = solved.planned(answers.book, "jiebei")
    asked = [0]

    def cancelled() -> bool:
        asked[0] += 1
        return asked[0] > allowed

    work: dict[str, Callable[[], object]] = {
        "assess": lambda: assess(answers),
        "draft": lambda: draft(answers.projection, loss.outcome),
        "explain": lambda: explain(answers.projection, plan),
        "reserve": lambda: reserve_for(answers),
    }
    with working(Work(cancelled)), pytest.raises(Cancelled):
        work[what]()
    assert asked[0] <= allowed + 6


def test_a_failure_is_not_swallowed(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> Plan:
        raise ZeroDivisionError

    monkeypatch.setattr(service, "drafted", broken)
    with pytest.raises(ZeroDivisionError):
        plans_for_all(answers)


def test_the_shelf_forgets_the_oldest(answers: Answers, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "MOST_KEPT", 1)
    shelf, loss = Shelf(), answers.losses[-1]
    plan = solved.planned(answers.book, loss.contingency.id)
    shelf.keep("a", plan)
    shelf.keep("b", replace(plan, cost=1))
    assert shelf.find("a", answers, loss) is None
    assert shelf.find("b", answers, loss) is not None
