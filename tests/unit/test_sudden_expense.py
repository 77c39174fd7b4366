"""A sudden expense: money that has to be paid on a day and that no plan of the book has."""

from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest

from backstop.contingency import (
    Contingency,
    ContingencyKind,
    Manner,
    all_closures,
    classes_due,
    low_under,
    obligations,
    outcomes,
    pairs,
    projection_under,
    saved_as,
    saved_closures,
    sweeps,
)
from backstop.contingency.applying import applied
from backstop.contingency.presets import BY_KEY, SUDDEN_EXPENSE
from backstop.domain import BadInput, Book, SavedContingency
from backstop.plan import answer, assess, draft
from backstop.projection import FlowKind, project
from backstop.services.samples import load_sample
from backstop.telling import Narrator, words_for
from backstop.telling.happenings import condition
from backstop.telling.phrases import in_words, obligation_name


@pytest.fixture(scope="module")
def book() -> Book:
    return load_sample("contractor")


def spending(book: Book, amount: int, day: int = 0) -> Contingency:
    made = applied(book, BY_KEY[SUDDEN_EXPENSE], "", day)
    assert made is not None
    return replace(made, expense=amount)


def test_it_takes_its_amount_from_its_day_on_and_is_due_on_that_day(book: Book) -> None:
    projection, loss = project(book), spending(book, 1_234_56, day=40)
    low = low_under(projection, [loss])[0]
    expected = projection.low.copy()
    expected[40:] -= 1_234_56
    assert low.tolist() == expected.tolist()
    assert projection_under(projection, loss).low.tolist() == expected.tolist()
    due = [each for each in obligations(projection, loss) if each.kind is FlowKind.EXPENSE]
    assert [(each.day, each.amount, int(each.priority)) for each in due] == [(40, 1_234_56, 1)]
    assert classes_due(projection, loss)[40] == 1


def test_a_book_without_any_flow_can_meet_one() -> None:
    empty = load_sample("contractor").changed(
        facilities=(), cash_flows=(), planned_draws=(), link_groups=(), measures=(), accounts=(),
        standing_draws=(), contingencies=(),
    )  # fmt: skip
    [outcome] = outcomes(project(empty), [spending(empty, 500, day=3)])
    assert (outcome.first_shortfall, outcome.largest_gap) == (3, 500)
    assert [each.missed for each in outcome.bounced] == [500]
    assert classes_due(project(empty), outcome.contingency)[3] == 1


def test_it_counts_among_no_lines_and_no_groups(book: Book) -> None:
    answers = answer(book, contingencies=[*all_closures(book), spending(book, 100)])
    known = answer(book)
    assert len(answers.singles) == len(known.singles)
    assert len(answers.groups) == len(known.groups)


def test_it_comes_with_any_loss_and_once_with_a_pair(book: Book) -> None:
    projection = project(book)
    plain = all_closures(book, 10)
    spent = [Manner(expense=70_000).of(each) for each in plain]
    for without, row in zip(
        low_under(projection, plain), low_under(projection, spent), strict=True
    ):
        less = np.where(np.arange(len(row)) >= 10, 70_000, 0)
        assert row.tolist() == (without - less).tolist()
    found = pairs(projection, spent)
    for pair in range(len(found)):
        low = low_under(projection, [found.contingency(pair)])[0]
        assert found.gap[pair] == max(0, -int(low.min()))


def test_its_worst_day_is_looked_for_on_every_day(book: Book) -> None:
    projection = project(book)
    amount = int(projection.low.min()) + 1
    [sweep] = sweeps(projection, [spending(book, amount)])
    assert len(sweep.days) == projection.days
    low = projection.low - amount  # the later it comes, the fewer days are left to be short on
    assert sweep.gap.tolist() == [max(0, -int(low[day:].min())) for day in range(projection.days)]


def test_it_is_kept_under_a_name_with_or_without_a_line(book: Book) -> None:
    loss = spending(book, 50_000, day=9)
    kept = saved_as(book, loss, "Roof", 0)
    assert (kept.expense, kept.targets) == (50_000, ())
    assert kept.loss_date == book.as_of + timedelta(days=9)
    again = saved_closures(book.put(kept))[-1]
    assert (again.expense, again.loss_day, again.kind) == (50_000, 9, ContingencyKind.EXPENSE)
    line = book.facilities[0].id
    with_line = kept.changed(targets=(line,))
    left = book.put(with_line).without(line)
    assert left.contingencies[-1].targets == ()
    with pytest.raises(BadInput):
        SavedContingency(id="nothing", name="Nothing", targets=())


def test_its_plan_pays_it_and_names_no_line_as_lost(book: Book) -> None:
    projection = project(book)
    [outcome] = outcomes(projection, [spending(book, int(projection.low.min()) + 100_000, day=5)])
    assert outcome.hurts
    plan = draft(projection, outcome)
    assert plan.proved
    assert plan.actions
    assert not plan.missed


def test_it_is_said_in_both_languages(book: Book) -> None:
    answers = assess(answer(book, contingencies=[spending(book, 10_000_000_00)]))
    for language, said, called in (
        ("en", "With a sudden expense of ¥10,000,000 today", "the sudden expense"),
        ("zh_CN", "如果今天有一笔 ¥10,000,000 的突发支出", "突发支出"),
    ):
        words = words_for(language)
        narrator = Narrator(book, words)
        [loss] = in_words(answers, words).losses
        assert condition(loss, narrator, dated=False) == said
        names = [obligation_name(each.obligation, narrator) for each in loss.outcome.bounced]
        assert called in names


def test_with_a_line_both_are_said(book: Book) -> None:
    line = book.facilities[0]
    closed = Manner(expense=5_000_00).of(all_closures(book)[0])
    [loss] = answer(book, contingencies=[closed]).losses
    narrator = Narrator(book, words_for("en"))
    said = condition(loss, narrator, dated=False)
    assert said == f"If {line.name} closes today and ¥5,000 is spent unforeseen"
