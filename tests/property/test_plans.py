"""What is printed is true: plans for generated books, replayed by a plain loop."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
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
from backstop.domain import Account, Book, CashFlow, DayCount, Direction, Facility, Tranche
from backstop.plan import Action, ActionKind, Plan, cure_of, draft
from backstop.plan.model import FRICTION_SHARE
from backstop.projection import Projection, draw_schedule, project, usage
from naive import naive_lows

HALF = Decimal("0.5")
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
    loss = plan.contingency
    expected = np.array(naive_lows(book, loss), dtype=np.int64)
    for action in plan.actions:
        for day, cash in plain_moves(book, action):
            expected[day:] += cash
    assert plan.after.low.tolist() == expected.tolist()


@some
@given(troubles())
def test_a_proved_plan_leaves_no_gap_beyond_what_it_says_is_missed(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    plan = draft(projection, outcome)
    assert plan.proved
    low = plan.after.low.copy()
    for each in plan.missed:
        assert 0 < each.missed <= each.obligation.amount
        low[each.day :] += each.missed
    assert low.min() >= min(0, projection.opening)


@some
@given(troubles())
def test_a_plan_never_misses_more_than_doing_nothing(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    plan = draft(projection, outcome)
    noise = 2 * len(plan.missed) + outcome.largest_gap // 10**5
    assert sum(each.missed for each in plan.missed) <= outcome.largest_gap + noise


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
            assert record.last_verified is not None
            assert action.day - action.start_day == record.lead_days
            assert action.amount >= record.minimum_draw
            assert record.purchases_only == (action.kind is ActionKind.PURCHASE)
            if action.kind is ActionKind.DRAW:
                assert action.amount % record.draw_step == 0
            assert open_days(projection, plan.contingency, record)[action.day]
            assert action.amount <= limits_under(projection, plan.contingency, record)[action.day]
    for facility in book.facilities:
        used = sum(a.amount for a in plan.actions if a.source == facility.id)
        assert used <= facility.limit


@settings(max_examples=15)
@given(troubles())
def test_the_same_book_gives_the_same_plan(trouble: tuple[Projection, Outcome]) -> None:
    first, second = draft(*trouble), draft(*trouble)
    assert first.actions == second.actions
    assert first.missed == second.missed


@settings(max_examples=15)
@given(troubles())
def test_starting_by_the_deadline_cures_as_much_as_starting_at_once(
    trouble: tuple[Projection, Outcome],
) -> None:
    projection, outcome = trouble
    cure = cure_of(projection, outcome)
    if outcome.hurts:
        assert sum(cure.missed) <= outcome.largest_gap + 3
    else:
        assert cure.complete
    if cure.deadline is not None:
        assert 0 <= cure.deadline <= projection.book.horizon_days


@some
@given(troubles())
def test_no_line_is_drawn_twice_where_once_does(trouble: tuple[Projection, Outcome]) -> None:
    projection, outcome = trouble
    plan = draft(projection, outcome)
    friction = max(1, int((projection.buffer - outcome.low).max()) // FRICTION_SHARE)
    draws = [each for each in plan.actions if each.kind is ActionKind.DRAW]
    for first, second in combinations(draws, 2):
        if first.source != second.source:
            continue
        rest = [each for each in plan.actions if each not in (first, second)]
        for kept in (first, second):
            once = replace(kept, amount=first.amount + second.amount)
            dearer = draw_cost(projection.book, once) - first.cost - second.cost
            fits = once.amount <= room(projection, plan, kept)
            assert not fits or dearer > friction or worse(projection, plan, [*rest, once])


@some
@given(troubles())
def test_nothing_is_asked_of_anybody_that_helps_nobody(
    trouble: tuple[Projection, Outcome],
) -> None:
    """No draw, and no application for a line, stands in a plan that is as good without it."""
    projection, outcome = trouble
    plan = draft(projection, outcome)
    for action in plan.actions:
        assert worse(projection, plan, [each for each in plan.actions if each is not action])


def worse(projection: Projection, plan: Plan, actions: list[Action]) -> bool:
    """Whether these actions leave more unpaid than the plan, or cash deeper below the minimum."""
    low = plan.before.low.copy()
    for action in actions:
        for day, cash in plain_moves(projection.book, action):
            low[day:] += cash
    held = low.copy()
    for each in plan.missed:
        held[each.day :] += each.missed
    below, ours = (np.maximum(projection.buffer - each, 0).sum() for each in (low, plan.after.low))
    return bool((held < np.minimum(0, _unpaid_low(plan))).any()) or bool(below > ours)


def _unpaid_low(plan: Plan) -> int:
    """Below zero only where an account is overdrawn from the start."""
    held = plan.after.low.copy()
    for each in plan.missed:
        held[each.day :] += each.missed
    return int(held.min())


def draw_cost(book: Book, action: Action) -> int:
    """All that is paid back and kept by the lender, less what was drawn."""
    return -sum(cash for _, cash in plain_moves(book, action))


def room(projection: Projection, plan: Plan, action: Action) -> int:
    """What could be drawn from that day on and stay drawn."""
    facility = projection.book.by_id[action.source]
    assert isinstance(facility, Facility)
    limits = limits_under(projection, plan.contingency, facility)
    counted = limits - (limits * facility.headroom_haircut_percent + 50) // 100
    free = counted - usage(projection_under(projection, plan.contingency), facility)
    return int(free[action.day :].min())


def plain_moves(book: Book, action: Action) -> list[tuple[int, int]]:
    """What an action does to cash, written out once more."""
    record = book.by_id[action.source]
    moves: list[tuple[int, int]] = []
    if isinstance(record, Facility):
        fee = 0
        if action.kind is ActionKind.DRAW:
            fee = int(action.amount * record.draw_fee_percent / 100 + HALF)
        moves.append((action.day, action.amount - fee))
        drawn = book.as_of + timedelta(days=action.day)
        for due in draw_schedule(record, action.amount, drawn, action.periods):
            moves.append(((due.due - book.as_of).days, -due.total))
    elif isinstance(record, Account):
        moves.append((action.day, action.amount - record.breaking_cost))
    elif isinstance(record, CashFlow) and action.kind is ActionKind.DEFER:
        price = int(action.amount * record.deferral_cost_percent / 100 + HALF)
        moves.append((action.day, action.amount))
        moves.append((action.day + record.deferrable_days, -action.amount - price))
    elif isinstance(record, CashFlow):
        share = (record.amount * record.cuttable_percent + 50) // 100
        moves.extend((day, share) for day in action.days)
    return moves


def test_a_need_that_everything_missed_just_meets_still_gets_a_plan() -> None:
    """No cash at all, a debt overdue, and one payment that may be put off or dropped whole."""
    debt = Tranche(
        id="t",
        name="t",
        day_count=DayCount.THIRTY_360,
        due_day=1,
        principal=161,
        next_due=date(2025, 4, 22),
        remaining_periods=14,
    )
    line = Facility(id="line", name="line", lead_days=None, revolving=False, tranches=(debt,))
    payment = CashFlow(
        id="payment",
        name="payment",
        first_date=date(2025, 8, 1),
        direction=Direction.PAYMENT,
        amount=10_000,
        deferrable_days=1,
        cuttable_percent=100,
    )
    book = Book(
        title="x",
        as_of=date(2025, 6, 1),
        horizon_days=304,
        facilities=(line,),
        cash_flows=(payment,),
    )
    projection = project(book)
    (outcome,) = outcomes(projection, all_closures(book))
    plan = draft(projection, outcome)
    assert plan.proved
    assert sum(each.missed for each in plan.missed) == outcome.largest_gap - 10_000


def test_no_payment_is_missed_to_keep_the_buffer() -> None:
    """A deferral of one day could serve the buffer only in part, which whole choices cannot."""
    line = Facility(id="line", name="line", lead_days=None, purchases_only=True)
    payment = CashFlow(
        id="payment",
        name="payment",
        first_date=date(2025, 6, 1),
        direction=Direction.PAYMENT,
        amount=240,
        through="line",
        deferrable_days=1,
    )
    book = Book(
        title="x",
        as_of=date(2025, 6, 1),
        horizon_days=30,
        minimum_cash=122,
        accounts=(Account(id="bank", name="bank", balance=122),),
        facilities=(line,),
        cash_flows=(payment,),
    )
    projection = project(book)
    (outcome,) = outcomes(projection, all_closures(book))
    plan = draft(projection, outcome)
    assert sum(each.missed for each in plan.missed) == outcome.largest_gap == 118
