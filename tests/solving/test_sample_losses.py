"""The sample books: each with the three kinds of loss that teach the job."""

from datetime import date

import pytest

import solved
from backstop.contingency import ContingencyKind, outcome_of
from backstop.domain import AccountKind, FacilityKind, Priority
from backstop.plan import Answers, Loss
from backstop.plan.drafting.judge import replayed_low
from backstop.projection import usage
from unit.test_samples import book_of, every_sample


def assessed(name: str) -> Answers:
    return solved.assessed(book_of(name))


def curable(answers: Answers) -> list[Loss]:
    """Losses that hurt and can be cured in full, the most dangerous first."""
    return [
        each for each in answers.losses if each.outcome.hurts and each.cure and each.cure.complete
    ]


@every_sample
def test_stays_within_every_limit(name: str) -> None:
    projection = assessed(name).projection
    for facility in projection.book.facilities:
        assert usage(projection, facility).max() <= facility.limit, facility.name


@every_sample
def test_with_every_line_open_cash_stays_above_the_minimum(name: str) -> None:
    base = assessed(name).base
    assert not base.hurts
    assert not base.touches_buffer


@every_sample
def test_one_line_may_close_without_harm(name: str) -> None:
    singles = assessed(name).singles
    assert any(not loss.outcome.hurts and not loss.outcome.touches_buffer for loss in singles)


@every_sample
def test_one_loss_hurts_and_can_be_cured(name: str) -> None:
    """A single line, so that the verdict names it."""
    assert any(loss.contingency.kind is ContingencyKind.SINGLE for loss in curable(assessed(name)))


@pytest.mark.parametrize("name", ["contractor", "trading", "wholesaler"])
def test_one_loss_hurts_and_cannot_be_fully_cured(name: str) -> None:
    """The household can pay everything even then."""
    losses = assessed(name).losses
    assert any(loss.outcome.hurts and not loss.survivable for loss in losses)


@every_sample
def test_no_must_be_missed_after_the_best_cure(name: str) -> None:
    """Even the loss that cannot be fully cured leaves wages, tax and debt paid."""
    for loss in assessed(name).losses:
        assert loss.cure is None or loss.cure.missed[Priority.MUST - 1] == 0


@every_sample
def test_plan_for_the_most_dangerous_curable_loss_is_short_and_holds(name: str) -> None:
    answers = assessed(name)
    plan = solved.planned(answers.book, curable(answers)[0].contingency.id)
    assert plan.proved
    assert not plan.missed
    assert 1 <= len(plan.actions) <= (8 if name != "household" else 12)


def test_household_needs_all_of_its_twelve_steps() -> None:
    """Without any of them a payment is missed, or cash lies far deeper below the minimum."""
    answers = assessed("household")
    loss = answers.loss("alipay-group")
    situation, plan = answers.situation(loss), solved.planned(answers.book, "alipay-group")
    for action in plan.actions:
        others = [each for each in plan.actions if each is not action]
        low = replayed_low(situation, others)
        without = outcome_of(answers.projection, loss.contingency, low)
        assert without.hurts or without.buffer_days > 1.5 * plan.after.buffer_days, action


def test_contractor_cannot_pay_wages_in_january_without_the_platform_loan() -> None:
    answers = assessed("contractor")
    loss = answers.loss("jiebei")
    first = loss.outcome.bounced[0]
    assert first.obligation.record == "wages"
    assert answers.projection.date_of(first.day) == date(2027, 1, 12)
    assert loss.survivable


def test_wholesaler_cannot_buy_the_season_s_stock_without_the_platform_loan() -> None:
    first = assessed("wholesaler").loss("wangshang").outcome.bounced[0]
    assert first.obligation.record == "new-year-stock"
    assert first.obligation.income_lost > 0


def test_trading_company_loses_loan_pay_later_and_wallet_together() -> None:
    answers = assessed("trading")
    book = answers.book
    (group,) = book.link_groups
    facilities = [each for each in book.facilities if each.id in group.members]
    accounts = [each for each in book.accounts if each.id in group.members]
    assert {each.kind for each in facilities} == {
        FacilityKind.PLATFORM_LOAN,
        FacilityKind.PAY_LATER,
    }
    assert AccountKind.WALLET in {each.kind for each in accounts}
    assert any(flow.through in group.members for flow in book.cash_flows)
    assert not answers.loss(group.id).survivable


def test_household_has_pay_later_and_two_cards_and_misses_the_mortgage_without_the_loan() -> None:
    answers = assessed("household")
    kinds = [each.kind for each in answers.book.facilities]
    assert kinds.count(FacilityKind.CREDIT_CARD) == 2
    assert FacilityKind.PAY_LATER in kinds
    assert answers.loss("jiebei").outcome.bounced[0].obligation.record == "mortgage"


def test_the_contractor_s_bank_calls_its_line_and_a_class_2_payment_stays_unpaid() -> None:
    loss = assessed("contractor-us").loss("bank-line")
    assert loss.outcome.bounced[0].obligation.record == "payroll"
    assert not loss.survivable


def test_the_online_shop_loses_balance_and_loan_of_a_platform_together() -> None:
    answers = assessed("online-shop-us")
    stripe, _ = answers.book.link_groups
    assert {"stripe", "stripe-capital"} == set(stripe.members)
    assert any(flow.through == "stripe" for flow in answers.book.cash_flows)
    assert not answers.loss(stripe.id).survivable


def test_the_household_cannot_pay_the_roof_once_the_home_equity_line_is_frozen() -> None:
    first = assessed("household-us").loss("heloc").outcome.bounced[0]
    assert first.obligation.record == "roof"
