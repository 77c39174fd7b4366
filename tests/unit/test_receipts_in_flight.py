"""Receipts that come late while the plan for that is carried out, in a book that is brought on."""

import pytest

from backstop.domain import Direction, LossMode, Repeat, SavedContingency, StillOpen
from backstop.settling import advance, settle
from in_flight import DAY_0, assert_goes_on, book_with, flow, on

SLOW = SavedContingency(
    id="slow", name="Slow", targets=("sales",), mode=LossMode.RECEIPTS_LATE, late_days=14
)


@pytest.mark.parametrize("days", [4, 13, 30])
@pytest.mark.parametrize("held", [0, 20])
@pytest.mark.parametrize("target", ["sales", "till"])
def test_what_comes_late_in_flight_is_late_once(target: str, held: int, days: int) -> None:
    """Also where the owner had said before on which day an old receipt is expected."""
    weekly = flow("sales", Direction.RECEIPT, 70_000, -13).changed(
        repeat=Repeat.WEEKS, through="till", usual_lateness_days=2, haircut_percent=5
    )
    said = StillOpen(rule_date=on(-6), left=31_000, expected=on(9))
    weekly = weekly.changed(answered_until=DAY_0, open=(said,), skipped=(on(-6),))
    book = book_with(loss="slow")
    book = book.put(weekly.changed(held_percent=held, held_days=10 if held else 0))
    book = book.put(SLOW.changed(targets=(target,)))
    assert_goes_on(book, days)
    assert settle(book, on(days)).book == advance(book, on(days))
