"""Questions of the Stress screen: what goes, how, when, and what each of them is called."""

from dataclasses import replace
from datetime import timedelta

import pytest

from backstop.contingency import (
    Contingency,
    Manner,
    applied_to,
    classes_due,
    contingency_of,
    low_under,
    low_with_worse_receipts,
    manner_of,
    obligations,
    outcomes,
    pairs,
    saved_as,
    saved_closures,
    single_closures,
    sweeps,
    title_of,
)
from backstop.contingency.applying import applied
from backstop.contingency.identity import OfRecord
from backstop.contingency.presets import BY_KEY, PRESETS, Preset
from backstop.contingency.reverse import worse_receipts
from backstop.domain import Book, LossMode
from backstop.plan import Loss, answer
from backstop.plan.situation import situation_of
from backstop.projection import Projection, project
from backstop.services.questions import (
    MATTERS,
    MOST_PAIRS,
    Question,
    What,
    asked_by,
    modes_for,
)
from backstop.services.samples import load_sample, sample_names
from backstop.services.stress import preset_closures
from backstop.telling import Narrator, words_for
from backstop.telling.happenings import condition
from backstop.telling.phrases import in_words

EN, ZH = words_for("en"), words_for("zh_CN")


@pytest.fixture(scope="module")
def book() -> Book:
    return load_sample("contractor")


@pytest.fixture(scope="module")
def projection(book: Book) -> Projection:
    return project(book)


def questions() -> list[Question]:
    plain = [Question(what=each) for each in What if each is not What.CAUSE]
    return plain + [Question(What.CAUSE, each.key, each.how) for each in PRESETS]


@pytest.mark.parametrize("name", sample_names())
def test_every_question_is_answered_and_named_in_both_languages(name: str) -> None:
    book = load_sample(name)
    for question in questions():
        answers = answer(book, 0, asked_by(project(book), question))
        for words in (EN, ZH):
            for loss in in_words(answers, words).losses:
                assert loss.name
                assert ":" not in loss.name
                so = condition(loss, Narrator(book, words), dated=False)
                assert loss.name in so or applied_to(loss.contingency.identity) in so


def test_the_plain_question_is_what_an_answer_holds_anyway(
    book: Book, projection: Projection
) -> None:
    known = {each.contingency for each in answer(book).losses}
    assert set(asked_by(projection, Question())) == known
    assert Question().is_plain
    assert Question(what=What.LINES).is_plain
    for other in (
        Question(loss_day=3),
        Question(worst_day=True),
        Question(what=What.PAIRS),
        Question(manner=Manner(mode=LossMode.CALL)),
    ):
        assert not other.is_plain


def test_the_day_that_is_asked_for_is_that_of_every_loss(
    book: Book, projection: Projection
) -> None:
    asked = [replace(each, loss_day=7) for each in questions()]
    asked += [Question(what=what, loss_day=7) for what in (What.ACCOUNTS, What.PAIRS)]
    for question in asked:
        if question.what is not What.SAVED and not question.worst_day:
            assert {each.loss_day for each in asked_by(projection, question)} <= {7}
    key = BY_KEY["temporary_drop"].key
    assert {each.loss_day for each in preset_closures(book, key, None, 7, Manner())} == {7}


def test_each_is_lost_on_its_own_worst_day(book: Book, projection: Projection) -> None:
    found = asked_by(projection, Question(what=What.LINES, worst_day=True))
    swept = sweeps(projection, single_closures(book))
    assert [each.loss_day for each in found] == [each.worst for each in swept]
    for outcome, sweep in zip(outcomes(projection, found), swept, strict=True):
        assert outcome.largest_gap == sweep.gap.max()


def test_pairs_are_the_worst_ones_as_contingencies(book: Book, projection: Projection) -> None:
    found = asked_by(projection, Question(what=What.PAIRS))
    known = pairs(projection, single_closures(book))
    gaps = [each.largest_gap for each in outcomes(projection, found)]
    assert gaps == [int(known.gap[pair]) for pair in known.worst(MOST_PAIRS)]
    assert gaps


def test_a_cause_can_be_changed_in_every_part(projection: Projection) -> None:
    cause = BY_KEY["temporary_drop"]
    for manner in (cause.how, Manner(mode=LossMode.CALL, notice_days=9)):
        for each in asked_by(projection, Question(What.CAUSE, cause.key, manner)):
            assert manner_of(each) == manner


def test_a_manner_leaves_alone_what_it_does_not_say() -> None:
    line = replace(single_closures(load_sample("contractor"))[0], duration_days=5)
    assert Manner(mode=LossMode.FREEZE).of(line).duration_days == 5
    assert Manner(mode=LossMode.FREEZE).only(line).duration_days is None


def test_every_mode_says_which_of_its_figures_matter() -> None:
    assert set(MATTERS) == {None, *LossMode}
    offered = {mode for question in questions() for mode in modes_for(question)}
    assert offered == set(MATTERS)


def test_receipts_get_worse_beside_a_loss_and_not_twice(book: Book, projection: Projection) -> None:
    every = worse_receipts(tuple(f.id for f in book.cash_flows), LossMode.RECEIPTS_CUT, 25)
    alone = low_with_worse_receipts(projection, None, LossMode.RECEIPTS_CUT, 25)
    assert alone.tolist() == low_under(projection, [every])[0].tolist()
    again = low_with_worse_receipts(projection, every, LossMode.RECEIPTS_LATE, 30)
    assert again.tolist() == alone.tolist()


@pytest.mark.parametrize(
    ("contingency", "said"),
    [
        (
            Contingency(OfRecord("jiebei"), single_closures(load_sample("contractor"))[0].kind, ()),
            "If 借呗 ",
        ),
        (single_closures(load_sample("contractor"))[0], "closes today"),
    ],
)
def test_a_line_that_closes_is_said_as_before(
    book: Book, projection: Projection, contingency: Contingency, said: str
) -> None:
    (outcome,) = outcomes(projection, [contingency])
    name = EN.tell(title_of(book, contingency.identity))
    assert said in condition(Loss(name, outcome), Narrator(book, EN), dated=False)


def test_what_is_saved_is_the_same_loss_again(book: Book, projection: Projection) -> None:
    for question in questions():
        for each in asked_by(projection, replace(question, loss_day=7)):
            record = saved_as(book, each, "Kept")
            kept = contingency_of(book.put(record), record)
            assert replace(kept, identity=each.identity, kind=each.kind) == each
            assert record.cause == question.cause


def test_a_saved_case_in_which_everyone_needs_money_stays_one(book: Book) -> None:
    """No plan counts on what fails when everyone needs it, under whatever name the case is kept."""
    book = book.put(book.facilities[0].changed(systemic=True))
    everyone = applied(book, BY_KEY["systemic"], "")
    assert everyone is not None
    record = saved_as(book, everyone, "The bad winter")
    for lost in (everyone, contingency_of(book.put(record), record)):
        (outcome,) = outcomes(project(book.put(record)), [lost])
        assert situation_of(outcome.projection, outcome).is_systemic


def test_a_loss_of_today_that_is_saved_goes_on_whatever_day_is_asked(book: Book) -> None:
    record = saved_as(book, single_closures(book)[0], "Kept")
    assert record.loss_date is None
    (asked,) = saved_closures(book.put(record), 12)
    assert asked.loss_day == 12


def test_a_saved_date_outside_the_projection_is_kept_inside(book: Book) -> None:
    last = book.horizon_days
    record = saved_as(book, single_closures(book, last)[0], "Kept")
    assert contingency_of(book.changed(horizon_days=last - 30), record).loss_day == last - 30
    later = book.as_of + timedelta(days=last + 1)
    assert contingency_of(book.changed(as_of=later), record).loss_day == 0


def test_the_class_due_on_a_day_is_that_of_its_most_important_payment(
    book: Book, projection: Projection
) -> None:
    called = Question(What.CAUSE, "called_early", BY_KEY["called_early"].how)
    for question in (Question(), called, Question(what=What.GROUPS)):
        for contingency in (None, *asked_by(projection, question)):
            expected = [0] * projection.days
            for each in reversed(obligations(projection, contingency)):
                expected[each.day] = int(each.priority)  # by day and class: the first is the least
            assert classes_due(projection, contingency).tolist() == expected


def test_a_cause_that_was_changed_is_not_said_by_its_figures(
    book: Book, projection: Projection
) -> None:
    cause = BY_KEY["receipts_75"]
    for percent, said in ((25, "comes 25 % lower"), (40, "comes 40 % lower")):
        manner = replace(cause.how, cut_percent=percent)
        every, *_ = asked_by(projection, Question(What.CAUSE, cause.key, manner))
        (outcome,) = outcomes(projection, [every])
        assert said in condition(Loss("every receipt", outcome), Narrator(book, EN), dated=False)


@pytest.mark.parametrize("cause", PRESETS, ids=lambda each: each.key)
def test_the_way_a_cause_goes_is_among_those_that_are_offered(cause: Preset) -> None:
    assert cause.how.mode in modes_for(Question(What.CAUSE, cause.key, cause.how))
