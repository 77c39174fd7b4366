"""What a screen reader says of each page and dialog: words for people, in the owner's language."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QDialog,
    QLineEdit,
    QPlainTextEdit,
    QProgressBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backstop.desktop.books.backups_dialog import BackupsDialog
from backstop.desktop.books.details_dialog import BookFactsDialog
from backstop.desktop.books.fixes_dialog import FixesDialog
from backstop.desktop.books.history_dialog import HistoryDialog
from backstop.desktop.books.new_book_dialog import NewBookDialog
from backstop.desktop.books.passphrase_dialog import PassphraseDialog, UnlockDialog
from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.forms.naming_dialog import NameDialog
from backstop.desktop.guide.dialog import GuideDialog
from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.plan.change_step_dialog import ChangeStepDialog
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import RAIL_ENTRIES
from backstop.desktop.sources.page import SourcesPage
from backstop.desktop.stress.page import StressPage
from backstop.domain import Book, message
from backstop.services.commands import put_record
from backstop.telling import Narrator
from backstop.telling.sentences import verdict
from desktop.waiting import settle, settled_page

CONTROLS = (QAbstractButton, QAbstractItemView, QComboBox, QLineEdit, QPlainTextEdit, QProgressBar)
FOR_PROGRAMMERS = re.compile(r"\w\(\w+=|object at 0x|<[\w.]+ |\bNone\b|\w+\.\w+_\w+|\{\w*\}")
IDS = ("till", "jiebei", "weilidai", "wages", "sales", "bridge", "both")
RAW_ID = re.compile(rf"\b({'|'.join(IDS)})\b|\b[a-z]+_[a-z_]+\b")


@pytest.fixture
def book(book_named: Callable[..., Book]) -> Book:
    """No name equals an id, so that an id that is said is seen."""
    names = ("Cash box", "Bank A", "Bank B", "Pay of all", "Takings", "Gap loan", "A with B")
    return book_named(**dict(zip(IDS, names, strict=True)))


def spoken(widget: QWidget) -> tuple[str, str]:
    """Name and description, as a screen reader gets them."""
    found = QAccessible.queryAccessibleInterface(widget)
    if found is None:
        return widget.accessibleName(), widget.accessibleDescription()
    return found.text(QAccessible.Text.Name), found.text(QAccessible.Text.Description)


def cells(view: QAbstractItemView) -> Iterator[str]:
    model = view.model()
    for row in range(model.rowCount() if model is not None else 0):
        for column in range(model.columnCount()):
            index = model.index(row, column)
            yield str(model.data(index, Qt.ItemDataRole.AccessibleTextRole) or "")


def inner(widget: QWidget) -> bool:
    """Qt's own parts of a control, which nobody is told of by name."""
    return widget.objectName().startswith("qt_") or isinstance(
        widget.parentWidget(), QComboBox | QAbstractItemView
    )


def check_spoken(whole: QWidget) -> None:
    seen, wrong = 0, []
    for each in [whole, *whole.findChildren(QWidget)]:
        if not each.isVisibleTo(whole):
            continue
        name, description = spoken(each)
        texts = [name, description]
        if isinstance(each, QAbstractItemView):
            texts += cells(each)
        for text in texts:
            if FOR_PROGRAMMERS.search(text) or RAW_ID.search(text):
                wrong.append((type(each).__name__, text))
        if isinstance(each, CONTROLS) and each.focusPolicy() and not inner(each):
            seen += 1
            if not name.strip():
                wrong.append((type(each).__name__, each.objectName() or each.toolTip()))
    assert seen
    assert not wrong


@pytest.fixture(params=["en", "zh_CN"])
def speaking(program: Program, request: pytest.FixtureRequest) -> Program:
    program.context.set_language(request.param)
    return program


def test_every_page_speaks_to_people(speaking: Program, qtbot: QtBot) -> None:
    for number, _ in enumerate(RAIL_ENTRIES):
        speaking.window.show_section(number)
        settle(speaking, qtbot)
        check_spoken(speaking.window)


def test_every_detail_pane_speaks_to_people(speaking: Program, qtbot: QtBot) -> None:
    for key, kind in (("sources", SourcesPage), ("cash_flow", CashFlowPage)):
        page = settled_page(speaking, qtbot, key, kind)
        assert isinstance(page, SourcesPage | CashFlowPage)
        for row in page.table.rows.rows:
            page.show_record(row.id)
            check_spoken(page)


def test_every_dialog_speaks_to_people(speaking: Program, qtbot: QtBot) -> None:
    context, window = speaking.context, speaking.window
    context.show_page("plan", "jiebei")
    plan = settled_page(speaking, qtbot, "plan", PlanPage)
    assert plan.draft is not None
    step = plan.draft.plan.actions[0]
    dialogs: list[QDialog] = [
        BookFactsDialog(context, window),
        NewBookDialog(context, window),
        GuideDialog(context, window),
        NameDialog(context, window, "Save this case", "A name", lambda name: None),
        ChangeStepDialog(context, context.book, step, window),
        UnlockDialog(context, window, message("The book is locked. Print the recovery sheet now.")),
        PassphraseDialog(context, window, is_locked=True),
        PassphraseDialog(context, window, is_locked=False),
        HistoryDialog(context, window, [], []),
        BackupsDialog(context, window, [], None),
        FixesDialog(context, window, Path("shop.backstop"), []),
    ]
    for dialog in dialogs:
        dialog.open()
        check_spoken(dialog)
        dialog.reject()


def test_what_is_heard_of_the_charts_follows_the_verdict(program: Program, qtbot: QtBot) -> None:
    context = program.context
    overview = settled_page(program, qtbot, "overview", OverviewPage)
    before = overview.chart.accessibleDescription()
    assert context.answers is not None
    assert before == verdict(context.answers, Narrator(context.answers.book, context.words)).text
    stress = settled_page(program, qtbot, "stress", StressPage)
    assert stress.chart.accessibleDescription().startswith(stress.answer)
    wages = context.book.by_id["wages"]
    context.apply(put_record(context.book, wages.changed(amount=1_00)))
    settle(program, qtbot)
    assert stress.chart.accessibleDescription().startswith(stress.answer)
    overview = settled_page(program, qtbot, "overview", OverviewPage)
    after = overview.chart.accessibleDescription()
    assert after == verdict(context.answers, Narrator(context.answers.book, context.words)).text
    assert after != before
    assert overview.chart.overlay is None or overview.chart.overlay.accessibleDescription() == after
