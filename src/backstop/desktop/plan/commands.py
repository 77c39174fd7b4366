"""The commands about the plan that the Plan page shows: printing and exporting it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from backstop.desktop.widgets.command import Command, Keys, Menu, open_book

if TYPE_CHECKING:
    from backstop.desktop.plan.page import PlanPage


def plan_commands(page: Callable[[], PlanPage]) -> tuple[Command, ...]:
    """`page` shows the Plan page and returns it."""

    def command(
        key: str,
        text: str,
        run: Callable[[PlanPage], object],
        group: int,
        shortcut: Keys = "",
    ) -> Command:
        return Command(key, text, lambda: run(page()), Menu.FILE, group, shortcut, needs=open_book)

    return (
        command("export_pdf", "Export the plan as PDF…", lambda p: p.export_pdf(), 2, "Ctrl+E"),
        command("export_xlsx", "Export the plan as XLSX…", lambda p: p.export_table("xlsx"), 2),
        command("export_ics", "Export the plan to a calendar…", lambda p: p.export_table("ics"), 2),
        command(
            "print",
            "Preview and print the plan…",
            lambda p: p.preview(),
            3,
            QKeySequence.StandardKey.Print,
        ),
        command("print_all", "Preview and print all plans…", lambda p: p.booklet.preview(), 3),
    )
