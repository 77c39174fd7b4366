"""Background work: its end comes on the main thread, or not at all."""

import threading
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backstop.desktop.state.tasks import Tasks


@pytest.fixture
def errors() -> list[Exception]:
    return []


@pytest.fixture
def tasks(errors: list[Exception], qapp: QApplication) -> Iterator[Tasks]:
    made = Tasks(errors.append)
    yield made
    made.close()
    made.deleteLater()


def test_work_runs_elsewhere_and_its_result_comes_home(tasks: Tasks, qtbot: QtBot) -> None:
    here, seen = threading.get_ident(), []
    tasks.start(
        lambda cancelled: threading.get_ident(),
        lambda there: seen.append((there, threading.get_ident())),
    )
    qtbot.waitUntil(lambda: bool(seen))
    assert seen[0][0] != here
    assert seen[0][1] == here
    assert not tasks.busy


def test_an_error_reaches_whoever_asked_for_it(
    tasks: Tasks, errors: list[Exception], qtbot: QtBot
) -> None:
    own: list[Exception] = []

    def fail(cancelled: Callable[[], bool]) -> None:
        raise ValueError

    tasks.start(fail, lambda _: None)
    tasks.start(fail, lambda _: None, own.append)
    qtbot.waitUntil(lambda: bool(errors) and bool(own))
    assert isinstance(errors[0], ValueError)
    assert isinstance(own[0], ValueError)


def test_a_cancelled_task_says_nothing_any_more(tasks: Tasks, qtbot: QtBot) -> None:
    go = threading.Event()
    seen: list[int] = []

    def work(cancelled: Callable[[], bool]) -> int:
        go.wait(5)
        return 1

    task = tasks.start(work, seen.append)
    task.cancel()
    go.set()
    qtbot.waitUntil(lambda: not tasks.busy)
    assert not seen


def test_closing_cancels_and_waits(tasks: Tasks) -> None:
    begun, noticed = threading.Event(), threading.Event()

    def work(cancelled: Callable[[], bool]) -> None:
        begun.set()
        while not cancelled():
            pass
        noticed.set()

    tasks.start(work, lambda _: None)
    assert begun.wait(5)
    tasks.close()
    assert noticed.is_set()
