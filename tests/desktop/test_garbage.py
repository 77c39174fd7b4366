"""Widgets that are garbage are found on the main thread, whatever works beside it."""

import gc
import threading

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.shell.app import Program
from backstop.desktop.state import garbage
from backstop.desktop.state.garbage import LOOKS


class Knot:
    """Garbage that only the collector finds; remembers where it was found."""

    found: list[int] = []  # noqa: RUF012  shared on purpose

    def __init__(self) -> None:
        self.itself = self

    def __del__(self) -> None:
        self.found.append(threading.get_ident())


def test_background_work_collects_no_garbage_and_the_main_thread_does(
    program: Program, qtbot: QtBot
) -> None:
    Knot.found.clear()

    def work(_: object) -> None:
        for _ in range(5_000):
            Knot()

    program.context.tasks.start(work, lambda _: None)
    qtbot.waitUntil(lambda: len(Knot.found) > 4_000, timeout=10_000)
    assert set(Knot.found) == {threading.get_ident()}


def test_what_lives_on_is_not_searched_again_until_another_book_is_opened(
    program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Searching a large book again and again holds the window up."""
    looking = program.context.garbage
    kept: list[object] = []
    with monkeypatch.context() as patch:
        patch.setattr(garbage, "gc", gc)  # the collector as it is
        for _ in range(LOOKS):
            kept += [[] for _ in range(5_000)]
            looking.look()
        assert gc.get_freeze_count() >= len(kept)
        assert gc.get_count()[0] < 5_000
        Knot.found.clear()
        Knot()
        gc.freeze()
        looking.look()
        assert not Knot.found
        program.context.open_session(None)
        looking.look()
        assert Knot.found


def test_python_decides_again_after_the_window_is_closed(program: Program) -> None:
    assert not gc.isenabled()
    program.window.close()
    assert gc.isenabled()
