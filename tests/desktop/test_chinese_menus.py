"""One style in Chinese menus: short, no sentences, dots where English has them, words apart."""

import json
import re
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMenu, QMenuBar, QToolButton
from pytestqt.qtbot import QtBot

from backstop.desktop.books.details_dialog import BookFactsDialog
from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from backstop.telling import words_for
from desktop.waiting import settled_page, shown

LONGEST = 20
"""Characters: the longest, “导出计划与实际为 XLSX…”, has eighteen."""
HAN = "[\u4e00-\u9fff]"
ENDS, HALF_WIDTH = re.compile("[。？！?!.]$"), re.compile(f"{HAN}[,:;?!()]|[,:;?!()]{HAN}")
TOUCHING = re.compile(f"{HAN}[A-Za-z0-9]|[A-Za-z0-9]{HAN}")
TITLE = re.compile(f"^{HAN}+\\(&([A-Z])\\)$")
TRANSLATIONS = Path(__file__).parents[2] / "resources" / "i18n" / "zh_CN"


def told(menu: QMenu | QMenuBar) -> list[str]:
    """What stands in a menu and below it, in its order."""
    found = []
    for action in menu.actions():
        below = action.menu()
        named = isinstance(menu, QMenuBar) or not action.text()
        found += [] if named else [action.text()]
        found += told(below) if isinstance(below, QMenu) else []
    return found


def all_told(program: Program, qtbot: QtBot) -> list[str]:
    """What stands in the menus of the window, of two pages and of the first step of a plan."""
    sources = settled_page(program, qtbot, "sources", SourcesPage)
    flows = settled_page(program, qtbot, "cash_flow", CashFlowPage)
    program.context.show_page("plan", "jiebei")
    more = settled_page(program, qtbot, "plan", PlanPage).steps.findChild(QToolButton)
    assert more is not None
    menus = (program.window.menus.bar, sources.add_menu, flows.add_menu, more.menu())
    return [text for menu in menus for text in told(menu)]


def test_entries_of_menus_have_one_style_in_chinese(program: Program, qtbot: QtBot) -> None:
    english = all_told(program, qtbot)
    program.context.set_language("zh_CN")
    chinese = all_told(program, qtbot)
    assert len(chinese) > 60
    for one, other in zip(english, chinese, strict=True):
        assert one.endswith("…") is other.endswith("…"), (one, other)
        assert re.search(HAN, other), other
        assert len(other) <= LONGEST, other
        ours = other.replace("Weilidai", "微粒贷")  # the owner's own name of a line
        for wrong in (ENDS, HALF_WIDTH, TOUCHING):
            assert not wrong.search(ours), ours


def test_titles_of_the_menu_bar_keep_the_letters_of_the_english_ones(program: Program) -> None:
    """As Windows and Qt write them: 文件(&F)."""
    english = [action.text() for action in program.window.menus.bar.actions()]
    program.context.set_language("zh_CN")
    for one, action in zip(english, program.window.menus.bar.actions(), strict=True):
        found = TITLE.match(action.text())
        assert found, action.text()
        assert found[1] == one[one.index("&") + 1].upper()


@pytest.mark.parametrize(
    ("english", "chinese"),
    [
        ("Looking ahead", "预测设置"),
        ("not planned", "未设定"),
        ("In this case there is no room.", "这种情形下没有余地。"),
    ],
)
def test_words_that_owners_stumbled_over_stand_as_asked_for(english: str, chinese: str) -> None:
    assert words_for("zh_CN").say(english) == chinese


def test_words_that_owners_stumbled_over_are_nowhere() -> None:
    every = [
        text
        for file in TRANSLATIONS.glob("*.json")
        for text in json.loads(file.read_text()).values()
    ]
    assert len(every) > 1000
    for wrong in ("向前看", "没有打算", "减少 0%", "晚 0 天"):
        assert not [text for text in every if wrong in text]


def test_the_details_of_the_book_say_them_in_their_places(program: Program, qtbot: QtBot) -> None:
    program.context.set_language("zh_CN")
    program.window.actions_by_name["facts"].trigger()
    dialog = shown(BookFactsDialog, qtbot)
    titles = [each.text() for each in dialog.findChildren(QAbstractButton)]
    assert any("预测设置" in each for each in titles), titles
    blanks = [each.placeholderText() for each in dialog.findChildren(QLineEdit)]
    assert "未设定" in blanks, blanks
    dialog.reject()
