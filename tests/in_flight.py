"""Books with a plan that is being carried out, brought on to a later day."""

from datetime import date, timedelta
from decimal import Decimal

from backstop.domain import (
    AcceptedPlan,
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    LossMode,
    PlannedDraw,
    PlanStage,
    RepaymentMethod,
    Repeat,
    SavedContingency,
    Tranche,
)
from backstop.plan.life.progress import standing_of
from backstop.projection import project
from backstop.settling import advance

DAY_0 = date(2027, 1, 1)
FROZEN, THAW = 5, 20


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def flow(name: str, direction: Direction, amount: int, day: int) -> CashFlow:
    return CashFlow(id=name, name=name, direction=direction, amount=amount, first_date=on(day))


LINE = Facility(
    id="line",
    name="Line",
    limit=400_000,
    lead_days=0,
    last_verified=DAY_0,
    default_mode=LossMode.FREEZE,
    freeze_days=THAW - FROZEN,
    method=RepaymentMethod.BULLET,
    periods=1,
)


def draw(name: str, day: int, amount: int) -> PlannedDraw:
    plain = PlannedDraw(id=name, name=name, facility="line", amount=amount, first_date=on(day))
    return plain.changed(periods=1)


def plan_for(loss: str) -> AcceptedPlan:
    return AcceptedPlan(
        id="plan",
        name="Plan",
        contingency=loss,
        loss_date=on(FROZEN),
        accepted_on=DAY_0,
        inputs="0",
        stage=PlanStage.ACTIVE,
        activated_on=on(FROZEN),
    )


def book_with(*draws: PlannedDraw, loss: str = "line") -> Book:
    """1,000 in hand, wages of 3,000 on day 10 and 5,000 that a customer pays on day 40."""
    return Book(
        title="shop",
        as_of=DAY_0,
        horizon_days=100,
        accounts=(Account(id="till", name="till", balance=100_000),),
        facilities=(LINE,),
        cash_flows=(
            flow("wages", Direction.PAYMENT, 300_000, 10),
            flow("invoice", Direction.RECEIPT, 500_000, 40),
        ),
        planned_draws=draws,
        accepted_plans=(plan_for(loss),),
    )


def cash_under_the_plan(book: Book) -> list[int]:
    plan = book.accepted_plans[0]
    standing = standing_of(plan, project(book))
    assert standing.after is not None
    return [int(each) for each in standing.after.low]


def assert_goes_on(book: Book, days: int) -> Book:
    """Brought to that day, seen as far as before; on the way from one day to another, too."""
    later = advance(book, on(days))
    in_sight = later.changed(horizon_days=book.horizon_days - days)
    assert cash_under_the_plan(book)[days:] == cash_under_the_plan(in_sight)
    for stop in (days // 2, days - 1):
        assert advance(advance(book, on(stop)), on(days)) == later
    return later


FLOOD = SavedContingency(
    id="flood", name="Flood", targets=("line",), mode=LossMode.NO_NEW_DRAWS, expense=30_000
)


def flooded(**fields: object) -> Book:
    """The line closes on day 5, and 300 are to be spent that day."""
    book = book_with(loss="flood").put(FLOOD)
    return book.put(book.accepted_plans[0].changed(name="Flood", **fields))


def money(book: Book) -> int:
    return sum(each.balance for each in book.accounts)


OVERDRAFT = Facility(
    id="over",
    name="Over",
    limit=900_000,
    method=RepaymentMethod.OVERDRAFT,
    rate_percent=Decimal(20),
    due_day=8,
    notice_days=9,
    freeze_days=40,
    callable=True,
)

CALLED = LINE.changed(
    default_mode=LossMode.CALL,
    callable=True,
    notice_days=10,
    rate_percent=Decimal(18),
    repaid_share_percent=60,
    tranches=(
        Tranche(
            id="owed",
            name="Owed",
            principal=60_000,
            next_due=on(9),
            remaining_periods=6,
            rate_percent=Decimal(18),
            method=RepaymentMethod.EQUAL_PRINCIPAL,
        ),
    ),
)


def called(line: Facility) -> Book:
    """Called on day 5, to be paid on day 15."""
    goods = flow("goods", Direction.PAYMENT, 3_000, 1)
    book = book_with().put(line).put(OVERDRAFT)
    through = "line" if line.purchases_only else ""
    return book.put(goods.changed(repeat=Repeat.WEEKS, through=through))
