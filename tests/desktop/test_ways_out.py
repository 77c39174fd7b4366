"""Ways out come into the window loss by loss: what an owner sees, and does meanwhile."""

from collections.abc import Callable, Iterator, Sequence
from threading import Event, get_ident, main_thread

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.shell.app import Program
from backstop.domain import Book
from backstop.plan import Answers, Loss, searched
from backstop.plan import gravest as searching
from backstop.projection import Projection
from backstop.services.commands import put_record
from backstop.services.session import BookSession
from backstop.work import current_work
from desktop.waiting import LONG, settle

SLOW, QUICK = "both", "jiebei"


@pytest.fixture
def released(monkeypatch: pytest.MonkeyPatch) -> Iterator[Event]:
    """The plan for one loss is ready only when this is set; that for the other is at once."""
    usual, release = searching._planned, Event()

    def planned(projection: Projection, loss: Loss) -> Loss:
        while loss.contingency.id == SLOW and not release.wait(0.005):
            current_work().check()
        return usual(projection, loss)

    monkeypatch.setattr("backstop.plan.gravest._planned", planned)
    monkeypatch.setattr("backstop.plan.side_by_side._cores", lambda: 2)
    monkeypatch.setattr("backstop.desktop.state.answering.assessing", searching.assessing)
    yield release
    release.set()


@pytest.fixture
def arriving(
    start: Callable[[Book | None], Program], book: Book, released: Event, qtbot: QtBot
) -> Program:
    """The window with ways out of one loss, while those of the other are still looked for."""
    program = start(None)
    program.context.open_session(BookSession(book))
    wait_for_the_first(program, qtbot)
    return program


def wait_for_the_first(program: Program, qtbot: QtBot) -> None:
    def is_there() -> bool:
        answers = program.context.answers
        return answers is not None and answers.loss(QUICK).cure is not None

    qtbot.waitUntil(is_there, timeout=LONG)


def overview_of(program: Program) -> OverviewPage:
    page = program.window.page
    assert isinstance(page, OverviewPage)
    return page


def decided(page: OverviewPage) -> list[str]:
    """The losses of which the page says until when to act."""
    return [each.contingency.id for each in page.deadlines.rows.rows]


def test_what_is_ready_is_shown_and_says_that_more_is_looked_for(
    arriving: Program, released: Event, qtbot: QtBot
) -> None:
    page, answers = overview_of(arriving), arriving.context.answers
    assert answers is not None
    assert not answers.assessed
    assert answers.loss(SLOW).provisional
    assert decided(page) == [QUICK]
    assert page._deadline_card._remark.text() == "Looking for ways out…"
    before = [each.contingency.id for each in page.lights.rows.rows]
    assert before == [each.contingency.id for each in answers.losses]
    released.set()
    settle(arriving, qtbot)
    answers = arriving.context.answers
    assert answers is not None
    assert answers.assessed
    assert not answers.loss(SLOW).provisional
    assert page._deadline_card._remark.text() == ""


def test_a_chosen_loss_stays_chosen_while_others_arrive(
    arriving: Program, released: Event, qtbot: QtBot
) -> None:
    page = overview_of(arriving)
    page.deadlines.choose(QUICK)
    released.set()
    settle(arriving, qtbot)
    assert page.deadlines.current().contingency.id == QUICK


def test_an_edit_meanwhile_drops_what_was_still_to_come(
    arriving: Program, released: Event, book: Book, qtbot: QtBot
) -> None:
    """No answer of the book before the edit arrives after it."""
    seen: list[Answers] = []
    arriving.context.answers_changed.connect(
        lambda each: seen.append(each) if each is not None else None,
        Qt.ConnectionType.DirectConnection,
    )
    wages = book.by_id["wages"]
    arriving.context.apply(put_record(book, wages.changed(amount=30_100_00)))
    edited = arriving.context.book
    wait_for_the_first(arriving, qtbot)
    released.set()
    settle(arriving, qtbot)
    assert {each.book for each in seen} == {edited}
    assert [each.assessed for each in seen] == [False, False, True]
    assert decided(overview_of(arriving)) == [QUICK]


def test_another_book_meanwhile_hears_nothing_of_the_one_before(
    arriving: Program, released: Event, book: Book, qtbot: QtBot
) -> None:
    arriving.context.open_session(BookSession(book.changed(title="Other", cash_flows=())))
    released.set()
    settle(arriving, qtbot)
    assert decided(overview_of(arriving)) == []
    assert arriving.context.answers is not None
    assert arriving.context.answers.book.title == "Other"


def test_closing_the_window_does_not_wait_for_the_rest(arriving: Program) -> None:
    arriving.window.let_go()
    assert not arriving.context.tasks.busy or arriving.context.tasks.closed


def test_what_is_searched_for_plans_is_counted_aside(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Of thousands of lines it takes a quarter of a second to know how many losses that are."""
    threads: list[int] = []

    def counted(answers: Answers) -> Sequence[Loss]:
        threads.append(get_ident())
        return searched(answers)

    monkeypatch.setattr("backstop.desktop.state.all_plans.searched", counted)
    context = program.context
    wages = context.book.by_id["wages"]
    context.apply(put_record(context.book, wages.changed(amount=30_200_00)))
    qtbot.waitUntil(lambda: context.all_plans.of > 0, timeout=LONG)
    assert threads
    assert main_thread().ident not in threads
    settle(program, qtbot)
    assert context.all_plans.done == context.all_plans.of
