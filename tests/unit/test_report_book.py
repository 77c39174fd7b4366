"""A small shop that lives on a platform loan: the book on which sentences and paper are tested."""

from datetime import date
from decimal import Decimal
from typing import Any

import solved
from backstop.domain import (
    Account,
    AccountRole,
    Book,
    CashFlow,
    Direction,
    Facility,
    FacilityKind,
    LinkGroup,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Repeat,
)
from backstop.plan import Answers, Plan, answer, assess

DAY_0 = date(2026, 11, 21)
YUAN = 100


def line(key: str, name: str, limit: int, **fields: Any) -> Facility:
    """A loan of a year, drawn at once, verified yesterday."""
    terms = {
        "kind": FacilityKind.PLATFORM_LOAN,
        "rate_percent": Decimal("14.4"),
        "last_verified": date(2026, 11, 20),
        "contact": "95188",
    }
    return Facility(id=key, name=name, limit=limit * YUAN, **{**terms, **fields})


def payment(key: str, name: str, yuan: int, first: date, **fields: Any) -> CashFlow:
    return CashFlow(
        id=key,
        name=name,
        direction=Direction.PAYMENT,
        amount=yuan * YUAN,
        first_date=first,
        **fields,
    )


def shop(**fields: Any) -> Book:
    """Wages in January need the loan; the card covers little; a backup covers the most."""
    facts: dict[str, Any] = {
        "title": "Corner shop",
        "owner": "Sole trader",
        "as_of": DAY_0,
        "minimum_cash": 2_000 * YUAN,
        "horizon_days": 365,
        "accounts": (
            Account(id="cash", name="Till", balance=20_000 * YUAN, balance_date=DAY_0),
            Account(
                id="deposit",
                name="Deposit",
                role=AccountRole.RESERVE,
                balance=10_000 * YUAN,
                balance_date=DAY_0,
                lead_days=2,
                breaking_cost=50 * YUAN,
            ),
        ),
        "facilities": (
            line("jiebei", "Jiebei", 50_000),
            line("backup", "WeBank", 30_000, lead_days=1, draw_step=1_000 * YUAN),
            line(
                "huabei",
                "Huabei",
                10_000,
                kind=FacilityKind.PAY_LATER,
                method=RepaymentMethod.STATEMENT_CYCLE,
                purchases_only=True,
                purchase_tags=("goods",),
                statement_day=1,
                due_day=10,
            ),
        ),
        "planned_draws": (
            PlannedDraw(
                id="winter",
                name="Winter stock",
                facility="jiebei",
                amount=40_000 * YUAN,
                first_date=date(2027, 1, 5),
            ),
        ),
        "cash_flows": (
            payment(
                "wages",
                "wages",
                24_000,
                date(2027, 1, 12),
                priority=Priority.MUST,
            ),
            payment("rent", "rent", 15_000, date(2027, 1, 20), priority=Priority.IMPORTANT),
            payment(
                "goods",
                "goods",
                4_000,
                date(2026, 12, 3),
                tags=("goods",),
                through="huabei",
                priority=Priority.CAN_GO,
            ),
            CashFlow(
                id="sales",
                name="sales",
                direction=Direction.RECEIPT,
                amount=9_000 * YUAN,
                first_date=date(2027, 2, 1),
                repeat=Repeat.MONTHS,
            ),
        ),
        "link_groups": (
            LinkGroup(id="alipay", name="Alipay", members=("jiebei", "huabei"), reason="one app"),
        ),
    }
    return Book(**{**facts, **fields})


def without(*kinds: str, **fields: Any) -> Book:
    """The shop without these lists of records."""
    return shop(**dict.fromkeys(kinds, ()), **fields)


def answers() -> Answers:
    return solved.assessed(shop())


def assessed(book: Book, loss_day: int = 0) -> Answers:
    return assess(answer(book, loss_day)) if loss_day else solved.assessed(book)


def plan_of(contingency: str = "jiebei") -> Plan:
    return solved.planned(shop(), contingency)


def test_the_shop_hurts_without_its_loan_and_is_cured_by_the_others() -> None:
    loss = answers().loss("jiebei")
    assert loss.outcome.hurts
    assert loss.cure is not None
    assert loss.cure.complete
    assert not answers().base.hurts


def test_its_plan_is_proved_and_leaves_nothing_unpaid() -> None:
    assert plan_of().proved
    assert not plan_of().missed
