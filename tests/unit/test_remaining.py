"""What stays unpaid, in words: what the owner once said of it, what it costs, and what cures it."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from backstop.contingency import Bounced, Obligation
from backstop.desktop.tables.answer_columns import AnswerCells, bounced_columns
from backstop.domain import Priority
from backstop.plan import ActionKind, LineCure, Plan, Shortage
from backstop.projection import FlowKind
from backstop.telling import Narrator, Words
from backstop.telling.remaining import (
    by_date,
    cost_of_missing,
    owner_said,
    remaining,
    unpaid_in_brief,
    unpaid_rows,
)
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
    facts = {"income_lost": 0, "cash": None, "cash_day": 18, "lines": ()}
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
            "you said it can wait 15 days",
            "您说过可以推迟 15 天",
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
    [row] = unpaid_rows(plan, Narrator(book, EN))
    assert row.endswith("tools, ¥500 not paid · costs ¥100 of income · you said it can be cut")


def test_a_loss_of_income_is_said_where_there_is_one() -> None:
    assert cost_of_missing(missed("tools", 250_00, income_lost=100_00), Narrator(shop(), EN)) == (
        "costs ¥50 of income"
    )
    assert cost_of_missing(missed("tools", 250_00), Narrator(shop(), EN)) == ""


def test_a_plan_that_pays_everything_needs_no_cure() -> None:
    assert plan_of().shortage is None
    assert remaining(plan_of(), Narrator(shop(), EN)) == [
        "Nothing is missed, and cash never falls below your minimum."
    ]


def cure(words: Words = EN, unpaid: int = 500_00, **fields: Any) -> str:
    """The last sentence of the statement."""
    return remaining(short_of(missed("tools", unpaid), **fields), Narrator(shop(), words))[-1]


def test_the_statement_is_one_sum_one_span_of_days_and_one_cure() -> None:
    later = missed("tools", 300_00)
    later = replace(later, obligation=replace(later.obligation, day=48))
    plan = replace(short_of(later, missed("wages", 500_00)), at_least=800_00)
    assert remaining(plan, Narrator(shop(), EN)) == [
        "¥800 stays unpaid: 2 payments from 9 December to 8 January.",
        "¥800 more in hand by 9 December would pay for everything.",
    ]
    assert remaining(plan, Narrator(shop(), ZH)) == [
        "仍有 ¥800 付不出：12月9日至1月8日共 2 笔。",
        "只要12月9日前手头再多 ¥800，就能全部付清。",
    ]
    assert unpaid_rows(plan, Narrator(shop(), EN)) == [
        "9 Dec: wages, ¥500 not paid",
        "8 Jan: tools, ¥300 of ¥500 not paid",
    ]


def test_what_no_plan_can_pay_is_told_apart() -> None:
    plan = replace(short_of(missed("tools", 500_00)), at_least=300_00)
    assert remaining(plan, Narrator(shop(), EN))[0] == (
        "¥500 stays unpaid: tools on 9 December. No plan leaves less than ¥300."
    )


def test_cash_and_a_line_are_told_as_two_ways_to_the_same() -> None:
    lines = (LineCure(0, 500_00), LineCure(7, 500_00), LineCure(14, 900_00), LineCure(30, None))
    assert cure(lines=lines) == (
        "¥500 more in hand by 9 December would pay for everything. Instead, another line on the "
        "same terms would, of about ¥500 and ready in 7 days. Then draft the plan anew."
    )
    odd = (LineCure(7, 1_333_15),)
    assert "of about ¥1,400 and ready in 7 days" in cure(lines=odd)  # as it is asked for
    assert cure(ZH, lines=lines) == (
        "只要12月9日前手头再多 ¥500，就能全部付清。或者再有一条条件相同、额度约 ¥500、7 天内可用的"
        "额度，也可以。届时请重新拟定预案。"
    )


def test_a_limit_that_no_lead_time_allows_is_not_spoken_of() -> None:
    assert "another line" not in cure(lines=(LineCure(0, None), LineCure(7, None)))
    assert "ready at once." in cure(lines=(LineCure(0, 500_00), LineCure(7, None)))
    assert "ready in one day." in cure(lines=(LineCure(1, 500_00),))


@pytest.mark.parametrize(
    ("cash", "amount"), [(494_00, "¥494"), (495_00, "¥500"), (500_00, "¥500"), (None, "¥500")]
)
def test_less_cash_than_what_remains_is_said_where_it_is_enough(
    cash: int | None, amount: str
) -> None:
    said = cure(cash=cash)
    assert said.startswith(f"{amount} more in hand by 9 December would pay for everything.")
    assert said.endswith("Then draft the plan anew.") == (amount == "¥494")
    assert said.count("more in hand") == 1


def test_the_income_that_goes_with_what_is_missed_is_said_once_for_all() -> None:
    plan = short_of(missed("tools", 500_00, income_lost=80_00))
    assert remaining(plan, Narrator(shop(), EN))[1] == "With what is missed goes income of ¥80."


@pytest.mark.parametrize(
    ("waiting", "english"),
    [
        (("tools",), "¥300 of it can wait, as you said: that is put off, not missed."),
        (("tools", "wages"), "All of it can wait, as you said: it is put off, not missed."),
    ],
)
def test_what_can_wait_is_put_off_and_not_missed(waiting: tuple[str, ...], english: str) -> None:
    book = shop().put(payment("tools", "tools", 500, date(2026, 12, 9)))
    for each in waiting:
        book = book.put(book.by_id[each].changed(deferrable_days=30))
    plan = short_of(missed("tools", 300_00), missed("wages", 500_00))
    assert remaining(plan, Narrator(book, EN))[1] == english
    rows = unpaid_rows(plan, Narrator(book, EN))
    assert "9 Dec: tools, ¥300 of ¥500 put off · you said it can wait 30 days" in rows
    assert ("9 Dec: wages, ¥500 not paid" in rows) == (waiting == ("tools",))


def test_where_there_is_little_room_what_is_missed_again_and_again_is_one_line() -> None:
    def on(record: str, day: int) -> Bounced:
        each = missed(record, 500_00)
        return replace(each, obligation=replace(each.obligation, day=day))

    plan = short_of(*(on("stock", day) for day in range(10, 20)), on("tools", 12), on("van", 40))
    narrator = Narrator(shop(), EN)
    assert len(unpaid_rows(plan, narrator)) == 12
    assert unpaid_in_brief(plan, narrator, 12) == unpaid_rows(plan, narrator)
    stock = "1 Dec to 10 Dec: stock, 10 times, ¥5,000 not paid"
    assert unpaid_in_brief(plan, narrator, 3) == [
        stock,
        "3 Dec: tools, ¥500 not paid",
        "31 Dec: van, ¥500 not paid",
    ]
    assert unpaid_in_brief(plan, narrator, 2) == [stock, "and 2 more to 31 Dec, ¥1,000"]


def again(record: str, day: int, **fields: Any) -> Bounced:
    once = missed(record, 500_00, **fields)
    return replace(once, obligation=replace(once.obligation, day=day))


def test_purchases_and_what_can_wait_are_not_summed_up_as_bills_that_are_not_paid() -> None:
    tools = payment("tools", "tools", 500, date(2026, 12, 9), deferrable_days=15)
    book = shop().put(tools)
    kind = FlowKind.BILL
    goods = [again("huabei", day + 20, bought=day) for day in (3, 33)]
    bills = [replace(e, obligation=replace(e.obligation, kind=kind, name="goods")) for e in goods]
    plan = short_of(*bills, again("tools", 18), again("tools", 48))
    assert unpaid_in_brief(plan, Narrator(book, EN), 2) == [
        "24 Nov to 24 Dec: buy goods by Huabei for ¥1,000 less, 2 times in all",
        "9 Dec to 8 Jan: tools, 2 times, ¥1,000 put off · you said it can wait 15 days",
    ]
    assert unpaid_in_brief(plan, Narrator(book, ZH), 2) == [
        "11月24日至12月24日：用Huabei买goods时分 2 次共少买 ¥1,000",
        "12月9日至1月8日：tools，共 2 次，¥1,000 推迟支付 · 您说过可以推迟 15 天",
    ]


def test_a_table_has_what_is_left_by_the_days_on_which_it_is_left() -> None:
    cells = AnswerCells()
    cells.book = shop()
    day, *_ = bounced_columns(cells)
    bought = missed("tools", 500_00, bought=3)
    paid = missed("van", 500_00)
    assert [day.text(each, EN) for each in (bought, paid)] == ["24 Nov", "9 Dec"]
    plan = short_of(paid, bought)
    assert by_date(plan) == (bought, paid)
