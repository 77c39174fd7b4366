"""The window comes back where it was left."""

from collections.abc import Callable

from backstop.desktop.shell.app import Program
from backstop.domain import Book
from backstop.services.settings import load_settings

Start = Callable[[Book | None], Program]


def test_size_is_remembered_from_one_start_to_the_next(start: Start) -> None:
    program = start(None)
    program.window.resize(700, 500)
    program.window.close()
    assert load_settings().window
    assert start(None).window.size().toTuple() == (700, 500)


def test_a_spoilt_memory_is_passed_over(start: Start) -> None:
    program = start(None)
    usual = program.window.size()
    program.context.remember(window="not what we wrote")
    program.window.show()
    assert start(None).window.size() == usual


def test_a_full_screen_start_is_remembered_as_large(start: Start) -> None:
    program = start(None)
    program.window.showMaximized()
    program.window.close()
    assert start(None).window.isMaximized()
