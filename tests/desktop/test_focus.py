"""Where the keyboard is when nobody sent it anywhere."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QToolButton

from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage


def test_the_window_opens_with_the_keyboard_on_the_page(program: Program) -> None:
    focused = program.window.focusWidget()
    assert not isinstance(focused, QToolButton)


def test_going_to_a_page_chooses_nothing_on_it(program: Program) -> None:
    window = program.window
    page = window.pages["overview"]
    page.see_plan.setFocus()  # type: ignore[attr-defined]
    QTest.keyClick(window, Qt.Key.Key_2, Qt.KeyboardModifier.ControlModifier)
    sources = window.pages["sources"]
    assert isinstance(sources, SourcesPage)
    assert sources.table.current() is None
    assert sources.pane.isHidden()


def test_return_presses_the_button_that_has_the_keyboard(program: Program) -> None:
    overview = program.window.pages["overview"]
    overview.see_plan.setFocus()  # type: ignore[attr-defined]
    QTest.keyClick(overview.see_plan, Qt.Key.Key_Return)  # type: ignore[attr-defined]
    page = program.window.page
    assert page is not None
    assert page.key == "plan"
