"""How the kept file of version 1 was made: `python tests/upgrade/make_v1.py`, from the source tree.

It was run once, by the program that first wrote version 1. Never run it again with a later one: the
point of `v1.backstop` is that it is old.
"""

from datetime import date
from decimal import Decimal
from pathlib import Path

from backstop.domain import (
    Account,
    AccountKind,
    AccountRole,
    Adjustment,
    Book,
    CashFlow,
    CutRule,
    DayCount,
    Direction,
    EarlyEffect,
    Facility,
    FacilityKind,
    IntradayOrder,
    LinkGroup,
    LossMode,
    MinimumBase,
    Moved,
    PlannedDraw,
    Priority,
    RatePer,
    RepaymentMethod,
    Repeat,
    ScheduleRow,
    Tranche,
)
from backstop.store import BookFile, book_to_json

HERE = Path(__file__).parent


def v1_book() -> Book:
    """Every field holds something other than its default in at least one record."""
    return Book(
        title="Kept from version 1 第一版",
        owner="王师傅",
        currency="EUR",
        as_of=date(2026, 1, 5),
        horizon_days=200,
        country="CN",
        minimum_cash=100_000,
        intraday_order=IntradayOrder.RECEIPTS_FIRST,
        next_review=date(2026, 7, 1),
        standing_draws=("jiebei",),
        notes="two\nlines",
        accounts=(_reserve(), Account(id="cash", name="Cash", balance=-5)),
        facilities=(_loan(), _pay_later()),
        cash_flows=(_rent(), _stock()),
        planned_draws=(_draw(),),
        link_groups=(
            LinkGroup(
                id="ant",
                name="Ant",
                notes="n",
                tags=("g",),
                members=("huabei", "jiebei", "reserve"),
                reason="one platform",
            ),
        ),
    )


def _reserve() -> Account:
    return Account(
        id="reserve",
        name="余额宝",
        notes="n",
        tags=("a", "b"),
        kind=AccountKind.MONEY_MARKET,
        institution="Bank",
        platform="Alipay",
        balance=1_234_567,
        balance_date=date(2026, 1, 4),
        role=AccountRole.RESERVE,
        lead_days=1,
        breaking_cost=12,
    )


def _loan() -> Facility:
    return Facility(
        id="jiebei",
        name="借呗 <b>x</b>",
        notes="n",
        tags=("fast",),
        rate_percent=Decimal("0.040"),
        rate_per=RatePer.DAY,
        day_count=DayCount.ACTUAL_360,
        method=RepaymentMethod.EQUAL_PRINCIPAL,
        due_day=31,
        grace_periods=1,
        interest_only_periods=6,
        rate_from=date(2026, 3, 1),
        rate_then_percent=Decimal("0.05"),
        pays_minimum=True,
        minimum_percent=Decimal("5"),
        minimum_base=MinimumBase.BALANCE_AND_INTEREST,
        minimum_floor=100,
        kind=FacilityKind.PLATFORM_LOAN,
        lender="Ant",
        platform="Alipay",
        upstream_funder="Bank",
        holder="王",
        contact="95188",
        limit=8_000_000,
        committed=True,
        revolving=False,
        repaid_share_percent=50,
        headroom_haircut_percent=10,
        lead_days=None,
        minimum_draw=50_000,
        draw_step=10_000,
        maximum_draws=3,
        permitted_use="stock",
        usage_until=date(2026, 6, 30),
        contract_until=date(2026, 12, 31),
        last_verified=date(2026, 1, 2),
        draw_fee_percent=Decimal("1.5"),
        periods=6,
        default_mode=LossMode.CALL,
        callable=True,
        notice_days=14,
        freeze_days=10,
        cut_percent=40,
        cut_rule=CutRule.EXCESS_DUE_LATER,
        excess_days=60,
        systemic=True,
        tranches=(
            _tranche("october", next_due=date(2026, 1, 31)),
            _tranche("december", next_due=date(2026, 2, 28)),
        ),
    )


def _tranche(name: str, next_due: date) -> Tranche:
    return Tranche(
        id=f"jb-{name}",
        name=name,
        notes="n",
        tags=("t",),
        rate_percent=Decimal("6.5"),
        rate_per=RatePer.PRINCIPAL,
        day_count=DayCount.THIRTY_360,
        method=RepaymentMethod.INTEREST_FIRST,
        due_day=31,
        grace_periods=1,
        interest_only_periods=2,
        rate_from=date(2026, 3, 1),
        rate_then_percent=Decimal("7.0"),
        pays_minimum=True,
        minimum_percent=Decimal("5"),
        minimum_base=MinimumBase.BALANCE_AND_INTEREST,
        minimum_floor=100,
        imported=(ScheduleRow(due=next_due, principal=900_000, interest=1_000, total=901_000),),
        early_on=date(2026, 2, 15),
        early_amount=100_000,
        early_effect=EarlyEffect.LOWER,
        early_fee_percent=Decimal("0.5"),
        principal=900_000,
        next_due=next_due,
        remaining_periods=5,
        original_principal=1_200_000,
    )


def _pay_later() -> Facility:
    return Facility(
        id="huabei",
        name="花呗",
        kind=FacilityKind.PAY_LATER,
        method=RepaymentMethod.STATEMENT_CYCLE,
        due_day=10,
        statement_day=1,
        purchases_only=True,
        purchase_tags=("stock", "tools"),
    )


def _rent() -> CashFlow:
    return CashFlow(
        id="rent",
        name="Rent",
        notes="n",
        tags=("fixed",),
        first_date=date(2026, 1, 31),
        repeat=Repeat.MONTHS,
        every=2,
        last_day_of_month=True,
        until=date(2026, 12, 31),
        count=5,
        adjustment=Adjustment.MODIFIED_FOLLOWING,
        skipped=(date(2026, 3, 31),),
        moved=(Moved(rule_date=date(2026, 5, 31), to=date(2026, 6, 3)),),
        direction=Direction.PAYMENT,
        amount=300_000,
        counterparty="Landlord",
        priority=Priority.MUST,
        partly_payable=True,
        deferrable_days=7,
        deferral_cost_percent=Decimal("0.35"),
        cuttable_percent=25,
        income_lost_if_missed=40_000,
        usual_lateness_days=3,
        haircut_percent=5,
    )


def _stock() -> CashFlow:
    return CashFlow(
        id="stock",
        name="Stock",
        first_date=date(2026, 2, 1),
        direction=Direction.PAYMENT,
        amount=120_000,
        through="huabei",
    )


def _draw() -> PlannedDraw:
    return PlannedDraw(
        id="spring",
        name="Spring",
        notes="n",
        tags=("season",),
        first_date=date(2026, 3, 1),
        repeat=Repeat.WEEKS,
        every=3,
        last_day_of_month=True,
        until=date(2026, 9, 1),
        count=4,
        adjustment=Adjustment.PRECEDING,
        skipped=(date(2026, 3, 22),),
        moved=(Moved(rule_date=date(2026, 4, 12), to=date(2026, 4, 14)),),
        facility="jiebei",
        amount=500_000,
        periods=3,
        purpose="goods",
    )


if __name__ == "__main__":
    BookFile.create(HERE / "v1.backstop", v1_book()).close()
    (HERE / "v1.json").write_bytes(book_to_json(v1_book()))
