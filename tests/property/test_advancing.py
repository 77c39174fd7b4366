"""The law of advancing: a book that was brought to a day says of the days after it what it said."""

from random import Random

import pytest

from backstop.settling import advance, due_between
from living import broken_on, some_days
from oracle.random_books import Maker

BOOKS = range(24)


@pytest.mark.parametrize("number", BOOKS)
def test_the_advanced_book_goes_on_as_the_old_one(number: int) -> None:
    maker, random = Maker(1, number), Random(number)
    book = maker.book()
    for day in some_days(book, random):
        assert broken_on(book, day, random) is None


def test_a_book_of_its_own_day_stays_as_it_is() -> None:
    book = Maker(1, 0).book()
    assert advance(book, book.as_of) is book
    assert due_between(book, book.as_of) == ()
