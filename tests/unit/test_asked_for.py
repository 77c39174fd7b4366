"""Amounts that a person asks for, within limits and still proved by replay."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.contingency import Bounced, nothing_lost, outcomes
from backstop.domain import (
    Account,
    AccountRole,
    Book,
    CashFlow,
    Direction,
    Facility,
    Priority,
    RepaymentMethod,
)
from backstop.plan import NO_WISHES, ActionKind, Pin, Plan, Wishes, draft
from backstop.plan.drafting.judge import replay
from backstop.plan.drafting.scraps import without_scraps
from backstop.plan.offers.amounts import asked_step
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import situation_of
from backstop.projection import project

DAY_0 = date(2027, 1, 1)


def flow(name: str, day: int, amount: int, direction: Direction = Direction.PAYMENT) -> CashFlow:
    return CashFlow(
        id=name,
        name=name,
        direction=direction,
        amount=amount,
        first_date=DAY_0 + timedelta(days=day),
    )


LINE = Facility(
    id="line",
    name="Line",
    limit=5_000_00,
    committed=True,
    last_verified=DAY_0,
    method=RepaymentMethod.BULLET,
    periods=3,
    rate_percent=Decimal(12),
)


def book(*records: object, currency: str = "CNY") -> Book:
    made = Book(
        title="Home",
        as_of=DAY_0,
        horizon_days=200,
        currency=currency,
        accounts=(Account(id="till", name="Till"),),
    ).put(flow("income", 60, 100_000_00, Direction.RECEIPT))
    for each in records:
        made = made.put(each)  # type: ignore[arg-type]
    return made


def plan_of(book: Book, wishes: Wishes = NO_WISHES) -> Plan:
    projection = project(book)
    [outcome] = outcomes(projection, [nothing_lost()])
    return draft(projection, outcome, wishes=wishes)


@pytest.mark.parametrize(
    ("amount", "step"),
    [
        (138_10, 10_00),
        (999_99, 10_00),
        (1_000_00, 100_00),
        (11_640_77, 500_00),
        (138_100_00, 1_000_00),
        (2_000_000_00, 10_000_00),
    ],
)
def test_larger_amounts_are_asked_for_in_larger_multiples(amount: int, step: int) -> None:
    assert asked_step(book(), amount) == step


def test_a_currency_without_cents_has_multiples_of_its_own() -> None:
    """13,810 yen are about what 138.10 of other money is: 14,000 are asked for."""
    assert asked_step(book(currency="JPY"), 13_810) == 1_000


def test_a_hundred_and_forty_is_asked_for_where_138_10_is_needed() -> None:
    plan = plan_of(book(LINE, flow("rent", 10, 138_10)))
    [step] = plan.actions
    assert step.amount == 140_00
    assert plan.proved
    assert int(plan.after.low[10]) == 1_90


def test_what_one_rounding_leaves_over_is_taken_off_the_next() -> None:
    """239.90 in all: with 140 of the one, 99.90 of the other are needed, and 100 asked for."""
    small = LINE.changed(limit=140_00)
    other = LINE.changed(id="other", limit=110_00, rate_percent=Decimal(13))
    plan = plan_of(book(small, other, flow("rent", 10, 138_10), flow("food", 20, 101_80)))
    assert plan.proved
    assert sorted(each.amount for each in plan.actions) == [100_00, 140_00]


def test_no_more_is_asked_for_than_there_is() -> None:
    plan = plan_of(book(LINE.changed(limit=138_50), flow("rent", 10, 138_10)))
    [step] = plan.actions
    assert step.amount <= 138_50
    assert plan.proved


def test_where_a_part_stays_unpaid_anyway_all_that_a_line_lends_is_asked_for_in_round_figures() -> (
    None
):
    """Of 5,000 a line of 866.93 pays 860: 4,140 stay unpaid, and not 4,133.07."""
    plan = plan_of(book(LINE.changed(limit=866_93), flow("rent", 10, 5_000_00)))
    assert [each.amount for each in plan.actions] == [860_00]
    assert [each.missed for each in plan.missed] == [4_140_00]
    assert plan.proved


def test_what_a_line_is_rounded_down_by_comes_from_another() -> None:
    other = LINE.changed(id="other", limit=500_00, rate_percent=Decimal(13))
    plan = plan_of(book(LINE.changed(limit=866_93), other, flow("rent", 10, 1_000_00)))
    assert sorted(each.amount for each in plan.actions) == [140_00, 860_00]
    assert plan.proved
    assert not plan.missed


def test_a_lenders_own_step_is_kept() -> None:
    plan = plan_of(book(LINE.changed(draw_step=30_00), flow("rent", 10, 138_10)))
    [step] = plan.actions
    assert step.amount == 150_00


def test_an_amount_that_the_owner_names_is_left_as_it_is() -> None:
    pin = Pin(ActionKind.DRAW, "line", 10, 138_10)
    plan = plan_of(book(LINE, flow("rent", 10, 138_10)), Wishes(pins=(pin,)))
    assert [each.amount for each in plan.actions] == [138_10]


def test_all_of_a_reserve_is_taken_where_all_is_needed() -> None:
    reserve = Account(id="fund", name="Fund", balance=138_10, role=AccountRole.RESERVE)
    plan = plan_of(book(reserve, flow("rent", 10, 138_10)))
    assert [each.amount for each in plan.actions] == [138_10]


def goods(amount: int, day: int = 20) -> CashFlow:
    return flow("goods", day, amount).changed(partly_payable=True, priority=Priority.IMPORTANT)


def test_what_a_round_step_more_can_pay_is_paid() -> None:
    """Of 2,000.10 the solver may leave the ten cents; a step more of the line pays them."""
    projection = project(book(LINE, goods(2_000_10)))
    [outcome] = outcomes(projection, [nothing_lost()])
    situation = situation_of(projection, outcome)
    plan = draft(projection, outcome)
    [step] = plan.actions
    [offer] = [
        each
        for each in offers_for(situation)
        if each.action.what == step.what and each.most >= 2_000_00
    ]
    [owed] = [each.obligation for each in outcome.bounced]
    taken = [(offer, 2_000_00)]
    little = taken, replay(situation, taken, (Bounced(owed, 10),))
    assert little[1].proved
    mended, judged = without_scraps(situation, little)
    assert judged.proved
    assert not judged.missed
    assert mended[0][1] >= 2_000_10


def test_so_much_is_left_at_most_as_if_nothing_is_done() -> None:
    """Nothing helps: what stays unpaid is what cannot be paid, to the cent."""
    till = Account(id="till", name="Till", balance=100_00)
    plan = plan_of(book(till, goods(138_10)).changed(horizon_days=40))
    assert [each.missed for each in plan.missed] == [38_10]


def left_of(
    hand: int, second: int, first_missed: int, second_missed: int
) -> tuple[tuple[str, int], ...]:
    """What is left unpaid, without scraps, of 2,000 due on day 20 and of a `second` amount on day
    30, with so much in hand, where so much of each would be missed."""
    till = Account(id="till", name="Till", balance=hand)
    late = goods(second, 30).changed(id="late", name="late")
    projection = project(book(till, goods(2_000_00), late).changed(horizon_days=40))
    [outcome] = outcomes(projection, [nothing_lost()])
    situation = situation_of(projection, outcome)
    owed = {each.record: each for each in situation.payable}
    missed = Bounced(owed["goods"], first_missed), Bounced(owed["late"], second_missed)
    judged = replay(situation, [], missed)
    assert judged.proved
    _, mended = without_scraps(situation, ([], judged))
    assert mended.proved
    return tuple((each.obligation.record, each.missed) for each in mended.missed)


def test_a_scrap_is_left_of_what_stays_unpaid_before_it_instead() -> None:
    """2,500.10 are due and 1,000 in hand: 1,500.10 of the first stay unpaid, not 1,500 of it and
    ten cents of the second, which matters as much."""
    assert left_of(1_000_00, 500_10, 1_500_00, 10) == (("goods", 1_500_10),)


def test_odd_cents_of_two_payments_are_missed_of_the_later_one() -> None:
    """1,500.01 of the first and 99.99 of the second would stay unpaid, a cent too much of the
    first: there is one in hand until the second is due."""
    left = left_of(500_00, 100_00, 1_500_01, 99_99)
    assert left == (("goods", 1_500_00), ("late", 100_00))
