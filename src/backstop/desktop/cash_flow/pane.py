"""The detail pane of the Cash flow page: a payment or a receipt, and what follows from its rule."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from backstop.desktop.cash_flow.beginnings import new_flow
from backstop.desktop.cash_flow.follow_ups import InPlainWords
from backstop.desktop.cash_flow.form import PAYMENT, RECEIPT
from backstop.desktop.forms.fields import FormLayout
from backstop.desktop.forms.pane import DetailPane
from backstop.desktop.forms.record_changes import keeper, remove
from backstop.desktop.forms.record_view import RecordView
from backstop.desktop.forms.rule_preview import RulePreview
from backstop.desktop.widgets.text import as_typed, button
from backstop.domain import CashFlow, Direction

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

_TITLES = {
    Direction.PAYMENT: ("New payment", "Remove this payment", "When money is short"),
    Direction.RECEIPT: ("New receipt", "Remove this receipt", "How sure it is"),
}
_LAYOUTS: dict[Direction, FormLayout] = {Direction.PAYMENT: PAYMENT, Direction.RECEIPT: RECEIPT}


class FlowView(RecordView):
    """The form of a payment or a receipt, with its rule and its behaviour in plain words."""

    def __init__(self, context: Context, direction: Direction) -> None:
        _, removal, behaviour = _TITLES[direction]
        self.rule, self.behaviour = RulePreview(context), InPlainWords(context)
        footers = {"When": self.rule, behaviour: self.behaviour}
        super().__init__(context, _LAYOUTS[direction], removal, footers)
        self.duplicate = button("quiet")
        self.buttons.insertWidget(1, self.duplicate)
        self.rule.follow(self.form)
        self.behaviour.follow(self.form)

    def show_hint(self) -> None:
        super().show_hint()
        self.duplicate.setVisible(self.draft is not None and not self.draft.is_new)

    def speak_beside(self) -> None:
        super().speak_beside()
        self.duplicate.setText(as_typed(self.context.words.say("Duplicate")))
        self.duplicate.setEnabled(self.remove.isEnabled())


class FlowPane(DetailPane):
    """`removed(message)` after a removal; `added(id)` when a new receipt or payment is in;
    `duplicate_wanted(id)` when another one like it is to be made."""

    removed = Signal(object)
    added = Signal(str)
    duplicate_wanted = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.context = context
        self.flow = ""
        self._new: Direction | None = None
        self._made: dict[Direction, FlowView] = {}

    def view_of(self, direction: Direction) -> FlowView:
        """The view of what goes this way, made when it is first needed."""
        if direction not in self._made:
            self._made[direction] = view = FlowView(self.context, direction)
            self.add_view(view)
            view.kept.connect(self._kept)
            view.removal_wanted.connect(self._remove)
            view.forgotten.connect(self.closed)
            view.duplicate.clicked.connect(lambda: self.duplicate_wanted.emit(self.flow))
        return self._made[direction]

    def open_flow(self, flow: CashFlow) -> None:
        """Show a receipt or payment of the book."""
        self.flow, self._new = flow.id, None
        self.refresh()

    def begin(self, direction: Direction) -> None:
        """Start a new receipt or payment."""
        self.flow, self._new = "", direction
        self.refresh()
        self.view_of(direction).form.focus_first()

    def focus_form(self) -> None:
        """Put the keyboard into the first field of what is shown."""
        if isinstance(self.view, FlowView):
            self.view.form.focus_first()

    def leave(self) -> None:
        """The pane is closed; what was unfinished waits."""
        self.flow, self._new = "", None

    def forget(self) -> None:
        """Let go of what is shown and of what waits to be kept."""
        super().forget()
        self.leave()

    def refresh(self) -> None:
        """Show it anew, as the book is now; what is gone is left."""
        if self._new is not None:
            self._show_new(self._new)
            return
        flow = self.context.book.by_id.get(self.flow)
        if not isinstance(flow, CashFlow):
            self.closed.emit()
            return
        view = self.view_of(flow.direction)
        view.show_record(flow, keeper(self.context))
        self.show_view(view, flow.name, self.context.words.label(flow.direction))

    def _show_new(self, direction: Direction) -> None:
        view = self.view_of(direction)
        view.show_new(CashFlow, new_flow(self.context, direction), keeper(self.context))
        self.show_view(view, self.context.words.say(_TITLES[direction][0]))

    def _kept(self, record_id: str) -> None:
        self.flow, self._new = record_id, None
        self.refresh()
        self.added.emit(record_id)

    def _remove(self, record_id: str) -> None:
        said = remove(self.context, record_id)
        if said is not None:
            self.removed.emit(said)

    def speak(self) -> None:
        super().speak()
        if (self.flow or self._new is not None) and self.context.session is not None:
            self.refresh()
