"""A window without a screen, on books in memory, and a watch on what Qt complains about."""

import gc
import os
import threading
from collections.abc import Callable, Iterator
from datetime import date
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QEvent, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

import solved
from backstop.desktop.shell.app import Program
from backstop.desktop.state import garbage
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LinkGroup,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Repeat,
)
from backstop.services import passphrase as guard
from backstop.services import patience
from backstop.services.session import BookSession
from backstop.services.settings import load_settings, save_settings
from desktop.filed import SECRET, lock
from desktop.waiting import LONG, wait_for_session

Start = Callable[[Book | None], Program]

DAY_0 = date(2026, 1, 5)
HARMLESS = (
    "This plugin does not support",  # the offscreen platform, of windows it cannot move
    "QFont::setPixelSize",
)


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, samples and books of the test's own, in English."""
    for name in ("CONFIG", "DATA", "BOOKS"):
        monkeypatch.setenv(f"BACKSTOP_{name}_DIR", str(tmp_path))
    monkeypatch.setenv("LANG", "C.UTF-8")
    monkeypatch.setenv("LANGUAGE", "en")
    return tmp_path


@pytest.fixture(autouse=True)
def shared_work(monkeypatch: pytest.MonkeyPatch) -> None:
    """Windows answer the same book once."""
    solved.share_work_of_windows(monkeypatch)


class _SearchingOnlyNew:
    """The collector, save that nothing from before the test is searched again: that takes longer
    than most tests."""

    freeze = unfreeze = staticmethod(lambda: None)

    def __getattr__(self, name: str) -> Any:
        return getattr(gc, name)


@pytest.fixture(autouse=True)
def new_garbage_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """The program searches what the test made; all of it is set aside at its end."""
    monkeypatch.setattr(garbage, "gc", _SearchingOnlyNew())


@pytest.fixture(autouse=True)
def quiet_qt() -> Iterator[None]:
    """A warning of Qt fails the test."""
    said: list[str] = []

    def handler(kind: QtMsgType, _: object, text: str) -> None:
        serious = kind in (QtMsgType.QtWarningMsg, QtMsgType.QtCriticalMsg, QtMsgType.QtFatalMsg)
        if serious and not any(each in text for each in HARMLESS):
            said.append(text)

    before = qInstallMessageHandler(handler)
    yield
    qInstallMessageHandler(before)
    assert not said


def small_book(**names: str) -> Book:
    """One line that hurts and can be cured, one that does not hurt, and a group of both.

    `names` gives records other names, by their id.
    """

    def named(record_id: str, name: str) -> dict[str, Any]:
        return {"id": record_id, "name": names.get(record_id, name)}

    return Book(
        title=names.get("title", "Corner shop"),
        currency="CNY",
        as_of=DAY_0,
        horizon_days=120,
        minimum_cash=1_000_00,
        accounts=(Account(**named("till", "Till"), balance=20_000_00),),
        facilities=(
            Facility(
                **named("jiebei", "Jiebei"),
                limit=60_000_00,
                method=RepaymentMethod.BULLET,
                periods=6,
                last_verified=DAY_0,
            ),
            Facility(
                **named("weilidai", "Weilidai"),
                limit=80_000_00,
                lead_days=1,
                draw_step=100_00,
                method=RepaymentMethod.BULLET,
                periods=6,
                last_verified=DAY_0,
            ),
        ),
        cash_flows=(
            CashFlow(
                **named("wages", "Wages"),
                direction=Direction.PAYMENT,
                amount=30_000_00,
                first_date=date(2026, 1, 15),
                repeat=Repeat.MONTHS,
                priority=Priority.MUST,
            ),
            CashFlow(
                **named("sales", "Sales"),
                direction=Direction.RECEIPT,
                amount=32_000_00,
                first_date=date(2026, 1, 28),
                repeat=Repeat.MONTHS,
            ),
        ),
        planned_draws=(
            PlannedDraw(
                **named("bridge", "Bridge to the wages"),
                facility="jiebei",
                amount=25_000_00,
                first_date=date(2026, 1, 12),
                periods=6,
            ),
        ),
        link_groups=(LinkGroup(**named("both", "Both platforms"), members=("jiebei", "weilidai")),),
    )


@pytest.fixture
def book() -> Book:
    return small_book()


@pytest.fixture
def book_named() -> Callable[..., Book]:
    """`small_book`, for tests that give records names of their own."""
    return small_book


@pytest.fixture
def start(qtbot: QtBot, qapp: QApplication) -> Iterator[Start]:
    """Starts the program on a book in memory, assessed; or on none, with the start screen."""
    threads = threading.active_count()
    started: list[Program] = []

    def begin(book: Book | None) -> Program:
        settings = load_settings()
        save_settings(settings.changed(language=settings.language or "en"))
        program = Program(qapp)
        started.append(program)
        program.begin(None, None)
        qtbot.waitExposed(program.window)
        program.window.activateWindow()
        if book is not None:
            program.context.open_session(BookSession(book))
            wait_assessed(qtbot, program)
        return program

    yield begin
    for program in started:
        program.window.let_go()
        assert not program.context.tasks.busy or program.context.tasks.closed
        program.window.deleteLater()
        program.context.deleteLater()
    started.clear()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    qapp.processEvents()
    gc.collect()
    gc.freeze()  # what lives on, modules above all, need not be searched again after the next test
    for each in threading.enumerate():
        if each.name == "search":  # given up, and to end by itself
            each.join(LONG / 1000)
    assert threading.active_count() <= threads, threading.enumerate()
    assert not QApplication.topLevelWidgets()


@pytest.fixture
def program(start: Start, book: Book) -> Program:
    """The program on the small book, every loss assessed."""
    return start(book)


def wait_assessed(qtbot: QtBot, program: Program) -> None:
    context = program.context

    def assessed() -> bool:
        return context.answers is not None and context.answers.assessed

    qtbot.waitUntil(assessed, timeout=LONG)


@pytest.fixture
def assessed(qtbot: QtBot) -> Callable[[Program], None]:
    """Waits until every loss of the newest book is assessed."""
    return lambda program: wait_assessed(qtbot, program)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """No waits, no keyring of this machine, and a quick derivation of keys."""
    monkeypatch.setattr(patience, "sleep", lambda _: None)
    monkeypatch.setattr("backstop.store.key.ITERATIONS", 1000)
    monkeypatch.setattr("backstop.desktop.books.files.remembered_key", lambda _: None)
    monkeypatch.setattr(guard, "forget_key", lambda _: None)


@cache
def _file_of(book: Book) -> bytes:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shop.backstop"
        BookSession.create(path, book).close()
        return path.read_bytes()


@pytest.fixture
def path(own_folders: Path, book: Book) -> Path:
    """The small book in a file that no program holds."""
    path = own_folders / "shop.backstop"
    path.write_bytes(_file_of(book))
    return path


@pytest.fixture
def opened(start: Start, path: Path, qtbot: QtBot) -> Program:
    """The program with the book in its file."""
    program = start(None)
    program.window.books.files.open_path(path)
    wait_for_session(program, qtbot)
    return program


@pytest.fixture
def unlocked(start: Start, path: Path, qtbot: QtBot, quick: None) -> Program:
    """The program with the book in its file, which a passphrase locks."""
    lock(path)
    program = start(None)
    program.context.open_session(BookSession.open(path, passphrase=SECRET))
    wait_for_session(program, qtbot)
    return program


@pytest.fixture
def texts() -> Callable[[QWidget], list[str]]:
    """All that a widget's labels, buttons and tooltips say, as far as they are to be seen on it."""

    def collect(widget: QWidget) -> list[str]:
        found = []
        for each in widget.findChildren(QWidget):
            if each.isVisibleTo(widget):
                text = getattr(each, "text", "")
                said = text() if callable(text) else text
                said = said if isinstance(said, str) else ""  # a part that is called `text`
                found += [said, each.toolTip(), each.accessibleName()]
        return [each.strip() for each in found if each.strip()]

    return collect
