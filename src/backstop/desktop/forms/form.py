"""The form of one record: sections of fields, each in the book as soon as it is left."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
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
            SectionGrid(section, (footers or {}).get(section.title))
            for section in form_layout.sections
        ]
        self._lay_out()
        for cell in self.cells():
            self._connect(cell)

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

    def _connect(self, cell: Cell) -> None:
        cell.control.left.connect(lambda: self._leave(cell))
        cell.control.typed.connect(self._preview)
        cell.control.escaped.connect(lambda: self._forget(cell))

    def cells(self) -> Iterator[Cell]:
        """The cells of all fields, in their order."""
        for section in self._sections:
            yield from section.cells

    def cell(self, name: str) -> Cell:
        """The cell of the field with this name."""
        return next(each for each in self.cells() if each.field.name == name)

    @property
    def draft(self) -> RecordDraft | None:
        """The draft that is being edited, if any."""
        return self._draft

    def section(self, title: str) -> SectionGrid:
        """The section of this title, an English key."""
        return next(each for each in self._sections if each.section.title == title)

    # the draft

    def edit(self, draft: RecordDraft, texts: Mapping[str, str] | None = None) -> None:
        """Show a draft; `texts` are what once stood in its fields and could not be read."""
        self._draft, self._session = draft, self._context.session
        self.begun.emit()
        for cell in self.cells():
            cell.control.describe(field_at(draft.kind, cell.field.name))
            cell.control.belong_to(draft.id)
            cell.control.show_value(draft[cell.field.name])
        for name, text in (texts or {}).items():
            self.cell(name).control.retype(text)
        self.show_draft()

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
        for cell in self.cells():
            if not cell.control.is_touched:
                cell.control.show_value(draft[cell.field.name])
        self._show_faults(draft)
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
        for cell in self.cells():
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
        for cell in self.cells():
            with suppress(BadInput):
                typed[cell.field.name] = cell.control.value()
        is_read = all(cell.field.name in typed for cell in self.cells())
        record = draft.preview(typed) if is_read else None
        self.previewed.emit(draft.values | typed, record)

    # what is shown

    def _show_faults(self, draft: RecordDraft) -> None:
        currency = self._context.book.currency
        faults = {name: in_money(bad, currency) for name, bad in draft.faults.items()}
        for section in self._sections:
            for cell in section.cells:
                cell.show_fault(faults.get(cell.field.name), self._context.words)
            if any(cell.field.name in faults for cell in section.cells):
                section.open()

    def _show_sections(self, draft: RecordDraft) -> None:
        faults = draft.faults
        for section in self._sections:
            section.arrange(draft, faults)

    def speak(self) -> None:
        """Say every label again, and take up the currency and records of the book."""
        if self._context.session is None:
            return
        words, book = self._context.words, self._context.book
        for section in self._sections:
            section.speak(words, book)
        read_only = self._context.session.read_only
        for cell in self.cells():
            cell.control.set_read_only(read_only)
            if self._draft is not None and not cell.control.is_touched:
                cell.control.show_value(self._draft[cell.field.name])
        if self._draft is not None:
            self.show_draft()

    def focus_first(self, name: str = "") -> None:
        """Put the keyboard into a field, by default the first one."""
        cell = self.cell(name) if name else next(self.cells())
        for section in self._sections:
            if cell in section.cells:
                section.open()
        cell.control.target.setFocus()
