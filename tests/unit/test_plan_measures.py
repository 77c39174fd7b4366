"""The owner's measures in plans: each kind's cash to the cent, its words, and when it counts."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.contingency import Cascade, Contingency, ContingencyKind, Outcome, outcomes
from backstop.contingency.identity import Basis, OfRecord, Shared
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    CutRule,
    Direction,
    Facility,
    LossMode,
    Measure,
    MeasureKind,
    Priority,
    RepaymentMethod,
    Tranche,
    UnsureSources,
)
from backstop.plan import Action, ActionKind, Pin, Plan, Wishes, draft, pin_of, with_shortage
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import Situation
from backstop.projection import project
from backstop.telling import Narrator, words_for
from backstop.telling.actions import action_text, cautions

DAY_0 = date(2027, 1, 1)
WAGES_DAY, RECEIPT_DAY = 30, 50
GONE = Facility(id="gone", name="gone", limit=1_000_000, last_verified=DAY_0)
EN, ZH = words_for("en"), words_for("zh_CN")


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def measure(kind: MeasureKind, **fields: object) -> Measure:
    given: dict[str, object] = {"id": "way", "name": "way", "amount": 600_000, **fields}
    return Measure(kind=kind, **given)  # type: ignore[arg-type]


def shop(*measures: Measure, **facts: object) -> Book:
    """Wages of 5,000 on day 30, an invoice of 9,000 on day 50, and 1,000 in hand."""
    return Book(
        title="shop",
        as_of=DAY_0,
        horizon_days=200,
        accounts=(Account(id="till", name="till", balance=100_000),),
        facilities=(GONE,),
        cash_flows=(
            CashFlow(
                id="wages",
                name="wages",
                direction=Direction.PAYMENT,
                amount=500_000,
                first_date=on(WAGES_DAY),
                priority=Priority.MUST,
            ),
            CashFlow(
                id="invoice",
                name="invoice",
                direction=Direction.RECEIPT,
                amount=900_000,
                first_date=on(RECEIPT_DAY),
            ),
        ),
        measures=measures,
        **facts,  # type: ignore[arg-type]
    )


def loss_of(book: Book, mode: LossMode = LossMode.NO_NEW_DRAWS, **fields: object) -> Outcome:
    loss = Contingency(OfRecord("gone"), ContingencyKind.SINGLE, ("gone",), mode=mode, **fields)  # type: ignore[arg-type]
    [outcome] = outcomes(project(book), [loss])
    return outcome


def planned(book: Book, outcome: Outcome | None = None) -> Plan:
    outcome = outcome or loss_of(book)
    plan = draft(outcome.projection, outcome)
    assert plan.proved
    return plan


def only(book: Book) -> Action:
    plan = planned(book)
    assert not plan.missed
    [action] = plan.actions
    return action


def after_less_before(plan: Plan) -> dict[int, int]:
    """The days on which the plan changes cash, and by how much."""
    change = [int(each) for each in plan.after.low - plan.before.low]
    steps = {0: change[0]} | {d: change[d] - change[d - 1] for d in range(1, len(change))}
    return {day: step for day, step in steps.items() if step}


def test_an_asset_is_sold_whole_in_time_and_fetches_its_value_less_the_haircut() -> None:
    asset = measure(MeasureKind.SELL_ASSET, cost_percent=Decimal("12.5"), lead_days=10)
    book = shop(asset)
    action = only(book)
    assert (action.kind, action.amount, action.cost) == (ActionKind.SELL_ASSET, 600_000, 75_000)
    assert (action.start_day, action.day) == (WAGES_DAY - 10, WAGES_DAY)
    assert after_less_before(planned(book)) == {WAGES_DAY: 525_000}
    assert action_text(action, Narrator(book, EN)) == "Sell way, worth ¥6,000, for ¥5,250"
    assert action_text(action, Narrator(book, ZH)) == "变卖way（价值 ¥6,000），得 ¥5,250"


def test_a_claim_is_advanced_for_a_fee_and_the_receipt_is_smaller_by_it() -> None:
    book = shop(
        measure(
            MeasureKind.FACTOR,
            target="invoice",
            advance_percent=80,
            cost_percent=Decimal(2),
            amount=0,
            recourse=True,
        )
    )
    action = only(book)
    assert (action.kind, action.amount, action.cost) == (ActionKind.FACTOR, 720_000, 14_400)
    assert after_less_before(planned(book)) == {
        action.day: 705_600,
        RECEIPT_DAY + 1: -720_000,  # a receipt of a day first shows on the next
    }
    said = action_text(action, Narrator(book, EN))
    assert said == "Have ¥7,200 of invoice (due 20 February) advanced: way"
    assert "given back" in cautions(action, Narrator(book, EN))
    assert "追索" in cautions(action, Narrator(book, ZH))


def test_a_receipt_is_collected_no_earlier_than_the_customer_may_be_asked() -> None:
    early = measure(
        MeasureKind.COLLECT_EARLY,
        target="invoice",
        days_earlier=25,
        cost_percent=Decimal(1),
        amount=0,
        lead_days=3,
    )
    book = shop(early)
    action = only(book)
    assert (action.kind, action.day, action.start_day) == (ActionKind.COLLECT_EARLY, 29, 26)
    assert after_less_before(planned(book)) == {30: 891_000, RECEIPT_DAY + 1: -900_000}
    assert cautions(action, Narrator(book, EN)) == "The customer has to agree."
    late = shop(early.changed(days_earlier=20))
    assert planned(late).missed


def test_no_more_is_collected_or_factored_in_all_than_the_measure_says() -> None:
    book = shop(measure(MeasureKind.COLLECT_EARLY, target="invoice", amount=450_000))
    assert only(book).amount == 450_000


def test_a_receipt_comes_early_once_however_many_ways_there_are() -> None:
    ways = (
        measure(MeasureKind.COLLECT_EARLY, target="invoice", amount=250_000),
        measure(MeasureKind.FACTOR, id="other", target="invoice", amount=250_000),
    )
    assert len(planned(shop(*ways)).actions) == 1


def test_family_money_is_given_back_in_one_sum_with_its_interest_or_never() -> None:
    lent = measure(MeasureKind.OWNER_MONEY, repay_after_days=73, rate_percent=Decimal(10))
    book = shop(lent)
    action = only(book)
    assert (action.amount, action.cost) == (400_000, 8_000)
    assert after_less_before(planned(book)) == {WAGES_DAY: 400_000, WAGES_DAY + 73: -408_000}
    assert "to be given back on 14 April" in action_text(action, Narrator(book, EN))
    given = only(shop(lent.changed(repay_after_days=None)))
    assert (given.cost, given.repayments) == (0, ())
    assert action_text(given, Narrator(book, EN)) == "Take ¥4,000 from way"


def test_a_new_line_is_applied_for_its_lead_time_before_it_is_drawn() -> None:
    line = measure(
        MeasureKind.NEW_FACILITY,
        lead_days=14,
        periods=3,
        rate_percent=Decimal(12),
        cost_percent=Decimal(1),
        method=RepaymentMethod.BULLET,
        chance_percent=60,
    )
    book = shop(line)
    action = only(book)
    assert (action.start_day, action.day) == (16, 30)
    assert action.amount == 410_000  # after the fee of 1 %, in whole hundreds
    [repaid] = action.repayments
    assert repaid.amount == 410_000 + round(410_000 * 0.12 * 89 / 365)
    assert action_text(action, Narrator(book, EN)) == "Apply for way, then draw ¥4,100 for 3 months"
    assert cautions(action, Narrator(book, EN)) == "Not arranged yet; chance 60 %."
    arranged = shop(line.changed(arranged=True))
    assert action_text(action, Narrator(arranged, EN)) == "Draw ¥4,100 from way for 3 months"
    assert not cautions(action, Narrator(arranged, EN))


def test_a_new_line_that_comes_too_late_is_not_applied_for() -> None:
    assert not planned(shop(measure(MeasureKind.NEW_FACILITY, lead_days=31))).actions


def called(**fields: object) -> Book:
    """A line of which 4,000 is owed, asked back on day 20."""
    owed = Tranche(id="t", name="t", principal=400_000, next_due=on(120), method=_BULLET)
    line = GONE.changed(callable=True, notice_days=20, tranches=(owed,))
    way = measure(
        MeasureKind.RENEGOTIATE,
        target="gone",
        periods=4,
        rate_percent=Decimal(12),
        **{"arranged": True} | fields,
    )
    return shop(way.changed(amount=0)).put(line)


_BULLET = RepaymentMethod.BULLET


def test_a_called_balance_is_paid_in_instalments_from_its_day_on() -> None:
    book = called()
    outcome = loss_of(book, LossMode.CALL)
    plan = planned(book, outcome)
    [action] = [each for each in plan.actions if each.kind is ActionKind.RENEGOTIATE]
    assert action.day == 20
    assert action.amount >= 400_000
    assert len(action.repayments) == 4
    assert sum(each.amount for each in action.repayments) == action.amount + action.cost
    assert after_less_before(plan)[20] == action.amount
    said = action_text(action, Narrator(book, EN))
    assert said == "As agreed with gone, pay ¥4,000 in 4 instalments instead of at once"
    assert not cautions(action, Narrator(book, EN))


def test_what_is_not_agreed_never_counts() -> None:
    book = called(arranged=False)
    plan = planned(book, loss_of(book, LossMode.CALL))
    assert ActionKind.RENEGOTIATE not in {each.kind for each in plan.actions}


def test_nothing_is_renegotiated_that_nobody_asks_back_or_too_late() -> None:
    kinds = {
        each.action.kind
        for book, mode in (
            (called(), LossMode.NO_NEW_DRAWS),
            (called(lead_days=21), LossMode.CALL),
        )
        for each in offers_for(_situation(book, mode))
    }
    assert ActionKind.RENEGOTIATE not in kinds


def _situation(book: Book, mode: LossMode = LossMode.NO_NEW_DRAWS) -> Situation:
    outcome = loss_of(book, mode)
    return Situation(outcome.projection, outcome, 0)


def two_ways(**fields: object) -> Book:
    """Both are needed for the wages."""
    first = measure(MeasureKind.SELL_ASSET, id="first", amount=200_000, **fields)
    second = measure(MeasureKind.SELL_ASSET, id="second", amount=250_000)
    return shop(first, second)


def used(book: Book) -> set[str]:
    return {each.source for each in planned(book).actions}


def test_of_two_that_exclude_each_other_not_both_are_taken() -> None:
    assert used(two_ways()) == {"first", "second"}
    plan = planned(two_ways(excludes=("second",)))
    assert len(plan.actions) < 2
    assert plan.missed


def test_what_depends_on_another_is_taken_only_with_it() -> None:
    first = measure(MeasureKind.SELL_ASSET, id="first", amount=450_000, depends_on=("second",))
    second = measure(MeasureKind.SELL_ASSET, id="second", amount=300_000, cost_percent=Decimal(40))
    assert used(shop(first, second)) == {"first", "second"}
    assert not used(shop(first, second.changed(lead_days=40)))


@pytest.mark.parametrize(("most", "expected"), [(None, 2), (2, 2), (1, 1), (0, 0)])
def test_no_more_lines_are_applied_for_in_ninety_days_than_wanted(
    most: int | None, expected: int
) -> None:
    lines = [
        measure(MeasureKind.NEW_FACILITY, id=f"line{n}", amount=200_000, periods=2, method=_BULLET)
        for n in range(3)
    ]
    plan = planned(shop(*lines, most_applications=most))
    assert len(plan.actions) == expected


def test_an_arranged_line_is_no_application() -> None:
    line = measure(MeasureKind.NEW_FACILITY, periods=2, method=_BULLET, arranged=True)
    assert planned(shop(line, most_applications=0)).actions


def test_new_debt_makes_no_more_due_in_thirty_days_than_its_share_of_receipts() -> None:
    line = measure(MeasureKind.NEW_FACILITY, periods=2, method=_BULLET, amount=2_000_000)
    book = shop(line, most_debt_service_percent=100)
    plan = planned(book)
    average = 900_000 * 30 // 201
    repaid = sum(each.amount for action in plan.actions for each in action.repayments)
    assert plan.missed
    assert average - 20_000 < repaid <= average
    assert not planned(shop(line, most_debt_service_percent=1000)).missed


def test_no_provider_gives_more_than_its_share_of_new_funding() -> None:
    cheap = measure(MeasureKind.OWNER_MONEY, id="cheap", provider="Aunt", amount=900_000)
    dear = measure(
        MeasureKind.OWNER_MONEY,
        id="dear",
        provider="Bank",
        amount=900_000,
        repay_after_days=60,
        rate_percent=Decimal(20),
    )
    assert used(shop(cheap, dear)) == {"cheap"}
    plan = planned(shop(cheap, dear, most_from_one_provider_percent=60))
    amounts = {each.source: each.amount for each in plan.actions}
    assert amounts["cheap"] * 100 <= 60 * sum(amounts.values())
    assert not plan.missed


@pytest.mark.parametrize(
    ("unsure", "expected"),
    [
        (UnsureSources.COUNTED, {"line", "unverified"}),
        (UnsureSources.PENALISED, {"line"}),
        (UnsureSources.LEFT_OUT, set()),
    ],
)
def test_unsure_sources_count_as_the_owner_wants(unsure: UnsureSources, expected: set[str]) -> None:
    line = GONE.changed(id="line", name="line", limit=300_000, periods=2, method=_BULLET)
    unverified = line.changed(id="unverified", last_verified=None)
    book = shop(unsure_sources=unsure).put(line).put(unverified)
    plan = planned(book)
    assert {each.source for each in plan.actions} == expected
    for each in plan.actions:
        assert "may be refused" in cautions(each, Narrator(book, EN))
        assert ("Never verified" in cautions(each, Narrator(book, EN))) is (
            each.source == "unverified"
        )


def test_a_line_agreed_beforehand_is_sure_whatever_the_owner_makes_of_others() -> None:
    book = shop(unsure_sources=UnsureSources.LEFT_OUT)
    outcome = loss_of(book)
    plan = with_shortage(outcome.projection, draft(outcome.projection, outcome))
    assert plan.shortage is not None
    assert [each.limit is not None for each in plan.shortage.lines] == [True, True, True, True]


@pytest.mark.parametrize("chance", [0, 40])
def test_a_line_without_a_chance_or_without_a_promise_is_left_out(chance: int) -> None:
    line = measure(MeasureKind.NEW_FACILITY, periods=2, method=_BULLET, chance_percent=chance)
    left_out = shop(line, unsure_sources=UnsureSources.LEFT_OUT)
    assert not planned(left_out).actions
    assert bool(planned(shop(line)).actions) is bool(chance)


def test_the_surer_of_two_equal_lines_is_applied_for() -> None:
    lines = [
        measure(
            MeasureKind.NEW_FACILITY, id=f"line{n}", periods=2, method=_BULLET, chance_percent=n
        )
        for n in (30, 90)
    ]
    assert used(shop(*lines)) == {"line90"}


def test_what_fails_when_everyone_needs_it_is_left_out_where_everyone_does() -> None:
    line = GONE.changed(id="line", name="line", systemic=True, periods=2, method=_BULLET)
    new = measure(MeasureKind.NEW_FACILITY, periods=2, method=_BULLET)
    book = shop(new).put(line)
    alone = loss_of(book)
    assert {each.source for each in planned(book, alone).actions}
    others_follow = loss_of(book, cascade=Cascade(after_days=100, percent=0))
    assert not planned(book, others_follow).actions
    everyone = replace(
        alone, contingency=replace(_loss(alone), identity=Shared(Basis.SYSTEMIC, ""))
    )
    assert not planned(book, everyone).actions


def _loss(outcome: Outcome) -> Contingency:
    assert outcome.contingency is not None
    return outcome.contingency


@pytest.mark.parametrize(
    "way",
    [
        measure(MeasureKind.SELL_ASSET, lead_days=3),
        measure(MeasureKind.OWNER_MONEY, repay_after_days=60),
        measure(MeasureKind.FACTOR, target="invoice", amount=0),
        measure(MeasureKind.COLLECT_EARLY, target="invoice", amount=0),
    ],
    ids=lambda each: each.kind.value,
)
def test_a_step_with_a_measure_can_be_kept_beside_another_and_moved(way: Measure) -> None:
    line = GONE.changed(id="line", name="line", periods=2, method=_BULLET)
    book = shop(way).put(line)
    [free] = planned(shop(way)).actions
    drawn = Pin(ActionKind.DRAW, "line", 10, 1_000)
    wishes = Wishes(pins=(drawn, pin_of(free)))
    outcome = loss_of(book)
    plan = draft(outcome.projection, outcome, wishes=wishes)
    assert not plan.unmet
    assert {each.source for each in plan.actions if each.pinned} == {"line", "way"}
    earlier = replace(pin_of(free), day=free.day - 2)
    moved = draft(outcome.projection, outcome, wishes=Wishes(pins=(earlier,)))
    assert not moved.unmet
    assert [each.day for each in moved.actions if each.pinned] == [free.day - 2]


def test_what_lies_above_a_cut_limit_can_be_paid_in_instalments_too() -> None:
    book = called()
    line = book.by_id["gone"]
    assert isinstance(line, Facility)
    book = book.put(line.changed(cut_rule=CutRule.EXCESS_DUE_LATER, excess_days=15, limit=500_000))
    outcome = loss_of(book, LossMode.LIMIT_CUT, cut_percent=50)
    plan = planned(book, outcome)
    [action] = [each for each in plan.actions if each.kind is ActionKind.RENEGOTIATE]
    assert (action.day, action.amount) == (15, 400_000 - 250_000)


def test_a_late_receipt_is_advanced_as_late_as_it_comes_under_the_loss() -> None:
    factor = measure(MeasureKind.FACTOR, target="invoice", amount=0)
    book = shop(factor).put(GONE.changed(lead_days=None))
    late = Contingency(
        OfRecord("late"),
        ContingencyKind.GROUP,
        ("invoice",),
        mode=LossMode.RECEIPTS_LATE,
        late_days=20,
    )
    [outcome] = outcomes(project(book), [late])
    [action] = planned(book, outcome).actions
    assert action.days == (RECEIPT_DAY + 20,)
    cut = replace(late, mode=LossMode.RECEIPTS_CUT, cut_percent=50)
    [outcome] = outcomes(project(book), [cut])
    [action] = planned(book, outcome).actions
    assert action.amount == 450_000 * 80 // 100
