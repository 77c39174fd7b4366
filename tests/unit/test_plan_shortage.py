"""When nothing suffices: the order in which to miss, what it costs, and what would cure it."""

from dataclasses import replace
from datetime import date
from importlib import import_module

import pytest

from backstop.contingency import all_closures, nothing_lost, outcomes
from backstop.domain import (
    Account,
    Book,
    CashFlow,
    Direction,
    Facility,
    PlannedDraw,
    Priority,
    RepaymentMethod,
)
from backstop.plan import (
    NO_WISHES,
    Forbidden,
    Plan,
    Shortage,
    Wishes,
    answer,
    draft,
    with_shortage,
)
from backstop.plan.beforehand.least_cash import missed_with
from backstop.projection import project
from backstop.services.answers import drafted
from backstop.telling import Narrator, words_for
from backstop.telling.remaining import remaining

DAY_0 = date(2026, 1, 5)


def payment(name: str, amount: int, day: date, priority: Priority, lost: int = 0) -> CashFlow:
    return CashFlow(
        id=name,
        name=name,
        direction=Direction.PAYMENT,
        amount=amount,
        first_date=day,
        priority=priority,
        income_lost_if_missed=lost,
    )


def book() -> Book:
    """A line pays for three payments; without it 900 of 1,000 are missing from day 10 on."""
    return Book(
        title="x",
        as_of=DAY_0,
        horizon_days=100,
        accounts=(Account(id="till", name="till", balance=10_000),),
        facilities=(
            Facility(
                id="line",
                name="line",
                limit=200_000,
                method=RepaymentMethod.BULLET,
                periods=2,
                last_verified=DAY_0,
            ),
        ),
        cash_flows=(
            payment("wages", 60_000, date(2026, 1, 15), Priority.MUST),
            payment("stock", 20_000, date(2026, 1, 15), Priority.CAN_GO, 8_000),
            payment("paper", 20_000, date(2026, 1, 20), Priority.CAN_GO),
            CashFlow(
                id="sale",
                name="sale",
                direction=Direction.RECEIPT,
                amount=150_000,
                first_date=date(2026, 2, 1),
            ),
        ),
        planned_draws=(
            PlannedDraw(
                id="draw", name="draw", facility="line", amount=90_000, first_date=DAY_0, periods=2
            ),
        ),
    )


@pytest.fixture(scope="module")
def plan() -> Plan:
    projection = project(book())
    (outcome,) = outcomes(projection, all_closures(book()))
    return with_shortage(projection, draft(projection, outcome))


@pytest.fixture(scope="module")
def short(plan: Plan) -> Shortage:
    assert plan.shortage is not None
    return plan.shortage


def test_the_income_that_goes_with_what_is_missed_is_known(short: Shortage) -> None:
    assert short.income_lost == 8_000


def test_the_cash_named_cures_it_and_less_does_not(short: Shortage) -> None:
    assert short.cash == pytest.approx(90_000, abs=2)
    assert short.cash is not None
    for cash, proved_free in ((short.cash, True), (short.cash - 500, False)):
        richer = book().put(Account(id="more", name="more", balance=cash))
        projection = project(richer)
        (outcome,) = outcomes(projection, all_closures(richer))
        assert (not draft(projection, outcome).missed) is proved_free


def test_the_extra_limit_is_named_by_how_soon_it_is_ready(short: Shortage) -> None:
    limits = {each.lead_days: each.limit for each in short.lines}
    assert limits[0] == limits[7]
    assert limits[0] == pytest.approx(90_000, abs=2)
    assert limits[14] is None
    assert limits[30] is None


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ({0: 905, 7: 900, 14: 903, 30: 901}, [901, 901, 901, 901]),
        ({0: 800, 7: 904, 14: 902, 30: 903}, [800, 902, 902, 903]),
        ({0: 800, 7: 900, 14: None, 30: None}, [800, 900, None, None]),
        ({0: None, 7: None, 14: None, 30: None}, [None] * 4),
    ],
)
def test_a_line_that_is_ready_sooner_never_has_to_be_more(
    monkeypatch: pytest.MonkeyPatch, found: dict[int, int | None], said: list[int | None]
) -> None:
    """Each is found within the solver's gap, so that what was found may say so."""
    shortages = import_module("backstop.plan.shortage")
    monkeypatch.setattr(shortages, "least_limit", lambda _, __, lead, *___: (found[lead], 0))
    projection = project(book())
    (outcome,) = outcomes(projection, all_closures(book()))
    short = with_shortage(projection, draft(projection, outcome)).shortage
    assert short is not None
    assert [each.limit for each in short.lines] == said


def test_what_is_missing_without_a_step_is_not_all_missing_on_the_first_day() -> None:
    """“$2,531.05 is missing: the bill on 28 December” where that bill lacked $27.19."""
    early = payment("rent", 20_000, date(2026, 1, 15), Priority.MUST)
    late = payment("wages", 60_000, date(2026, 1, 20), Priority.MUST)
    sale = book().by_id["sale"]
    short = book().changed(cash_flows=(early, late, sale), planned_draws=())
    projection = project(short)
    (outcome,) = outcomes(projection, [nothing_lost()])
    (step,) = draft(projection, outcome).actions
    assert step.because is not None
    said = Narrator(short, words_for("en")).brief(step.because)
    assert said == "Without this, ¥700 is missing, first of all for rent on 15 Jan."


def test_cash_and_a_line_are_said_as_two_ways_to_the_same(plan: Plan, short: Shortage) -> None:
    income, enough = remaining(plan, Narrator(book(), words_for("en")))[-2:]
    assert income == "With what is missed goes income of ¥80."
    assert enough == (
        "¥900 more in hand by 15 January would pay for everything. Instead, another line on the "
        "same terms would, of about ¥900 and ready in 7 days. Then draft the plan anew."
    )
    less = replace(plan, shortage=replace(short, cash=80_000))
    said = remaining(less, Narrator(book(), words_for("en")))[-1]
    assert said.startswith("¥800 more in hand by 15 January would pay for everything.")


def test_a_plan_that_pays_everything_has_no_shortage() -> None:
    rich = book().put(Account(id="more", name="more", balance=100_000))
    projection = project(rich)
    (outcome,) = outcomes(projection, all_closures(rich))
    assert with_shortage(projection, draft(projection, outcome)).shortage is None


def test_what_would_cure_it_is_there_before_the_first_payment_that_is_missed() -> None:
    """Paper on 9 January is missed so that wages on 15 January can be paid."""
    early = book().put(payment("paper", 20_000, date(2026, 1, 9), Priority.CAN_GO))
    early = early.put(Account(id="till", name="till", balance=70_000))
    projection = project(early)
    (outcome,) = outcomes(projection, all_closures(early))
    plan = draft(projection, outcome)
    assert min(each.day for each in plan.missed) == 4
    assert "in hand by 9 Jan 2026" in words_for("en").tell(plan.remains)


def test_what_cures_a_plan_around_wishes_cures_it_with_them() -> None:
    """Without the family's 300 more cash is needed, and no plan asks them after all."""
    family = Facility(
        id="family",
        name="family",
        limit=30_000,
        method=RepaymentMethod.BULLET,
        periods=2,
        lead_days=1,
        last_verified=DAY_0,
    )
    answers = answer(book().put(family))
    loss = answers.loss("line")
    wishes = Wishes(forbidden=(Forbidden("family"),))
    free, bound = (drafted(answers, loss, each).shortage for each in (NO_WISHES, wishes))
    assert free is not None
    assert bound is not None
    assert free.cash == pytest.approx(60_000, abs=2)
    assert bound.cash == pytest.approx(90_000, abs=2)
    assert free.cash is not None
    assert bound.cash is not None
    situation = answers.situation(loss)
    assert missed_with(situation, bound.cash_day, bound.cash, wishes) == 0
    assert missed_with(situation, bound.cash_day, free.cash, wishes) > 0
