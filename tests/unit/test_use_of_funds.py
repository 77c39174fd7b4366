"""What a line's money is for, in plans: household money pays no business, that for one purpose no
other; one platform is not repaid by another where it need not be. (Civil Code of China, art. 673:
money put to another use than agreed may be called back.)"""

from datetime import date, timedelta

import pytest

from backstop.checks.readiness import findings
from backstop.contingency import nothing_lost, outcomes
from backstop.domain import (
    Account,
    BadInput,
    Book,
    CashFlow,
    Direction,
    Facility,
    FacilityKind,
    FundsUse,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Tranche,
)
from backstop.plan import Plan, draft
from backstop.projection import project
from backstop.telling import Narrator, words_for
from backstop.telling.actions import cautions

DAY_0 = date(2027, 1, 1)


def line(name: str, **fields: object) -> Facility:
    made = Facility(
        id=name,
        name=name.title(),
        lender=name,
        limit=5_000_00,
        method=RepaymentMethod.BULLET,
        periods=3,
        last_verified=DAY_0,
        committed=True,
    )
    return made.changed(**fields)


def payment(name: str, day: int, amount: int, **fields: object) -> CashFlow:
    made = CashFlow(
        id=name,
        name=name.title(),
        direction=Direction.PAYMENT,
        amount=amount,
        first_date=DAY_0 + timedelta(days=day),
        priority=Priority.IMPORTANT,
    )
    return made.changed(**fields)


SALES = CashFlow(
    id="sales",
    name="Sales",
    direction=Direction.RECEIPT,
    amount=50_000_00,
    first_date=DAY_0 + timedelta(days=80),
    business=True,
)
WAGES = payment("wages", 20, 2_000_00, business=True)
FOOD = payment("food", 25, 800_00)


def book(*records: object, **facts: object) -> Book:
    made = Book(
        title="Shop",
        as_of=DAY_0,
        horizon_days=200,
        accounts=(Account(id="till", name="Till"),),
        **facts,  # type: ignore[arg-type]
    ).put(SALES)
    for each in records:
        made = made.put(each)  # type: ignore[arg-type]
    return made


def plan_of(book: Book) -> Plan:
    projection = project(book)
    [outcome] = outcomes(projection, [nothing_lost()])
    return draft(projection, outcome)


def drawn(plan: Plan) -> dict[str, int]:
    found: dict[str, int] = {}
    for each in plan.actions:
        found[each.source] = found.get(each.source, 0) + each.amount
    return found


HOME = line("home", use=FundsUse.HOUSEHOLD)


def test_household_money_pays_no_more_than_the_household_pays_within_thirty_days() -> None:
    """800 for food is all that may be drawn: 2,000 of wages stay unpaid, less what that frees."""
    plan = plan_of(book(HOME, WAGES, FOOD))
    assert drawn(plan) == {"home": 800_00}
    assert sum(each.missed for each in plan.missed) == 2_000_00


def test_household_money_pays_the_business_where_the_owner_allows_it_and_says_what_may_follow() -> (
    None
):
    made = book(HOME, WAGES, FOOD, household_pays_business=True)
    plan = plan_of(made)
    assert drawn(plan) == {"home": 2_800_00}
    assert not plan.missed
    [said] = {cautions(each, Narrator(made, words_for("en"))) for each in plan.actions}
    assert "the lender may end the contract" in said


def test_what_is_drawn_for_the_household_anyway_is_taken_off_what_may_be_drawn() -> None:
    meant = PlannedDraw(
        id="meant",
        name="Meant",
        facility="home",
        amount=500_00,
        periods=3,
        first_date=DAY_0 + timedelta(days=20),
    )
    assert drawn(plan_of(book(HOME, WAGES, FOOD, meant))) == {"home": 300_00}


def test_two_household_lines_share_what_the_household_pays() -> None:
    plan = plan_of(book(HOME, line("other", use=FundsUse.HOUSEHOLD), WAGES, FOOD))
    assert sum(drawn(plan).values()) == 800_00


def test_a_line_for_any_use_pays_the_business_beside_it() -> None:
    plan = plan_of(book(HOME, line("free"), WAGES, FOOD))
    assert not plan.missed
    assert drawn(plan)["free"] >= 2_000_00


def test_money_for_a_purpose_pays_only_what_has_its_tags() -> None:
    stock = payment("stock", 22, 1_000_00, tags=("stock",), business=True)
    order = line("order", use=FundsUse.TAGGED, use_tags=("stock",))
    plan = plan_of(book(order, WAGES, stock))
    assert drawn(plan) == {"order": 1_000_00}


def test_money_for_a_purpose_has_to_name_it() -> None:
    with pytest.raises(BadInput, match="money for a purpose needs one"):
        line("order", use=FundsUse.TAGGED)


def test_a_household_card_pays_no_purchase_of_the_business() -> None:
    tools = payment("tools", 40, 300_00, tags=("tools",), business=True)
    card = HOME.changed(
        purchases_only=True,
        purchase_tags=("tools",),
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=5,
        due_day=25,
    )
    assert not plan_of(book(card, tools)).actions
    assert plan_of(book(card, tools.changed(business=False))).actions


def owed_to(name: str, **fields: object) -> Facility:
    debt = Tranche(
        id=f"{name}-debt",
        name="Debt",
        principal=1_000_00,
        method=RepaymentMethod.BULLET,
        remaining_periods=1,
        next_due=date(2027, 1, 21),
    )
    return line(name, limit=1_000_00, revolving=False, tranches=(debt,), **fields)


PLATFORM = FacilityKind.PLATFORM_LOAN


def test_a_step_that_repays_a_platform_by_another_says_so_and_is_counted() -> None:
    made = book(owed_to("one", kind=PLATFORM), line("two", kind=PLATFORM))
    plan = plan_of(made)
    [step] = plan.actions
    assert step.repays == "One"
    assert "It repays One, another platform." in cautions(step, Narrator(made, words_for("en")))
    assert "One step repays a platform" in str(plan.notes[0])


def test_at_like_cost_another_source_repays_a_platform() -> None:
    plan = plan_of(book(owed_to("one", kind=PLATFORM), line("a", kind=PLATFORM), line("z")))
    assert drawn(plan) == {"z": 1_000_00}


def test_the_owner_can_forbid_that_one_platform_repays_another() -> None:
    records = owed_to("one", kind=PLATFORM), line("two", kind=PLATFORM)
    assert not plan_of(book(*records, no_platform_chains=True)).actions


def test_a_platform_pays_wages_that_come_first_under_that_rule_too() -> None:
    records = WAGES.changed(first_date=DAY_0 + timedelta(days=10)), line("two", kind=PLATFORM)
    plan = plan_of(book(*records, owed_to("one", kind=PLATFORM), no_platform_chains=True))
    assert drawn(plan)["two"] >= 2_000_00


def checked(book: Book) -> set[str]:
    return {each.check for each in findings(project(book))}


def test_a_planned_draw_of_household_money_for_the_business_is_remarked() -> None:
    meant = PlannedDraw(
        id="meant",
        name="Meant",
        facility="home",
        amount=2_000_00,
        periods=3,
        first_date=DAY_0 + timedelta(days=20),
    )
    assert "household_draw_for_business" in checked(book(HOME, WAGES, FOOD, meant))
    small = meant.changed(amount=800_00)
    assert "household_draw_for_business" not in checked(book(HOME, WAGES, FOOD, small))
    allowed = book(HOME, WAGES, FOOD, meant, household_pays_business=True)
    assert "household_draw_for_business" not in checked(allowed)
