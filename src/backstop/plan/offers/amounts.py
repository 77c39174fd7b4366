"""Of what amounts are asked for in multiples: said here once."""

from backstop.domain import Book

STEPS = ((1_000, 10), (10_000, 100), (100_000, 500), (1_000_000, 1_000))
"""Amounts below so many whole units are asked for in multiples of so many; others of the last."""
LARGEST = 10_000

WITHOUT_CENTS = 100
"""Whole units of a currency without smaller ones that are about one of the others."""


def asked_step(book: Book, amount: int) -> int:
    """Of what an amount (minor units) of the book's currency is asked for in multiples."""
    digits = book.money.digits
    unit = int(10**digits) if digits else WITHOUT_CENTS
    return unit * next((step for below, step in STEPS if amount < below * unit), LARGEST)
