"""What one page of the guided start asks of each record, and how it becomes one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

if TYPE_CHECKING:
    from backstop.desktop.forms.control import Control
    from backstop.desktop.state.context import Context
    from backstop.domain import Record

Values = Mapping[str, Any]
"""What stands in a row, by the name of each column."""


@dataclass(frozen=True)
class Asked:
    """One column: `label` is an English key; what is `needed` makes a record, the rest has a usual
    value. `share` is its part of the width."""

    name: str
    label: str
    control: Callable[[], Control]
    needed: bool = False
    share: int = 1


class Kind(Protocol):
    """One kind of record on a page of the guide."""

    columns: tuple[Asked, ...]

    def known(self, context: Context) -> Iterable[Record]:
        """The records of this kind that the book has."""

    def beginning(self, context: Context) -> Values:
        """What stands in an empty row."""

    def told(self, record: Record) -> Values:
        """What the guide asked of this record."""

    def fixed(self, record: Record) -> frozenset[str]:
        """Columns that cannot be changed here."""

    def make(self, context: Context, values: Values, known: Record | None) -> Record:
        """The record that a row speaks of. Raises `BadInput`."""

    def follow(self, context: Context, name: str, row: Mapping[str, Control]) -> None:
        """Fill in what follows from the column that was just left."""

    def remark(self, context: Context, record: Record) -> str:
        """What to know about this record; empty for nothing."""
