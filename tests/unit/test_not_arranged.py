"""A plan that counts on a line which nobody has granted yet: proved only if it is granted, with the
plan that does without it beside."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from backstop.cli.answers.plan_result import plan_out
from backstop.cli.answers.plan_text import plan_lines
from backstop.contingency import single_closures
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    Measure,
    MeasureKind,
    PlannedDraw,
    Priority,
    RepaymentMethod,
    UnsureSources,
)
from backstop.export.tables import plan_sheets
from backstop.paper.section import section_of
from backstop.plan import Answers, Loss, Plan, answer, assess, with_fallback
from backstop.plan.offers.reliability import unarranged_in
from backstop.services.answers import drafted
from backstop.telling import Narrator, words_for
from backstop.telling.not_arranged import fallback_heading, fallback_lines, proof_sentence
from backstop.telling.sentences import loss_verdict, plan_cell

DAY_0 = date(2027, 1, 1)
EN, ZH = words_for("en"), words_for("zh_CN")


def on(day: int) -> date:
    return DAY_0 + timedelta(days=day)


def book_of(*, asset: int = 0, van_days: int = 5, **fields: object) -> Book:
    """Wages of 5,000 on day 30 and 1,000 in hand; 4,000 are missing once the line is gone. A bank
    might lend them (60 %), and something can be sold."""
    new = Measure(
        id="bank",
        name="Bank loan",
        kind=MeasureKind.NEW_FACILITY,
        amount=600_000,
        lead_days=14,
        periods=3,
        rate_percent=Decimal(12),
        method=RepaymentMethod.BULLET,
        chance_percent=60,
    ).changed(**fields)
    sold = (
        Measure(
            id="van",
            name="Van",
            kind=MeasureKind.SELL_ASSET,
            amount=asset,
            cost_percent=Decimal(40),
            lead_days=van_days,
        )
        if asset
        else None
    )
    flows = (
        ("wages", Direction.PAYMENT, 500_000, 30),
        ("invoice", Direction.RECEIPT, 900_000, 50),
    )
    return Book(
        title="shop",
        as_of=DAY_0,
        horizon_days=200,
        accounts=(Account(id="till", name="till", balance=100_000),),
        facilities=(
            Facility(id="gone", name="Gone", limit=1_000_000, last_verified=DAY_0, lead_days=0),
        ),
        cash_flows=tuple(
            CashFlow(
                id=name,
                name=name.title(),
                direction=direction,
                amount=amount,
                first_date=on(day),
                priority=Priority.MUST,
            )
            for name, direction, amount, day in flows
        ),
        planned_draws=(
            PlannedDraw(
                id="draw",
                name="Draw",
                facility="gone",
                amount=400_000,
                periods=3,
                first_date=on(30),
            ),
        ),
        measures=tuple(filter(None, (new, sold))),
    )


def planned(book: Book) -> tuple[Answers, Loss, Plan]:
    answers = assess(answer(book, contingencies=single_closures(book)))
    [loss] = answers.losses
    plan = drafted(answers, loss)
    return answers, loss.with_plan(plan), plan


def test_a_line_that_may_be_refused_is_no_part_of_what_is_proved() -> None:
    _, _, plan = planned(book_of())
    assert [each.source for each in plan.actions] == ["bank"]
    assert plan.unarranged == ("bank",)
    assert (plan.proved, plan.certain) == (True, False)
    narrator = Narrator(book_of(), EN)
    assert proof_sentence(plan, narrator) == "Proved only if granted: Bank loan."


def test_the_plan_without_it_stands_beside_and_says_what_stays_unpaid() -> None:
    _, _, plan = planned(book_of())
    assert plan.otherwise is not None
    assert not plan.otherwise.actions
    assert sum(each.missed for each in plan.otherwise.missed) == 400_000
    narrator = Narrator(book_of(), EN)
    assert fallback_heading(plan, narrator) == "If refused: Bank loan"
    assert fallback_lines(plan, narrator) == [
        "Nothing that is left can help: ¥4,000 stays unpaid.",
        "31 Jan: Wages, ¥4,000 of ¥5,000 not paid",
    ]


def test_the_day_by_which_the_answer_is_needed_is_that_of_the_first_other_step() -> None:
    book = book_of(asset=1_000_000)
    _, _, plan = planned(book)
    assert plan.unarranged == ("bank",)
    assert plan.otherwise is not None
    assert [each.source for each in plan.otherwise.actions] == ["van"]
    assert plan.otherwise.certain
    assert not plan.otherwise.missed
    assert fallback_lines(plan, Narrator(book, EN)) == [
        "One step costing ¥4,000 keeps every payment.",
        "26 Jan: Sell Van, worth ¥10,000, for ¥6,000 (cost ¥4,000)",
        "Have the answer by 26 January: from that day on the steps differ.",
    ]
    assert fallback_lines(plan, Narrator(book, ZH))[-1] == (
        "请在1月26日之前问到结果：从那天起两套做法就不同了。"
    )


def test_a_step_that_cannot_wait_for_the_answer_is_said() -> None:
    """The bank takes fourteen days, and the sale has to begin on the tenth day."""
    book = book_of(asset=1_000_000, van_days=20)
    _, _, plan = planned(book)
    assert fallback_lines(plan, Narrator(book, EN))[-1] == (
        "The first of these steps begins by 11 January, maybe before the answer is there."
    )


def test_the_verdict_says_what_it_counts_on_and_what_happens_without() -> None:
    answers, loss, _ = planned(book_of())
    said = loss_verdict(answers, loss, Narrator(answers.book, EN), dated=True)
    assert said.detail.endswith(
        "This counts on Bank loan (chance 60 %), not granted yet; if refused, ¥4,000 stays unpaid."
    )
    assert plan_cell(loss, Narrator(answers.book, EN)) == "nothing missed, if granted"
    assert plan_cell(loss, Narrator(answers.book, ZH)) == "全部付得出（须获批）"


@pytest.mark.parametrize(
    "fields",
    [{"arranged": True}, {"chance_percent": 0}],
    ids=["arranged", "no chance"],
)
def test_what_is_arranged_or_not_used_needs_no_other_plan(fields: dict[str, object]) -> None:
    _, _, plan = planned(book_of(asset=0, van_days=5, **fields))
    assert plan.unarranged == ()
    assert plan.otherwise is None
    assert plan.certain


def test_a_line_that_the_owner_leaves_out_is_not_counted_on() -> None:
    book = replace_rule(book_of(), UnsureSources.LEFT_OUT)
    _, _, plan = planned(book)
    assert not plan.actions
    assert plan.otherwise is None


def replace_rule(book: Book, rule: UnsureSources) -> Book:
    return book.changed(unsure_sources=rule)


def test_what_was_taken_already_is_granted() -> None:
    _, _, plan = planned(book_of())
    done = tuple(replace(each, done=True) for each in plan.actions)
    assert unarranged_in(book_of(), done) == ()


def test_an_application_that_pays_for_no_more_is_left_out() -> None:
    """Where as little stays unpaid without it, nobody need wait for an answer."""
    book = book_of(asset=1_000_000)
    answers, loss, plan = planned(book)
    other = plan.otherwise
    assert other is not None
    short = replace(plan, otherwise=None, after=replace(plan.after, chosen=loss.outcome.bounced))
    assert with_fallback(answers.projection, short).unarranged == ()
    assert with_fallback(answers.projection, short).actions == other.actions


def test_paper_table_and_json_show_it_as_the_window_does() -> None:
    answers, _, plan = planned(book_of(asset=1_000_000))
    narrator = Narrator(answers.book, EN)
    section = section_of(answers, plan, narrator)
    assert section.fallback == fallback_lines(plan, narrator)
    assert section.proof == proof_sentence(plan, narrator)
    told = plan_out(answers, plan, EN)
    assert (told.proved, told.unarranged) == (False, ["bank"])
    assert told.otherwise is not None
    assert told.otherwise.proved
    assert [each.source for each in told.otherwise.actions] == ["van"]
    losses, actions, _ = plan_sheets(answers, [plan], narrator)
    assert losses.rows[0][5] == proof_sentence(plan, narrator)
    assert [row[1] for row in actions.rows][-1] == fallback_heading(plan, narrator)
    assert "\n".join(fallback_lines(plan, narrator)) in "\n".join(
        line.strip() for line in plan_lines(answers, plan, EN)
    )
