"""The views of the Sources pane, each made when it is first needed, and what happens in them."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Signal

from backstop.desktop.forms.block import FormBlock
from backstop.desktop.forms.pane import DetailPane
from backstop.desktop.forms.record_view import RecordView
from backstop.desktop.sources.template_view import TemplateView
from backstop.desktop.sources.views import (
    AccountView,
    FacilityView,
    GroupView,
    MeasureView,
    PlannedDrawView,
    TrancheView,
)
from backstop.domain import (
    Account,
    Facility,
    LinkGroup,
    Measure,
    MeasureKind,
    PlannedDraw,
    Record,
    Tranche,
)

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

AnyView = TypeVar("AnyView", bound=RecordView)


class SourceStack(DetailPane):
    """- `view_kept(kind, id)`: a new record came into the book.
    - `removal_wanted(id)`, `view_forgotten()`: as in `RecordView`.
    - `row_opened(kind, id)`, `row_wanted(kind)`: what belongs to the source that is shown is to be
      edited, or another one added.
    - `template_confirmed(template)`: its values are to be taken over.
    """

    view_kept = Signal(object, str)
    removal_wanted = Signal(str)
    view_forgotten = Signal()
    row_opened = Signal(object, str)
    row_wanted = Signal(object)
    template_confirmed = Signal(object)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.context = context
        self._measures: dict[MeasureKind, MeasureView] = {}

    @cached_property
    def account(self) -> AccountView:
        """The view of an account."""
        view = self._ready(Account, AccountView(self.context))
        self._connect_block(view.groups, LinkGroup)
        return view

    @cached_property
    def facility(self) -> FacilityView:
        """The view of a credit line."""
        view = self._ready(Facility, FacilityView(self.context))
        self._connect_block(view.tranches, Tranche)
        self._connect_block(view.draws, PlannedDraw)
        self._connect_block(view.groups, LinkGroup)
        return view

    @cached_property
    def tranche(self) -> TrancheView:
        """The view of a draw that is owed."""
        return self._ready(Tranche, TrancheView(self.context))

    @cached_property
    def draw(self) -> PlannedDrawView:
        """The view of a planned draw."""
        return self._ready(PlannedDraw, PlannedDrawView(self.context))

    @cached_property
    def group(self) -> GroupView:
        """The view of a group."""
        return self._ready(LinkGroup, GroupView(self.context))

    def measure(self, kind: MeasureKind) -> MeasureView:
        """The view of a measure."""
        if kind not in self._measures:
            self._measures[kind] = self._ready(Measure, MeasureView(self.context, kind))
        return self._measures[kind]

    @cached_property
    def template(self) -> TemplateView:
        """The view of a template."""
        view = TemplateView(self.context)
        self.add_view(view)
        view.confirmed.connect(self.template_confirmed)
        view.dismissed.connect(self.closed)
        return view

    def view_for(self, kind: type[Record]) -> RecordView:
        """The view of records of this kind; measures have one for each kind of theirs."""
        views = {
            Account: "account",
            Facility: "facility",
            Tranche: "tranche",
            PlannedDraw: "draw",
            LinkGroup: "group",
        }
        view: RecordView = getattr(self, views[kind])
        return view

    def _ready(self, kind: type[Record], view: AnyView) -> AnyView:
        self.add_view(view)
        view.kept.connect(lambda record_id: self.view_kept.emit(kind, record_id))
        view.removal_wanted.connect(self.removal_wanted)
        view.forgotten.connect(self.view_forgotten)
        return view

    def _connect_block(self, block: FormBlock, kind: type[Record]) -> None:
        block.opened.connect(lambda row: self.row_opened.emit(kind, row.id))
        block.wanted.connect(lambda: self.row_wanted.emit(kind))
