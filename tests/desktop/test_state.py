"""What is shown and done is of the open book as it is now: never of an older state, or of another
book, however edits, undo, other books and late results of background work fall together."""

import logging
import random
import time
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.plan.accepted_steps import Deed
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.plan.wishes import StepWish
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES
from backstop.desktop.sources.page import SourcesPage
from backstop.desktop.state.tasks import About, Cancelled, Tasks
from backstop.desktop.stress.page import StressPage
from backstop.domain import Book, CashFlow
from backstop.plan import answer, assess
from backstop.services.commands import change_facts, put_record
from backstop.services.session import BookSession, OlderState
from backstop.telling import Narrator
from backstop.telling.sentences import verdict
from desktop.waiting import LONG, settle, settled_page

Named = Callable[..., Book]
Start = Callable[[Book | None], Program]
Texts = Callable[[QWidget], list[str]]


def edited(book: Book, percent: int) -> Book:
    """The book with other wages, so that every figure changes."""
    wages = book.by_id["wages"]
    assert isinstance(wages, CashFlow)
    return book.put(wages.changed(amount=wages.amount * percent // 100))


def edit(program: Program, percent: int) -> None:
    context = program.context
    wages = edited(context.book, percent).by_id["wages"]
    context.apply(put_record(context.book, wages))


@pytest.fixture
def defects(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """Nothing goes wrong in the program itself."""
    yield
    said = [each for each in caplog.get_records("call") if each.levelno >= logging.ERROR]
    assert not said, [each.exc_text or each.getMessage() for each in said]


@pytest.fixture
def slow(monkeypatch: pytest.MonkeyPatch) -> random.Random:
    """Each result comes late, by a time that cannot be foreseen."""
    chance = random.Random(7)
    start = Tasks.start

    def late(self: Tasks, work: Callable[[Cancelled], Any], *rest: Any, **named: Any) -> Any:
        delay = chance.uniform(0, 0.08)

        def waiting(cancelled: Cancelled) -> Any:
            found = work(cancelled)
            time.sleep(delay)
            return found

        return start(self, waiting, *rest, **named)

    monkeypatch.setattr(Tasks, "start", late)
    return chance


pytestmark = pytest.mark.usefixtures("defects")


def curable(program: Program, qtbot: QtBot) -> PlanPage:
    """The Plan page with a loss that a plan cures."""
    program.context.show_page("plan", "jiebei")
    return settled_page(program, qtbot, "plan", PlanPage)


# one by one


def test_a_change_made_from_an_equal_book_is_carried_out_one_from_another_is_refused(
    book: Book,
) -> None:
    session = BookSession(book)
    session.apply(change_facts(edited(edited(book, 200), 50), title="Other"))
    assert session.book.title == "Other"
    with pytest.raises(OlderState):
        session.apply(change_facts(book, title="Late"))
    assert session.book.title == "Other"


def test_a_plan_is_accepted_after_an_edit_and_its_opposite(program: Program, qtbot: QtBot) -> None:
    page = curable(program, qtbot)
    edit(program, 200)
    edit(program, 50)
    settle(program, qtbot)
    assert page.accept.isVisible()
    page.accept.click()
    settle(program, qtbot)
    (accepted,) = program.context.book.accepted_plans
    assert accepted.steps


def test_what_is_wanted_of_older_figures_is_refused_in_a_sentence(
    program: Program, qtbot: QtBot
) -> None:
    page = curable(program, qtbot)
    draft = page.draft
    assert draft is not None
    edit(program, 110)
    assert not page.accept.isEnabled()
    page.accepted.accept(draft, drill=False)
    page.steps.wanted.emit(StepWish.PIN, draft.plan.actions[0])
    assert not program.context.book.accepted_plans
    assert not page.wishes.wishes
    assert program.window.banner.text.startswith("The book has changed meanwhile")


def test_paper_that_is_asked_for_too_early_waits_for_the_plan(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = settled_page(program, qtbot, "plan", PlanPage)
    printed: list[Book] = []
    monkeypatch.setattr(page.paper, "preview", lambda draft: printed.append(draft.answers.book))
    edit(program, 110)
    page.preview()
    assert not printed
    qtbot.waitUntil(lambda: bool(printed), timeout=LONG)
    assert printed == [program.context.book]


def test_days_are_exported_as_they_are_now(
    program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    exported: list[Book] = []
    monkeypatch.setattr(
        program.window.books.files,
        "_ask_place_for_days",
        lambda answers: exported.append(answers.book),
    )
    edit(program, 110)
    program.window.books.files.ask_export_days()
    qtbot.waitUntil(lambda: bool(exported), timeout=LONG)
    assert exported == [program.context.book]


def test_a_key_that_is_held_down_removes_a_source_once(program: Program, qtbot: QtBot) -> None:
    page = settled_page(program, qtbot, "sources", SourcesPage)
    page.table.choose("weilidai")
    for _ in range(3):
        QTest.keyClick(page.table, Qt.Key.Key_Delete)
    assert "weilidai" not in program.context.book.by_id
    page.show_book()
    settle(program, qtbot)
    assert page.table.rows.row_of("weilidai") < 0


def test_a_page_says_from_the_edit_on_that_its_figures_are_being_worked_out(
    program: Program, qtbot: QtBot, texts: Texts
) -> None:
    page = settled_page(program, qtbot, "overview", OverviewPage)
    edit(program, 110)
    assert program.context.answers is None
    assert "Being worked out…" in texts(page)
    settle(program, qtbot)
    assert "Being worked out…" not in texts(page)


def test_lines_wait_for_fresh_answers_in_their_own_cells(program: Program, qtbot: QtBot) -> None:
    page = settled_page(program, qtbot, "sources", SourcesPage)
    column = len(page.table.rows.columns) - 1
    edit(program, 110)
    page.show_book()
    assert list(page.table.rows.texts(column))[:2] == ["…", "…"]
    settle(program, qtbot)
    page.show_book()
    assert "…" not in list(page.table.rows.texts(column))


def test_another_book_begins_with_its_overview_and_no_page_of_the_old_one(
    program: Program, qtbot: QtBot, book_named: Named, texts: Texts
) -> None:
    settled_page(program, qtbot, "plan", PlanPage)
    other = book_named(title="Mill", jiebei="Credit union", weilidai="Savings bank")
    program.context.open_session(BookSession(other.changed(currency="USD")))
    shown = program.window.page
    assert shown is not None
    assert shown.key == "overview"
    assert list(program.window.pages) == ["overview"]
    assert not [each for each in texts(program.window) if "Jiebei" in each or "¥" in each]
    settle(program, qtbot)


def test_of_two_books_the_one_asked_for_last_is_shown(
    program: Program, qtbot: QtBot, book: Book
) -> None:
    def slowly(_: Cancelled) -> BookSession:
        time.sleep(0.2)
        return BookSession(book.changed(title="First"))

    def at_once(_: Cancelled) -> BookSession:
        return BookSession(book.changed(title="Last"))

    program.window.books.files._load(slowly, program.context.open_session)
    program.window.books.files._load(at_once, program.context.open_session)
    settle(program, qtbot)
    assert program.context.book.title == "Last"


def _answer(about: About, _: Cancelled) -> About:
    return about


def test_work_ends_with_what_it_is_about(qapp: QApplication, qtbot: QtBot) -> None:
    tasks = Tasks(lambda error: pytest.fail(str(error)))
    came: list[About] = []

    def start() -> None:
        for about in About:
            tasks.start(partial(_answer, about), came.append, about=about)

    start()
    tasks.end(About.STATE)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=LONG)
    assert sorted(came) == [About.BOOK, About.NOTHING]
    came.clear()
    start()
    tasks.end(About.BOOK)
    qtbot.waitUntil(lambda: not tasks.busy, timeout=LONG)
    assert came == [About.NOTHING]
    tasks.close()


# everything at once


class Owner:
    """Does whatever comes to mind in a window, without waiting for anything."""

    def __init__(self, program: Program, books: list[Book], chance: random.Random) -> None:
        self.program, self.books, self.chance = program, books, chance
        self.open = 0
        self.deeds: list[Callable[[], None]] = [
            *(self.edit, self.edit, self.undo, self.redo, self.turn, self.turn, self.turn),
            *(self.delete, self.open_other, self.accept, self.tick, self.wish, self.save_case),
            *(self.speak, self.paper, self.compare),
        ]

    def act(self) -> None:
        self.chance.choice(self.deeds)()
        for dialog in self.program.window.findChildren(QDialog):
            dialog.reject()

    def edit(self) -> None:
        if "wages" in self.program.context.book.by_id:
            edit(self.program, self.chance.choice((80, 125)))

    def undo(self) -> None:
        self.program.context.undo()

    def redo(self) -> None:
        self.program.context.redo()

    def turn(self) -> None:
        number = self.chance.randrange(len(RAIL_ENTRIES) + 2)
        if number < len(RAIL_ENTRIES):
            self.program.window.show_section(number)
        else:
            self.program.context.show_page("plan", "jiebei")

    def delete(self) -> None:
        page = self.program.window.page
        if isinstance(page, SourcesPage | CashFlowPage) and page.table.rows.rows:
            page.table.choose(self.chance.choice(page.table.rows.rows).id)
            for _ in range(3):
                QTest.keyClick(page.table, Qt.Key.Key_Delete)

    def open_other(self) -> None:
        self.open = 1 - self.open
        self.program.context.open_session(BookSession(self.books[self.open]))

    def accept(self) -> None:
        page = self.program.window.page
        if isinstance(page, PlanPage):
            page.accept.click()
            page._accept(drill=self.chance.random() < 0.5)

    def tick(self) -> None:
        page = self.program.window.page
        if isinstance(page, PlanPage):
            for what in (Deed.HAPPENED, Deed.TICK, Deed.TICK, Deed.CHANGE, Deed.END):
                page.accepted.view._want(what, 1)

    def wish(self) -> None:
        page = self.program.window.page
        if isinstance(page, PlanPage) and page.draft is not None and page.draft.plan.actions:
            wish = self.chance.choice(list(StepWish))
            page.steps.wanted.emit(wish, self.chance.choice(page.draft.plan.actions))

    def save_case(self) -> None:
        page = self.program.window.page
        if isinstance(page, StressPage):
            page.loss_actions.save.click()
            page.loss_actions.open_plan()

    def speak(self) -> None:
        self.program.context.set_language(self.chance.choice(("en", "zh_CN")))

    def paper(self) -> None:
        page = self.program.window.page
        if isinstance(page, PlanPage):
            page.paper.preview = lambda draft: None  # type: ignore[method-assign]
            page.preview()

    def compare(self) -> None:
        page = self.program.window.page
        if isinstance(page, StressPage):
            page.bar.what.setCurrentIndex(self.chance.randrange(4))
            page.bar.what.activated.emit(page.bar.what.currentIndex())


def planted(book_named: Named, mark: str, currency: str) -> Book:
    """A book whose every name bears a mark."""
    ids = ("title", "till", "jiebei", "weilidai", "wages", "sales", "bridge", "both")
    return book_named(**{each: f"{mark} {each}" for each in ids}).changed(currency=currency)


MARKS = (("Alder", "CNY", "¥"), ("Birch", "EUR", "€"))


def said_of_another(said: list[str], own: int) -> list[str]:
    name, _, sign = MARKS[1 - own]
    return [each for each in said if name in each or sign in each]


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_whatever_is_done_while_results_are_late_nothing_of_another_book_or_state_is_shown(
    start: Start,
    qtbot: QtBot,
    book_named: Named,
    texts: Texts,
    slow: random.Random,
    seed: int,
) -> None:
    books = [planted(book_named, mark, currency) for mark, currency, _ in MARKS]
    program = start(books[0])
    owner = Owner(program, books, random.Random(seed))
    for _ in range(60):
        owner.act()
        qtbot.wait(owner.chance.choice((0, 0, 5, 30, 90)))
        assert said_of_another(texts(program.window), owner.open) == []
        assert "Something went wrong" not in program.window.banner.text
    program.context.set_language("en")
    settle(program, qtbot)
    agrees_with_a_fresh_computation(program, qtbot, texts)


def agrees_with_a_fresh_computation(program: Program, qtbot: QtBot, texts: Texts) -> None:
    context = program.context
    fresh = assess(answer(context.book))
    overview = settled_page(program, qtbot, "overview", OverviewPage)
    assert overview.answer == verdict(fresh, Narrator(fresh.book, context.words)).headline
    assert [each.name for each in overview.lights.rows.rows] == [each.name for each in fresh.losses]
    for section in RAIL_ENTRIES:
        program.window.show_section(RAIL_ENTRIES.index(section))
        settle(program, qtbot)
        assert "Being worked out…" not in texts(program.window)
    plan = program.window.pages["plan"]
    assert isinstance(plan, PlanPage)
    if fresh.losses and plan.draft is not None:
        assert context.is_current(plan.draft.answers.book)
        assert plan.draft.plan.fingerprint == context.book.fingerprint
