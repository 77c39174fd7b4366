"""What the Sources pane shows: an account, a facility, and what belongs to them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backstop.desktop.forms.block import FormBlock
from backstop.desktop.forms.record_view import RecordView
from backstop.desktop.forms.rule_preview import RulePreview
from backstop.desktop.sources.follow_ups import TrueCost, WayToGo, WhatIsLeft, WhatItBrings
from backstop.desktop.sources.forms import (
    ACCOUNT,
    FACILITY,
    LINK_GROUP,
    PLANNED_DRAW,
)
from backstop.desktop.sources.lists import draw_columns, group_columns, tranche_columns
from backstop.desktop.sources.looked_at import LookedAt
from backstop.desktop.sources.measure_forms import MEASURES
from backstop.desktop.sources.schedule import ScheduleView
from backstop.desktop.sources.tranche_form import TRANCHE
from backstop.domain import Account, Facility, MeasureKind

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class AccountView(RecordView):
    """An account, and the groups it belongs to."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, ACCOUNT, "Remove this account")
        self.groups = _groups(context)
        self.blocks.addWidget(self.groups)

    def show_account(self, account: Account) -> None:
        """Show an account of the book."""
        _fill_groups(self.groups, self.context, account.id)

    def speak_beside(self) -> None:
        super().speak_beside()
        _speak_blocks(self, self.groups)


class FacilityView(RecordView):
    """A facility, its outstanding and planned draws, and its groups."""

    def __init__(self, context: Context) -> None:
        self.cost, self.way = TrueCost(context), WayToGo(context)
        footers = {"Price and repayment": self.cost, "How it may go": self.way}
        super().__init__(context, FACILITY, "Remove this source", footers)
        self.cost.follow(self.form)
        self.way.follow(self.form)
        self.tranches = FormBlock(
            context, "Owed now", "Say what is owed", tranche_columns(context), _id
        )
        self.draws = FormBlock(context, "Planned draws", "Plan a draw", draw_columns(context), _id)
        self.groups = _groups(context)
        self.looked_at = LookedAt(context)
        self.column.insertWidget(0, self.looked_at)
        self.column.insertWidget(1, self.tranches)  # among what an owner knows first
        for each in (self.draws, self.groups):
            self.blocks.addWidget(each)

    def show_facility(self, facility: Facility) -> None:
        """Show a credit line of the book."""
        self.looked_at.show_facility(facility)
        draws = [d for d in self.context.book.planned_draws if d.facility == facility.id]
        self.tranches.set_rows(facility.tranches)
        self.draws.set_rows(draws)
        lends = facility.lends_cash or (facility.purchases_only and facility.cash_advance_limit > 0)
        self.draws.setVisible(bool(draws) or lends)
        self.tranches.setVisible(not facility.is_overdraft)
        _fill_groups(self.groups, self.context, facility.id)

    def speak_beside(self) -> None:
        super().speak_beside()
        _speak_blocks(self, self.tranches, self.draws, self.groups)
        if self.draft is not None and self.draft.is_new:
            self.looked_at.hide()


class TrancheView(RecordView):
    """One outstanding draw and its schedule."""

    def __init__(self, context: Context) -> None:
        self.left = WhatIsLeft(context)
        super().__init__(context, TRANCHE, "Remove this draw", {"Outstanding": self.left})
        self.left.follow(self.form)
        self.schedule = ScheduleView(context)
        self.schedule.follow(self.form)
        self.blocks.addWidget(self.schedule)

    def speak_beside(self) -> None:
        super().speak_beside()
        self.schedule.speak()


class PlannedDrawView(RecordView):
    """A drawing that the owner intends, and its dates."""

    def __init__(self, context: Context) -> None:
        self.preview = RulePreview(context)
        super().__init__(context, PLANNED_DRAW, "Remove this planned draw", {"When": self.preview})
        self.preview.follow(self.form)


class GroupView(RecordView):
    """Sources that fail together."""

    def __init__(self, context: Context) -> None:
        super().__init__(context, LINK_GROUP, "Remove this group")


class MeasureView(RecordView):
    """Something that could be done, and what it would bring, in words."""

    def __init__(self, context: Context, kind: MeasureKind) -> None:
        self.outcome = WhatItBrings(context)
        footers = {"What could be done": self.outcome}
        super().__init__(context, MEASURES[kind], "Remove this", footers)
        self.outcome.follow(self.form)


def _groups(context: Context) -> FormBlock:
    return FormBlock(context, "Falls together with", "Add a group", group_columns(context), _id)


def _fill_groups(block: FormBlock, context: Context, record_id: str) -> None:
    block.set_rows(g for g in context.book.link_groups if record_id in g.members)


def _speak_blocks(view: RecordView, *blocks: FormBlock) -> None:
    draft = view.draft
    for block in blocks:
        block.speak()
        block.set_read_only(not view.context.may_edit)
        if draft is not None and draft.is_new:
            block.hide()


def _id(record: object) -> str:
    return str(getattr(record, "id"))  # noqa: B009  rows of several kinds, each with an id
