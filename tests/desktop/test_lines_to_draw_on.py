"""Where an owner may plan to draw cash."""

from datetime import date

from backstop.desktop.forms.offered import lines_to_draw_on
from backstop.domain import Book, Facility, RepaymentMethod


def card(name: str, cash: int) -> Facility:
    return Facility(
        id=name,
        name=name,
        purchases_only=True,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=1,
        due_day=9,
        cash_advance_limit=cash,
    )


def test_cash_can_be_drawn_on_lines_that_lend_it_and_on_cards_that_advance_it() -> None:
    lines = (Facility(id="loan", name="loan"), card("huabei", 0), card("visa", 1_000))
    book = Book(title="Lines", as_of=date(2026, 1, 5), facilities=lines)
    assert lines_to_draw_on(book) == [("loan", "loan"), ("visa", "visa")]
