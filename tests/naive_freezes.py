"""What becomes of draws that fall into a freeze, one by one and day by day, on plain lists.

A draw is made when its line lends again if cash would else be lower than wanted on some day before
it is paid back, and if there is room for it on every such day; all else being as without the loss.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple

from backstop.domain import Book, Facility, LossMode, PlannedDraw

if TYPE_CHECKING:
    from naive import World

CLOSING = (LossMode.NO_NEW_DRAWS, LossMode.FREEZE, LossMode.NO_RENEWAL)


class Move(NamedTuple):
    """What a draw does on a day: to cash, and to what is owed on its line (minor units)."""

    day: int
    cash: int
    owed: int


def made_at_thaw(world: World, without: Callable[[], World]) -> dict[str, dict[int, list[int]]]:
    """By the draw and the day: the amounts that are drawn later. `without` gives the world without
    the loss, on its first day."""
    book, found = world.book, dict[str, dict[int, list[int]]]()
    frozen = [each for each in book.facilities if _thaw(world, each) <= book.horizon_days]
    if not any(each.facility in {line.id for line in frozen} for each in book.planned_draws):
        return found
    plain = without()
    lows, used, advanced = _days_of(plain)
    wanted = [_wanted(book, day) for day in range(len(lows))]
    for line in frozen:
        thaw = _thaw(world, line)
        spare = [low - keep for low, keep in zip(lows, wanted, strict=True)]
        taken, cash_drawn = list(used[line.id]), list(advanced[line.id])
        falling = _falling(world, line)
        for draw, day, amount in falling:
            _make(world.moves(draw, day, amount), spare, taken, cash_drawn, -1)
        for draw, _, amount in falling:
            moves = world.moves(draw, thaw, amount)
            last = min(max(each.day for each in moves), len(lows))
            days = range(thaw, last)
            after, cash_after = list(taken), list(cash_drawn)
            _make(moves, list(spare), after, cash_after, 1)
            open_then = line.usage_until is None or (
                book.as_of + timedelta(days=thaw) <= line.usage_until
            )
            fits = all(after[d] <= plain.lines[line.id].limit(d) for d in days)
            if line.purchases_only:
                fits = fits and all(cash_after[d] <= line.cash_advance_limit for d in days)
            if open_then and fits and any(spare[d] < 0 for d in days):
                _make(moves, spare, taken, cash_drawn, 1)
                found.setdefault(draw.id, {}).setdefault(thaw, []).append(amount)
    return found


def _thaw(world: World, line: Facility) -> int:
    """The day on which it lends again; far away where it never does."""
    fate = world.fates[line.id]
    never = world.book.horizon_days + 1
    if fate.mode not in CLOSING or fate.lasts is None or line.is_repaid_by_takings:
        return never
    return never if line.is_overdraft else fate.start + fate.lasts


def _falling(world: World, line: Facility) -> list[tuple[PlannedDraw, int, int]]:
    """The draws that fall into its freeze: day, place in the book and amount, in that order."""
    found = [
        (day, place, draw, amount)
        for place, draw in enumerate(world.book.planned_draws)
        if draw.facility == line.id
        for day, amounts in world.due[draw.id].items()
        for amount in amounts
        if world.fates[line.id].closed(day, purchase=False)
    ]
    return [(draw, day, amount) for day, _, draw, amount in sorted(found, key=lambda e: e[:2])]


def _days_of(plain: World) -> tuple[list[int], dict[str, list[int]], dict[str, list[int]]]:
    """Without the loss: what is left to be paid out each day; what is used of each line, and drawn
    in cash on it, at the end of each day."""
    cash_drawn = {
        line.id: [plain.advanced(line, day) for day in range(plain.book.horizon_days + 1)]
        for line in plain.book.facilities
    }
    lows = plain.lows()
    return lows, plain.used_by_day, cash_drawn


def _wanted(book: Book, day: int) -> int:
    on, wanted = book.as_of + timedelta(days=day), book.minimum_cash
    for each in book.buffers:
        begun = each.from_day is None or each.from_day <= on
        if begun and (each.until is None or on <= each.until):
            wanted += each.amount
    return wanted


def _make(
    moves: list[Move], spare: list[int], taken: list[int], cash_drawn: list[int], sign: int
) -> None:
    for day, cash, owed in moves:
        for each in range(day, len(spare)):
            spare[each] += sign * cash
            cash_drawn[each] += sign * owed
    for day, _, owed in moves:
        for each in range(day, len(taken)):
            taken[each] += sign * owed
