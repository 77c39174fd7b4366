"""Large, untidy books, of the kind that a busy small company really has: on a sample, many lines
with running draws of many ages, and single and monthly receipts and payments of all priorities. So
losses hurt in many places at once, and with less cash the book is short with every line open.

The same seed gives the same book: `python tests/hard_books.py FOLDER` writes the five as book.json.
Apache License, version 2.0, as all of this program (see LICENSE).
"""

import json
import sys
from collections.abc import Iterator
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from backstop.domain import Book
from backstop.services.samples import load_sample
from backstop.store.interchange import book_from_json, book_to_json

CASH = (12_000_000, 11_600_000, 11_480_000, 11_000_000, 0)
"""Yuan added to the first account. The book holds with the first three: none, one or three losses
hurt. With the others it is short with every line open, with the last one from the start."""

LINES, RECORDS, SEED = 200, 5000, 5
SAMPLE = "wholesaler"
RATE = "14.6"

QUESTIONS = (
    ("project",),
    ("check",),
    ("stress",),
    ("stress", "--groups"),
    ("stress", "--sweep"),
    ("stress", "--pairs"),
    ("stress", "--standing"),
    ("stress", "--receipts"),
    ("stress", "--customers"),
    ("stress", "--payments"),
    ("stress", "--accounts"),
    ("stress", "--close", "xl5", "--mode", "limit_cut", "--cut", "50"),
    ("stress", "--mode", "limit_cut", "--cut", "50"),
    ("stress", "--preset", "credit_review"),
    ("stress", "--presets"),
    ("stress", "--json"),
    ("export",),
    ("settle", "--list"),
)
"""What is asked of each of these books: a command and its options."""

Entry = dict[str, Any]


@cache
def hard_book(cash: int, lines: int = LINES, records: int = RECORDS) -> Book:
    """The book with that much more cash (yuan), so many more lines, and so many more records, draws
    among them."""
    return book_from_json(hard_json(cash, lines, records))


def hard_json(cash: int, lines: int = LINES, records: int = RECORDS) -> bytes:
    """The same as the text of a book.json."""
    book = json.loads(book_to_json(load_sample(SAMPLE)))
    first, chance = date.fromisoformat(book["as_of"]), Random(SEED)
    draws = records // 4 // max(1, lines // 2)
    added = list(_lines(chance, first, lines, max(1, draws)))
    drawn = sum(len(each["tranches"]) for each in added)
    book["accounts"][0]["balance"] += 100 * cash
    book["facilities"] += added
    book["cash_flows"] += _flows(chance, first, records - lines - drawn)
    return json.dumps(book, ensure_ascii=False).encode()


def _lines(chance: Random, first: date, count: int, draws: int) -> Iterator[Entry]:
    """Every second line has running draws."""
    begun = 0
    for number in range(count):
        tranches = [_draw(chance, first, begun + n) for n in range(draws if number % 2 == 0 else 0)]
        begun += len(tranches)
        owed = sum(each["principal"] for each in tranches)
        yield {
            "id": f"xl{number}",
            "name": f"Line {number}",
            "lender": f"Lender {number % 40}",
            "limit": owed + 500_000 * chance.randrange(1, 20),
            "lead_days": chance.randrange(9),
            "last_verified": _day(first, -20),
            "rate_percent": RATE,
            "tranches": tranches,
        }


def _draw(chance: Random, first: date, number: int) -> Entry:
    return {
        "id": f"xt{number}",
        "name": f"Draw {number}",
        "rate_percent": RATE,
        "principal": 10_000 * chance.randrange(10, 200),
        "next_due": _day(first, 10 + chance.randrange(28)),
        "remaining_periods": chance.randrange(1, 12),
    }


def _flows(chance: Random, first: date, count: int) -> Iterator[Entry]:
    for number in range(count):
        receipt = chance.random() < 0.5
        yield {
            "id": f"xc{number}",
            "name": f"Entry {number}",
            "direction": "receipt" if receipt else "payment",
            "amount": 100 * chance.randrange(100, 20_000),
            "first_date": _day(first, 1 + chance.randrange(360)),
            "repeat": "months" if chance.random() < 0.1 else "once",
            "counterparty": f"C {number % 300}",
            "priority": 1 + number % 3,
        }


def _day(first: date, offset: int) -> str:
    return (first + timedelta(days=offset)).isoformat()


def main(folder: Path) -> None:
    """Write the five books into a folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for cash in CASH:
        (folder / f"hard-{cash}.json").write_bytes(hard_json(cash))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
