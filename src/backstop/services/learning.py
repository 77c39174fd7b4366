"""What matches teach: whose name in statements stands for what of the book.

Its owner sees each rule, and can let it go.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

import msgspec

from backstop.domain import Book, KeptRow, Statements, StatementsEdit, message
from backstop.importers import Direction, Nature, Row
from backstop.importers.naming import name_of, printed_name
from backstop.services.commands import Change
from backstop.services.statements import as_row

_STEM = "@"


@dataclass(frozen=True)
class LearntRule:
    """A counterparty by its plain `name`, as it was last `printed`, is what is `called` so in the
    book (`stem` is its id): so say this many rows, the newest of that day."""

    name: str
    printed: str
    stem: str
    called: str
    count: int
    newest: date


def learnt_from(kept: Statements) -> dict[str, str]:
    """The record that each counterparty was last matched with, by its plain name."""
    return {plain_name(each): stem_of(each.matched) for each in _teaching(kept)}


def learnt_rules(book: Book, kept: Statements) -> list[LearntRule]:
    """All that was learnt of things that the book still has, by name."""
    found: dict[str, LearntRule] = {}
    for row in _teaching(kept):
        name, stem = plain_name(row), stem_of(row.matched)
        before, called = found.get(name), thing_called(book, stem)
        count = before.count if before and before.stem == stem else 0
        found[name] = LearntRule(name, printed_name(as_row(row)), stem, called, count + 1, row.day)
    return sorted((each for each in found.values() if each.called), key=lambda each: each.name)


def unlearnt(book: Book, kept: Statements, rule: LearntRule) -> Change:
    """The change after which a name stands for nothing; what was settled by it stays settled."""
    before = tuple(each for each in _teaching(kept) if plain_name(each) == rule.name)
    after = tuple(msgspec.structs.replace(each, teaches=False) for each in before)
    edit = StatementsEdit(Statements(rows=after), Statements(rows=before))
    said = message("let go of the rule for “{name}”", name=rule.printed)
    return Change(book, book, said, statements=edit)


def plain_name(row: KeptRow) -> str:
    """The counterparty of a row in the form that stays the same."""
    return _plain(row.counterparty, row.text, row.category, row.nature)


@lru_cache(maxsize=1 << 14)
def _plain(counterparty: str, text: str, category: str, nature: str) -> str:
    return name_of(
        Row(line=0, day=date.min, amount=0, direction=Direction.OUT, nature=Nature(nature),
            counterparty=counterparty, text=text, category=category)
    )  # fmt: skip


def _teaching(kept: Statements) -> Iterator[KeptRow]:
    """The rows that rules rest on, the oldest first."""
    for each in sorted((e for e in kept.rows if e.matched), key=lambda row: row.day):
        if each.teaches and plain_name(each):
            yield each


def stem_of(item_id: str) -> str:
    """What an item is one of: a cash flow, a planned draw, a line, or a draw on one."""
    return item_id.partition(_STEM)[0]


def thing_called(book: Book, stem: str) -> str:
    """The name of what a rule stands for; empty where the book has it no more."""
    record = book.by_id.get(stem)
    owed = (each for line in book.facilities for each in line.tranches if each.id == stem)
    found = record or next(owed, None)
    return found.name if found else ""
