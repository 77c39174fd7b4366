"""The detail pane of the Sources page: opens sources and what belongs to them, one in another."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal

from backstop.desktop.forms.draft import Keep
from backstop.desktop.forms.record_changes import (
    free_id,
    keeper,
    remove,
)
from backstop.desktop.forms.record_view import RecordView
from backstop.desktop.sources.places import BEGINNINGS, KIND_NAMES, NEW_TITLES, Place
from backstop.desktop.sources.stack import SourceStack
from backstop.desktop.sources.tranche_changes import (
    line_keeper,
    remove_tranche,
    tranche_keeper,
)
from backstop.domain import (
    Account,
    Facility,
    LinkGroup,
    Measure,
    MeasureKind,
    Message,
    PlannedDraw,
    Record,
    Tranche,
)
from backstop.services.catalogue import (
    AnyTemplate,
    MeasureTemplate,
    facility_from,
    measure_template,
)
from backstop.services.commands import put_record
from backstop.services.guide import numbered

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class SourcePane(SourceStack):
    """`removed(message)` after a removal; `added(id)` when a new account, facility or measure is
    in."""

    removed = Signal(object)
    added = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._path: list[Place] = []
        self._template: AnyTemplate | None = None
        self.went_back.connect(self._go_back)
        self.view_kept.connect(self._kept)
        self.removal_wanted.connect(self._remove)
        self.view_forgotten.connect(self._leave)
        self.row_opened.connect(lambda kind, row_id: self._go(Place(kind, row_id, self.source)))
        self.row_wanted.connect(self.begin)
        self.template_confirmed.connect(self._take_template)

    def _view_of(self, place: Place) -> RecordView:
        if place.kind is Measure:
            return self.measure(self._measure_kind(place))
        return self.view_for(place.kind)

    def _measure_kind(self, place: Place) -> MeasureKind:
        record = self._record(place) if place.id else None
        if isinstance(record, Measure):
            return record.kind
        return measure_template(place.owner).kind

    # where the pane is

    @property
    def source(self) -> str:
        """Id of the account or facility that the pane is about, or empty."""
        first = self._path[0] if self._path else None
        return first.id if first is not None and first.kind in (Account, Facility) else ""

    def open_record(self, record: Record) -> None:
        """Show an account, a facility, a group or a measure."""
        place = Place(type(record), record.id)
        if not self._path or self._path[0] != place:
            self._path, self._template = [place], None
            self.refresh()

    def begin(self, kind: type[Record]) -> None:
        """Start a new record: a draw or group inside the source shown, all else by itself."""
        inside = kind in (Tranche, PlannedDraw, LinkGroup) and bool(self.source)
        self._path, self._template = (self._path[:1] if inside else []), None
        place = Place(kind, owner=self.source)
        self._go(place)
        self._view_of(place).form.focus_first()

    def _begin_measure(self, template: MeasureTemplate) -> None:
        """A measure begins unfinished: what it brings, and of what, only the owner knows."""
        place = Place(Measure, owner=template.id)
        self._path, self._template = [], None
        self._go(place)
        view = self._view_of(place)
        missing = view.draft.missing if view.draft is not None else []
        view.form.focus_first(next(iter(missing), ""))

    def leave(self) -> None:
        """The pane is closed; what was unfinished waits."""
        self._path, self._template = [], None

    def consider(self, template: AnyTemplate) -> None:
        """Show what a template would fill in, before it is in the book."""
        self._path, self._template = [], template
        self.refresh()
        self.template.confirm.setFocus()

    def _take_template(self, template: AnyTemplate) -> None:
        if isinstance(template, MeasureTemplate):
            self._begin_measure(template)
            return
        record_id = free_id(self.context, template.id)
        facility = facility_from(template, record_id, self.context.words)
        facility = facility.changed(name=numbered(self.context.book, facility.name))
        if self.context.apply(put_record(self.context.book, facility)):
            self._path, self._template = [Place(Facility, record_id)], None
            self.refresh()
            self.added.emit(record_id)
            self.facility.form.focus_first("limit")

    def focus_form(self) -> None:
        """Put the keyboard into the first field of what is shown."""
        if self._path:
            self._view_of(self._path[-1]).form.focus_first()

    def _go(self, place: Place) -> None:
        self._path.append(place)
        self.refresh()

    def _go_back(self) -> None:
        self._path = self._path[:-1]
        self.refresh()

    def _leave(self) -> None:
        """What was shown is gone: back to what lies behind it, or away."""
        self._path = self._path[:-1]
        if self._path:
            self.refresh()
        else:
            self.closed.emit()

    def forget(self) -> None:
        """Let go of what is shown and of what waits to be kept."""
        super().forget()
        self.leave()

    # what the pane shows

    def refresh(self) -> None:
        """Show the place anew, as the book is now; what is gone is left."""
        while self._path and not self._exists(self._path[-1]):
            self._path.pop()
        if not self._path:
            self._show_template()
            return
        place = self._path[-1]
        view = self._view_of(place)
        if place.id:
            self._show_known(place, view)
        else:
            self._show_new(place, view)
        title, remark = self._titles(place)
        self.show_view(view, title, remark, self._name(self._path[-2]) if self._path[1:] else "")

    def _show_template(self) -> None:
        template, words = self._template, self.context.words
        if template is None:
            self.closed.emit()
            return
        self.template.show_template(template)
        self.show_view(self.template, words.say(template.name), words.label(template.kind))

    def _exists(self, place: Place) -> bool:
        """Whether the book still has the record, or the line on which a new draw is entered."""
        if place.id:
            return self._record(place) is not None
        on_a_line = place.kind in (Tranche, PlannedDraw) and place.owner
        return not on_a_line or isinstance(self.context.book.by_id.get(place.owner), Facility)

    def _record(self, place: Place) -> Record | None:
        if place.kind is not Tranche:
            known = self.context.book.by_id.get(place.id)
            return known if isinstance(known, place.kind) else None
        facility = self.context.book.by_id.get(place.owner)
        tranches = facility.tranches if isinstance(facility, Facility) else ()
        return next((each for each in tranches if each.id == place.id), None)

    def _show_known(self, place: Place, view: RecordView) -> None:
        record = self._record(place)
        assert record is not None
        keep = self._keeper(place)
        view.show_record(record, keep)
        if isinstance(record, Account):
            self.account.show_account(record)
        elif isinstance(record, Facility):
            self.facility.show_facility(record)

    def _keeper(self, place: Place) -> Keep:
        if place.kind is Tranche:
            return tranche_keeper(self.context, place.owner)
        return line_keeper(self.context) if place.kind is Facility else keeper(self.context)

    def _show_new(self, place: Place, view: RecordView) -> None:
        keep = self._keeper(place)
        values = BEGINNINGS[place.kind](self.context, place.owner)
        view.show_new(place.kind, values, keep, place.owner)

    def _titles(self, place: Place) -> tuple[str, str]:
        say, record = self.context.words.say, self._record(place) if place.id else None
        if record is None:
            kind = self._measure_kind(place) if place.kind is Measure else None
            return say(NEW_TITLES[place.kind]), self.context.words.label(kind) if kind else ""
        if isinstance(record, Account | Facility | Measure):
            return record.name, self.context.words.label(record.kind)
        return record.name, say(KIND_NAMES[place.kind])

    def _name(self, place: Place) -> str:
        record = self._record(place)
        return record.name if record is not None else ""

    # what happens in the views

    def _kept(self, kind: type[Record], record_id: str) -> None:
        owner = self._path[-1].owner if self._path and kind is not Measure else ""
        self._path = [*self._path[:-1], Place(kind, record_id, owner)]
        self.refresh()
        if kind in (Account, Facility, Measure):
            self.added.emit(record_id)

    def _remove(self, record_id: str) -> None:
        place = self._path[-1]
        said: Message | None
        if place.kind is Tranche:
            said = remove_tranche(self.context, place.owner, record_id)
        else:
            said = remove(self.context, record_id)
        if said is not None:
            self.removed.emit(said)

    def speak(self) -> None:
        super().speak()
        if (self._path or self._template) and self.context.session is not None:
            self.refresh()
