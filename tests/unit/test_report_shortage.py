"""What stays unpaid, in words: what the owner once said of it, what it costs, and what cures it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from backstop.contingency import Bounced, Obligation
from backstop.domain import Priority
from backstop.paper.response import left_unpaid
from backstop.plan import ActionKind, LineCure, Plan, Shortage
from backstop.projection import FlowKind
from backstop.telling import Narrator, Words
from backstop.telling.shortage import cost_of_missing, cure_lines, owner_said
from printed import EN, ZH
from unit.test_report_book import payment, plan_of, shop


def marked(words: Words, kinds: tuple[ActionKind, ...] = (), **marks: Any) -> str:
    """What is said of a missed payment that is marked so, by a plan that does these to it."""
    book = shop().put(payment("tools", "tools", 500, date(2026, 12, 9), **marks))
    action = plan_of().actions[0]
    plan = replace(
        plan_of(), actions=tuple(replace(action, kind=kind, source="tools") for kind in kinds)
    )
    return owner_said(plan, missed("tools", 500_00), Narrator(book, words))


def missed(record: str, part: int, due: int = 500_00, **fields: Any) -> Bounced:
    obligation = Obligation(
        record=record,
        name=record,
        kind=FlowKind.PAYMENT,
        priority=Priority.CAN_GO,
        day=18,
        amount=due,
        **fields,
    )
    return Bounced(obligation, part)


def short_of(*unpaid: Bounced, **fields: Any) -> Plan:
    """The shop's plan with these unpaid, and what it says about them."""
    plan = plan_of()
    facts = {"order": unpaid, "income_lost": 0, "cash": None, "cash_day": 18, "lines": ()}
    return replace(
        plan,
        after=replace(plan.after, chosen=unpaid),
        shortage=Shortage(**{**facts, **fields}),
        more=None,
    )


@pytest.mark.parametrize(
    ("marks", "english", "chinese"),
    [
        ({"cuttable_percent": 100}, "you said it can be cut", "您说过可以削减"),
        (
            {"cuttable_percent": 60},
            "you said 60 % can be cut",
            "您说过可以削减 60%",
        ),
        (
            {"deferrable_days": 1},
            "you said it can wait one day",
            "您说过可以推迟 1 天",
        ),
        (
            {"deferrable_days": 15},
            "you said it can wait 15 days",
            "您说过可以推迟 15 天",
        ),
        (
            {"cuttable_percent": 100, "deferrable_days": 15},
            "you said it can be cut",
            "您说过可以削减",
        ),
        ({}, "", ""),
    ],
)
def test_a_missed_payment_that_the_owner_can_do_without_says_so(
    marks: dict[str, Any], english: str, chinese: str
) -> None:
    assert (marked(EN, **marks), marked(ZH, **marks)) == (english, chinese)


def test_what_the_plan_does_to_a_payment_already_is_not_said_again() -> None:
    assert not marked(EN, (ActionKind.CUT,), cuttable_percent=60)
    assert not marked(EN, (ActionKind.DEFER,), deferrable_days=15)
    assert marked(EN, (ActionKind.DRAW,), cuttable_percent=60)
    both = {"cuttable_percent": 60, "deferrable_days": 15}
    assert "wait" in marked(EN, (ActionKind.CUT,), **both)
    assert "60 %" in marked(EN, (ActionKind.DEFER,), **both)


def test_an_instalment_has_no_mark_of_the_owner() -> None:
    assert not owner_said(plan_of(), missed("jiebei", 1), Narrator(shop(), EN))


def test_in_the_list_the_mark_stands_behind_the_payment_and_what_its_loss_costs() -> None:
    tools = payment(
        "tools", "tools", 500, date(2026, 12, 9), cuttable_percent=100, income_lost_if_missed=100_00
    )
    book = shop().put(tools)
    plan = short_of(missed("tools", 500_00, income_lost=100_00))
    [row] = left_unpaid(plan, Narrator(book, EN))
    assert row.endswith("tools, ¥500 not paid · costs ¥100 of income · you said it can be cut")


def test_a_loss_of_income_is_said_where_there_is_one() -> None:
    assert cost_of_missing(missed("tools", 250_00, income_lost=100_00), Narrator(shop(), EN)) == (
        "costs ¥50 of income"
    )
    assert cost_of_missing(missed("tools", 250_00), Narrator(shop(), EN)) == ""


def test_a_plan_that_pays_everything_needs_no_cure() -> None:
    assert plan_of().shortage is None
    assert cure_lines(plan_of(), Narrator(shop(), EN)) == []


def test_equal_limits_are_said_once_with_the_longest_lead() -> None:
    lines = (LineCure(0, 500_00), LineCure(7, 500_00), LineCure(14, 900_00), LineCure(30, None))
    plan = short_of(missed("tools", 500_00), lines=lines)
    [said] = cure_lines(plan, Narrator(shop(), EN))
    assert said.endswith(": about ¥500 ready in 7 days; or ¥900 ready in 14 days.")
    assert "7 天内可用的 ¥500；14 天内可用的 ¥900" in cure_lines(plan, Narrator(shop(), ZH))[0]


def test_a_limit_that_no_lead_time_allows_is_not_spoken_of() -> None:
    plan = short_of(missed("tools", 500_00), lines=(LineCure(0, None), LineCure(7, None)))
    assert cure_lines(plan, Narrator(shop(), EN)) == []
    plan = short_of(missed("tools", 500_00), lines=(LineCure(0, 500_00), LineCure(7, None)))
    assert "about ¥500 ready at once." in cure_lines(plan, Narrator(shop(), EN))[0]


@pytest.mark.parametrize(
    ("cash", "said"), [(499_00, True), (499_99, False), (500_00, False), (None, False)]
)
def test_cash_that_cures_all_is_said_where_it_is_less_than_what_remains(
    cash: int | None, said: bool
) -> None:
    lines = cure_lines(short_of(missed("tools", 500_00), cash=cash), Narrator(shop(), EN))
    assert bool(lines) == said
    assert all("¥499 more by 9 December" in each for each in lines)


def test_the_income_that_goes_with_what_is_missed_is_said_once_for_all() -> None:
    plan = short_of(missed("tools", 500_00), income_lost=80_00)
    assert cure_lines(plan, Narrator(shop(), EN)) == ["With what is missed goes income of ¥80."]
