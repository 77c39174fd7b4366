"""A record in the detail pane: its form, what belongs to it, and the button that removes it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.forms.draft import Keep, RecordDraft, Spelling
from backstop.desktop.forms.fields import FormLayout
from backstop.desktop.forms.form import RecordForm
from backstop.desktop.forms.schedule_rows import in_money
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.holds_typed import HoldsTyped
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.domain import FieldName, Record

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class RecordView(HoldsTyped):
    """Edits records of one kind. What was refused waits here until its record is shown again.

    - `kept(id)`: a new record came into the book.
    - `removal_wanted(id)`: the owner wants the record gone; a new one that is not in the book yet
      is simply forgotten, and `forgotten()` says so.
    """

    kept = Signal(str)
    removal_wanted = Signal(str)
    forgotten = Signal()

    def __init__(
        self,
        context: Context,
        form_layout: FormLayout,
        remove: str,
        footers: Mapping[str, QWidget] | None = None,
    ) -> None:
        super().__init__()
        self.context, self._form_layout, self._remove = context, form_layout, remove
        self._waiting: dict[str, tuple[RecordDraft, dict[str, str]]] = {}
        self._was_new = False
        self._place = ""
        self.hint = plain_label("muted", wrap=True)
        self.form = RecordForm(context, form_layout, footers)
        self.remove = button("quiet")
        self.blocks = QVBoxLayout()
        self.blocks.setSpacing(Space.WIDE)
        self.buttons = QHBoxLayout()
        self.buttons.addWidget(self.remove)
        self.buttons.addStretch(1)
        self.column = column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.WIDE)
        column.addWidget(self.hint)
        column.addWidget(self.form)
        column.addLayout(self.blocks)
        column.addLayout(self.buttons)
        column.addStretch(1)
        self.form.settled.connect(self._settled)
        self.remove.clicked.connect(self._removal)

    @property
    def draft(self) -> RecordDraft | None:
        """The draft that is being edited, if any."""
        return self.form.draft

    @property
    def _spelling(self) -> Spelling:
        return self._form_layout.spelling(self.context.book.as_of)

    def in_pieces(self, record: Record) -> Iterator[None]:
        """Make what the form of a record like this one needs, before any is shown."""
        return self.form.in_pieces(RecordDraft.of(record, lambda _: False, self._spelling))

    def show_record(self, record: Record, keep: Keep) -> None:
        """Edit a record of the book; again the same one: take up what changed in it."""
        draft = self.draft
        if draft is not None and draft.id == record.id and not draft.is_new:
            draft.rebase(record)
            self.form.speak()
        else:
            self._set_aside()
            fresh = RecordDraft.of(record, keep, self._spelling)
            draft, texts = self._waiting.pop(record.id, (fresh, {}))
            draft.rebase(record)
            self._edit(draft, texts)
        self.speak_beside()

    def show_new(
        self, kind: type[Record], values: Mapping[str, Any], keep: Keep, place: str = ""
    ) -> None:
        """Edit a record that is not in the book yet: the one left unfinished, if there is one.

        `place` tells apart new records of one kind that belong to different things.
        """
        if self.draft is not None and self.draft.is_new and self._place == place:
            self.speak()
            return
        self._set_aside()
        self._place = place
        waiting = self._waiting.pop(_waiting_key(kind, place), None)
        if waiting is None:
            fresh = RecordDraft(
                kind,
                values,
                keep,
                is_new=True,
                required=self._form_layout.required,
                spelling=self._spelling,
            )
            waiting = fresh, {}
        waiting[0].take_id(values["id"])
        self._edit(*waiting)
        self.speak_beside()

    def _edit(self, draft: RecordDraft, texts: Mapping[str, str]) -> None:
        self._was_new = draft.is_new
        self.form.edit(draft, texts)

    def _set_aside(self) -> None:
        """Keep what waits for correction for when this record is shown again."""
        self.form.leave_all()
        draft = self.draft
        if draft is None or draft.is_settled:
            return
        key = _waiting_key(draft.kind, self._place) if draft.is_new else draft.id
        self._waiting[key] = draft, self.form.unread_texts()

    def unkept(self) -> Iterator[str]:
        """What was typed here and is not in the book, each with the reason."""
        drafts = [draft for draft, _ in self._waiting.values()]
        for draft in (*drafts, *([self.draft] if self.draft is not None else [])):
            if draft.is_unkept and (draft.is_new or draft.id in self._known()):
                yield from self._reasons(draft)

    def _known(self) -> set[str]:
        """The ids of what is in the book: what was typed about anything else is of no use."""
        book = self.context.book
        return {*book.by_id, *(draw.id for line in book.facilities for draw in line.tranches)}

    def _reasons(self, draft: RecordDraft) -> Iterator[str]:
        words, currency = self.context.words, self.context.book.currency
        for fault in draft.faults.values():
            yield words.tell(in_money(fault, currency).message)
        if not draft.faults:
            name = draft.values.get("name") or words.say("not named yet")
            yield words.say("“{name}” is not in the book as it was typed.", name=name)

    def _settled(self) -> None:
        self.show_hint()
        draft = self.draft
        if self._was_new and draft is not None and not draft.is_new:
            self._was_new = False
            self.kept.emit(draft.id)

    def forget(self) -> None:
        """Edit nothing, and let nothing wait."""
        self.form.forget_draft()
        self._waiting.clear()

    def _removal(self) -> None:
        draft = self.draft
        if draft is None:
            return
        if draft.is_new:
            self.form.forget_draft()
            self.forgotten.emit()
        else:
            self.removal_wanted.emit(draft.id)

    def show_hint(self) -> None:
        """Say what a new record still needs before it is in the book."""
        words, draft = self.context.words, self.draft
        is_new = draft is not None and draft.is_new
        missing = draft.missing if draft is not None else []
        if missing:
            needed = words.listing([words.shown(FieldName(name)) for name in missing])
            self.hint.setText(words.say("Not in the book yet: fill in {fields}.", fields=needed))
        self.hint.setVisible(bool(missing))
        self.remove.setText(as_typed(words.say("Discard" if is_new else self._remove)))

    def speak(self) -> None:
        """Say everything in the words of the context."""
        self.form.speak()
        self.speak_beside()

    def speak_beside(self) -> None:
        """Say what stands beside the form."""
        self.show_hint()
        self.remove.setEnabled(self.context.may_edit)


def _waiting_key(kind: type, place: str) -> str:
    return f"new {kind.__name__} {place}"
