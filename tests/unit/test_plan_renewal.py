"""A line whose use ends within the horizon: its renewal is asked for early, then it is drawn on."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from backstop.domain import Book, CashFlow, Direction, Facility, LossMode, PlannedDraw
from backstop.plan import Action, ActionKind, Plan, answer, draft
from backstop.telling import Narrator, words_for
from backstop.telling.actions import action_text, cautions
from unit.test_report_book import DAY_0

DUE = DAY_0 + timedelta(days=240)
ENDS = DAY_0 + timedelta(days=60)


def shop(**other: object) -> Book:
    """1,000 is due after the other line's use has ended; the first line was to pay it."""
    rent = CashFlow(
        id="rent", name="Rent", first_date=DUE, direction=Direction.PAYMENT, amount=100_000
    )
    sales = rent.changed(
        id="sales",
        name="Sales",
        direction=Direction.RECEIPT,
        first_date=DUE + timedelta(days=5),
        amount=1_000_000,
    )
    terms = {
        "limit": 150_000,
        "usage_until": ENDS,
        "last_verified": DAY_0,
        "rate_percent": Decimal(12),
    }
    line = Facility(id="line", name="Line", limit=100_000, last_verified=DAY_0)
    return Book(
        title="Renewal",
        as_of=DAY_0,
        horizon_days=300,
        facilities=(line, line.changed(id="other", name="Other", **(terms | other))),
        cash_flows=(rent, sales),
        planned_draws=(
            PlannedDraw(id="draw", name="Draw", facility="line", first_date=DUE, amount=100_000),
        ),
    )


def plan_for(book: Book) -> Plan:
    answers = answer(book)
    return draft(answers.projection, answers.loss("line").outcome)


def renewed(plan: Plan) -> list[Action]:
    return [each for each in plan.actions if each.kind is ActionKind.RENEW]


def test_what_is_due_after_a_line_ends_is_drawn_on_its_renewal() -> None:
    plan = plan_for(shop())
    (step,) = plan.actions
    assert (step.kind, step.source, step.day) == (ActionKind.RENEW, "other", 240)
    assert plan.proved
    assert not plan.missed


def test_the_renewal_is_asked_for_thirty_days_before_the_line_ends() -> None:
    (step,) = renewed(plan_for(shop()))
    assert step.start_day == 30
    late = answer(shop(), loss_day=50)
    (step,) = renewed(draft(late.projection, late.loss("line").outcome))
    assert step.start_day == 50


def test_it_says_that_the_renewal_is_not_promised() -> None:
    book = shop()
    (step,) = renewed(plan_for(book))
    english, chinese = words_for("en"), words_for("zh_CN")
    said = "Have Other renewed, then draw ¥1,000 for 12 months"
    assert action_text(step, Narrator(book, english)) == said
    assert action_text(step, Narrator(book, chinese)) == "先续期Other，再提款 ¥1,000，期限 12 个月"
    assert "the renewal is not promised" in cautions(step, Narrator(book, english))


def test_what_can_cheaply_be_drawn_before_the_end_needs_no_renewal() -> None:
    soon = shop(usage_until=DUE - timedelta(days=5))
    (step,) = plan_for(soon).actions
    assert step.kind is ActionKind.DRAW
    assert step.day <= 235


def test_draws_before_and_after_the_renewal_share_the_limit() -> None:
    book = shop(limit=80_000)
    plan = plan_for(book)
    assert plan.proved
    assert sum(each.amount for each in plan.actions if each.source == "other") <= 80_000
    assert plan.missed


def test_a_line_that_is_lost_itself_is_not_renewed() -> None:
    answers = answer(shop())
    base = answers.loss("line").outcome.contingency
    assert base is not None
    both = replace(base, targets=("line", "other"), mode=LossMode.NO_NEW_DRAWS)
    lost = answer(shop(), contingencies=[both])
    assert not renewed(draft(lost.projection, lost.losses[0].outcome))


def test_a_line_whose_use_has_ended_already_is_not_renewed() -> None:
    assert renewed(plan_for(shop(usage_until=DAY_0)))
    assert not plan_for(shop(usage_until=DAY_0 - timedelta(days=1))).actions
