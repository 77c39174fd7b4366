"""One thing at a time aside: the newest question alone is answered, and none twice."""

from collections.abc import Iterator
from threading import Event

import pytest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.state.aside import Aside
from backstop.desktop.state.tasks import Cancelled, Tasks
from backstop.desktop.widgets.flow import FlowLayout

LONG = 5_000


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    made = Tasks(lambda error: pytest.fail(str(error)))
    yield made
    made.close()


def test_what_was_asked_before_is_dropped_and_told_to_stop(tasks: Tasks, qtbot: QtBot) -> None:
    taken: list[str] = []
    aside: Aside[str] = Aside(tasks, taken.append)
    begun, stopped = Event(), Event()

    def endless(cancelled: Cancelled) -> str:
        begun.set()
        while not cancelled():
            pass
        stopped.set()
        return "old"

    aside.ask("old", endless)
    qtbot.waitUntil(begun.is_set, timeout=LONG)
    aside.ask("new", lambda cancelled: "new")
    qtbot.waitUntil(lambda: taken == ["new"], timeout=LONG)
    qtbot.waitUntil(lambda: stopped.is_set() and not tasks.busy, timeout=LONG)
    assert taken == ["new"]
    assert aside.found == "new"


def test_the_same_question_is_worked_out_once_and_answered_again(
    tasks: Tasks, qtbot: QtBot
) -> None:
    taken: list[int] = []
    worked: list[bool] = []
    aside: Aside[int] = Aside(tasks, taken.append)

    def work(cancelled: Cancelled) -> int:
        worked.append(True)
        return 7

    aside.ask(("book", 1), work)
    aside.ask(("book", 1), work)
    qtbot.waitUntil(lambda: taken == [7], timeout=LONG)
    aside.ask(("book", 1), work)
    assert taken == [7, 7]
    assert len(worked) == 1
    aside.drop()
    assert aside.found is None
    aside.ask(("book", 1), work)
    qtbot.waitUntil(lambda: len(taken) == 3, timeout=LONG)
    assert len(worked) == 2


def test_a_flow_goes_on_in_the_next_row_and_leaves_out_what_is_hidden(qtbot: QtBot) -> None:
    place = QWidget()
    qtbot.addWidget(place)
    flow = FlowLayout(place, 10, 4)
    labels = [QLabel("curve") for _ in range(6)]
    for label in labels:
        flow.addWidget(label)
    one = labels[0].sizeHint()
    wide = flow.heightForWidth(6 * (one.width() + 10))
    narrow = flow.heightForWidth(2 * one.width() + 10)
    assert wide == one.height()
    assert narrow == 3 * one.height() + 2 * 4
    for label in labels[2:]:
        label.hide()
    place.resize(2 * one.width() + 10, narrow)
    place.show()
    assert flow.heightForWidth(2 * one.width() + 10) == one.height()
    assert labels[1].x() == one.width() + 10
