"""What a form holds of one record: its kept values, what was typed since, and what was refused.

A field that is left goes into the book at once when the record stays valid with it. When it does
not, because it is wrong, or because another field has to change with it, it stays here, with the
sentence that says why, and the book keeps the old value. No Qt.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

import msgspec

from backstop.domain import BadInput, Recurring
from backstop.projection.exceptions import carried

Keep = Callable[[Any], bool]
"""Puts what a draft makes into the book; False when that failed for reasons told elsewhere. Raises
`BadInput` when the book refuses it."""


Values = dict[str, Any]


def as_it_is(values: Values) -> Values:
    """Shown are the fields of the record."""
    return values


def as_entered(before: Values, values: Values) -> Values:
    """None of them follows from the others."""
    return values


@dataclass(frozen=True)
class Spelling:
    """How a form spells a record: `opened` turns the values of one into those that are shown;
    `follows` makes of those that were kept and those that are shown now the values of a record."""

    opened: Callable[[Values], Values] = as_it_is
    follows: Callable[[Values, Values], Values] = as_entered


AS_THEY_ARE = Spelling()


class Tried(Enum):
    KEPT = auto()
    REFUSED = auto()
    FAILED = auto()


class RecordDraft:
    """A record being edited, or one that is not in the book yet (`is_new`).

    A new record enters the book as soon as it is valid and its `required` fields are filled in.
    """

    def __init__(
        self,
        kind: type[msgspec.Struct],
        values: Mapping[str, Any],
        keep: Keep,
        *,
        is_new: bool = False,
        required: Iterable[str] = (),
        spelling: Spelling = AS_THEY_ARE,
    ) -> None:
        self.kind, self.is_new, self._spelling = kind, is_new, spelling
        self._values = spelling.opened(dict(values))
        self._keep = keep
        self._required = tuple(required)
        self._pending: dict[str, Any] = {}
        self._unread: dict[str, BadInput] = {}
        self._refused: dict[str, BadInput] = {}

    @classmethod
    def of(
        cls, record: msgspec.Struct, keep: Keep, spelling: Spelling = AS_THEY_ARE
    ) -> RecordDraft:
        """A draft of a record that is in the book."""
        return cls(type(record), msgspec.structs.asdict(record), keep, spelling=spelling)

    def __getitem__(self, name: str) -> Any:
        """The value as the owner sees it: what is pending, else what is kept."""
        return self._pending.get(name, self._values[name])

    @property
    def values(self) -> dict[str, Any]:
        """All values as the owner sees them."""
        return {**self._values, **self._pending}

    @property
    def id(self) -> str:
        """The id of the record."""
        return str(self._values.get("id") or "")

    @property
    def title(self) -> str:
        """The name of the record as it is typed now."""
        return str(self._values.get("name") or self._values.get("title") or "")

    @property
    def faults(self) -> dict[str, BadInput]:
        """The sentence to be shown under each field that needs one."""
        return {**self._refused, **self._unread}

    @property
    def unread(self) -> Iterable[str]:
        """Fields whose text could not even be read: it must stay for correction."""
        return self._unread.keys()

    @property
    def is_unkept(self) -> bool:
        """Whether something was typed that the book does not hold."""
        return bool(self._pending or self._unread)

    @property
    def missing(self) -> list[str]:
        """Required fields of a new record that are still empty."""
        if not self.is_new:
            return []
        return self._empty(self.values)

    def _empty(self, values: Values) -> list[str]:
        """Required fields that are empty, also when the others have said what they can."""
        with suppress(BadInput):  # told when the record is made
            values = self._record(values)
        return [name for name in self._required if values[name] in (None, "", ())]

    def _record(self, values: Values) -> Values:
        return self._spelling.follows(self._values, values)

    @property
    def is_settled(self) -> bool:
        """Whether the book holds all that was typed."""
        return not (self._pending or self._unread or self.is_new)

    def enter(self, name: str, value: Any) -> None:
        """A field was left with this value."""
        self._unread.pop(name, None)
        if value == self._values[name]:
            self._pending.pop(name, None)
        else:
            self._pending[name] = value
        self._settle()

    def refuse(self, name: str, fault: BadInput) -> None:
        """A field was left with a text that cannot be read."""
        self._pending.pop(name, None)
        self._unread[name] = fault
        self._settle()

    def withdraw(self, name: str) -> None:
        """Forget what was typed into a field."""
        self._pending.pop(name, None)
        self._unread.pop(name, None)
        self._settle()

    def take_id(self, free: str) -> None:
        """Use this id instead, for a new record whose own may be taken meanwhile."""
        assert self.is_new
        self._values["id"] = free

    def rebase(self, record: msgspec.Struct) -> None:
        """The book holds another version of the record now; what is pending stays."""
        self._values = self._spelling.opened(msgspec.structs.asdict(record))
        self.is_new = False
        self._pending = {n: v for n, v in self._pending.items() if v != self._values[n]}
        self._refused = {n: f for n, f in self._refused.items() if self._pending}

    def preview(self, typed: Mapping[str, Any]) -> Any:
        """The record with all that is typed, also while it is; None while it is not valid."""
        values = {**self.values, **typed}
        if self._empty(values):
            return None
        try:
            return self.kind(**self._record(values))
        except BadInput:
            return None

    def _settle(self) -> None:
        """Keep as much of what is pending as is valid: all of it, else each field alone."""
        self._refused = {}
        if self.missing or not (self._pending or self.is_new):
            return
        outcome = self._try(self._pending)
        if outcome is not Tried.REFUSED or self.is_new or len(self._pending) == 1:
            return
        some_kept = True
        while some_kept:
            self._refused = {}
            alone = [self._try({name: self._pending[name]}) for name in tuple(self._pending)]
            some_kept = Tried.KEPT in alone

    def _try(self, chosen: Mapping[str, Any]) -> Tried:
        try:
            record = self._followed(self.kind(**self._record({**self._values, **chosen})))
            if not self._keep(record):
                return Tried.FAILED
        except BadInput as fault:
            known = fault.field in self._values
            only = next(iter(chosen), "name")
            self._refused[fault.field if known else only] = fault
            return Tried.REFUSED
        self._values = self._spelling.opened(msgspec.structs.asdict(record))
        self._pending = {n: v for n, v in self._pending.items() if n not in chosen}
        self.is_new = False
        return Tried.KEPT

    def _followed(self, record: Any) -> Any:
        """What is said of single dates goes along with a rule that is changed."""
        before = None if self.is_new else self.kind(**self._record(self._values))
        if isinstance(before, Recurring) and isinstance(record, Recurring):
            return carried(before, record)
        return record
