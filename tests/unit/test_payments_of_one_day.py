"""What one line is due on one day is one payment, named by all that it pays."""

from datetime import date

from backstop.contingency.obligations import obligations
from backstop.domain import Account, Book, Facility, RepaymentMethod, Tranche
from backstop.projection import project

DAY_0 = date(2027, 1, 1)
DUE = date(2027, 2, 1)


def owing(*names: str) -> Book:
    """One line with a draw of each name, each of 100.00 due on the same day."""
    draws = tuple(
        Tranche(
            id=f"draw-{number}",
            name=name,
            principal=100_00,
            method=RepaymentMethod.BULLET,
            next_due=DUE,
        )
        for number, name in enumerate(names)
    )
    return Book(
        title="Shop",
        as_of=DAY_0,
        accounts=(Account(id="till", name="Till"),),
        facilities=(Facility(id="line", name="Line", limit=1_000_00, tranches=draws),),
    )


def test_instalments_of_two_draws_on_one_day_are_one_payment_that_names_both() -> None:
    [due] = obligations(project(owing("March", "June")))
    assert (due.day, due.amount) == ((DUE - DAY_0).days, 200_00)
    assert due.name == "March + June"


def test_a_name_that_draws_share_is_said_once() -> None:
    [due] = obligations(project(owing("March", "June", "March")))
    assert (due.amount, due.name) == (300_00, "March + June")
