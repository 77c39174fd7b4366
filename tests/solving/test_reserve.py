"""What to do beforehand: the reserve and the line named are enough, and less is not."""

import pytest

import solved
from backstop.domain import Account, AccountKind, Book
from backstop.plan import Answers, Plan, Reserve, answer, assess, reserve_for
from backstop.telling import Narrator, words_for
from backstop.telling.beforehand import further_sentence, line_sentence, reserve_sentence
from unit.test_report_book import shop


@pytest.fixture(scope="module")
def answers() -> Answers:
    return solved.assessed_sample("contractor")


@pytest.fixture(scope="module")
def reserve(answers: Answers) -> Reserve:
    return solved.reserved(answers.book)


def with_more(book: Book, cash: int) -> Book:
    return book.put(Account(id="more", name="more", kind=AccountKind.CASH, balance=cash))


def plan_with(book: Book, loss: str) -> Plan:
    return solved.planned(book, loss)


def test_with_the_reserve_the_neediest_loss_misses_nothing_and_with_less_it_does(
    answers: Answers, reserve: Reserve
) -> None:
    neediest = reserve.needs[0]
    assert neediest.with_actions is not None
    assert reserve.with_actions == neediest.with_actions
    enough = plan_with(with_more(answers.book, neediest.with_actions), neediest.loss)
    assert not enough.missed
    short = plan_with(with_more(answers.book, neediest.with_actions * 9 // 10), neediest.loss)
    assert short.missed


def test_without_actions_the_reserve_is_the_largest_gap(answers: Answers, reserve: Reserve) -> None:
    assert reserve.without_actions == max(each.outcome.largest_gap for each in answers.singles)
    assert all(
        each.with_actions is None or each.with_actions <= each.without_actions
        for each in reserve.needs
    )


def test_losses_that_can_be_cured_need_no_reserve(answers: Answers, reserve: Reserve) -> None:
    curable = {e.contingency.id for e in answers.singles if e.cure and e.cure.complete}
    assert all(each.with_actions == 0 for each in reserve.needs if each.loss in curable)


def test_each_step_of_reserve_buys_something_until_nothing_is_missed(reserve: Reserve) -> None:
    missed = [each.most_missed for each in reserve.curve]
    assert missed == sorted(missed, reverse=True)
    assert missed[0] > 0
    assert missed[-1] == 0
    assert reserve.curve[-1].not_survivable == 0


def test_the_line_named_first_is_enough(answers: Answers, reserve: Reserve) -> None:
    usable = [each for each in reserve.lines if each.limit is not None]
    assert usable[0].proved
    line = usable[0]
    like = next(each for each in answers.book.facilities if each.id == line.like)
    assert line.limit is not None
    more = like.changed(id="new-line", limit=line.limit, draw_step=1, minimum_draw=0)
    more = more.changed(tranches=(), maximum_draws=None, headroom_haircut_percent=0)
    assert not plan_with(answers.book.put(more), reserve.needs[0].loss).missed


def test_progress_goes_from_nothing_to_all(answers: Answers) -> None:
    told = solved.progress_of_reserve(answers.book)
    assert told == sorted(told)
    assert told[-1][0] == told[-1][1]


def test_the_reserve_is_said_in_a_sentence(answers: Answers, reserve: Reserve) -> None:
    words = words_for("en")
    said = reserve_sentence(reserve, Narrator(answers.book, words))
    assert said.startswith("With ¥")
    assert "more in reserve every single loss can be survived by acting in time" in said
    assert "One more line like 亲戚周转" in line_sentence(reserve, Narrator(answers.book, words))


def test_a_book_whose_losses_can_all_be_cured_needs_none() -> None:
    answers = solved.assessed_sample("household")
    reserve = solved.reserved(answers.book)
    assert reserve.with_actions == 0
    assert not reserve.lines
    said = reserve_sentence(reserve, Narrator(answers.book, words_for("en")))
    assert said.startswith("No more reserve is needed if you act in time")


def test_groups_need_no_less_than_single_losses_and_are_told_apart(
    answers: Answers, reserve: Reserve
) -> None:
    groups = {each.contingency.id for each in answers.losses if each not in answers.singles}
    assert {each.loss for each in reserve.needs if each.group} == {
        each for each in groups if answers.loss(each).outcome.touches_buffer
    }
    assert reserve.with_actions is not None
    assert reserve.with_groups is not None
    assert reserve.with_groups >= reserve.with_actions
    household = solved.reserved(solved.household_that_cannot_wait().book.without("sell-camera"))
    assert household.with_actions == 0
    assert household.with_groups
    words = words_for("en")
    assert "groups that fail together" in further_sentence(household, Narrator(answers.book, words))


def test_with_the_reserve_that_keeps_the_minimum_cash_never_falls_below_it(
    answers: Answers, reserve: Reserve
) -> None:
    neediest = reserve.needs[0]
    assert neediest.keeping_minimum is not None
    assert neediest.with_actions is not None
    assert neediest.keeping_minimum >= neediest.with_actions
    plan = plan_with(with_more(answers.book, neediest.keeping_minimum), neediest.loss)
    assert not plan.missed
    low = plan.after.low
    assert int((answers.projection.buffer - low).max()) <= answers.book.minimum_cash // 100


def test_the_line_named_first_has_a_day_by_which_to_arrange_it(
    answers: Answers, reserve: Reserve
) -> None:
    line = reserve.lines[0]
    assert line.by is not None
    first = answers.loss(reserve.needs[0].loss).outcome.first_shortfall
    assert first is not None
    assert 0 <= line.by < answers.projection.days
    assert "arrange it" in line_sentence(reserve, Narrator(answers.book, words_for("en")))


def test_a_reserve_is_there_from_today_on() -> None:
    """Nine days after the as-of date as on it."""
    book = shop().without("backup")
    first, later = (reserve_for(assess(answer(book, today=day))) for day in (0, 9))
    assert first.with_actions == later.with_actions
    assert later.with_actions
