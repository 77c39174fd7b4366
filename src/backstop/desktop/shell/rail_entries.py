"""The pages of the rail, in their order. A page's module is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.desktop.widgets.page import Page


@dataclass(frozen=True)
class RailEntry:
    """Where a page stands in the rail; `title` is an English key of `words.say`."""

    key: str
    title: str
    page: str

    @property
    def icon(self) -> str:
        return self.key

    def make(self, context: Context) -> Page:
        module = import_module(f"backstop.desktop.{self.key}.page")
        page: Page = getattr(module, self.page)(context)
        page.key = self.key
        return page


RAIL_ENTRIES = (
    RailEntry("overview", "Overview", "OverviewPage"),
    RailEntry("sources", "Sources", "SourcesPage"),
    RailEntry("cash_flow", "Cash flow", "CashFlowPage"),
    RailEntry("projection", "Projection", "ProjectionPage"),
    RailEntry("stress", "Stress", "StressPage"),
    RailEntry("plan", "Plan", "PlanPage"),
)


def number_of(key: str) -> int:
    return next(number for number, each in enumerate(RAIL_ENTRIES) if each.key == key)
