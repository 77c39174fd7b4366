"""Plans in a book that is brought to a later day: they hold, and what becomes of their steps."""

from datetime import timedelta

import pytest

import solved
from backstop.domain import AcceptedPlan, Account, Book, CashFlow, Facility, Measure
from backstop.plan.life.progress import is_stale, standing_of
from backstop.projection import project
from backstop.services.accepting import accept, activate
from backstop.services.settling import begin_settling, settled_change
from backstop.services.settling_words import item_title
from backstop.settling import (
    ExpectedKind,
    Happened,
    NotYet,
    Told,
    advance,
    due_between,
    settle,
)
from backstop.telling import Narrator, words_for

LOSS = "jiebei"
pytestmark = pytest.mark.slow


def accepted(sample: str) -> tuple[Book, AcceptedPlan]:
    """The sample with its plan for the loss of that line, accepted on its first day."""
    answers = solved.assessed_sample(sample)
    plan = solved.planned(answers.book, LOSS)
    book = accept(answers, plan, answers.book.as_of).after
    return book, book.accepted_plans[-1]


def the_plan(book: Book, plan: AcceptedPlan) -> AcceptedPlan:
    found = book.by_id[plan.id]
    assert isinstance(found, AcceptedPlan)
    return found


def active(sample: str) -> tuple[Book, AcceptedPlan]:
    book, plan = accepted(sample)
    book = activate(book, plan.id, book.as_of).after
    return book, the_plan(book, plan)


@pytest.mark.parametrize("sample", ["contractor", "household"])
def test_days_that_went_as_planned_make_no_plan_stale(sample: str) -> None:
    book, plan = accepted(sample)
    for days in (1, 30, 100):
        later = advance(book, book.as_of + timedelta(days=days))
        assert not is_stale(project(later), the_plan(later, plan))


def test_a_plan_is_stale_after_something_else_happened() -> None:
    book, plan = accepted("household")
    day = book.as_of + timedelta(days=40)
    receipt = next(e for e in due_between(book, day) if e.kind is ExpectedKind.RECEIPT)
    told = Told(answers={receipt.id: Happened(receipt.planned // 2)})
    later = settle(book, day, told).book
    assert is_stale(project(later), the_plan(later, plan))
    as_planned = settle(book, day).book
    assert not is_stale(project(as_planned), the_plan(as_planned, plan))


@pytest.mark.parametrize("sample", ["contractor", "household"])
def test_cash_under_a_plan_that_is_carried_out_goes_on_as_it_was_to(sample: str) -> None:
    book, plan = active(sample)
    before = standing_of(plan, project(book)).after
    assert before is not None
    for step in plan.steps:
        later = advance(book, step.day + timedelta(days=1))
        after = standing_of(the_plan(later, plan), project(later)).after
        assert after is not None
        days = (later.as_of - book.as_of).days
        size = book.horizon_days + 1 - days
        assert before.low[days:].tolist() == after.low[:size].tolist()


def test_each_step_becomes_what_it_is() -> None:
    book, plan = active("household")
    later = advance(book, plan.steps[-1].day + timedelta(days=1))
    done = the_plan(later, plan).steps
    assert [each.actual for each in done] == [each.amount for each in plan.steps]
    for step in plan.steps:
        kind, source, *_ = step.option.split(":")
        record = later.by_id[source]
        if kind == "draw":
            assert isinstance(record, Facility)
            assert any(each.id.startswith(f"{source}-draw@") for each in record.tranches)
        elif kind == "reserve":
            old = book.by_id[source]
            assert isinstance(old, Account)
            assert isinstance(record, Account)
            assert record.balance == old.balance - step.amount
        elif kind == "sell_asset":
            assert isinstance(record, Measure)
            assert record.used_amount == step.amount
        elif kind == "defer":
            assert isinstance(record, CashFlow)
            assert record.answered_until == later.as_of or record.moved


def test_a_step_that_is_not_done_leaves_the_book_without_it() -> None:
    book, plan = active("household")
    day = plan.steps[0].day + timedelta(days=1)
    steps = [e for e in due_between(book, day) if e.kind is ExpectedKind.STEP]
    left = settle(book, day, Told(answers={each.id: NotYet() for each in steps}))
    assert [each.done_on for each in the_plan(left.book, plan).steps if each.done_on] == []
    as_planned = settle(book, day)
    cash = [sum(e.balance for e in each.book.accounts) for each in (left, as_planned)]
    assert steps
    assert cash[0] != cash[1]


def test_a_drill_moves_nothing() -> None:
    book, plan = active("household")
    drill = book.put(plan.changed(drill=True))
    day = plan.steps[-1].day + timedelta(days=1)
    assert not [e for e in due_between(drill, day) if e.kind is ExpectedKind.STEP]
    plain = advance(drill.changed(accepted_plans=()), day)
    assert advance(drill, day).changed(accepted_plans=()) == plain


@pytest.mark.parametrize("sample", ["contractor", "household"])
def test_stops_on_the_way_make_no_other_book(sample: str) -> None:
    book, plan = active(sample)
    day = plan.steps[-1].day + timedelta(days=9)
    whole = advance(book, day)
    for stop in (book.as_of + timedelta(days=3), *(each.day for each in plan.steps)):
        assert advance(advance(book, stop), day) == whole
    assert settle(book, day).book == whole


def test_a_step_is_listed_by_what_is_to_be_done_and_its_plan() -> None:
    book, plan = active("household")
    work = begin_settling(book, plan.steps[0].day + timedelta(days=1))
    (step,) = (each for each in work.past if each.due.kind is ExpectedKind.STEP)
    said = item_title(step, Narrator(book, words_for("en")))
    assert said.startswith(f"Plan for {plan.name}: ")
    assert len(said) > len(f"Plan for {plan.name}: ")
    done = settled_change(work)
    (row,) = (each for each in done.settled if each.kind == ExpectedKind.STEP)
    assert (row.record, row.planned, row.actual) == (plan.id, step.due.planned, step.due.planned)
