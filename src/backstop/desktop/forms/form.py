"""The form of one record: sections of fields, each in the book as soon as it is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backstop.desktop.forms.cells import Cell
from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.fields import FormLayout
from backstop.desktop.forms.grid import SectionGrid
from backstop.desktop.forms.reading import named
from backstop.desktop.forms.schedule_rows import in_money
from backstop.desktop.look.theme import Space
from backstop.domain import BadInput
from backstop.domain.fields import field_at

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.services.session import BookSession


PAUSE_MS = 5
"""What was made is painted before the next is: not in the same turn."""
CELLS_A_TURN = 3
"""Cells that are made between two turns of the event loop: each takes about 2 ms."""


class RecordForm(QWidget):
    """Edits a draft. What is typed and refused stays in the draft until it is right or forgotten.

    - `settled()`: a field was left; the draft took it, or says what is wrong with it.
    - `begun()`: another draft is shown.
    - `previewed(values, record)`: what stands in the fields now, also while typing, as far as it
      can be read; and the record it makes, None while that is not valid.

    `footers` are widgets that stand below the section of their title.
    """

    settled = Signal()
    begun = Signal()
    previewed = Signal(object, object)

    def __init__(
        self,
        context: Context,
        form_layout: FormLayout,
        footers: Mapping[str, QWidget] | None = None,
    ) -> None:
        super().__init__()
        self._context, self._form_layout = context, form_layout
        self._draft: RecordDraft | None = None
        self._session: BookSession | None = None
        self._sections = [
            SectionGrid(section, (footers or {}).get(section.title), self._take_in)
            for section in form_layout.sections
        ]
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(PAUSE_MS)
        self._rest.timeout.connect(self._arrange_next)
        self._lay_out()

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.WIDE)
        folded = QVBoxLayout()
        folded.setSpacing(Space.SMALL)
        for section in self._sections:
            (folded if section.section.more else column).addWidget(section)
        column.addLayout(folded)
        column.addStretch(1)

    def _take_in(self, cell: Cell) -> None:
        """Let a cell that was just made know what the others know."""
        self._connect(cell)
        if self._draft is not None:
            self._belong(cell, self._draft)
        if self._context.session is not None:
            cell.speak(self._context.words, self._context.book)
            cell.control.set_read_only(self._context.session.read_only)
        if self._draft is not None:
            cell.control.show_value(self._draft[cell.field.name])
            cell.follow(self._draft)

    def _connect(self, cell: Cell) -> None:
        cell.control.left.connect(lambda: self._leave(cell))
        cell.control.typed.connect(self._preview)
        cell.control.escaped.connect(lambda: self._forget(cell))

    def _belong(self, cell: Cell, draft: RecordDraft) -> None:
        cell.control.describe(field_at(draft.kind, cell.field.name))
        cell.control.belong_to(draft.id)

    def _made(self) -> Iterator[Cell]:
        """The cells that somebody has needed so far, in their order."""
        for section in self._sections:
            yield from section.made

    def cells(self) -> Iterator[Cell]:
        """The cells of all fields, in their order; those not made yet are made now."""
        self.finish()
        return (self.cell(each.name) for each in self._form_layout.fields)

    def cell(self, name: str) -> Cell:
        """The cell of the field with this name."""
        self.finish()
        return self._section_of(name).cell(name)

    def _section_of(self, name: str) -> SectionGrid:
        named = ((each, field.name) for each in self._sections for field in each.section.fields)
        return next(each for each, known in named if known == name)

    @property
    def draft(self) -> RecordDraft | None:
        """The draft that is being edited, if any."""
        return self._draft

    def section(self, title: str) -> SectionGrid:
        """The section of this title, an English key."""
        self.finish()
        return next(each for each in self._sections if each.section.title == title)

    # the draft

    def edit(self, draft: RecordDraft, texts: Mapping[str, str] | None = None) -> None:
        """Show a draft; `texts` are what once stood in its fields and could not be read."""
        self._draft, self._session = draft, self._context.session
        self.begun.emit()
        for cell in self._made():
            self._belong(cell, draft)
            cell.control.show_value(draft[cell.field.name])
        for name, text in (texts or {}).items():
            self.cell(name).control.retype(text)
        self.speak()

    def forget_draft(self) -> None:
        """Edit nothing any more."""
        self._draft = None

    def unread_texts(self) -> dict[str, str]:
        """What stands in the fields that could not be read, for `edit` to show again."""
        unread = self._draft.unread if self._draft is not None else ()
        return {name: self.cell(name).control.typed_text() for name in unread}

    def show_draft(self) -> None:
        """Show the draft as it is now, save in fields where something typed waits."""
        draft = self._draft
        if draft is None:
            return
        for cell in self._made():
            if not cell.control.is_touched:
                cell.control.show_value(draft[cell.field.name])
        self._show_sections(draft)
        self._preview()

    def enter(self, name: str, value: Any) -> None:
        """Take a value that was chosen elsewhere than in its field, such as in a list of dates."""
        if self._draft is not None:
            self._draft.enter(name, value)
            self.cell(name).control.show_value(self._draft[name])
            self.show_draft()
            self.settled.emit()

    def leave_all(self) -> None:
        """Take what stands in fields that were not left yet."""
        for cell in list(self._made()):
            if cell.control.is_touched:
                self._leave(cell)

    def _leave(self, cell: Cell) -> None:
        """Take what stands in a field; once another book is open, it is of no book any more."""
        draft, name = self._draft, cell.field.name
        if draft is None or self._session is not self._context.session:
            return
        try:
            value = cell.control.value()
        except BadInput as fault:
            draft.refuse(name, named(fault, self._title(draft), cell.field.own_name))
        else:
            draft.enter(name, value)
            cell.control.show_value(draft[name])
        self.show_draft()
        self.settled.emit()

    def _forget(self, cell: Cell) -> None:
        if self._draft is not None:
            self._draft.withdraw(cell.field.name)
            cell.control.show_value(self._draft[cell.field.name])
            self.show_draft()
            self.settled.emit()

    def _title(self, draft: RecordDraft) -> str:
        return draft.title or self._context.words.say("not named yet")

    def _preview(self) -> None:
        draft = self._draft
        if draft is None:
            return
        typed: dict[str, Any] = {}
        cells = list(self._made())
        for cell in cells:
            with suppress(BadInput):
                typed[cell.field.name] = cell.control.value()
        record = draft.preview(typed) if len(typed) == len(cells) else None
        self.previewed.emit(draft.values | typed, record)

    # what is shown

    def _show_sections(self, draft: RecordDraft) -> None:
        """Show the fields that matter now, each with what is wrong with it. What was never shown
        is made section by section, cell by cell: all at once would hold the window up."""
        first, *rest = self._sections
        self._show_section(first, draft)
        for section in rest:
            if section.is_arranged or draft.faults:
                self._show_section(section, draft)
        if not all(each.is_arranged for each in rest):
            self._rest.start()

    def _show_section(self, section: SectionGrid, draft: RecordDraft) -> None:
        currency = self._context.book.currency
        faults = {name: in_money(bad, currency) for name, bad in draft.faults.items()}
        if any(field.name in faults for field in section.section.fields):
            section.open()
        section.arrange(draft, faults)
        for cell in section.made:
            cell.show_fault(faults.get(cell.field.name), self._context.words)

    def _arrange_next(self) -> None:
        to_do = [each for each in self._sections if not each.is_arranged]
        if self._draft is not None and self._context.session is not None and to_do:
            if to_do[0].prepare(self._draft, CELLS_A_TURN):
                self._show_section(to_do.pop(0), self._draft)
            if to_do:
                self._rest.start()

    def in_pieces(self, draft: RecordDraft) -> Iterator[None]:
        """Make the cells that this draft needs, before any is shown."""
        for section in self._sections:
            while not section.prepare(draft, CELLS_A_TURN):
                yield
            yield

    def finish(self) -> None:
        """Make what is still to be made of it."""
        while self._rest.isActive():
            self._rest.stop()
            self._arrange_next()

    def speak(self) -> None:
        """Say every label again, and take up the currency and records of the book."""
        if self._context.session is None:
            return
        words, book = self._context.words, self._context.book
        for section in self._sections:
            section.speak(words, book)
        read_only = self._context.session.read_only
        for cell in self._made():
            cell.control.set_read_only(read_only)
        if self._draft is not None:
            self.show_draft()

    def focus_first(self, name: str = "") -> None:
        """Put the keyboard into a field, by default the first one."""
        first = name or self._form_layout.fields[0].name
        section = self._section_of(first)
        section.open()
        section.cell(first).control.target.setFocus()
