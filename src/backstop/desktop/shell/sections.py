"""The pages of the rail, in their order. A page's module is imported when it is first shown."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from backstop.desktop.shell.page import Page
    from backstop.desktop.state.context import Context


@dataclass(frozen=True)
class Section:
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


SECTIONS = (
    Section("overview", "Overview", "OverviewPage"),
    Section("sources", "Sources", "SourcesPage"),
    Section("cash_flow", "Cash flow", "CashFlowPage"),
    Section("projection", "Projection", "ProjectionPage"),
    Section("stress", "Stress", "StressPage"),
    Section("plan", "Plan", "PlanPage"),
)


def number_of(key: str) -> int:
    return next(number for number, each in enumerate(SECTIONS) if each.key == key)
