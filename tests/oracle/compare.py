"""Random books: what they mean, by the reference and by the program.

    python tests/oracle/compare.py N SEED [FIRST]

projects N books, beginning with number FIRST, and prints how often each method met each day count
and each calendar, how often each feature was tried, and every book on which the two disagree, cut
down to what is needed for it. Exits with 1 where one does.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import msgspec

if __name__ == "__main__":
    sys.path[:0] = [str(Path(__file__).resolve().parents[i]) for i in (1,)]

from backstop.domain import BadInput, Book
from backstop.projection import project
from oracle.random_books import Maker
from oracle.whole_books import closing

LISTS = ("facilities", "cash_flows", "planned_draws", "accounts")

KEPT = (
    *("method", "tranches", "pays_minimum", "bill_instalments", "statement_day", "due_day"),
    *("rate_percent", "rate_per", "day_count", "interest_from_purchase"),
    *("minimum_percent", "minimum_base", "minimum_floor", "instalment_fee_percent"),
)
"""What stays as it is when a book is cut down: it holds records together."""


def differs(book: Book) -> bool:
    """Whether the program's cash is another on any day."""
    return [int(each) for each in project(book).closing] != closing(book)


def first_difference(book: Book) -> str:
    ours, theirs = closing(book), [int(each) for each in project(book).closing]
    for offset, pair in enumerate(zip(ours, theirs, strict=True)):
        if pair[0] != pair[1]:
            day = book.as_of.fromordinal(book.as_of.toordinal() + offset)
            return f"{day}: reference {pair[0]}, program {pair[1]} ({pair[1] - pair[0]:+})"
    return "no difference"


def reduced(book: Book, wrong: Callable[[Book], bool] = differs) -> Book:
    """The book without all that is not needed for the disagreement."""
    again = True
    while again:
        again = False
        for smaller in _smaller(book):
            if wrong(smaller):
                book, again = smaller, True
                break
    return book


def _smaller(book: Book) -> Iterator[Book]:
    for name in LISTS:
        for each in getattr(book, name):
            yield from _tried(book.without, each.id)
            for plainer in _plainer(each):
                yield from _tried(book.put, plainer)
            for tranche in getattr(each, "tranches", ()):
                rest = tuple(t for t in each.tranches if t is not tranche)
                for kept in ((), *((plainer,) for plainer in _plainer(tranche))):
                    for line in _tried(each.changed, tranches=(*rest, *kept)):
                        yield from _tried(book.put, line)
    if book.country:
        yield from _tried(book.changed, country="")


def _plainer(record: Any) -> Iterator[Any]:
    for field in msgspec.structs.fields(record):
        if field.required or field.name in KEPT:
            continue
        if getattr(record, field.name) != field.default:
            yield from _tried(record.changed, **{field.name: field.default})


def _tried(change: Callable[..., Any], *values: Any, **fields: Any) -> Iterator[Any]:
    try:
        yield change(*values, **fields)
    except BadInput:
        return


def told(record: Any) -> str:
    """What of a record is not as usual."""
    if isinstance(record, tuple):
        return f"({', '.join(map(told, record))})"
    if not isinstance(record, msgspec.Struct):
        return str(record)
    said = [
        f"{f.name}={told(getattr(record, f.name))}"
        for f in msgspec.structs.fields(record)
        if f.required or getattr(record, f.name) != f.default
    ]
    return f"{type(record).__name__}({', '.join(said)})"


def main(count: int, seed: int, begin: int = 0) -> int:
    cells: Counter[str] = Counter()
    tried: Counter[str] = Counter()
    wrong = 0
    for number in range(begin, begin + count):
        maker = Maker(seed, number)
        book = maker.book()
        cells[f"{maker.method} × {maker.count} × {maker.calendar}"] += 1
        tried.update(maker.tried)
        if differs(book):
            wrong += 1
            small = reduced(book)
            print(f"#{number}: {first_difference(small)}\n  {told(small)}")
    for title, counter in (("Books", cells), ("Features", tried)):
        print(f"{title}:")
        for name, times in sorted(counter.items()):
            print(f"  {times:5} {name}")
    print(f"{count} books, {wrong} of them disagree")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
