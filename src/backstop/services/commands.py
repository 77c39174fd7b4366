"""What an owner can do to a book, each as a change that knows its name.

Functions here make changes and carry nothing out: `BookSession.apply` does.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property

import msgspec

from backstop.domain import (
    Book,
    BookFacts,
    Facility,
    FieldName,
    Message,
    Record,
    Settled,
    StatementsEdit,
    message,
)
from backstop.domain.statements import NO_EDIT


@dataclass(frozen=True, eq=False)
class Change:
    """A book before and after, and what was done in between, as in “Undo: …”. `settled` is what it
    adds to the ledger, `unsettled` what it takes back of it; `statements` what it alters of
    what is kept of statements."""

    before: Book
    after: Book
    description: Message
    settled: tuple[Settled, ...] = ()
    unsettled: tuple[Settled, ...] = ()
    statements: StatementsEdit = NO_EDIT

    @cached_property
    def records(self) -> frozenset[str]:
        """Ids of the records that were added, removed or changed."""
        return frozenset(_differing(self.before, self.after))

    @cached_property
    def facts(self) -> frozenset[str]:
        """Fields of the book itself that changed, such as its title."""
        return frozenset(_changed_fields(self.before, self.after, BookFacts.__struct_fields__))

    @property
    def changes_nothing(self) -> bool:
        """Whether book, ledger and statements are the same before and after."""
        same = self.before == self.after and self.settled == self.unsettled
        return same and self.statements == NO_EDIT

    def reversed(self) -> Change:
        """The change back, under the same name."""
        return Change(
            self.after,
            self.before,
            self.description,
            self.unsettled,
            self.settled,
            self.statements.reversed,
        )


def put_record(book: Book, record: Record) -> Change:
    """Add the record, or put it in the place of the one with its id.

    Raises `BadInput` where the book as a whole would not hold together.
    """
    existing = book.by_id.get(record.id)
    said = (
        message("add “{name}”", name=record.name) if existing is None else _edit(existing, record)
    )
    return Change(book, book.put(record), said)


def remove_record(book: Book, record_id: str) -> Change:
    """Remove a record and mend what refers to it."""
    said = message("remove “{name}”", name=book.by_id[record_id].name)
    return Change(book, book.without(record_id), said)


def change_facts(book: Book, **fields: object) -> Change:
    """Change what the book says about itself: title, as-of date, horizon, minimum cash…"""
    after = book.changed(**fields)
    changed = _changed_fields(book, after, BookFacts.__struct_fields__)
    if len(changed) == 1:
        field = FieldName(changed[0])
        return Change(book, after, message("change {field} in the book", field=field))
    return Change(book, after, message("change the settings of the book"))


def unverified(book: Book) -> list[Facility]:
    """The lines of which nobody has said that they were looked at."""
    return [each for each in book.facilities if each.last_verified is None]


def verify(book: Book, lines: Sequence[Facility], on: date) -> Change:
    """Say that these lines were looked at on this day, as one change."""
    after = book
    for each in lines:
        after = after.put(each.changed(last_verified=on))
    if len(lines) == 1:
        said = message("look at “{name}” on {day}", name=lines[0].name, day=on)
    else:
        said = message("look at {n} lines on {day}", n=len(lines), day=on)
    return Change(book, after, said)


def replace_book(book: Book, other: Book, source: str) -> Change:
    """Put another book, such as one from `book.json`, in the place of this one, as one change."""
    return Change(book, other, message("import “{file}”", file=source))


def _edit(existing: Record, record: Record) -> Message:
    if type(existing) is not type(record):
        return message("change “{name}”", name=existing.name)
    changed = _changed_fields(existing, record, record.__struct_fields__)
    if changed == ["name"]:
        return message("rename “{old}” to “{new}”", old=existing.name, new=record.name)
    if len(changed) == 1:
        field = FieldName(changed[0])
        return message("change {field} in “{name}”", field=field, name=existing.name)
    return message("change “{name}”", name=existing.name)


def _changed_fields(
    before: msgspec.Struct, after: msgspec.Struct, fields: tuple[str, ...]
) -> list[str]:
    return [name for name in fields if getattr(before, name) != getattr(after, name)]


def _differing(before: Book, after: Book) -> Iterator[str]:
    for record_id in before.by_id.keys() | after.by_id.keys():
        if before.by_id.get(record_id) != after.by_id.get(record_id):
            yield record_id
