"""What is printed is true: plans for generated books, replayed by a plain loop."""

from collections import defaultdict
from dataclasses import replace
from datetime import timedelta
from itertools import combinations

import numpy as np
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import strategies
from backstop.contingency import (
    Outcome,
    all_closures,
    limits_under,
    open_days,
    outcomes,
    projection_under,
)
from backstop.domain import (
    Account,
    Book,
    Facility,
    Measure,
    PlannedDraw,
    Record,
    UnsureSources,
)
from backstop.plan import Action, ActionKind, Plan, Wishes, cure_of, draft
from backstop.plan.drafting.judge import replayed, within_limits
from backstop.plan.drafting.model import model_of
from backstop.plan.drafting.worthwhile import FOLLOWED
from backstop.plan.offers import Offer
from backstop.plan.offers.room import ASKED_DAYS
from backstop.plan.offers.rules import offers_for
from backstop.plan.situation import Situation
from backstop.plan.solver.optimise import CureQuestion
from backstop.projection import Projection, project, usage
from backstop.projection.balances import advances
from naive import naive_lows
from naive_plans import draw_cost, is_advance, plain_moves

EVERY_STEP = Wishes(every_step=True)
some = settings(max_examples=40)


@st.composite
def troubles(draw: st.DrawFn) -> tuple[Projection, Outcome]:
    """A book whose opening cash is lowered until some loss just hurts."""
    book = draw(strategies.books(most_accounts=3))
    need = draw(st.integers(1, 10**7))
    lowest = int(project(book).low.min())
    cushion = Account(id="cushion", name="cushion", balance=min(need - lowest, 10**13))
    projection = project(book.put(cushion) if need > lowest else book)
    other = draw(strategies.contingencies(projection.book))
    found = outcomes(projection, [*all_closures(projection.book), other])
    hurting = [each for each in found if each.hurts]
    chosen = hurting or found
    assume(chosen)
    return projection, draw(st.sampled_from(chosen))


@some
@given(troubles())
def test_cash_after_a_plan_equals_a_plain_loop_with_its_actions(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    plan = draft(projection, outcome)
    book = projection.book
    loss = plan.after.contingency  # with what is closed once something is overdue
    expected = np.array(naive_lows(book, loss), dtype=np.int64)
    for action in plan.actions:
        for day, cash in plain_moves(book, action):
            expected[day:] += cash
    for each in plan.after.chosen or ():
        expected[each.day :] += each.missed
    assert plan.after.low.tolist() == expected.tolist()


@some
@given(troubles())
def test_a_proved_plan_leaves_no_gap_beyond_what_it_says_is_missed(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    plan = draft(projection, outcome)
    assert plan.proved
    for each in plan.missed:
        assert 0 < each.missed <= each.obligation.amount
    assert plan.after.low.min() >= min(0, projection.opening)


@some
@given(troubles())
def test_a_plan_never_misses_more_than_doing_nothing(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    plan = draft(projection, outcome)
    assert plan.after.contingency is not None
    [nothing_done] = outcomes(projection, [plan.after.contingency])
    noise = 2 * len(plan.missed) + nothing_done.largest_gap // 10**5
    assert sum(each.missed for each in plan.missed) <= nothing_done.largest_gap + noise


@some
@given(troubles())
def test_steps_left_out_would_not_pay_more_than_eight_are_worth_and_nothing_of_the_first_class(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    plan, full = draft(projection, outcome), draft(projection, outcome, wishes=EVERY_STEP)
    assume(plan.after.contingency == full.after.contingency == outcome.contingency)
    more = np.array(plan.after.missed) - np.array(full.after.missed)
    assert more[0] <= 0
    friction = Situation(projection, outcome, 0).friction
    assert more.cumsum().max() <= min(FOLLOWED * friction, sum(full.after.missed) / 2)
    assert len(plan.actions) <= len(full.actions)
    unit = 10**projection.book.money.digits
    assert (plan.more is None) == (more.sum() < unit)


@some
@given(troubles())
def test_limits_minimums_steps_and_lead_times_hold(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    plan = draft(projection, outcome)
    book = projection.book
    for action in plan.actions:
        record = book.by_id[action.source]
        assert action.start_day >= plan.contingency.loss_day
        if isinstance(record, Facility):
            counted = book.unsure_sources is UnsureSources.COUNTED
            assert record.last_verified is not None or counted
            left_out = book.unsure_sources is UnsureSources.LEFT_OUT
            assert record.committed or not left_out
            if action.kind is ActionKind.RENEW:
                assert action.day - action.start_day >= ASKED_DAYS
            else:
                assert action.day - action.start_day == record.lead_days
            assert action.amount >= record.minimum_draw
            buys = action.kind is ActionKind.PURCHASE
            assert record.purchases_only == (buys or is_advance(book, action))
            if action.kind in (ActionKind.DRAW, ActionKind.REFINANCE):
                assert action.amount % record.draw_step == 0
            assert open_days(projection, plan.contingency, record)[action.day]
            assert action.amount <= limits_under(projection, plan.contingency, record)[action.day]


@some
@given(troubles())
def test_no_line_is_ever_used_beyond_its_limit_when_the_draws_are_entered_in_the_book(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    plan = draft(projection, outcome)
    kinds = (ActionKind.DRAW, ActionKind.REFINANCE)
    drawn = [each for each in plan.actions if each.kind in kinds]
    book = projection.book
    for number, each in enumerate(drawn):
        book = book.put(
            PlannedDraw(
                id=f"drawn-{number}",
                name="drawn",
                facility=each.source,
                amount=each.amount,
                periods=each.periods,
                first_date=book.as_of + timedelta(days=each.day),
            )
        )
    entered = project(book)
    for each in drawn:
        line = book.by_id[each.source]
        assert isinstance(line, Facility)
        if each.source in plan.contingency.targets or plan.contingency.cascade:
            continue
        used = usage(entered, line)[each.day :]
        assert used.max() <= line.limit
        if line.purchases_only:
            assert advances(entered, line).max() <= line.cash_advance_limit


@some
@given(troubles())
def test_the_owners_rules_for_whole_plans_hold(trouble: tuple[Projection, Outcome]) -> None:
    projection, outcome = trouble
    book = projection.book
    actions = draft(projection, outcome).actions
    if book.most_applications is not None:
        begun = [each.start_day for each in actions if _is_application(book, each)]
        for first in begun:
            assert sum(first <= day < first + 90 for day in begun) <= book.most_applications
    if book.most_debt_service_percent is not None:
        assert outcome.contingency is not None
        received = projection_under(projection, outcome.contingency).receipts.sum()
        average = int(received) * 30 // projection.days
        owed = [r for each in actions if each.kind in NEW_DEBT for r in each.repayments]
        for first in {each.day for each in owed if each.day < projection.days}:
            due = sum(each.amount for each in owed if first <= each.day < first + 30)
            assert due <= average * book.most_debt_service_percent // 100
    if book.most_from_one_provider_percent is not None:
        lent: dict[str, int] = defaultdict(int)
        for each in actions:
            if each.kind in NEW_DEBT and each.kind is not ActionKind.RENEGOTIATE:
                lent[_provider(book.by_id[each.source])] += each.amount
        most = book.most_from_one_provider_percent * sum(lent.values())
        assert all(100 * amount <= most for amount in lent.values())


NEW_DEBT = (
    ActionKind.DRAW,
    ActionKind.PURCHASE,
    ActionKind.REFINANCE,
    ActionKind.NEW_FACILITY,
    ActionKind.OWNER_MONEY,
    ActionKind.RENEGOTIATE,
    ActionKind.RENEW,
)


def _is_application(book: Book, action: Action) -> bool:
    record = book.by_id[action.source]
    return action.kind is ActionKind.NEW_FACILITY and not getattr(record, "arranged", True)


def _provider(record: Record) -> str:
    named = record.provider if isinstance(record, Measure) else getattr(record, "lender", "")
    return named or record.name


@some
@given(troubles())
def test_what_excludes_or_depends_on_another_does_so_in_every_plan(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    actions = draft(projection, outcome).actions
    days = {each.source: each.day for each in reversed(actions)}
    for action in actions:
        measure = projection.book.by_id[action.source]
        if isinstance(measure, Measure):
            others = set(measure.excludes) - {measure.id}
            assert others.isdisjoint(days)
            assert all(days.get(o, projection.days) <= action.day for o in measure.depends_on)


@settings(max_examples=15)
@given(troubles())
def test_the_same_book_gives_the_same_plan(trouble: tuple[Projection, Outcome]) -> None:
    first, second = draft(*trouble), draft(*trouble)
    assert first.actions == second.actions
    assert first.missed == second.missed


@some
@given(troubles())
def test_starting_by_the_deadline_cures_as_much_as_starting_at_once_and_a_day_later_does_not(
    trouble: tuple[Projection, Outcome],
) -> None:
    """Asked anew of what can still be begun, where `cure_of` asks one program again and again."""
    projection, outcome = trouble
    assert outcome.contingency is not None
    cure = cure_of(projection, outcome)
    situation = Situation(projection, outcome, outcome.contingency.loss_day)
    offers = offers_for(situation)
    last_start = max((each.action.start_day for each in offers), default=0)

    def least_missed(start: int) -> tuple[float, float, float]:
        begun = [each for each in offers if each.action.start_day >= start]
        return CureQuestion(model_of(situation, begun)).least_missed

    once = least_missed(situation.start)
    noise = 1 + outcome.largest_gap / 10**5
    assert cure.missed == tuple(round(each) for each in once)

    def missed_more(start: int) -> float:
        """The most that is missed of a class, beyond what starting at once leaves of it."""
        return max(late - soon for late, soon in zip(least_missed(start), once, strict=True))

    if cure.deadline is None:
        assert missed_more(last_start + 1) <= noise
    else:
        assert situation.start <= cure.deadline <= last_start
        assert missed_more(cure.deadline) <= noise
        assert missed_more(cure.deadline + 1) > 0


@some
@given(troubles())
def test_no_line_is_drawn_twice_where_once_does(trouble: tuple[Projection, Outcome]) -> None:
    projection, outcome = trouble
    plan = draft(projection, outcome)
    friction = Situation(projection, outcome, 0).friction
    draws = [each for each in plan.actions if each.kind is ActionKind.DRAW]
    for first, second in combinations(draws, 2):
        if first.source != second.source:
            continue
        rest = [each for each in plan.actions if each not in (first, second)]
        for kept in (first, second):
            once = replace(kept, amount=first.amount + second.amount)
            dearer = draw_cost(projection.book, once) - first.cost - second.cost
            allowed = within_limits(projection.book, offered(plan, projection, [*rest, once]))
            assert not allowed or dearer > friction or worse(projection, plan, [*rest, once])


@some
@given(troubles())
def test_nothing_is_asked_of_anybody_that_helps_nobody(
    trouble: tuple[Projection, Outcome],
) -> None:
    """No draw, and no application for a line, stands in a plan that is as good without it."""
    projection, outcome = trouble
    plan = draft(projection, outcome)
    for action in plan.actions:
        fewer = [each for each in plan.actions if each is not action]
        allowed = within_limits(projection.book, offered(plan, projection, fewer))
        assert not allowed or worse(projection, plan, fewer)


def as_it_is_left(projection: Projection, plan: Plan) -> Situation:
    """The loss with what is closed once something is overdue."""
    assert plan.after.contingency is not None
    [followed] = outcomes(projection, [plan.after.contingency])
    return Situation(projection, followed, plan.contingency.loss_day)


def offered(plan: Plan, projection: Projection, actions: list[Action]) -> list[tuple[Offer, int]]:
    """The offers that these actions take, with what they take of them."""
    situation = as_it_is_left(projection, plan)
    known = {identity(each.action): each for each in offers_for(situation)}
    return [(known[identity(each)], each.amount) for each in actions]


def identity(action: Action) -> tuple[object, ...]:
    return action.kind, action.source, action.day, action.payment, action.periods, action.days


def worse(projection: Projection, plan: Plan, actions: list[Action]) -> bool:
    """Whether these actions leave more unpaid than the plan, within the horizon or after it, or
    cash deeper below the minimum."""
    situation = as_it_is_left(projection, plan)
    low = replayed(situation, actions)
    held = low.copy()
    for each in plan.missed:
        held[each.day :] += each.missed
    days = projection.days
    below, ours = (
        np.maximum(projection.buffer - each, 0).sum() for each in (held[:days], plan.after.low)
    )
    return bool((held + situation.beyond_payments < 0).any()) or bool(below > ours)
