"""The seal of a book: the sum of what its rows are, however they came to be there."""

from hypothesis import given
from hypothesis import strategies as st

from backstop.store.seal import EMPTY, added, row_hash

rows = st.fixed_dictionaries(
    dict.fromkeys(("id", "name", "amount"), st.none() | st.integers() | st.text())
)


@given(st.lists(rows))
def test_a_seal_does_not_depend_on_the_order_of_rows(
    found: list[dict[str, str | int | None]],
) -> None:
    hashes = [row_hash("t", each) for each in found]
    assert added(EMPTY, *hashes) == added(EMPTY, *reversed(hashes))


@given(rows, rows)
def test_what_was_added_can_be_taken_out_again(
    one: dict[str, str | int | None], two: dict[str, str | int | None]
) -> None:
    both = added(EMPTY, row_hash("t", one), row_hash("t", two))
    assert added(both, removed=(row_hash("t", two),)) == added(EMPTY, row_hash("t", one))


@given(rows, rows)
def test_different_rows_have_different_hashes(
    one: dict[str, str | int | None], two: dict[str, str | int | None]
) -> None:
    assert (row_hash("t", one) == row_hash("t", two)) == (one == two)
    assert row_hash("t", one) != row_hash("u", one)


def test_columns_count_by_name_and_not_by_place() -> None:
    assert row_hash("t", {"a": 1, "b": "x"}) == row_hash("t", {"b": "x", "a": 1})
