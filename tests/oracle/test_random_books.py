"""A sample of what `compare.py` compares at length."""

import pytest

from oracle.compare import differs
from oracle.random_books import CELLS, Maker


@pytest.mark.parametrize("number", range(len(CELLS)))
def test_a_random_book_means_what_the_reference_says(number: int) -> None:
    assert not differs(Maker(20, number).book())
