"""Of a large book the gravest losses alone are searched for plans, and the others say so. The book
is small; that it counts as large is set here."""

import pytest

from backstop.domain import Book
from backstop.plan import Answers, answer, assess, assessing, reserve_for, searched
from backstop.telling import Narrator, words_for
from backstop.telling.cells import plan_cell
from backstop.telling.secure import provisional_sentence, secure_count
from unit.test_plan_assessed import two_lines

EN, ZH = words_for("en"), words_for("zh_CN")


@pytest.fixture
def large(monkeypatch: pytest.MonkeyPatch) -> Book:
    """Two lines, the loss of each of which hurts; one loss is searched."""
    monkeypatch.setattr("backstop.plan.gravest.MOST_SEARCHED", 0)
    monkeypatch.setattr("backstop.plan.gravest.MOST_DRAFTED", 1)
    return two_lines()


@pytest.fixture
def steps(large: Book) -> list[Answers]:
    return list(assessing(answer(large)))


def test_the_gravest_has_a_plan_and_the_other_says_at_most_what_goes_unpaid_anyway(
    steps: list[Answers],
) -> None:
    (last,) = steps
    assert last.assessed
    gravest, other = last.losses
    assert gravest.contingency.id == "line"
    assert gravest.plan is not None
    assert gravest.at_most == sum(each.missed for each in gravest.plan.missed) == 40_000
    assert other.provisional
    assert other.at_most == 60_000
    assert plan_cell(other, Narrator(last.book, EN)) == "at most ¥600 unpaid"
    assert plan_cell(other, Narrator(last.book, ZH)) == "最多 ¥600 付不出"


def test_answers_come_after_each_plan_and_only_the_last_are_assessed(
    large: Book, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backstop.plan.gravest.MOST_DRAFTED", 2)
    found = list(assessing(answer(large)))
    assert [(len(each.provisional), each.assessed) for each in found] == [(1, False), (0, True)]


def test_a_loss_that_was_not_searched_is_not_counted_as_lost(steps: list[Answers]) -> None:
    (last,) = steps
    assert [each.contingency.id for each in last.not_survivable] == ["line"]
    said = "N−1: 1 of the 1 gravest losses leave something unpaid, 1 more would hurt"
    assert secure_count(last, EN) == said
    assert "is ranked by what happens if nothing is done" in provisional_sentence(last, 1, EN)
    assert "--proved" not in provisional_sentence(last, 1, EN)


def test_the_first_answers_say_how_to_wait_for_more(large: Book) -> None:
    assert provisional_sentence(answer(large), 2, EN).endswith(
        "Provisional: --proved waits for the plans of the gravest losses."
    )


def test_a_book_that_is_short_anyway_says_so_instead_of_counting_losses(large: Book) -> None:
    wages = large.by_id["wages"]
    short = large.put(wages.changed(id="more", name="More", amount=90_000_000))
    found = assess(answer(short))
    assert secure_count(found, EN) == "N−1: short already with every line open"
    assert all(each.provisional for each in found.losses), "none is searched"
    assert "It is short with every line open" in provisional_sentence(found, 2, EN)


def test_only_searched_losses_get_plans(large: Book) -> None:
    assert [each.contingency.id for each in searched(answer(large))] == ["line"]


def test_a_reserve_that_is_enough_is_known_without_a_search(large: Book) -> None:
    """What the plan leaves unpaid, or all that goes unpaid if nothing is done."""
    found = reserve_for(assess(answer(large)))
    needs = {each.loss: each.with_actions for each in found.needs}
    assert needs == {"line": 40_000, "second": 60_000}
    assert found.with_actions == 60_000
    assert found.without_actions == 140_000
