"""What to ask of lenders, suppliers and the tax office before borrowing elsewhere."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.contingency import nothing_lost, outcomes, single_closures
from backstop.domain import (
    Account,
    Application,
    AskKind,
    BadInput,
    Book,
    CashFlow,
    Direction,
    Facility,
    FacilityKind,
    FundsUse,
    LossMode,
    Measure,
    MeasureKind,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    Tranche,
)
from backstop.plan import ActionKind, Ask, Plan, draft
from backstop.plan.asking.typical import asks_of_line
from backstop.projection import project
from backstop.telling import Narrator, words_for
from backstop.telling.asking import ask_spares, ask_terms, ask_text

DAY_0 = date(2027, 1, 1)
DUE = 60
OWED = 100_000_00


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def loan(**fields: object) -> Facility:
    """100,000 of a bank, due on 2 March, meant to be renewed that day."""
    debt = Tranche(
        id="debt",
        name="Debt",
        principal=OWED,
        method=RepaymentMethod.BULLET,
        remaining_periods=1,
        next_due=on(DUE),
    )
    made = Facility(
        id="loan",
        name="Loan",
        kind=FacilityKind.BANK_LINE,
        lender="Bank",
        contact="Branch",
        limit=OWED,
        method=RepaymentMethod.BULLET,
        periods=6,
        use=FundsUse.BUSINESS,
        contract_until=on(DUE),
        tranches=(debt,),
        last_verified=DAY_0,
    )
    return made.changed(**fields)


def flow(name: str, day: int, amount: int, **fields: object) -> CashFlow:
    made = CashFlow(
        id=name,
        name=name.title(),
        direction=Direction.PAYMENT,
        amount=amount,
        first_date=on(day),
        priority=Priority.IMPORTANT,
        business=True,
    )
    return made.changed(**fields)


OTHER = Facility(
    id="other",
    name="Other",
    lender="Other bank",
    limit=OWED,
    committed=True,
    last_verified=DAY_0,
    method=RepaymentMethod.BULLET,
    periods=3,
    rate_percent=Decimal(10),
)
SALES = flow("sales", 75, 300_000_00, direction=Direction.RECEIPT)


def book(*records: object, line: Facility | None = None, **facts: object) -> Book:
    renewed = PlannedDraw(
        id="renewed",
        name="Renewed",
        facility="loan",
        amount=OWED,
        periods=6,
        first_date=on(DUE),
    )
    made = Book(
        title="Firm",
        as_of=DAY_0,
        horizon_days=365,
        accounts=(Account(id="till", name="Till", balance=1_000_00),),
        **{"country": "CN"} | facts,  # type: ignore[arg-type]
    )
    for each in (line or loan(), renewed, SALES, *records):
        made = made.put(each)  # type: ignore[arg-type]
    return made


def plan_of(book: Book, mode: LossMode | None = None) -> Plan:
    projection = project(book)
    loss = next(each for each in single_closures(book) if each.id == "loan")
    if mode is not None:
        loss = replace(loss, mode=mode)
    [outcome] = outcomes(projection, [loss])
    return draft(projection, outcome)


def kinds(plan: Plan) -> list[AskKind]:
    return [each.kind for each in plan.asks]


def of_kind(plan: Plan, kind: AskKind) -> Ask:
    return next(each for each in plan.asks if each.kind is kind)


def test_of_a_bank_one_asks_for_a_renewal_first_and_for_bridge_money_last() -> None:
    plan = plan_of(book(OTHER))
    assert kinds(plan) == [
        AskKind.RENEWAL,
        AskKind.EXTENSION,
        AskKind.INSTALMENTS,
        AskKind.BRIDGE,
    ]


@pytest.mark.parametrize("mode", [LossMode.NO_NEW_DRAWS, LossMode.FREEZE, LossMode.NO_RENEWAL])
def test_however_a_loan_is_lost_its_lender_is_asked_for_a_renewal(mode: LossMode) -> None:
    plan = plan_of(book(OTHER, line=loan(freeze_days=90)), mode)
    assert kinds(plan)[0] is AskKind.RENEWAL


def test_a_lender_who_wants_the_loan_back_early_is_asked_for_instalments_and_for_time() -> None:
    plan = plan_of(book(OTHER, line=loan(callable=True, notice_days=50)), LossMode.CALL)
    assert kinds(plan) == [AskKind.INSTALMENTS, AskKind.EXTENSION]


def test_nothing_that_is_only_asked_for_counts_in_the_plan() -> None:
    """Without another line the loan stays unpaid, whatever could be asked for."""
    plan = plan_of(book())
    assert kinds(plan)
    assert sum(each.missed for each in plan.missed) >= OWED - 1_000_00
    assert ActionKind.RENEGOTIATE not in {each.kind for each in plan.actions}


def test_a_renewal_that_is_granted_makes_every_step_needless_and_says_so() -> None:
    made = book(OTHER)
    plan = plan_of(made)
    renewal = of_kind(plan, AskKind.RENEWAL)
    assert [plan.actions[n].source for n in renewal.spared] == ["other"]
    narrator = Narrator(made, words_for("en"))
    assert ask_spares(renewal, plan, narrator) == "If it is granted, no step is needed."
    said = ask_text(renewal, narrator)
    assert said == "Ask Bank to renew Loan without repaying ¥100,000 first, due 2 March"


def test_what_stays_unpaid_is_paid_where_it_is_granted() -> None:
    made = book()
    plan = plan_of(made)
    renewal = of_kind(plan, AskKind.RENEWAL)
    assert renewal.paid == sum(each.missed for each in plan.missed)
    said = ask_spares(renewal, plan, Narrator(made, words_for("en")))
    assert said == "Nothing stays unpaid then."


def test_it_is_asked_for_so_long_before_it_is_due_and_late_it_is_said() -> None:
    made = book(OTHER)
    renewal = of_kind(plan_of(made), AskKind.RENEWAL)
    assert renewal.by == DUE - 45
    narrator = Narrator(made, words_for("en"))
    assert ask_terms(renewal, narrator).startswith("By 16 January at the latest. Chance about 65 %")
    soon = made.changed(as_of=on(30))
    late = of_kind(plan_of(soon), AskKind.RENEWAL)
    assert late.by == 0
    assert "45 days before is usual" in ask_terms(late, Narrator(soon, words_for("en")))


def test_bridge_money_is_for_firms_in_china() -> None:
    assert AskKind.BRIDGE not in kinds(plan_of(book(OTHER, country="")))
    household = loan(use=FundsUse.HOUSEHOLD)
    assert AskKind.BRIDGE not in kinds(plan_of(book(OTHER, line=household)))


def test_the_owners_own_figures_take_the_place_of_typical_ones() -> None:
    mine = Measure(
        id="mine",
        name="Mine",
        kind=MeasureKind.RENEGOTIATE,
        ask=AskKind.RENEWAL,
        target="loan",
        lead_days=20,
        chance_percent=30,
        method=RepaymentMethod.INTEREST_FIRST,
    )
    renewal = of_kind(plan_of(book(OTHER, mine)), AskKind.RENEWAL)
    assert (renewal.by, renewal.measure.chance_percent) == (DUE - 20, 30)


def test_an_extension_that_is_agreed_is_a_step_of_the_plan() -> None:
    agreed = Measure(
        id="agreed",
        name="Agreed",
        kind=MeasureKind.RENEGOTIATE,
        ask=AskKind.EXTENSION,
        target="loan",
        later_days=90,
        arranged=True,
    )
    plan = plan_of(book(agreed))
    [step] = plan.actions
    assert (step.kind, step.day) == (ActionKind.RENEGOTIATE, DUE)
    assert [(each.day, each.amount) for each in step.repayments] == [(DUE + 90, OWED)]
    assert not plan.missed
    assert AskKind.EXTENSION not in kinds(plan)


def test_a_supplier_is_asked_for_longer_terms_and_the_tax_office_for_a_deferral() -> None:
    stock = flow("stock", 50, 30_000_00, counterparty="Mill")
    tax = flow("tax", 55, 20_000_00, priority=Priority.MUST, tags=("tax",))
    plan = plan_of(book(stock, tax))
    assert kinds(plan)[-2:] == [AskKind.LONGER_TERMS, AskKind.TAX_DEFERRAL]
    supplier = of_kind(plan, AskKind.LONGER_TERMS)
    said = ask_text(supplier, Narrator(book(stock, tax), words_for("en")))
    assert said == "Ask Mill for 30 more days for Stock (¥30,000, due 20 February)"


def test_wages_are_no_source_of_money() -> None:
    wages = flow("wages", 50, 30_000_00, priority=Priority.MUST)
    assert AskKind.LONGER_TERMS not in kinds(plan_of(book(wages)))


def test_a_payment_can_be_asked_about_and_a_receipt_cannot() -> None:
    ask = Measure(
        id="ask",
        name="Ask",
        kind=MeasureKind.RENEGOTIATE,
        ask=AskKind.LONGER_TERMS,
        target="sales",
    )
    with pytest.raises(BadInput, match="only a payment can be made later"):
        book(ask)
    assert book(flow("stock", 50, 1_00), ask.changed(target="stock")).by_id["ask"]


NEW = Measure(
    id="new",
    name="New",
    kind=MeasureKind.NEW_FACILITY,
    amount=OWED,
    lead_days=10,
    chance_percent=90,
    periods=6,
)


@pytest.mark.parametrize(("days_ago", "applied"), [(40, True), (39, False), (1, False)])
def test_applications_made_before_count_towards_the_ninety_days(
    days_ago: int, applied: bool
) -> None:
    """One in 90 days is allowed. The money is needed on day 60, so it is applied for by day 50: in
    the ninety days that end then lies the 39th day before day 0, and the 40th does not."""
    made = Application(lender="Somebody", day=on(-days_ago), answer="refused")
    plan = plan_of(book(NEW, most_applications=1, applications=(made,)))
    assert ("new" in {each.source for each in plan.actions}) is applied


def test_without_need_nothing_is_asked() -> None:
    projection = project(book(Account(id="safe", name="Safe", balance=5 * OWED)))
    [outcome] = outcomes(projection, [nothing_lost()])
    assert not draft(projection, outcome).asks


@pytest.mark.parametrize(
    ("country", "kind", "known_as", "later"),
    [
        ("US", AskKind.TAX_DEFERRAL, "The IRS calls it a payment plan", 180),
        ("GB", AskKind.TAX_DEFERRAL, "HMRC calls it Time to Pay.", 180),
        ("US", AskKind.EXTENSION, "Lenders call it forbearance.", 90),
        ("CN", AskKind.EXTENSION, "", 90),
    ],
)
def test_what_is_asked_for_has_the_name_and_figures_of_the_country(
    country: str, kind: AskKind, known_as: str, later: int
) -> None:
    tax = flow("vat", 40, 30_000_00, tags=("tax",), priority=Priority.MUST)
    made = book(tax).changed(country=country)
    [ask] = [each for each in plan_of(made).asks if each.kind is kind][:1]
    assert ask.measure.later_days == later
    said = ask_terms(ask, Narrator(made, words_for("en")))
    assert known_as in said
    assert bool(known_as) == ("call it" in said or "calls it" in said)


@pytest.mark.parametrize("country", ["US", "GB", "HK", "DE"])
def test_a_card_elsewhere_is_asked_for_lower_payments_at_its_own_rate(country: str) -> None:
    card = loan(kind=FacilityKind.CREDIT_CARD, rate_percent=Decimal(24))
    made = book().changed(country=country, currency="USD")
    [ask, *_] = asks_of_line(made, card)
    assert ask.ask is AskKind.INSTALMENTS
    assert (ask.cost_percent, ask.rate_percent) == (Decimal(0), Decimal(24))
    [ask, *_] = asks_of_line(made.changed(country="", currency="CNY"), card)
    assert (ask.cost_percent, ask.rate_percent) == (Decimal(8), Decimal(0))
