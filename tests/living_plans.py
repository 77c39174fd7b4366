"""What the law of advancing promises of plans: one that is being carried out goes on as it was to,
one that is kept holds, and the standing rule draws what it would have drawn.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from random import Random

from backstop.contingency import nothing_lost, projection_of_now, with_standing_draws
from backstop.domain import (
    AcceptedPlan,
    Account,
    AccountRole,
    Book,
    CashFlow,
    Direction,
    LossMode,
    UnsureSources,
)
from backstop.plan import answer, draft
from backstop.plan.life.progress import is_stale, standing_of
from backstop.services.accepting import accept, activate
from backstop.settling import advance

ONE = timedelta(days=1)


MODES = (LossMode.NO_NEW_DRAWS, LossMode.LIMIT_CUT, LossMode.FREEZE, LossMode.CALL)


def with_ways_out(book: Book, random: Random) -> Book:
    """With lines that may be drawn on, money put aside, and payments that can wait."""
    aside = Account(id="s", name="s", balance=random.randrange(10**6), role=AccountRole.RESERVE)
    lines = [each for each in book.facilities if each.lends_cash]
    for line in lines:
        known = {"lead_days": random.randrange(5), "last_verified": book.as_of}
        known |= {"callable": True, "notice_days": random.choice((0, 7, 30))}
        book = book.put(line.changed(**known, default_mode=random.choice(MODES)))
    for flow in book.cash_flows:
        if flow.direction is Direction.PAYMENT and not flow.through:
            book = book.put(_can_wait(flow, random))
    usable = tuple(each.id for each in lines if not each.is_repaid_by_takings)
    return book.put(aside).changed(
        unsure_sources=UnsureSources.COUNTED,
        standing_draws=usable,
        minimum_cash=random.randrange(10**6),
    )


def _can_wait(flow: CashFlow, random: Random) -> CashFlow:
    return flow.changed(deferrable_days=random.choice((0, 10, 40)), cuttable_percent=50)


def in_flight(book: Book) -> tuple[Book, AcceptedPlan] | None:
    """The book with a plan for the first loss that has one, to be carried out from its day on."""
    answers = answer(book)
    for loss in answers.losses:
        outcome = loss.outcome
        if not outcome.largest_gap:
            continue
        plan = draft(answers.projection, outcome)
        if plan.proved and plan.actions:
            kept = accept(answers, plan, book.as_of).after
            return kept, kept.accepted_plans[-1]
    return None


def plan_broken_on(kept: Book, plan: AcceptedPlan, day: date) -> str | None:
    """What of the law a plan breaks where its book is brought to that day, in words. What is judged
    by all that is in sight, such as a draw after a freeze, is judged by the same days."""
    later = advance(kept, day)
    if is_stale(projection_of_now(later), _the(later, plan)):
        return "a plan that was kept is stale"
    book = activate(kept, plan.id, kept.as_of).after
    before = standing_of(_the(book, plan), projection_of_now(book)).after
    first = (day - book.as_of).days
    brought = advance(book, day)
    if advance(advance(book, book.as_of + first // 2 * ONE), day) != brought:
        return "another book under a plan by way of a stop"
    later = brought.changed(horizon_days=book.horizon_days - first)
    after = standing_of(_the(later, plan), projection_of_now(later)).after
    if before is None or after is None:
        return "the loss of a plan is not known any more"
    was, now = before.low[first:].tolist(), after.low.tolist()
    wrong = next((n for n, pair in enumerate(zip(was, now, strict=True)) if pair[0] != pair[1]), -1)
    return (
        None
        if wrong < 0
        else f"cash under a plan on {day + wrong * ONE}: {was[wrong]}, now " + (f"{now[wrong]}")
    )


def standing_broken_on(book: Book, day: date) -> str | None:
    """R1 of the base, where the standing rule drew nothing before that day: how often a line may
    be drawn on is judged by the draws in sight, which are to be the same."""
    first = (day - book.as_of).days
    in_sight = advance(book, day).changed(horizon_days=book.horizon_days - first)
    old, new = projection_of_now(book), projection_of_now(in_sight)
    (was,) = with_standing_draws(old, [nothing_lost(first)])
    if any(each.day < first for each in was.draws):
        return None
    (now,) = with_standing_draws(new, [nothing_lost()])
    drawn = [(each.facility, each.day - first, each.amount) for each in was.draws]
    if drawn != [(e.facility, e.day, e.amount) for e in now.draws]:
        return f"standing draws: {drawn[:2]}, now {now.draws[:2]}"
    same = was.low[first:].tolist() == now.low.tolist()
    return None if same else "cash under the standing rule"


def days_of(plan: AcceptedPlan, book: Book, random: Random) -> Iterator[date]:
    """The day after each of its first steps, and one by chance."""
    last = book.as_of + book.horizon_days * ONE
    days = {each.day + ONE for each in plan.steps[:3]}
    days.add(book.as_of + random.randrange(1, book.horizon_days) * ONE)
    yield from sorted(day for day in days if book.as_of < day < last)


def _the(book: Book, plan: AcceptedPlan) -> AcceptedPlan:
    found = book.by_id[plan.id]
    assert isinstance(found, AcceptedPlan)
    return found
