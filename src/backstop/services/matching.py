"""Rows of statements laid on what was due: the best assignment of all of them at once.

A row goes to one thing and a thing gets one row; weekly equal payments each go to the nearest week.
Amount and day may differ where the name is known: bills vary, banks post late. What was matched
before teaches whose name stands for what; its owner sees it in the reason.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache
from itertools import islice

import msgspec

from backstop.domain import Book, CashFlow, Facility, KeptRow, Statements, StatementsEdit
from backstop.importers import Direction, Nature, Row
from backstop.importers.assigning import assigned
from backstop.importers.naming import name_of
from backstop.services.commands import Change
from backstop.services.session import BookSession, DamagedStatements
from backstop.services.settling import InWork, settled_change
from backstop.services.settling_items import DueItem, possible
from backstop.services.suggesting import counted_once
from backstop.settling import AS_PLANNED, Answer, ExpectedKind, Happened
from backstop.work import current_work

_IN = (ExpectedKind.RECEIPT, ExpectedKind.DRAW)
_OUT = (ExpectedKind.PAYMENT, ExpectedKind.INSTALMENT, ExpectedKind.BILL, ExpectedKind.EARLY)
_DAYS_NAMED, _DAYS_NAMELESS = 15, 5
_TIMES = 2
"""By how much an amount may differ where the name is known."""
_DAY, _NAMELESS, _LEARNT = 10, 60, 5
_STEM = "@"


@dataclass(frozen=True)
class Match:
    """A row that is what was due, and what it says of it."""

    item: DueItem
    row: KeptRow
    answer: Answer


@dataclass(frozen=True)
class Matching:
    """What statements tell of what was due: matches; things within their days that no row tells
    of; and rows that nothing due explains."""

    found: tuple[Match, ...]
    missing: tuple[DueItem, ...]
    loose: tuple[KeptRow, ...]


def matching(work: InWork, kept: Statements) -> Matching:
    """The rows of the days that are settled, on what was due in them."""
    items = [each for each in work.past if each.due.kind in (*_IN, *_OUT)]
    rows = [
        each
        for each in counted_once(kept)
        if work.book.as_of <= each.day < work.until and not each.matched
    ]
    learnt = learnt_from(kept)
    costs = dict(_costs(work.book, items, rows, learnt))
    taken = assigned(costs)
    found = tuple(
        Match(items[item], rows[row], _answer(items[item], rows[row]))
        for item, row in sorted(taken.items())
    )
    used = set(taken.values())
    return Matching(
        found,
        tuple(
            each
            for number, each in enumerate(items)
            if number not in taken and _told_of(each, kept)
        ),
        tuple(each for number, each in enumerate(rows) if number not in used and _is_flow(each)),
    )


def filled(work: InWork, found: Matching) -> InWork:
    """The settling with what the rows say, where that can be said of a thing."""
    for each in found.found:
        if type(each.answer) in possible(each.item):
            work = work.answered((each.item.id,), each.answer)
    return work


def noted(change: Change, work: InWork, kept: Statements) -> Change:
    """The settling's change, with a mark on each row that a thing was settled by: it is never laid
    on another one, and its name is known from then on."""
    marked = [
        (each.row, msgspec.structs.replace(each.row, matched=each.item.id))
        for each in matching(work, kept).found
        if work.answer_to(each.item) == each.answer
    ]
    if not marked:
        return change
    before, after = zip(*marked, strict=True)
    edit = StatementsEdit(Statements(rows=after), Statements(rows=before))
    return replace(change, statements=edit)


def settled_by(session: BookSession, work: InWork) -> Change:
    """The settling as one change, rows of statements marked by what they are. Raises `BadInput`."""
    change = settled_change(work)
    try:
        return noted(change, work, session.statements())
    except DamagedStatements:
        return change


def learnt_from(kept: Statements) -> dict[str, str]:
    """The record that each counterparty was last matched with, by its plain name."""
    return {
        name: each.matched.partition(_STEM)[0]
        for each in sorted(kept.rows, key=lambda row: row.day)
        if each.matched and (name := _plain(each))
    }


def _costs(
    book: Book, items: Sequence[DueItem], rows: Sequence[KeptRow], learnt: Mapping[str, str]
) -> Iterator[tuple[tuple[int, int], int]]:
    """The cost of each pair that may be: of rows by name, and of rows by amount."""
    index = _Index(rows, learnt)
    by_name: dict[str, frozenset[int]] = {}
    for place, item in enumerate(items):
        current_work().check()
        record = item.due.record
        if record not in by_name:
            by_name[record] = index.called(_names(book, item))
        named, known = by_name[record], index.learnt.get(record, set())
        for number in {*index.of_amount(item), *named, *known}:
            row = rows[number]
            days = abs((row.day - item.day).days)
            if days <= _DAYS_NAMED:
                cost = _cost(item, row, days, named=number in named, learnt=number in known)
                if cost is not None:
                    yield (place, number), cost


class _Index:
    """Rows by what they say, and by their amounts."""

    def __init__(self, rows: Sequence[KeptRow], learnt: Mapping[str, str]) -> None:
        self._by_text: dict[tuple[str, str], list[int]] = defaultdict(list)
        for number, row in enumerate(rows):
            self._by_text[f"{row.counterparty} {row.text}".casefold(), _plain(row)].append(number)
        self._amounts = sorted((row.amount, number) for number, row in enumerate(rows))
        self.learnt: dict[str, set[int]] = defaultdict(set)
        for (_, plain), numbers in self._by_text.items():
            if record := learnt.get(plain):
                self.learnt[record].update(numbers)

    def called(self, names: Sequence[str]) -> frozenset[int]:
        """The rows that have one of these names in them, or theirs in it."""
        return frozenset(
            number
            for (text, plain), numbers in self._by_text.items()
            if any(name in text or (len(plain) > 1 and plain in name) for name in names)
            for number in numbers
        )

    def of_amount(self, item: DueItem) -> Iterator[int]:
        """The rows of about the amount of a thing."""
        for amount in {item.due.planned, item.due.whole}:
            start = bisect_left(self._amounts, (amount - amount // 100, -1))
            for size, number in islice(self._amounts, start, None):
                if size > amount + amount // 100:
                    break
                yield number


@lru_cache(maxsize=1 << 14)
def _plain_name(counterparty: str, text: str, category: str, nature: str) -> str:
    return name_of(
        Row(line=0, day=date.min, amount=0, direction=Direction.OUT, nature=Nature(nature),
            counterparty=counterparty, text=text, category=category)
    )  # fmt: skip


def _plain(row: KeptRow) -> str:
    return _plain_name(row.counterparty, row.text, row.category, row.nature)


def _cost(item: DueItem, row: KeptRow, days: int, *, named: bool, learnt: bool) -> int | None:
    """How unlikely it is that a row is a thing; None where it cannot be."""
    if not _same_way(item, row):
        return None
    planned = item.due.planned
    near = min(abs(row.amount - planned), abs(row.amount - item.due.whole))
    if not (named or learnt):
        if near * 100 > planned or days > _DAYS_NAMELESS:
            return None
        return _NAMELESS + days * _DAY + near * 100 // max(planned, 1)
    if not planned <= row.amount * _TIMES or not row.amount <= planned * _TIMES:
        return None
    return days * _DAY + near * 100 // max(planned, 1) + (0 if learnt else _LEARNT)


def _same_way(item: DueItem, row: KeptRow) -> bool:
    kind = item.due.kind
    if kind is ExpectedKind.DRAW:
        return row.nature in (Nature.PAYOUT, Nature.UNSURE) and row.direction != Direction.OUT
    if kind is ExpectedKind.RECEIPT:
        return row.direction == Direction.IN and row.nature in (Nature.INCOME, Nature.UNSURE)
    if kind is ExpectedKind.PAYMENT:
        return row.direction == Direction.OUT and row.nature != Nature.TRANSFER
    return row.nature == Nature.REPAYMENT or (
        row.direction == Direction.OUT and row.nature in (Nature.UNSURE, Nature.SPENDING)
    )


def _names(book: Book, item: DueItem) -> tuple[str, ...]:
    """What the counterparty of a thing may be called."""
    record = book.by_id.get(item.due.record)
    names = [item.due.name]
    if isinstance(record, CashFlow):
        names += [record.name, record.counterparty]
    elif isinstance(record, Facility):
        names += [record.name, record.lender, record.platform]
    return tuple(each.casefold().strip() for each in names if len(each.strip()) > 1)


def _answer(item: DueItem, row: KeptRow) -> Answer:
    """As planned where amount and day are; else what came."""
    exact = row.amount == item.due.planned and row.day == item.day
    return AS_PLANNED if exact else Happened(row.amount, row.day)


def _told_of(item: DueItem, kept: Statements) -> bool:
    """Whether statements reach some days beyond the day of a thing."""
    last = item.day.toordinal() + _DAYS_NAMELESS
    return any(
        e.name and e.first_day <= item.day and last <= e.last_day.toordinal() for e in kept.files
    )


def _is_flow(row: KeptRow) -> bool:
    return row.nature in (Nature.INCOME, Nature.SPENDING, Nature.UNSURE)
