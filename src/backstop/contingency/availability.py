"""What can still be had under a loss: the limit of each line day by day, and when it is open."""

import numpy as np

from backstop.contingency.changes import Flags
from backstop.contingency.elements import Contingency
from backstop.contingency.ways import Way, ways_of
from backstop.domain import Account, Book, Facility, LossMode, is_gone
from backstop.projection import Ints, Projection, limits_of, room_within
from backstop.projection.amounts import rounded_share
from backstop.projection.balances import with_turns_left


def way_of(book: Book, contingency: Contingency | None, element: str) -> Way | None:
    """How this element goes under the contingency, if it does."""
    found = ways_of(book, contingency) if contingency else []
    return next((way for way in found if way.element == element), None)


def open_days(projection: Projection, contingency: Contingency | None, facility: Facility) -> Flags:
    """On which days the line takes something new, a cut one included: (days,)."""
    return open_days_by(projection, way_of(projection.book, contingency, facility.id), facility)


def open_days_by(projection: Projection, way: Way | None, facility: Facility) -> Flags:
    """The same where it is known which way the line goes, if any."""
    opened = np.ones(projection.days, dtype=np.bool_)
    if facility.usage_until is not None:
        opened[max(0, projection.day_of(facility.usage_until) + 1) :] = False
    if facility.lost_since is not None:
        opened[max(0, projection.day_of(facility.lost_since)) :] = False
    if way is not None and _closes(way, facility):
        opened[way.first : way.until] = False
    return opened


def limits_under(
    projection: Projection, contingency: Contingency | None, facility: Facility
) -> Ints:
    """The line's limit on each day, before the owner's haircut: (days,), minor units."""
    limits = limits_of(projection, facility)
    way = way_of(projection.book, contingency, facility.id)
    if way is not None and way.mode is LossMode.LIMIT_CUT:
        cut = slice(way.first, way.until)
        limits[cut] -= rounded_share(limits[cut], way.percent)
    return limits


def room_under(projection: Projection, contingency: Contingency | None, facility: Facility) -> Ints:
    """What the loss leaves to be drawn on each day, in the projection under it: (days,), minor
    units, after the owner's haircut; below zero where more is owed than the limit allows."""
    limits = limits_under(projection, contingency, facility)
    return with_turns_left(projection, facility, room_within(projection, facility, limits))


def room_to_keep(room: Ints) -> Ints:
    """What can be drawn on each day and stay drawn: the least room from that day on (days,)."""
    least: Ints = np.minimum.accumulate(room[::-1])[::-1]
    return least


def free_from(book: Book, contingency: Contingency | None, account: Account) -> int:
    """The first day on which an account's money can be moved: `NEVER` when frozen for good."""
    if is_gone(account, book.as_of) and account.frozen_until is not None:
        return (account.frozen_until - book.as_of).days
    way = way_of(book, contingency, account.id)
    frozen = way is not None and way.mode is LossMode.ACCOUNT_FROZEN
    return way.until if way is not None and frozen else 0


def _closes(way: Way, facility: Facility) -> bool:
    """A cut line stays open, and blocked purchases do not close one that lends cash."""
    blocked = way.mode is LossMode.PURCHASES_BLOCKED
    return facility.purchases_only if blocked else way.mode is not LossMode.LIMIT_CUT
