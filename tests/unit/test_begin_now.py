"""What a plan says to begin this week, because it can be known today."""

from datetime import date, timedelta

from backstop.contingency import outcomes, single_closures
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    FacilityKind,
    Measure,
    MeasureKind,
    Priority,
    RepaymentMethod,
    Tranche,
)
from backstop.plan import Plan, draft
from backstop.projection import project
from backstop.telling import Narrator, words_for
from backstop.telling.asking import begin_lines

DAY_0 = date(2027, 1, 1)
DUE = 100


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def loan(**fields: object) -> Facility:
    """100,000 due on 11 April."""
    debt = Tranche(
        id="debt",
        name="Debt",
        principal=100_000_00,
        method=RepaymentMethod.BULLET,
        remaining_periods=1,
        next_due=on(DUE),
    )
    made = Facility(
        id="loan",
        name="Loan",
        kind=FacilityKind.BANK_LINE,
        lender="Bank",
        limit=100_000_00,
        contract_until=on(DUE),
        tranches=(debt,),
        last_verified=DAY_0,
    )
    return made.changed(**fields)


OTHER = Facility(
    id="other",
    name="Other",
    lender="Other bank",
    limit=40_000_00,
    committed=True,
    last_verified=DAY_0,
    method=RepaymentMethod.BULLET,
    periods=3,
)
NEW = Measure(
    id="new",
    name="New line",
    kind=MeasureKind.NEW_FACILITY,
    amount=60_000_00,
    lead_days=20,
    chance_percent=60,
    periods=6,
)


def plan_of(*records: object, line: Facility | None = None) -> tuple[Plan, list[str]]:
    income = CashFlow(
        id="income",
        name="Income",
        direction=Direction.RECEIPT,
        amount=300_000_00,
        first_date=on(130),
        priority=Priority.IMPORTANT,
    )
    book = Book(title="Firm", as_of=DAY_0, horizon_days=300, accounts=(Account(id="a", name="A"),))
    for each in (line or loan(), income, *records):
        book = book.put(each)  # type: ignore[arg-type]
    projection = project(book)
    loss = next(each for each in single_closures(book) if each.id == "loan")
    [outcome] = outcomes(projection, [loss])
    plan = draft(projection, outcome)
    return plan, begin_lines(plan, Narrator(book, words_for("en")))


def test_a_contract_that_ends_in_april_is_asked_about_in_january() -> None:
    _, lines = plan_of(OTHER, NEW)
    assert lines[0] == ("The contract of Loan ends on 11 Apr: ask now what a renewal depends on.")


def test_where_the_lender_says_it_some_days_before_that_day_is_named() -> None:
    _, lines = plan_of(OTHER, NEW, line=loan(renewal_notice_days=30))
    assert lines[0].endswith("the answer can be known from 12 Mar on.")


def test_a_contract_that_ends_much_later_is_no_matter_of_this_week() -> None:
    _, lines = plan_of(OTHER, NEW, line=loan(contract_until=on(200)))
    assert not [each for each in lines if "contract" in each]


def test_a_line_is_applied_for_now_and_not_only_when_the_money_is_near() -> None:
    plan, lines = plan_of(OTHER, NEW)
    step = next(each for each in plan.actions if each.source == "new")
    assert step.start_day > 7
    said = "Apply for New line now, not only by 22 Mar: it may be refused."
    assert said in lines
    assert "Apply" not in " ".join(plan_of(OTHER, NEW.changed(arranged=True))[1])


def test_lines_that_nobody_looked_at_for_a_month_are_looked_up() -> None:
    old = OTHER.changed(last_verified=on(-31))
    said = "See whether these still lend what is counted on: Other."
    assert said in plan_of(old, NEW)[1]
    assert said not in plan_of(OTHER.changed(last_verified=on(-30)), NEW)[1]


def test_what_stays_unpaid_in_spring_is_put_aside_week_by_week() -> None:
    """60,000 in the 14 weeks to 11 April: 4,286 a week, as round amounts 4,300."""
    plan, lines = plan_of(OTHER)
    assert sum(each.missed for each in plan.missed) == 60_000_00
    assert any(each.startswith("Put ¥4,300 aside each week until 11 Apr") for each in lines)


def test_where_nothing_is_needed_nothing_is_begun() -> None:
    rich = Account(id="b", name="B", balance=200_000_00)
    assert plan_of(rich)[1] == []
