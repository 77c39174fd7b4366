"""Records come, go and move, and few rows are written for it; the order is always the owner's."""

import time
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import Book
from backstop.services.session import read_book
from backstop.store import BookFile
from backstop.store.difference import difference
from backstop.store.positions import new_positions
from backstop.store.reading import check, load_history
from store.example import small_book

IDS = st.lists(st.integers(0, 30).map(str), unique=True, max_size=20)


def test_a_run_of_changes_keeps_the_order_and_moves_few() -> None:
    known: dict[str, int] = {}
    for order, moved in (
        ("abcdef", 6),
        ("bcdef", 0),  # the first goes
        ("abcdef", 1),  # and comes back
        ("abcde", 0),
        ("abcdefg", 2),
        ("bacdefg", 1),  # two change places
        ("gbacdef", 1),  # the last goes first
    ):
        given_anew = new_positions(list(order), known)
        known = {each: (known | given_anew)[each] for each in order}
        assert sorted(known, key=lambda each: known[each]) == list(order)
        assert len(given_anew) == moved


@given(st.lists(IDS, max_size=8))
def test_whatever_comes_and_goes_the_order_is_the_owners(orders: list[list[str]]) -> None:
    known: dict[str, int] = {}
    for order in orders:
        known = {each: (known | new_positions(order, known))[each] for each in order}
        assert sorted(order, key=lambda each: known[each]) == order
        assert len(set(known.values())) == len(order)


def long_book(number: int) -> Book:
    base = small_book()
    flow = base.cash_flows[0]
    more = tuple(flow.changed(id=f"f{each}", name=f"F {each}") for each in range(number))
    return base.changed(cash_flows=more + base.cash_flows)


def test_the_first_entry_of_a_long_list_goes_and_comes_at_once(tmp_path: Path) -> None:
    path, book = tmp_path / "long.backstop", long_book(5000)
    without = book.without("f0")
    assert len(difference(book, without)) == 1
    with BookFile.create(path, book) as file:
        file.save(book.changed(title="Warm"))
        began = time.process_time()
        file.save(without.changed(title="Warm"))
        assert time.process_time() - began < 0.1  # it took 1.2 s, and takes 0.02
        assert read_book(path).cash_flows == without.cash_flows
        file.save(book)
        assert read_book(path) == book
        turned = book.changed(cash_flows=book.cash_flows[::-1])
        file.save(turned)
        assert read_book(path) == turned
    assert check(path)
    assert {each.field for each in load_history(path)} == {"", "title"}
