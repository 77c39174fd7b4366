"""A small book with one record of every kind, and everything that hangs on another."""

from datetime import date

from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LinkGroup,
    PlannedDraw,
    RepaymentMethod,
    Tranche,
)

DAY_0 = date(2026, 1, 5)


def small_book() -> Book:
    return Book(
        title="Workshop",
        as_of=DAY_0,
        accounts=(Account(id="cash", name="Wallet", balance=500_000),),
        facilities=(
            Facility(
                id="jiebei",
                name="借呗",
                limit=8_000_000,
                tags=("platform", "fast"),
                tranches=(Tranche(id="jb-1", name="October", principal=900_000, next_due=DAY_0),),
            ),
            Facility(
                id="huabei",
                name="花呗",
                limit=2_000_000,
                purchases_only=True,
                method=RepaymentMethod.STATEMENT_CYCLE,
                statement_day=1,
                due_day=10,
            ),
        ),
        cash_flows=(
            CashFlow(
                id="stock",
                name="Stock",
                first_date=DAY_0,
                direction=Direction.PAYMENT,
                amount=120_000,
                through="huabei",
            ),
        ),
        planned_draws=(
            PlannedDraw(
                id="spring", name="Spring", first_date=DAY_0, facility="jiebei", amount=100_000
            ),
        ),
        link_groups=(LinkGroup(id="ant", name="Ant", members=("jiebei", "huabei", "cash")),),
    )
