"""Answers with cures come loss by loss, as each is known; only the last are whole."""

from collections.abc import Sequence
from threading import Event

import pytest

from backstop.domain import Book
from backstop.plan import Answers, Loss, answer, assess, assessing
from backstop.plan import gravest as searching
from backstop.projection import Projection
from backstop.telling import Narrator, words_for
from backstop.telling.cells import act_by_cell, plan_cell
from backstop.telling.sentences import verdict
from unit.test_plan_assessed import two_lines

EN = words_for("en")


@pytest.fixture
def book() -> Book:
    """Two lines, the loss of each of which hurts, the first one more."""
    return two_lines()


@pytest.fixture
def second_is_quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The plan for the graver loss is ready only once the answers with the other were taken."""
    usual, done = searching._planned, Event()

    def planned(projection: Projection, loss: Loss) -> Loss:
        if loss.contingency.id == "line":
            assert done.wait(30)
            return usual(projection, loss)
        found = usual(projection, loss)
        done.set()
        return found

    monkeypatch.setattr("backstop.plan.gravest._planned", planned)
    monkeypatch.setattr("backstop.plan.side_by_side._cores", lambda: 2)


def ids(losses: Sequence[Loss]) -> list[str]:
    return [each.contingency.id for each in losses]


def plans(answers: Answers) -> list[object]:
    """What was found of each loss, in their order."""
    return [
        (each.contingency, each.cure, each.plan.actions if each.plan else None)
        for each in answers.all_losses
    ]


@pytest.mark.usefixtures("second_is_quick")
def test_each_loss_is_told_of_as_soon_as_its_plan_is_ready(book: Book) -> None:
    """Until the last one is, all stand as they stood: nothing said yet is no better rank."""
    quick = answer(book)
    first, last = assessing(quick)
    assert ids(first.losses) == ids(quick.losses) == ["line", "second"]
    assert not first.assessed
    assert ids(first.provisional) == ["line"]
    assert first.loss("second").plan is last.loss("second").plan
    assert plans(last) == plans(assess(quick))
    assert last.assessed
    assert not last.provisional


@pytest.mark.usefixtures("second_is_quick")
def test_what_is_not_known_yet_reads_as_at_most(book: Book) -> None:
    quick = answer(book)
    first, _ = assessing(quick)
    narrator = Narrator(book, EN)
    line = first.loss("line")
    assert plan_cell(line, narrator) == "at most ¥1,400 unpaid"
    assert act_by_cell(line, narrator) == "…"
    assert verdict(first, narrator) == verdict(quick, narrator)


def test_what_falls_short_anyway_is_told_of_before_the_losses(book: Book) -> None:
    wages = book.by_id["wages"]
    short = book.put(wages.changed(id="more", name="More", amount=30_000))
    found: list[Answers] = list(assessing(answer(short)))
    first = found[0]
    assert first.anyway is not None
    assert first.anyway.plan is not None
    assert not first.assessed
    assert [each.assessed for each in found] == [*[False] * (len(found) - 1), True]
    assert plans(found[-1]) == plans(assess(answer(short)))
