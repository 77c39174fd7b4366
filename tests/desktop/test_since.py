"""What happened since: a book of a month ago brought to today by real clicks and keys."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.page import TABLE, CashFlowPage
from backstop.desktop.cash_flow.since_lines import line_rows, remark
from backstop.desktop.cash_flow.since_other_dialog import OtherDialog
from backstop.desktop.cash_flow.since_sentences import done_sentence
from backstop.desktop.cash_flow.since_view import BALANCES, LINES, LIST, SinceView
from backstop.desktop.shell.app import Program
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    RepaymentMethod,
    Repeat,
    SavedContingency,
    Tranche,
)
from backstop.services.commands import put_record
from backstop.services.settling import begin_settling, settled_change
from backstop.settling import AsPlanned, Happened, NotYet, WillNot, advance, due_between
from backstop.telling import words_for
from desktop.editing import activate
from desktop.hands import CONTROL, Hands
from desktop.waiting import LONG, settle, shown

Start = Callable[[Book | None], Program]
Clock = Callable[[date], None]

DAY = date(2026, 1, 5)
TODAY = DAY + timedelta(days=30)
ITEMS = 30
both_languages = pytest.mark.parametrize("code", ["en", "zh_CN"])


def busy_book() -> Book:
    """Sixty things fall due within thirty days: thirty items, each twice."""
    return Book(
        title="Corner shop",
        as_of=DAY,
        horizon_days=120,
        minimum_cash=1_000_00,
        accounts=(
            Account(id="till", name="Till", balance=200_000_00),
            Account(id="bank", name="Bank", balance=50_000_00),
        ),
        facilities=(
            Facility(
                id="jiebei",
                name="Jiebei",
                limit=60_000_00,
                method=RepaymentMethod.BULLET,
                periods=6,
                last_verified=DAY,
            ),
        ),
        cash_flows=tuple(
            CashFlow(
                id=f"item-{number}",
                name=f"{'Customer' if number % 3 == 0 else 'Bill'} {number}",
                direction=Direction.RECEIPT if number % 3 == 0 else Direction.PAYMENT,
                amount=(1_000 + number) * 100,
                first_date=DAY + timedelta(days=number % 15),
                repeat=Repeat.DAYS,
                every=15,
            )
            for number in range(ITEMS)
        ),
    )


@pytest.fixture
def behind(start: Start, qtbot: QtBot, clock_at: Clock) -> Program:
    """The program on a book that is thirty days old."""
    clock_at(TODAY)
    program = start(busy_book())
    settle(program, qtbot)
    activate(qtbot, program)
    return program


def page_of(program: Program) -> CashFlowPage:
    page = program.window.page
    assert isinstance(page, CashFlowPage)
    return page


def since(program: Program) -> SinceView:
    return page_of(program).since


def row_of(view: SinceView, id_: str) -> int:
    model = view.table.model()
    rows = (view.table.sorted_rows.row_at(model.index(n, 0)) for n in range(model.rowCount()))
    return [each.id for each in rows].index(id_)


@both_languages
def test_sixty_things_that_went_as_planned_take_six_inputs(
    behind: Program, qtbot: QtBot, code: str
) -> None:
    context, window = behind.context, behind.window
    context.set_language(code)
    said = {
        "en": "This book describes 5 Jan 2026. 60 things were due since.",
        "zh_CN": "账本说的是2026年1月5日的情况，此后有 60 项到期。",
    }
    assert window.age.text.text() == said[code]
    hands = Hands(window)
    hands.click(window.age.open)
    for _ in range(3):
        hands.click(since(behind).onward)
    settle(behind, qtbot)
    assert hands.inputs <= 6
    assert context.book == advance(busy_book(), TODAY)
    assert window.age.isHidden()
    assert context.session is not None
    assert len(context.session.ledger()) == 60
    assert page_of(behind).views.value == TABLE


@both_languages
def test_five_deviations_take_twenty_five_inputs(behind: Program, qtbot: QtBot, code: str) -> None:
    context, window = behind.context, behind.window
    context.set_language(code)
    hands = Hands(window)
    hands.click(window.age.open)
    view = since(behind)
    for id_, amount in (("item-1@2026-01-06", "990"), ("item-16@2026-01-06", "1016.50")):
        hands.click_row(view.table, row_of(view, id_))
        hands.press(Qt.Key.Key_2)
        hands.type(amount)
        hands.press(Qt.Key.Key_Return)
    hands.click_row(view.table, row_of(view, "item-27@2026-01-17"))
    hands.press(Qt.Key.Key_3)
    hands.click_row(view.table, row_of(view, "item-28@2026-01-18"))
    hands.press(Qt.Key.Key_3)
    hands.click_row(view.table, row_of(view, "item-29@2026-02-03"))
    hands.press(Qt.Key.Key_4)
    work = context.settling
    assert work is not None
    assert work.told.answers == {
        "item-1@2026-01-06": Happened(990_00),
        "item-16@2026-01-06": Happened(1_016_50),
        "item-27@2026-01-17": NotYet(),
        "item-28@2026-01-18": NotYet(),
        "item-29@2026-02-03": WillNot(),
    }
    for _ in range(3):
        hands.click(view.onward)
    settle(behind, qtbot)
    assert hands.inputs <= 25
    assert context.book.as_of == TODAY
    planned = sum(each.balance for each in advance(busy_book(), TODAY).accounts)
    customer, bill, gone = 1_027_00, 1_028_00, 1_029_00
    came = (1_001_00 - 990_00) + (1_016_00 - 1_016_50) - customer + bill + gone
    assert sum(each.balance for each in context.book.accounts) == planned + came


def test_a_keyboard_alone_does_it_all(behind: Program, qtbot: QtBot) -> None:
    context, window = behind.context, behind.window
    hands = Hands(window)
    hands.press(Qt.Key.Key_T, CONTROL)
    view = since(behind)
    assert view.table.hasFocus()
    hands.type("bill")
    assert view.table.current().item.due.name == "Bill 16", "the first of that name"
    hands.press(Qt.Key.Key_2)
    hands.type("1016.50")
    hands.press(Qt.Key.Key_Return)
    hands.press(Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    hands.press(Qt.Key.Key_3)
    assert context.settling is not None
    assert len(context.settling.told.answers) == 3
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert view.steps.value == BALANCES
    assert view.balances.table.hasFocus()
    hands.press(Qt.Key.Key_Down)
    hands.type("50123.45")
    hands.press(Qt.Key.Key_Return)
    assert context.settling.balances == {"bank": 50_123_45}
    hands.press(Qt.Key.Key_Return, CONTROL)
    assert view.steps.value == LINES
    hands.type("40000")
    hands.press(Qt.Key.Key_Return)
    assert context.settling.limits == {"jiebei": 40_000_00}
    hands.press(Qt.Key.Key_Return, CONTROL)
    settle(behind, qtbot)
    assert context.book.as_of == TODAY
    assert context.book.accounts[1].balance == 50_123_45
    assert context.book.facilities[0].limit_on(TODAY) == 40_000_00
    assert "unexplained" in page_of(behind).done.text.text()
    assert "Jiebei lends less than before" in page_of(behind).done.lost.text()


def test_undo_takes_book_and_ledger_back_and_what_was_said_stays(
    behind: Program, qtbot: QtBot
) -> None:
    context, hands = behind.context, Hands(behind.window)
    hands.click(behind.window.age.open)
    view = since(behind)
    hands.click_row(view.table, 0)
    hands.press(Qt.Key.Key_4)
    for _ in range(3):
        hands.click(view.onward)
    settle(behind, qtbot)
    hands.click(page_of(behind).done.undo)
    settle(behind, qtbot)
    assert context.book == busy_book()
    assert context.session is not None
    assert context.session.ledger() == ()
    assert context.settling is not None
    assert list(context.settling.told.answers.values()) == [WillNot()]
    assert not behind.window.age.isHidden()


def test_a_figure_that_cannot_be_read_is_refused_where_it_stands(behind: Program) -> None:
    hands = Hands(behind.window)
    hands.click(behind.window.age.open)
    view = since(behind)
    view.steps.choose(BALANCES)
    hands.type("12x")
    hands.press(Qt.Key.Key_Return)
    assert not view.balances.problem.isHidden()
    assert behind.context.settling is not None
    assert not behind.context.settling.balances


def test_a_day_that_is_not_over_is_refused(behind: Program) -> None:
    hands = Hands(behind.window)
    hands.click(behind.window.age.open)
    view = since(behind)
    hands.click_row(view.table, 0)
    hands.press(Qt.Key.Key_2)
    view.pane.day.line.setFocus()
    view.pane.day.line.selectAll()
    hands.type("2026-03-01")
    hands.press(Qt.Key.Key_Return)
    assert "not over yet" in view.pane.problem.text()
    assert view.steps.value == LIST


def test_a_book_of_the_future_is_warned_about(start: Start, qtbot: QtBot, clock_at: Clock) -> None:
    clock_at(DAY - timedelta(days=3))
    program = start(busy_book())
    assert "which is still to come. Check the clock" in program.window.age.text.text()
    assert program.window.age.open.isHidden()


def test_a_book_of_today_says_nothing(program: Program) -> None:
    assert program.window.age.isHidden()
    assert program.context.settling is None


def test_something_else_that_happened_is_typed_into_a_small_form(
    behind: Program, qtbot: QtBot
) -> None:
    context, hands = behind.context, Hands(behind.window)
    hands.click(behind.window.age.open)
    view = since(behind)
    hands.click(view.other)
    dialog = shown(OtherDialog, qtbot)
    dialog.activateWindow()
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.name.line.setFocus()
    hands.type("Parking fine")
    hands.press(Qt.Key.Key_Tab)
    hands.type("120")
    dialog.recurs.setChecked(True)
    hands.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: context.settling is not None and bool(context.settling.others))
    row = row_of(view, "other-1")
    hands.click_row(view.table, row)
    assert view.pane.title.text() == "Parking fine"
    before = context.settling.result.accounts[0].computed if context.settling else 0
    hands.click(view.pane.remove)
    assert context.settling is not None
    assert context.settling.result.accounts[0].computed == before + 120_00


def test_what_is_owed_stays_owed(start: Start, qtbot: QtBot, clock_at: Clock) -> None:
    book = busy_book()
    owed = Tranche(id="draw", name="Draw", principal=5_000_00, next_due=DAY + timedelta(days=4))
    line = book.facilities[0].changed(tranches=(owed,))
    clock_at(TODAY)
    program = start(book.put(line))
    settle(program, qtbot)
    activate(qtbot, program)
    hands = Hands(program.window)
    hands.click(program.window.age.open)
    view = since(program)
    hands.click_row(view.table, row_of(view, f"draw@{owed.next_due}"))
    assert [each.isHidden() for each in view.pane.buttons] == [False, False, False, True]
    hands.press(Qt.Key.Key_4)
    assert program.context.settling is not None
    assert not program.context.settling.answers
    hands.press(Qt.Key.Key_3)
    assert list(program.context.settling.answers.values()) == [NotYet()]


def test_many_are_answered_at_once(behind: Program) -> None:
    hands = Hands(behind.window)
    hands.click(behind.window.age.open)
    view = since(behind)
    hands.click_row(view.table, 0)
    hands.press(Qt.Key.Key_A, CONTROL)
    hands.press(Qt.Key.Key_3)
    work = behind.context.settling
    assert work is not None
    assert {work.answer_to(each) for each in work.past} == {NotYet()}
    hands.press(Qt.Key.Key_1)
    work = behind.context.settling
    assert work is not None
    assert {work.answer_to(each) for each in work.past} == {AsPlanned()}


def long_ago(start: Start, qtbot: QtBot, clock_at: Clock) -> Program:
    """The program on a book that is ten months old."""
    clock_at(date(2026, 11, 10))
    program = start(busy_book())
    settle(program, qtbot)
    activate(qtbot, program)
    return program


def test_a_book_of_long_ago_goes_month_by_month(
    start: Start, qtbot: QtBot, clock_at: Clock
) -> None:
    program = long_ago(start, qtbot, clock_at)
    assert "brought to today month by month" in program.window.age.text.text()
    hands = Hands(program.window)
    hands.click(program.window.age.open)
    view = since(program)
    assert view.steps.isHidden(), "what a bank shows now belongs to today"
    for month in (2, 3):
        hands.click(view.onward)
        settle(program, qtbot)
        assert program.context.book.as_of == date(2026, month, 1)
        assert page_of(program).views.value != TABLE
    assert program.context.book == advance(busy_book(), date(2026, 3, 1))


def test_all_months_come_as_planned_by_one_click_and_one_undo(
    start: Start, qtbot: QtBot, clock_at: Clock
) -> None:
    program = long_ago(start, qtbot, clock_at)
    hands = Hands(program.window)
    hands.click(program.window.age.open)
    hands.click(since(program).all_planned.all)
    qtbot.waitUntil(lambda: program.context.book.as_of == date(2026, 11, 10), timeout=LONG)
    settle(program, qtbot)
    assert program.context.book == advance(busy_book(), date(2026, 11, 10))
    assert program.context.session is not None
    assert len(program.context.session.ledger()) == len(
        due_between(busy_book(), date(2026, 11, 10))
    )
    program.context.undo()
    settle(program, qtbot)
    assert program.context.book == busy_book()
    assert program.context.session.ledger() == ()


def test_a_stop_leaves_the_book_as_it_was(start: Start, qtbot: QtBot, clock_at: Clock) -> None:
    program = long_ago(start, qtbot, clock_at)
    hands = Hands(program.window)
    hands.click(program.window.age.open)
    months = since(program).all_planned
    hands.click(months.all)
    hands.click(months.stop)
    settle(program, qtbot)
    assert program.context.book == busy_book()
    assert not months.all.isHidden()


def test_a_receipt_that_came_in_full_takes_one_key(behind: Program, qtbot: QtBot) -> None:
    sales = "item-3@2026-01-08"
    flow = busy_book().by_id["item-3"]
    behind.context.apply(put_record(behind.context.book, flow.changed(haircut_percent=20)))
    settle(behind, qtbot)
    hands = Hands(behind.window)
    hands.click(behind.window.age.open)
    view = since(behind)
    hands.click_row(view.table, row_of(view, sales))
    assert view.pane.full.text() == "5   In full: ¥1,003.00"
    hands.press(Qt.Key.Key_5)
    work = behind.context.settling
    assert work is not None
    assert work.told.answers == {sales: Happened(1_003_00)}
    hands.click_row(view.table, row_of(view, "item-4@2026-01-09"))
    assert view.pane.full.isHidden()


@pytest.mark.parametrize(("mode", "said"), [(None, "gone"), (LossMode.LIMIT_CUT, "limit cut")])
def test_a_line_says_what_a_loss_that_happened_took(mode: LossMode | None, said: str) -> None:
    loss = SavedContingency(
        id="loss", name="Loss", targets=("jiebei",), mode=mode, cut_percent=50, loss_date=DAY
    )
    work = begin_settling(busy_book().put(loss), TODAY)
    words = words_for("en")
    assert [remark(each, words) for each in line_rows(work)] == [""]
    happened = work.answered(["loss"], AsPlanned())
    assert [remark(each, words) for each in line_rows(happened)] == [said]


def test_what_has_not_come_yet_is_not_said_to_be_settled() -> None:
    work = begin_settling(busy_book(), TODAY).answered(["item-3@2026-01-08"], NotYet())
    said = done_sentence(work, settled_change(work), words_for("en"))
    assert said == "The book is as of 4 Feb 2026 now; 59 things are settled."
