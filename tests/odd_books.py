"""Small books in which a loss hurts: few accounts, three or four lines with odd steps, leads and
limits, and one or two of every other option. The same number always gives the same book."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from backstop.domain import (
    Account,
    AccountRole,
    Book,
    CashFlow,
    DayCount,
    Direction,
    Facility,
    LossMode,
    Measure,
    MeasureKind,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Repeat,
    Tranche,
    UnsureSources,
)

LOST = "lost"
HORIZON = 365
METHODS = (
    RepaymentMethod.BULLET,
    RepaymentMethod.BULLET,
    RepaymentMethod.ANNUITY,
    RepaymentMethod.EQUAL_PRINCIPAL,
    RepaymentMethod.INTEREST_FIRST,
    RepaymentMethod.ON_DEMAND,
)
OPTIONAL_LINES = ("renewed", "card", None, None)
MEASURES = tuple(kind for kind in MeasureKind if kind is not MeasureKind.RENEGOTIATE)


def odd_book(number: int) -> Book:
    """The book of that number; its line `LOST` is the one that is lost, on the first day."""
    rng = random.Random(number)
    as_of = date(2026, 9, 1) + timedelta(days=rng.randrange(60))
    facilities = (_lost(rng, as_of), *_lines(rng, as_of))
    return Book(
        title=f"odd {number}",
        as_of=as_of,
        horizon_days=HORIZON,
        unsure_sources=UnsureSources.COUNTED,
        accounts=tuple(_accounts(rng)),
        facilities=facilities,
        cash_flows=(*_payments(rng, as_of), *_receipts(rng, as_of)),
        planned_draws=tuple(_planned(rng, as_of)),
        measures=tuple(_measures(rng, facilities[0])),
    )


def _lost(rng: random.Random, as_of: date) -> Facility:
    called = rng.random() < 0.15
    return Facility(
        id=LOST,
        name=LOST,
        limit=200_000_00,
        committed=True,
        last_verified=as_of,
        method=RepaymentMethod.BULLET,
        rate_percent=Decimal(6),
        periods=6,
        callable=called,
        notice_days=rng.choice((10, 30)),
        default_mode=LossMode.CALL if called else LossMode.NO_NEW_DRAWS,
        tranches=(_debt(rng, LOST, as_of, rng.randrange(10, 60) * 100_00),) if called else (),
    )


def _debt(rng: random.Random, line: str, as_of: date, principal: int) -> Tranche:
    return Tranche(
        id=f"{line}-debt",
        name=f"debt of {line}",
        principal=principal,
        method=rng.choice((RepaymentMethod.BULLET, RepaymentMethod.ANNUITY)),
        rate_percent=Decimal(rng.randrange(500, 2400)) / 100,
        next_due=as_of + timedelta(days=rng.randrange(5, 40)),
        remaining_periods=rng.randrange(1, 7),
    )


def _lines(rng: random.Random, as_of: date) -> Iterator[Facility]:
    for number in range(rng.choice((2, 3, 3))):
        yield _line(rng, as_of, f"line{number}")
    extra = rng.choice(OPTIONAL_LINES)
    if extra == "renewed":
        ends = as_of + timedelta(days=rng.randrange(20, 120))
        yield _line(rng, as_of, "ending").changed(usage_until=ends)
    if extra == "card":
        yield _line(rng, as_of, "card").changed(
            purchases_only=True,
            purchase_tags=("goods",),
            draw_fee_percent=Decimal(0),
            draw_step=1,
            minimum_draw=0,
            method=RepaymentMethod.ANNUITY,
            tranches=(),
        )


def _line(rng: random.Random, as_of: date, name: str) -> Facility:
    limit = rng.randrange(10, 80) * 250_00
    owes = rng.random() < 0.4
    return Facility(
        id=name,
        name=name,
        lender=f"lender of {name}",
        limit=limit,
        committed=True,
        last_verified=as_of,
        lead_days=rng.choice((0, 0, 1, 3, 7, 14)),
        minimum_draw=rng.choice((0, 0, 500_00, 2_000_00)),
        draw_step=rng.choice((1, 1_00, 1_00, 100_00, 500_00)),
        method=rng.choice(METHODS),
        rate_percent=Decimal(rng.randrange(500, 2400)) / 100,
        day_count=rng.choice((DayCount.ACTUAL_365, DayCount.ACTUAL_360, DayCount.THIRTY_360)),
        due_day=rng.choice((None, None, 8, 20, 31)),
        periods=rng.choice((1, 2, 3, 5, 6, 12)),
        draw_fee_percent=rng.choice((Decimal(0), Decimal("0.5"), Decimal(1))),
        maximum_draws=rng.choice((None, None, 1)),
        revolving=rng.random() < 0.8,
        repaid_share_percent=rng.choice((100, 100, 50, 0)),
        headroom_haircut_percent=rng.choice((0, 0, 10)),
        tranches=(_debt(rng, name, as_of, max(50_00, limit // rng.choice((3, 5, 10)))),)
        if owes
        else (),
    )


def _accounts(rng: random.Random) -> Iterator[Account]:
    yield Account(id="till", name="till", balance=rng.randrange(0, 40) * 100_00)
    if rng.random() < 0.6:
        yield Account(
            id="kept",
            name="kept",
            balance=rng.randrange(5, 60) * 100_00,
            role=AccountRole.RESERVE,
            lead_days=rng.choice((0, 1, 7, 20)),
            breaking_cost=rng.choice((0, 0, 30_00)),
        )


def _payments(rng: random.Random, as_of: date) -> Iterator[CashFlow]:
    for number in range(rng.randrange(3, 8)):
        amount = rng.randrange(5, 72) * 100_00 + rng.randrange(0, 500)
        yield CashFlow(
            id=f"pay{number}",
            name=f"payment {number}",
            direction=Direction.PAYMENT,
            amount=amount,
            first_date=as_of + timedelta(days=rng.randrange(8, 110)),
            priority=rng.choice(tuple(Priority)),
            partly_payable=rng.random() < 0.3,
            tags=rng.choice((("goods",), (), ())),
            deferrable_days=rng.choice((0, 0, 0, 15, 40)),
            deferral_cost_percent=rng.choice((Decimal(0), Decimal(1))),
        )
    yield CashFlow(
        id="upkeep",
        name="upkeep",
        direction=Direction.PAYMENT,
        amount=rng.randrange(2, 9) * 100_00,
        first_date=as_of + timedelta(days=rng.randrange(1, 28)),
        repeat=Repeat.MONTHS,
        priority=Priority.IMPORTANT,
        cuttable_percent=rng.choice((0, 0, 25)),
    )


def _receipts(rng: random.Random, as_of: date) -> Iterator[CashFlow]:
    yield CashFlow(
        id="takings",
        name="takings",
        direction=Direction.RECEIPT,
        amount=rng.randrange(8, 40) * 100_00,
        first_date=as_of + timedelta(days=rng.randrange(3, 40)),
        repeat=Repeat.MONTHS,
    )
    yield CashFlow(
        id="order",
        name="order",
        direction=Direction.RECEIPT,
        amount=rng.randrange(100, 400) * 100_00,
        first_date=as_of + timedelta(days=rng.randrange(90, 170)),
    )


def _planned(rng: random.Random, as_of: date) -> Iterator[PlannedDraw]:
    for number in range(rng.choice((1, 2, 2))):
        yield PlannedDraw(
            id=f"draw{number}",
            name=f"draw {number}",
            facility=LOST,
            amount=rng.randrange(30, 110) * 100_00,
            periods=rng.choice((4, 6)),
            first_date=as_of + timedelta(days=rng.randrange(5, 75)),
        )


def _measures(rng: random.Random, lost: Facility) -> Iterator[Measure]:
    for kind in rng.sample(MEASURES, rng.choice((0, 1, 2))):
        yield Measure(
            id=f"by-{kind.replace('_', '-')}",
            name=f"by {kind}",
            kind=kind,
            amount=rng.randrange(10, 60) * 100_00
            if kind not in (MeasureKind.FACTOR, MeasureKind.COLLECT_EARLY)
            else 0,
            lead_days=rng.choice((0, 5, 15)),
            cost_percent=Decimal(rng.choice((0, 2, 5))),
            target=rng.choice(("takings", "order"))
            if kind in (MeasureKind.FACTOR, MeasureKind.COLLECT_EARLY)
            else "",
            advance_percent=rng.choice((70, 80, 100)),
            repay_after_days=rng.choice((None, 60, 150)),
            periods=rng.choice((3, 6)),
            rate_percent=Decimal(rng.randrange(4, 20)),
            arranged=True,
        )
    if lost.tranches and rng.random() < 0.5:
        yield Measure(
            id="talks",
            name="talks",
            kind=MeasureKind.RENEGOTIATE,
            target=LOST,
            periods=rng.choice((3, 6)),
            rate_percent=Decimal(rng.randrange(4, 20)),
            method=RepaymentMethod.ANNUITY,
            lead_days=rng.choice((0, 5)),
            arranged=True,
        )
