"""An application that is ticked off in a plan is entered in the log, and counts for ninety days."""

from datetime import timedelta

import pytest

from backstop.domain import AcceptedPlan, Application, Book, CashFlow, Priority
from backstop.export.agenda import to_ics
from backstop.plan import Answers, Plan
from backstop.services.accepting import accept, activate, tick, untick
from backstop.telling import Narrator
from unit.test_not_arranged import DAY_0, EN, book_of, on, planned


@pytest.fixture(scope="module")
def active() -> Book:
    answers, _, plan = planned(book_of(provider="Bank"))
    kept = accept(answers, plan, DAY_0).after
    [record] = kept.accepted_plans
    return activate(kept, record.id, DAY_0).after


def plan_id(book: Book) -> str:
    [record] = book.accepted_plans
    assert isinstance(record, AcceptedPlan)
    return record.id


def test_a_ticked_application_is_entered_with_its_lender_and_day(active: Book) -> None:
    done = tick(active, plan_id(active), 1, on(10)).after
    assert done.applications == (Application(lender="Bank", day=on(10)),)
    again = tick(done, plan_id(done), 1, on(10)).after
    assert again.applications == done.applications


def test_taking_the_tick_back_takes_the_application_out(active: Book) -> None:
    done = tick(active, plan_id(active), 1, on(10)).after
    assert untick(done, plan_id(done), 1).after.applications == ()
    answered = (Application(lender="Bank", day=on(10), answer="No"),)
    book = done.changed(applications=answered)
    assert untick(book, plan_id(book), 1).after.applications == answered


def test_a_drill_applies_for_nothing() -> None:
    answers, _, plan = planned(book_of(provider="Bank"))
    drill = accept(answers, plan, DAY_0, drill=True).after
    assert tick(drill, plan_id(drill), 1, on(10)).after.applications == ()


def test_a_second_application_within_ninety_days_is_one_too_many() -> None:
    made = (Application(lender="Other bank", day=DAY_0 - timedelta(days=60)),)
    for most, steps in ((1, 0), (2, 1)):
        book = book_of().changed(most_applications=most, applications=made)
        _, _, plan = planned(book)
        assert len(plan.actions) == steps


def test_what_to_ask_and_to_begin_stand_in_the_calendar_too() -> None:
    answers, plan = with_an_ask()
    assert plan.asks
    assert plan.begin
    said = to_ics(answers, [plan], Narrator(answers.book, EN), DAY_0).decode()
    lines = said.replace("\r\n ", "").split("\r\n")
    asked = [each for each in lines if each.startswith("SUMMARY:") and "Ask " in each]
    assert len(asked) == len(plan.asks)
    by = answers.projection.date_of(plan.asks[0].by)
    assert f"DTSTART;VALUE=DATE:{by:%Y%m%d}" in lines
    assert any("Apply for Bank loan now" in each for each in lines)


def with_an_ask() -> tuple[Answers, Plan]:
    """Wages of which a supplier of work could be asked for longer terms."""
    book = book_of()
    wages = book.by_id["wages"]

    assert isinstance(wages, CashFlow)
    goods = wages.changed(business=True, priority=Priority.IMPORTANT, counterparty="Supplier")
    answers, _, plan = planned(book.put(goods))
    return answers, plan
