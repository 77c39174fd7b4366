"""Books that are older than today: nothing past is offered, and no other day is called today."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

import pytest

import solved
from backstop.contingency import saved_as, sweeps
from backstop.domain import Book
from backstop.export.agenda import to_ics
from backstop.paper.front import front_page
from backstop.plan import Answers, Plan, answer, assess, draft
from backstop.resources import resource
from backstop.services import clock
from backstop.services.accepting import accept, activate, standing_of
from backstop.services.answers import answers_of
from backstop.services.checks import check_projection
from backstop.services.sample_past import sample_of_today
from backstop.services.samples import load_sample
from backstop.telling import Narrator, Words, words_for
from backstop.telling.age import age_sentence
from backstop.telling.phrases import dated_names, first_day
from backstop.telling.secure import secure_count, secure_word
from backstop.telling.sentences import (
    act_by_cell,
    base_verdict,
    loss_verdict,
    secure_verdict,
    survival,
    verdict,
)

AGES = (0, 1, 9, 400, -5)
LANGUAGES = {"en": "today", "zh_CN": "今天"}


@cache
def answers(age: int) -> Answers:
    return assess(answer(household(), today=age)) if age else solved.assessed(household())


def household() -> Book:
    return load_sample("household")


@cache
def plans(age: int) -> tuple[Plan, ...]:
    known = answers(age)
    return tuple(each.plan or draft(known.projection, each.outcome) for each in known.losses[:3])


@pytest.mark.parametrize("age", AGES)
def test_no_step_of_a_plan_begins_before_today(age: int) -> None:
    started = [step.start_day for plan in plans(age) for step in plan.actions]
    assert all(day >= max(0, age) for day in started)
    assert bool(started) is (age != 400)  # a book that is over offers nothing


@pytest.mark.parametrize("age", AGES)
def test_nothing_is_to_be_decided_by_a_day_that_is_past(age: int) -> None:
    deadlines = [each.cure.deadline for each in answers(age).losses if each.cure]
    assert all(day >= age for day in deadlines if day is not None)


@pytest.mark.parametrize("age", AGES)
def test_a_loss_comes_today_unless_another_day_is_asked_for(age: int) -> None:
    days = {each.contingency.loss_day for each in answers(age).losses}
    assert days == {min(max(age, 0), household().horizon_days)}


def test_a_loss_that_is_past_is_met_from_today_on() -> None:
    asked = answers_of(household(), household().as_of, 9)
    begun = [step.start_day for each in asked.losses if each.plan for step in each.plan.actions]
    assert begun
    assert min(begun) >= 9


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("age", AGES)
def test_no_other_day_is_called_today(age: int, code: str) -> None:
    """As of today itself and where today lies in the book, what is said of it is dated so."""
    words = words_for(code)
    for said in sentences(answers(age), words):
        if LANGUAGES[code] in said.lower():
            assert 0 <= age <= household().horizon_days, said


def sentences(known: Answers, words: Words) -> list[str]:
    narrator = Narrator(known.book, words)
    said = [str(verdict(known, narrator)), survival(known, narrator)]
    for loss in known.losses:
        said += [str(loss_verdict(known, loss, narrator)), act_by_cell(loss, narrator)]
    return said


@pytest.mark.parametrize("code", LANGUAGES)
def test_only_what_bounces_today_is_due_today(code: str) -> None:
    words, known = words_for(code), answers(9)
    loss = next(each for each in known.losses if each.outcome.bounced)
    bounced = first_day(loss.outcome.bounced)
    today = LANGUAGES[code]
    for day in (0, 8, 9, 10):
        moved = [replace(each, obligation=replace(each.obligation, day=day)) for each in bounced]
        said = dated_names(moved, Narrator(known.book, words), known.projection.today)
        assert (today in said) is (day == 9)
        assert today not in dated_names(moved, Narrator(known.book, words))


@pytest.mark.parametrize(
    ("age", "said"),
    [
        (0, ""),
        (1, "This book is as of 21 Nov 2026, yesterday."),
        (9, "This book is as of 21 Nov 2026, 9 days ago."),
        (-1, "This book is as of 21 Nov 2026, tomorrow."),
        (-5, "This book is as of 21 Nov 2026, 5 days from now."),
    ],
)
def test_a_book_says_how_old_it_is(age: int, said: str) -> None:
    assert age_sentence(age, Narrator(household(), words_for("en"))) == said
    assert bool(age_sentence(age, Narrator(household(), words_for("zh_CN")))) is bool(said)


def test_a_book_that_is_over_says_nothing_about_today() -> None:
    said = age_sentence(400, Narrator(household(), words_for("en")))
    assert "400 days ago, and ends on 21 Nov 2027" in said


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_book_that_is_over_gets_no_verdict(code: str) -> None:
    known, words = answers(400), words_for(code)
    narrator = Narrator(known.book, words)
    none = words.say("This book is over: there is no verdict.")
    losses = [loss_verdict(known, each, narrator) for each in known.losses]
    found = [verdict(known, narrator), base_verdict(known.base, narrator), *losses]
    found.append(secure_verdict(known, narrator, "all is well"))
    assert {(each.headline, each.detail) for each in found} == {(none, "")}
    assert not survival(known, narrator)
    assert not secure_count(known, words)
    assert secure_word(known, words) == "–"
    last = answers(household().horizon_days)
    assert verdict(last, Narrator(last.book, words)).headline != none


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("age", [0, 1, 9, 400])
def test_the_front_page_says_how_old_the_book_is(age: int, code: str) -> None:
    words, on = words_for(code), household().as_of + timedelta(days=age)
    page = front_page(answers(age), plans(age), Narrator(answers(age).book, words), on)
    assert page.detail.endswith(age_sentence(age, Narrator(household(), words)))
    assert (page.facts[0].label == words.say("Own cash today")) is (age == 0)
    assert words.say("today") not in [row.act_by for row in page.losses]


@pytest.mark.parametrize("age", [1, 9])
def test_calendar_entries_are_not_in_the_past(age: int) -> None:
    on = household().as_of + timedelta(days=age)
    text = to_ics(
        answers(age), plans(age), Narrator(answers(age).book, words_for("en")), on
    ).decode()
    days = [line[-8:] for line in text.splitlines() if line.startswith("DTSTART")]
    assert days
    assert all(day >= f"{on:%Y%m%d}" for day in days)


def test_the_worst_day_to_lose_something_is_still_to_come() -> None:
    known = answers(9)
    for found in sweeps(known.projection, [each.contingency for each in known.losses]):
        assert found.days.min() == 9
        assert not found.curve(known.projection.days)[:9].any()


def test_a_plan_does_not_become_stale_because_days_pass() -> None:
    kept = accept(answers(0), plans(0)[0], household().as_of).after
    standing = standing_of(kept.accepted_plans[0], answer(kept, today=9).projection)
    assert not standing.stale
    assert all(each.to_come is None or each.to_come.start_day >= 9 for each in standing.steps)


def test_a_step_that_should_have_been_begun_says_so() -> None:
    book, plan = household(), plans(0)[0]
    kept = accept(answers(0), plan, book.as_of).after
    begun = activate(kept, kept.accepted_plans[0].id, book.as_of).after
    first = min(step.day for step in begun.accepted_plans[0].steps)
    age = (first - book.as_of).days + 2
    projection = answer(begun, today=age).projection
    overdue = [each.overdue for each in standing_of(begun.accepted_plans[0], projection).steps]
    assert max(overdue) == 2
    said = [str(each.said.text) for each in check_projection(projection, first)]
    assert any("the next was due on" in each for each in said)


def test_a_loss_of_today_that_is_kept_stays_one_of_today() -> None:
    lost = answers(9).losses[0].contingency
    assert saved_as(household(), lost, "x", 9).loss_date is None
    assert saved_as(household(), lost, "x", 0).loss_date == date(2026, 11, 30)


def test_the_clock_is_asked_in_one_place(clock_at: Callable[[date], None]) -> None:
    clock_at(date(2026, 11, 30))
    assert clock.age_of(household()) == 9
    assert clock.first_day(household()) == date(2026, 11, 30)
    clock_at(date(2026, 11, 1))
    assert clock.age_of(household()) == -20
    assert clock.first_day(household()) == household().as_of


@pytest.mark.parametrize("today", [date(2026, 11, 30), date(2026, 12, 21), date(2029, 3, 1)])
def test_a_sample_is_of_today(clock_at: Callable[[date], None], today: date) -> None:
    clock_at(today)
    book, _ = sample_of_today("contractor")
    assert book.as_of == today


SAYING_TODAY = {
    "{line} is held because papers have expired. Which ones do yo",
    "{line} no longer pays for my purchases. Was one of them take",
    "“This is {owner}. {line}: payment is overdue. Is the invoice",
    "Act today.",
    "Checked today",
    "I have looked at all of them today",
    "If everything in {line} closes today",
    "If {line} asks today for all that is owed",
    "If {line} asks today for what was advanced",
    "If it closed today",
    "If {line} closes today",
    "If from today {line} comes {share} lower",
    "If from today {line} comes {time} late",
    "If from today nothing comes of {line}",
    "If {line} is called in today",
    "If {line} is frozen for {time} from today",
    "If {line} is not renewed today",
    "If {line} is renewed with {share} less today",
    "If {line} pays no more purchases from today",
    "If from today nothing comes from {line}",
    "If from today all from {line} comes {share} lower",
    "If from today all from {line} comes {time} late",
    "If the account {line} is frozen today",
    "If the limit of {line} is cut by {share} today",
    "If the limit of {line} is cut by {share} for {time} from tod",
    "In it today",
    "In the case “{case}” ({line}) from today",
    "In the case “{line}” from today",
    "It cannot be fully cured: at least {least} of {gap} stays un",
    "It cannot be fully cured: even if you start today, {left} of",
    "Its days are those of a loss on {day}, and some have passed.",
    "Looked at today? No plan counts on a line never looked at.",
    "If you start today, at most {left} of {gap} stays unpaid; it",
    "No full cure was found: even if you start today, {left} of {",
    "One is due today: still to come, unless it is in the balance",
    "Overdue, and counted as due today: {names}. Pay it, or remov",
    "Own cash today",
    "Planned for a day that is past, and counted for today: {name",
    "Should have arrived already, and counted for today: {names}.",
    "Take a screenshot of every limit today, and print the clause",
    "The book stands as of {day}, {days} days ago. Bring balances",
    "The next day of each receipt. A day may be typed as 30 Nov, ",
    "This book describes {day}. It is brought to today month by m",
    "This book is as of {day}, {n} days ago, and ends on {last}: ",
    "Today",
    "Type what each lender's app shows now, where that is another",
    "What if one credit line closed today?",
    "What money do you have today?",
    "With {line} lost today",
    "With {line} of {amount} today",
    "Yes, today",
    "bring a book to today: what was due since, and what came of ",
    "not yet, due today",
    "not yet, expected today",
    "one of today that is in the balance already",
    "the day on which it happened, if not today",
    "the day on which it is accepted or practised, if not today",
    "the day to bring it to, if not today",
    "today",
    "{names} due today",
    "{n} are due today: still to come, unless they are in the bal",
    "“This is {owner}. I hold {line}. My limit has been cut or st",
    "“This is {owner}. {line} is closed to me since today; I owe ",
}
"""How each sentence with this word begins. Every one of them speaks of the clock's day: those about
a book are chosen by `Projection.today`, the others are said while a button is pressed, a call is
made or a page is printed. A new one has to be looked at before it is listed."""


def test_every_sentence_that_says_today_is_known() -> None:
    files = resource("i18n", "zh_CN").glob("*.json")
    keys = {key for file in files for key in json.loads(file.read_text(encoding="utf-8"))}
    assert {key[:60] for key in keys if "today" in key.lower()} == SAYING_TODAY
