"""The theme is the only place of colours, its texts can be read, and every word is translated."""

import ast
import re
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QStyleOptionComboBox
from pytestqt.qtbot import QtBot

import backstop.desktop
from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.look.theme import DARK, LIGHT, Theme
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.shell.app import Program
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.look import ROW_HEIGHT
from backstop.telling import words_for
from desktop.waiting import settle, settled_page

SOURCE = Path(backstop.desktop.__file__).parent
ENOUGH = 4.5
COLOUR = re.compile(r"#[0-9A-Fa-f]{3,8}\b|\brgba?\(")
SAYING = {"say": (0,), "message": (0,), "count": (1, 2), "Column": (0,), "Entry": (1,)}


def luminance(colour: str) -> float:
    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4

    made = QColor(colour)
    red, green, blue = made.redF(), made.greenF(), made.blueF()
    return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
@pytest.mark.parametrize("ground", ["window", "surface", "highlight"])
@pytest.mark.parametrize("ink", ["text", "muted", "accent", "fine", "careful", "danger"])
def test_text_is_readable_on_every_ground(theme: Theme, ground: str, ink: str) -> None:
    assert contrast(getattr(theme, ink), getattr(theme, ground)) >= ENOUGH


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_text_on_the_accent_is_readable(theme: Theme) -> None:
    assert contrast(theme.on_accent, theme.accent) >= ENOUGH
    assert contrast(theme.on_accent, theme.accent_hover) >= ENOUGH


def test_tools_that_grow_with_the_answers_go_below_the_question(
    qtbot: QtBot, program: Program
) -> None:
    page = settled_page(program, qtbot, "plan", PlanPage)
    first = page.tools.itemAt(0)
    tool = None if first is None else first.widget()
    assert tool is not None
    question = page.findChild(QLabel)
    assert question is not None

    def below() -> bool:
        foot = question.mapTo(page, question.rect().bottomLeft())
        return tool.mapTo(page, QPoint()).y() > foot.y()

    page.fit(1600)
    qtbot.waitUntil(lambda: not below())
    tool.setMinimumWidth(1400)
    qtbot.waitUntil(below)


def test_no_colour_stands_outside_the_theme() -> None:
    others = [file for file in SOURCE.rglob("*.py") if file.name != "theme.py"]
    found = [file.name for file in others if COLOUR.search(file.read_text(encoding="utf-8"))]
    assert not found


def sentences() -> set[str]:
    """English keys that the desktop says, as far as they are written where they are said."""
    said = set()
    for file in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                chosen = [node.args[i] for i in SAYING.get(name, ()) if i < len(node.args)]
                said |= {e.value for e in chosen if isinstance(e, ast.Constant) and e.value}
    return {each for each in said if isinstance(each, str)}


def test_every_sentence_of_the_desktop_is_translated() -> None:
    known = words_for("zh_CN").translations
    assert sorted(sentences() - set(known)) == []


def test_translations_keep_the_placeholders() -> None:
    holes = re.compile(r"\{(\w+)\}")
    known = words_for("zh_CN").translations
    for english in sentences():
        chinese = known.get(english, english)
        assert set(holes.findall(chinese)) <= set(holes.findall(english)), english


def test_a_choice_too_long_for_its_place_ends_in_dots(qtbot: QtBot) -> None:
    combo, option = CalmCombo(), QStyleOptionComboBox()
    qtbot.addWidget(combo)
    name = "Everything on one platform"
    combo.addItem(name)
    combo.setFixedWidth(110)
    combo.initStyleOption(option)
    assert getattr(option, "currentText").endswith("…")  # noqa: B009
    combo.setFixedWidth(400)
    combo.initStyleOption(option)
    assert getattr(option, "currentText") == combo.currentText() == name  # noqa: B009


@pytest.mark.parametrize("size", [(1000, 700), (1400, 900)])
def test_no_table_of_records_shows_half_a_row(
    program: Program, qtbot: QtBot, size: tuple[int, int]
) -> None:
    program.window.resize(*size)
    for number in (1, 2):
        program.window.show_section(number)
        settle(program, qtbot)
        assert program.window.page is not None
        tables = program.window.page.findChildren(RowsView)
        shown = [each for each in tables if each.isVisible()]
        assert [each.viewport().height() % ROW_HEIGHT for each in shown] == [0]


def test_the_number_of_a_step_its_name_and_its_amount_stand_level(
    program: Program, qtbot: QtBot
) -> None:
    page = settled_page(program, qtbot, "plan", PlanPage)
    page.show_record("jiebei")
    settle(program, qtbot)

    def level() -> bool:
        shown = [each for each in page.steps.findChildren(QLabel) if each.isVisible()]
        numbers = [each for each in shown if each.text() == "1"]
        names = [each for each in shown if "Draw" in each.text()]
        assert numbers
        assert names
        number, name = numbers[0], names[0]
        middle = number.y() + number.height() / 2
        first_line = name.y() + name.contentsRect().y() + name.fontMetrics().height() / 2
        return abs(middle - first_line) <= 2

    qtbot.waitUntil(level)


def test_the_window_wears_the_style_sheet_and_not_the_application(
    program: Program, qapp: QApplication
) -> None:
    """A page takes a third of the time to open so: see `look/style.py`. What has no place in the
    window would stand undressed, so nothing may stay outside it."""
    assert program.window.styleSheet()
    assert not qapp.styleSheet()
    program.window.open_palette()
    program.window.open_about()
    program.window.open_shortcuts()
    tops = [each for each in QApplication.topLevelWidgets() if isinstance(each, QDialog)]
    assert len(tops) == 3
    assert {each.parent() for each in tops} == {program.window}
    for each in tops:
        each.reject()
