"""What is planned, beside what usually comes: said once six amounts were others on average."""

from datetime import date

import pytest

from backstop.domain import Account, Book, CashFlow, Direction, Repeat, Settled
from backstop.projection.recurrence import add_months
from backstop.services.usual_amounts import as_usual, usual_amounts

DAY = date(2026, 7, 12)
CAME = (390_00, 395_00, 400_00, 405_00, 410_00, 412_00)


def electricity(**fields: object) -> Book:
    known = {"amount": 350_00, "repeat": Repeat.MONTHS, "direction": Direction.PAYMENT}
    flow = CashFlow(id="power", name="Electricity", first_date=DAY, **(known | fields))  # type: ignore[arg-type]
    return Book(
        title="Shop",
        as_of=DAY,
        accounts=(Account(id="till", name="Till", balance=1_000_00),),
        cash_flows=(flow,),
    )


def ledger(*amounts: int | None, planned: int = 350_00) -> list[Settled]:
    """One row a month; None for a month that was left out."""
    days = [add_months(date(2026, 1, 12), n) for n in range(len(amounts))]
    return [
        Settled(
            record="power",
            name="Electricity",
            kind="payment",
            rule_date=day,
            planned_day=day,
            planned=planned,
            actual_day=None if amount is None else day,
            actual=amount or 0,
            account="till",
        )
        for day, amount in zip(days, amounts, strict=True)
    ]


def test_the_last_six_are_averaged_and_can_be_taken_over() -> None:
    book = electricity()
    (usual,) = usual_amounts(book, ledger(350_00, None, *CAME))
    assert (usual.flow.name, usual.average) == ("Electricity", 402_00)
    after = as_usual(book, usual).after
    assert after.by_id["power"] == usual.flow.changed(amount=402_00)
    assert usual_amounts(after, ledger(*CAME)) == [], "planned otherwise, so nothing is known yet"


@pytest.mark.parametrize(
    ("fields", "amounts"),
    [
        ({}, CAME[:5]),
        ({}, (None, *CAME[:5])),
        ({}, (350_00, 354_00, 352_00, 351_00, 356_00, 357_00)),
        ({"repeat": Repeat.ONCE}, CAME),
        ({"haircut_percent": 10, "direction": Direction.RECEIPT}, CAME),
    ],
)
def test_little_or_unlike_evidence_says_nothing(
    fields: dict[str, object], amounts: tuple[int | None, ...]
) -> None:
    assert usual_amounts(electricity(**fields), ledger(*amounts)) == []
