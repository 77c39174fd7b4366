"""All screens of the program; slow to import, and so comes through the gate."""

from backstop.desktop.books.desk import BookDesk
from backstop.desktop.cash_flow.page import CashFlowPage
from backstop.desktop.guide.dialog import GuideDialog
from backstop.desktop.overview.page import OverviewPage
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.projection.page import ProjectionPage
from backstop.desktop.shell.about_dialog import AboutDialog
from backstop.desktop.shell.palette import Palette, entries_for
from backstop.desktop.shell.shortcuts_dialog import ShortcutsDialog
from backstop.desktop.sources.page import SourcesPage
from backstop.desktop.statements.page import StatementsPage
from backstop.desktop.stress.page import StressPage
from backstop.desktop.widgets.page import Page

__all__ = [
    "PAGES",
    "AboutDialog",
    "BookDesk",
    "GuideDialog",
    "Palette",
    "PlanPage",
    "ShortcutsDialog",
    "entries_for",
]

PAGES: dict[str, type[Page]] = {
    "overview": OverviewPage,
    "sources": SourcesPage,
    "cash_flow": CashFlowPage,
    "projection": ProjectionPage,
    "stress": StressPage,
    "plan": PlanPage,
    "statements": StatementsPage,
}
"""The class of each page, by the key of its entry in the rail."""
