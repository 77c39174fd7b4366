"""The screens of the program, by name: slow to import, and so they come through the gate.

What is seen first comes in at once. Each of the others does when it is wanted, or once the first
answers are whole: until then every import would only hold them up.
"""

from dataclasses import dataclass
from typing import Any

from backstop.desktop.books.desk import BookDesk
from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.state.gate import brought_in

__all__ = ["PAGES", "BookDesk", "bring_in_the_rest"]


@dataclass(frozen=True)
class Screen:
    """A class or a function of a module that is imported when it is first called."""

    module: str
    name: str

    def bring_in(self) -> Any:
        """What is called so; imported now, if nobody did before."""
        return getattr(brought_in(f"backstop.desktop.{self.module}"), self.name)

    def __call__(self, *given: Any) -> Any:
        return self.bring_in()(*given)


PLAN = Screen("plan.page", "PlanPage")
GUIDE = Screen("guide.dialog", "GuideDialog")
ABOUT = Screen("shell.about_dialog", "AboutDialog")
SHORTCUTS = Screen("shell.shortcuts_dialog", "ShortcutsDialog")
PALETTE, ENTRIES = Screen("shell.palette", "Palette"), Screen("shell.palette", "entries_for")
PAGES: dict[str, Any] = {
    "overview": OverviewPage,
    "sources": Screen("sources.page", "SourcesPage"),
    "cash_flow": Screen("cash_flow.page", "CashFlowPage"),
    "projection": Screen("projection.page", "ProjectionPage"),
    "stress": Screen("stress.page", "StressPage"),
    "plan": PLAN,
    "statements": Screen("statements.page", "StatementsPage"),
}
"""What makes each page, by the key of its entry in the rail."""


def bring_in_the_rest() -> None:
    """Import every screen."""
    for each in (*PAGES.values(), GUIDE, ABOUT, SHORTCUTS, PALETTE):
        if isinstance(each, Screen):
            each.bring_in()
