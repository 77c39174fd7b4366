"""Rows of statements laid on what was due: the best assignment of all of them at once.

A row goes to one thing and a thing gets one row; weekly equal payments each go to the nearest week.
Amount and day may differ where the name is known: bills vary, banks post late. What was matched
before teaches whose name stands for what (see `learning`). What its owner said or laid on a row by
hand is left as it is.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import islice

import msgspec

from backstop.domain import (
    Book,
    CashFlow,
    Facility,
    KeptRow,
    Message,
    Statements,
    StatementsEdit,
    message,
)
from backstop.importers import Direction, Nature
from backstop.importers.assigning import assigned
from backstop.services.commands import Change
from backstop.services.learning import learnt_from, plain_name, stem_of
from backstop.services.named_sources import is_called
from backstop.services.session import BookSession, DamagedStatements
from backstop.services.settling import InWork, settled_change
from backstop.services.settling_items import DueItem, possible
from backstop.services.suggestion import counted_once
from backstop.settling import AS_PLANNED, Answer, ExpectedKind, Happened
from backstop.work import watched

_RECEIPTS = (ExpectedKind.RECEIPT, ExpectedKind.HELD)
_BOUGHT = (ExpectedKind.PAYMENT, ExpectedKind.PURCHASE)
_DEBTS = (
    *(ExpectedKind.INSTALMENT, ExpectedKind.BILL, ExpectedKind.EARLY),
    *(ExpectedKind.CALLED, ExpectedKind.INTEREST),
)
_KINDS = (*_RECEIPTS, *_BOUGHT, *_DEBTS, ExpectedKind.DRAW, ExpectedKind.REFUND)
_DAYS_NAMED, _DAYS_NAMELESS = 15, 5
_TIMES = 2
"""By how much an amount may differ where the name is known."""
_DAY, _NAMELESS, _LEARNT, _OTHER_SOURCE = 10, 60, 5, 30


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
    items = [each for each in work.past if each.due.kind in _KINDS and not _is_said(work, each)]
    rows = free_rows(work, kept)
    learnt = learnt_from(kept)
    costs = dict(_costs(work.book, items, rows, learnt))
    taken = assigned(costs)
    found = tuple(
        Match(items[item], rows[row], answer_by(items[item], rows[row]))
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


def stage_of_matching(percent: int) -> Message:
    """What is done at so many percent of a matching."""
    return message("Matching with what was due…")


def _is_said(work: InWork, item: DueItem) -> bool:
    return item.id in work.rows or item.id in work.answers


def free_rows(work: InWork, kept: Statements) -> list[KeptRow]:
    """The rows of the days that are settled which were matched with nothing, each movement once."""
    laid = {each.digest for each in work.rows.values()}
    return [
        each
        for each in counted_once(kept)
        if work.book.as_of <= each.day < work.until and not each.matched and each.digest not in laid
    ]


def rows_for(work: InWork, kept: Statements, item: DueItem) -> list[KeptRow]:
    """The free rows that an item could be laid on by hand, the likeliest first."""
    planned = item.due.planned
    fitting = [each for each in free_rows(work, kept) if is_same_way(item, each)]
    return sorted(
        fitting,
        key=lambda row: (
            (abs(row.amount - planned) * 100 // max(planned, 1))
            + _DAY * abs((row.day - item.day).days)
        ),
    )


def filled(work: InWork, found: Matching) -> InWork:
    """The settling with each thing laid on its row, where that can be said of it."""
    for each in found.found:
        work = laid(work, each.item, each.row)
    return work


def filled_said(found: Matching, work: InWork) -> Message:
    """How much the statements told of what was due, and how many rows are left over."""
    values = {"n": len(found.found), "total": len(work.past), "left": len(found.loose)}
    if found.loose:
        return message(
            "{n} of {total} things are filled in from statements; {left} rows of these days are of "
            "nothing that was due.",
            **values,
        )
    return message("{n} of {total} things are filled in from statements.", **values)


def laid(work: InWork, item: DueItem, row: KeptRow) -> InWork:
    """The settling with a thing laid on a row; as it was where the thing cannot be so."""
    answer = answer_by(item, row)
    return work.laid_on(item.id, row, answer) if type(answer) in possible(item) else work


def noted(change: Change, work: InWork, kept: Statements) -> Change:
    """The settling's change, with a mark on each row that a thing was settled by: it is never laid
    on another one, and its name is known from then on."""
    rows = {each.digest: each for each in kept.rows}
    marked = [
        (row, msgspec.structs.replace(row, matched=id_, teaches=True))
        for id_, each in work.rows.items()
        if (row := rows.get(each.digest)) is not None
    ]
    if not marked:
        return change
    before, after = zip(*marked, strict=True)
    edit = StatementsEdit(Statements(rows=after), Statements(rows=before))
    return replace(change, statements=edit)


def settled_by(session: BookSession, work: InWork) -> Change:
    """The settling as one change, rows of statements marked by what they are. Raises `BadInput`."""
    change = settled_change(work)
    if not work.rows:  # reading all that is kept may take a while
        return change
    try:
        return noted(change, work, session.statements())
    except DamagedStatements:
        return change


def _costs(
    book: Book, items: Sequence[DueItem], rows: Sequence[KeptRow], learnt: Mapping[str, str]
) -> Iterator[tuple[tuple[int, int], int]]:
    """The cost of each pair that may be: of rows by name, and of rows by amount."""
    index = _Index(rows, learnt)
    by_name: dict[str, _ByDay] = {}
    for place, item in enumerate(watched(items, every=32)):
        record = item.due.record
        if record not in by_name:
            by_name[record] = _ByDay(rows, index.called(_names(book, item)))
        named = set(by_name[record].near(item.day))
        known = set(index.learnt[stem_of(item.id)].near(item.day))
        for number in {*index.of_amount(item), *named, *known}:
            row = rows[number]
            days = abs((row.day - item.day).days)
            cost = _cost(item, row, days, named=number in named, learnt=number in known)
            if cost is not None and not _pays_so(book, item, row):
                cost += _OTHER_SOURCE
            if cost is not None:
                yield (place, number), cost


class _ByDay:
    """Some rows in the order of their days."""

    def __init__(self, rows: Sequence[KeptRow] = (), numbers: Iterable[int] = ()) -> None:
        self._rows = sorted((rows[number].day.toordinal(), number) for number in numbers)

    def near(self, day: date) -> Iterator[int]:
        """Those that may be of a day because of their name."""
        first = bisect_left(self._rows, (day.toordinal() - _DAYS_NAMED, -1))
        for at, number in islice(self._rows, first, None):
            if at > day.toordinal() + _DAYS_NAMED:
                break
            yield number


class _Index:
    """Rows by what they say, and by their days and amounts."""

    def __init__(self, rows: Sequence[KeptRow], learnt: Mapping[str, str]) -> None:
        self._by_text: dict[tuple[str, str], list[int]] = defaultdict(list)
        self._amounts: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, row in enumerate(watched(rows)):
            text = f"{row.counterparty} {row.text}".casefold()
            self._by_text[text, plain_name(row)].append(number)
            self._amounts[row.day.toordinal()].append((row.amount, number))
        for of_a_day in self._amounts.values():
            of_a_day.sort()
        taught: dict[str, list[int]] = defaultdict(list)
        for (_, plain), numbers in self._by_text.items():
            if stem := learnt.get(plain):
                taught[stem] += numbers
        self.learnt = defaultdict(_ByDay, {s: _ByDay(rows, found) for s, found in taught.items()})

    def called(self, names: Sequence[str]) -> list[int]:
        """The rows that have one of these names in them, or theirs in it."""
        return [
            number
            for (text, plain), numbers in self._by_text.items()
            if any(name in text or (len(plain) > 1 and plain in name) for name in names)
            for number in numbers
        ]

    def of_amount(self, item: DueItem) -> Iterator[int]:
        """The rows of about the amount of a thing, some days around its own."""
        middle = item.day.toordinal()
        for day in range(middle - _DAYS_NAMELESS, middle + _DAYS_NAMELESS + 1):
            rows = self._amounts.get(day, ())
            for amount in {item.due.planned, item.due.whole}:
                start = bisect_left(rows, (amount - amount // 100, -1))
                for size, number in islice(rows, start, None):
                    if size > amount + amount // 100:
                        break
                    yield number


def _cost(item: DueItem, row: KeptRow, days: int, *, named: bool, learnt: bool) -> int | None:
    """How unlikely it is that a row is a thing; None where it cannot be."""
    if not is_same_way(item, row):
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


def is_same_way(item: DueItem, row: KeptRow) -> bool:
    """Whether such a row can be of such a thing at all: money in or out, and what for."""
    kind, comes_in = item.due.kind, row.direction == Direction.IN
    if kind is ExpectedKind.DRAW:
        return row.nature in (Nature.PAYOUT, Nature.UNSURE) and row.direction != Direction.OUT
    if kind in _RECEIPTS:
        return comes_in and row.nature in (Nature.INCOME, Nature.UNSURE)
    if kind is ExpectedKind.REFUND:
        return comes_in and row.nature in (Nature.REFUND, Nature.INCOME, Nature.UNSURE)
    if kind in _BOUGHT:
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


def _pays_so(book: Book, item: DueItem, row: KeptRow) -> bool:
    """Whether it goes through the line that was planned for it, as far as the row names one."""
    line = book.by_id.get(item.due.line) if item.due.kind is ExpectedKind.PURCHASE else None
    if not isinstance(line, Facility) or not row.source:
        return True
    return is_called(line, row.source)


def answer_by(item: DueItem, row: KeptRow) -> Answer:
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
