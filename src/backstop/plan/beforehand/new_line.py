"""One more line, agreed beforehand: the least limit with which no payment is missed."""

from dataclasses import replace

from backstop.domain import Facility, RepaymentMethod
from backstop.plan.beforehand.extra import Extra, least_extra
from backstop.plan.beforehand.least_cash import EVERY_STEP, MOST_LIFTS, most_asked
from backstop.plan.drafting.draft import draft
from backstop.plan.effects import cash_moves, cost_of
from backstop.plan.offers import Offer
from backstop.plan.offers.draw import draws
from backstop.plan.offers.room import MOST_DRAWS
from backstop.plan.situation import Situation
from backstop.plan.wishes import NO_WISHES, Wishes

SHORTEST = 6
"""Months over which a new line is paid back, where the one it stands for has fewer."""


def _has_dates(line: Facility) -> bool:
    """Whether what is drawn on it is paid back on days that are known."""
    return not (line.is_overdraft or line.is_repaid_by_takings)


def with_line(situation: Situation, like: Facility, lead_days: int) -> tuple[Situation, str]:
    """The situation with one more line on the terms of `like`, agreed beforehand; and its id."""
    book = situation.book
    cycle = like.method is RepaymentMethod.STATEMENT_CYCLE or not _has_dates(like)
    line = like.changed(
        id=book.new_id("new-line"),
        limit=most_asked(situation),
        committed=True,
        systemic=False,
        lead_days=lead_days,
        last_verified=book.as_of,
        usage_until=None,
        contract_until=None,
        maximum_draws=None,
        minimum_draw=0,
        draw_step=1,
        headroom_haircut_percent=0,
        purchases_only=False,
        method=RepaymentMethod.ANNUITY if cycle else like.method,
        periods=max(like.periods, SHORTEST),
        overdrawn=(),
        tranches=(),
    )
    return replace(
        situation, projection=replace(situation.projection, book=book.put(line))
    ), line.id


def draws_on(situation: Situation, line: str) -> list[Offer]:
    """Draws on this line alone."""
    return [each for each in draws(situation) if each.action.source == line]


def least_limit(
    situation: Situation,
    like: Facility,
    lead_days: int,
    wishes: Wishes = NO_WISHES,
) -> tuple[int | None, int]:
    """The least limit (minor units) of one more line on the terms of `like`, so that nothing is
    missed, and what drawing it costs; None where its money comes too late."""
    widened, line = with_line(situation, like, lead_days)
    draws_ = draws_on(widened, line)
    extra = [_drawn(widened, each) for each in draws_]
    found = least_extra(situation, extra, at_most=MOST_DRAWS, wishes=wishes)
    if found is None or not found.amount or not draws_:
        return (None, 0) if found is None else (found.amount, 0)
    return found.amount, cost_of(widened.book, draws_[0].of(found.amount))


def _drawn(situation: Situation, draw: Offer) -> Extra:
    column = replace(draw.column(situation, 0.0), least=0.0)
    return Extra(
        column, lambda amount: cash_moves(situation.book, draw.of(amount)) if amount else ()
    )


def proved_limit(situation: Situation, like: Facility, limit: int) -> tuple[int, int] | None:
    """From this limit up, one with which a drafted plan misses nothing, and the day (offset) on
    which that plan first asks for its money; None if none is found."""
    widened, line = with_line(situation, like, like.lead_days or 0)
    record = widened.book.by_id[line]
    for _ in range(MOST_LIFTS):
        book = widened.book.put(record.changed(limit=limit))
        projection = replace(situation.projection, book=book)
        plan = draft(projection, situation.outcome, EVERY_STEP)
        if not plan.missed:
            asked = [each.start_day for each in plan.actions if each.source == line]
            return limit, min(asked, default=situation.projection.days - 1)
        limit += sum(each.missed for each in plan.missed)
    return None
