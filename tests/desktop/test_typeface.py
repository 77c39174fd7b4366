"""Latin text has Latin marks, Chinese text Chinese ones, from one typeface."""

from collections.abc import Callable

import pytest
from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from backstop.desktop.look import fonts
from backstop.desktop.look.theme import Type
from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from backstop.domain import Book
from desktop.waiting import settled_page

Start = Callable[[Book | None], Program]


@pytest.fixture
def ours(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> None:
    """As on a system where nobody chose a typeface."""
    monkeypatch.setattr(fonts, "_families", lambda: [fonts._ours()])


@pytest.mark.usefixtures("ours")
@pytest.mark.parametrize("mark", "“”‘’·")
def test_marks_are_as_wide_as_the_language_has_them(mark: str, qapp: QApplication) -> None:
    fonts.install_font(wide_marks=False)
    assert QFontMetricsF(qapp.font()).horizontalAdvance(mark) <= Type.BODY / 2
    fonts.install_font(wide_marks=True)
    assert QFontMetricsF(qapp.font()).horizontalAdvance(mark) == Type.BODY


@pytest.mark.usefixtures("ours")
def test_a_switch_of_language_reaches_what_is_shown(program: Program) -> None:
    page = program.window.page
    assert page is not None
    label = page.findChildren(QLabel)[0]
    latin = QFontMetricsF(label.font()).horizontalAdvance("“")
    program.context.set_language("zh_CN")
    assert QFontMetricsF(label.font()).horizontalAdvance("“") > latin


@pytest.mark.usefixtures("ours")
def test_a_page_that_stood_aside_takes_up_the_marks_of_each_language(
    program: Program, qtbot: QtBot
) -> None:
    """A page that nobody sees leaves the window while it is dressed anew."""
    overview = settled_page(program, qtbot, "overview", OverviewPage)
    label = overview.findChildren(QLabel)[0]
    latin = QFontMetricsF(label.font()).horizontalAdvance("“")
    for language, is_wide in (("zh_CN", True), ("en", False), ("zh_CN", True)):
        settled_page(program, qtbot, "sources", SourcesPage)
        program.context.set_language(language)
        settled_page(program, qtbot, "overview", OverviewPage)
        assert (QFontMetricsF(label.font()).horizontalAdvance("“") > latin) is is_wide


@pytest.mark.usefixtures("ours")
def test_a_page_made_after_a_switch_of_language_has_the_marks_of_that_language(
    program: Program, qtbot: QtBot
) -> None:
    """It comes into a window that keeps the marks of before where Qt does not pass them on."""
    settled_page(program, qtbot, "overview", OverviewPage)
    program.context.set_language("zh_CN")
    made = settled_page(program, qtbot, "sources", SourcesPage)
    fonts = [each.font() for each in made.findChildren(QLabel)]
    assert fonts
    for font in fonts:
        assert QFontMetricsF(font).horizontalAdvance("“") > 0.7 * font.pixelSize()


def test_what_the_system_face_lacks_is_drawn_in_simplified_forms(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        QFontDatabase, "families", lambda _: ["Noto Sans CJK JP", "Noto Sans CJK SC"]
    )
    monkeypatch.setattr(QFontDatabase, "systemFont", lambda _: QFont("Good Sans"))
    monkeypatch.setattr(fonts, "_is_last_resort", lambda _: False)
    fonts._families.cache_clear()
    try:
        assert fonts._families() == ["Good Sans", "Noto Sans CJK SC"]
    finally:
        fonts._families.cache_clear()
