"""The walk of `docs/architecture.md` through the window, taken: its stops in the order given."""

from pytestqt.qtbot import QtBot

from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from desktop.editing import click_row, open_page, type_into
from desktop.waiting import settle
from walks import calls, missed, on_main_thread, walk


def test_a_typed_limit_becomes_a_verdict_by_the_stops_told(program: Program, qtbot: QtBot) -> None:
    stops = walk("From a limit that is typed to the verdict")
    assert len(stops) > 10
    page = open_page(qtbot, program, 1, SourcesPage)
    settle(program, qtbot)
    click_row(page.table, 1)
    with calls() as passed:
        type_into(page.pane.facility.form, "limit", "1,234")
        program.window.show_section(0)
        settle(program, qtbot)
    assert missed(on_main_thread(stops), passed) == []
