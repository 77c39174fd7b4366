"""An accepted plan: kept as it was, stale when its inputs change, ticked off, ended, undone."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

import solved
from backstop.domain import AcceptedPlan, BadInput, Book, Facility, PlanStage
from backstop.plan import Answers, Plan, answer, draft, inputs_of
from backstop.plan.life.progress import is_stale, standing_of
from backstop.projection import project
from backstop.services.accepting import (
    accept,
    accepted_for,
    activate,
    end,
    tick,
    today_in,
    untick,
    wishes_of,
)
from backstop.services.session import BookSession
from backstop.telling import Narrator, words_for
from backstop.telling.accepted_plans import (
    difference,
    plans_under_way,
    progress_sentence,
    remains_sentence,
    stale_plans,
    standing_sentence,
    step_cells,
)

LOSS = "jiebei"
PLAN = "plan-jiebei"


@pytest.fixture(scope="module")
def answers() -> Answers:
    return solved.sample("contractor")


@pytest.fixture(scope="module")
def plan(answers: Answers) -> Plan:
    return solved.planned(answers.book, LOSS)


@pytest.fixture
def kept(answers: Answers, plan: Plan) -> Book:
    """The book with the plan accepted on its first day."""
    return accept(answers, plan, answers.book.as_of).after


@pytest.fixture
def active(kept: Book) -> Book:
    return activate(kept, PLAN, kept.as_of).after


def the_plan(book: Book, plan_id: str = PLAN) -> AcceptedPlan:
    record = book.by_id[plan_id]
    assert isinstance(record, AcceptedPlan)
    return record


def test_an_accepted_plan_keeps_what_was_proved(kept: Book, plan: Plan) -> None:
    record = the_plan(kept)
    assert (record.cost, record.stage, record.drill) == (plan.cost, PlanStage.ACCEPTED, False)
    assert [each.amount for each in record.steps] == [each.amount for each in plan.actions]
    assert accepted_for(kept, LOSS) == record


def test_accepting_again_sets_the_first_one_aside(kept: Book) -> None:
    answers = solved.answered(kept)
    plan = solved.planned(kept, LOSS)
    later = kept.as_of + timedelta(days=3)
    book = accept(answers, plan, later).after
    assert the_plan(book).ended_on == later
    newest = accepted_for(book, LOSS)
    assert newest is not None
    assert newest.id != PLAN


def test_what_is_not_proved_is_not_accepted(answers: Answers, plan: Plan) -> None:
    with pytest.raises(BadInput, match="not proved"):
        accept(answers, replace(plan, proved=False), answers.book.as_of)


def test_a_note_or_an_accepted_plan_changes_no_inputs(answers: Answers, kept: Book) -> None:
    book = kept.changed(notes="n", title="other", owner="me")
    line = next(each for each in book.facilities if each.id != LOSS)
    book = book.put(line.changed(notes="call them", tags=("x",)))
    for loss in solved.answered(book).losses:
        was = answers.loss(loss.contingency.id).outcome
        assert inputs_of(answer(book).projection, loss.outcome) == inputs_of(
            answers.projection, was
        )
    assert not is_stale(answer(book).projection, the_plan(book))


@pytest.mark.parametrize("change", ["cash", "limit", "as of"])
def test_a_plan_is_stale_when_its_inputs_change(kept: Book, change: str) -> None:
    if change == "as of":
        book = kept.changed(as_of=kept.as_of + timedelta(days=1))
    elif change == "cash":
        account = kept.accounts[0]
        book = kept.put(account.changed(balance=account.balance - 100_00))
    else:
        line = next(
            f for f in kept.facilities if f.id != LOSS and not f.purchases_only and f.last_verified
        )
        book = kept.put(line.changed(limit=line.limit + 100_00))
    projection = answer(book).projection
    assert is_stale(projection, the_plan(book))
    [found] = stale_plans(projection)
    assert found.records == (PLAN,)
    assert "changed since" in standing_sentence(
        standing_of(the_plan(book), projection), words_for("en")
    )


def test_a_plan_for_a_line_that_is_gone_is_stale_and_says_so(kept: Book) -> None:
    projection = answer(kept.without(LOSS)).projection
    standing = standing_of(the_plan(kept), projection)
    assert standing.stale
    assert standing.after is None
    assert "no longer knows" in remains_sentence(standing, words_for("en"))


def test_carried_out_as_planned_it_leaves_what_the_plan_left(active: Book, plan: Plan) -> None:
    book = active
    for number in range(1, len(plan.actions) + 1):
        step = the_plan(book).steps[number - 1]
        book = tick(book, PLAN, number, step.day).after
    standing = standing_of(the_plan(book), answer(book).projection)
    assert standing.done == len(plan.actions)
    assert standing.planned == standing.actual == sum(each.amount for each in plan.actions)
    assert standing.after is not None
    assert (standing.after.low == plan.after.low).all()


def test_a_plan_that_is_kept_for_the_day_says_what_it_holds(kept: Book) -> None:
    standing = standing_of(the_plan(kept), answer(kept).projection)
    said = progress_sentence(standing, Narrator(kept, words_for("en")))
    assert said == "4 boxes to tick, at a cost of ¥0."
    short = replace(standing, accepted=standing.accepted.changed(missed=5_00))
    assert progress_sentence(short, Narrator(kept, words_for("en"))).endswith(" ¥5 stays unpaid.")


def test_a_step_that_brings_less_leaves_a_gap_of_its_own(active: Book, plan: Plan) -> None:
    largest = max(range(len(plan.actions)), key=lambda n: plan.actions[n].amount)
    step = the_plan(active).steps[largest]
    book = tick(active, PLAN, largest + 1, step.day, 0).after
    standing = standing_of(the_plan(book), answer(book).projection)
    assert standing.after is not None
    assert standing.after.hurts
    assert standing.steps[largest].difference == -step.amount
    [less] = difference(standing.steps[largest], Narrator(book, words_for("en")))
    assert less.startswith("−")


def test_how_much_less_and_how_late_are_set_apart_as_each_language_does(active: Book) -> None:
    step = the_plan(active).steps[0]
    book = tick(active, PLAN, 1, step.day + timedelta(days=2), step.amount - 1_00).after
    now = standing_of(the_plan(book), answer(book).projection).steps[0]
    said = [step_cells(now, Narrator(book, words_for(each)))[-1] for each in ("en", "zh_CN")]
    assert said == ["−¥1, 2 days late", "−¥1，晚 2 天"]


def test_a_step_done_before_the_as_of_date_is_in_the_book_already(active: Book) -> None:
    first = the_plan(active).steps[0]
    book = tick(active, PLAN, 1, first.day).after
    later = book.changed(as_of=first.day + timedelta(days=1))
    standing = standing_of(the_plan(later), answer(later).projection)
    counted = [each.to_come is not None for each in standing.steps]
    assert counted == [False] + [True] * (len(counted) - 1)


def test_the_rest_is_drafted_around_what_is_done(active: Book) -> None:
    step = the_plan(active).steps[0]
    book = tick(active, PLAN, 1, step.day).after
    answers = answer(book)
    wishes = wishes_of(standing_of(the_plan(book), answers.projection))
    plan = draft(answers.projection, answers.loss(LOSS).outcome, wishes=wishes)
    assert [each.amount for each in plan.actions if each.pinned] == [step.amount]


def test_a_tick_can_be_taken_back(active: Book) -> None:
    book = tick(active, PLAN, 1, active.as_of, 5).after
    assert the_plan(book).steps[0].actual == 5
    assert untick(book, PLAN, 1).after == active


def test_a_drill_is_practice_beside_the_plan_that_is_kept(
    answers: Answers, plan: Plan, kept: Book
) -> None:
    book = accept(solved.answered(kept), plan, kept.as_of, drill=True).after
    drill = the_plan(book, "drill-jiebei")
    assert drill.drill
    assert drill.stage is PlanStage.ACTIVE
    assert the_plan(book).stage is PlanStage.ACCEPTED
    practised = tick(book, drill.id, 1, kept.as_of).after
    for loss in answer(practised).losses:
        was = answers.loss(loss.contingency.id).outcome
        assert (loss.outcome.low == was.low).all()
    [under_way] = plans_under_way(project(practised))
    assert "drill" in str(under_way.said)
    over = end(practised, drill.id, kept.as_of).after
    assert not plans_under_way(project(over))
    assert accepted_for(over, LOSS) == the_plan(kept)


def test_each_stage_allows_only_what_fits(kept: Book) -> None:
    with pytest.raises(BadInput, match="not being carried out"):
        tick(kept, PLAN, 1, kept.as_of)
    active = activate(kept, PLAN, kept.as_of).after
    with pytest.raises(BadInput, match="already"):
        activate(active, PLAN, kept.as_of)
    with pytest.raises(BadInput, match="has no step"):
        tick(active, PLAN, 99, kept.as_of)
    over = end(active, PLAN, kept.as_of).after
    with pytest.raises(BadInput, match="over"):
        end(over, PLAN, kept.as_of)
    with pytest.raises(BadInput, match="no accepted plan"):
        end(kept, "other", kept.as_of)


def test_every_step_of_its_life_can_be_undone_in_words(answers: Answers, plan: Plan) -> None:
    session = BookSession(answers.book)
    on = answers.book.as_of
    session.apply(accept(answers, plan, on))
    session.apply(activate(session.book, PLAN, on))
    session.apply(tick(session.book, PLAN, 1, on))
    session.apply(end(session.book, PLAN, on))
    said = []
    while session.can_undo:
        assert session.undo_message is not None
        said.append(words_for("en").tell(session.undo_message))
        session.undo()
    assert session.book == answers.book
    assert said == [
        "end the plan for “借呗”",
        "step 1 of the plan for “借呗” is done",
        "“借呗” has happened",
        "accept the plan for “借呗”",
    ]


def test_today_lies_within_the_book(answers: Answers) -> None:
    book = answers.book
    assert today_in(book, date(1990, 1, 1)) == book.as_of
    assert today_in(book, date(2090, 1, 1)) == book.as_of + timedelta(days=book.horizon_days)


def test_the_plan_survives_its_book_file(kept: Book) -> None:
    from backstop.store import book_from_json, book_to_json

    assert book_from_json(book_to_json(kept)) == kept
    assert isinstance(kept.by_id[LOSS], Facility)
