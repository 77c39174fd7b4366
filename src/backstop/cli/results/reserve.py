"""What `reserve` answers."""

from datetime import date

import msgspec

from backstop.cli.results.base import BookRef, Result


class NeedOut(msgspec.Struct, frozen=True):
    """The least opening reserve for one loss, without actions and with the best, and with the
    owner's minimum kept too; null: none. `group`: several go at once."""

    id: str
    name: str
    without_actions: int
    with_actions: int | None
    keeping_minimum: int | None
    group: bool


class PointOut(msgspec.Struct, frozen=True):
    """With so much more reserve: losses that still miss something, and the most missed."""

    reserve: int
    not_survivable: int
    most_missed: int


class BackupOut(msgspec.Struct, frozen=True):
    """One more line like `like`: the least limit that makes every loss survivable; null: none.
    `proved`: plans were drafted with it; `arrange_by` is when the first of these asks it
    for money."""

    like: str
    name: str
    lead_days: int
    limit: int | None
    cost: int
    proved: bool
    arrange_by: date | None


class EarlyOut(msgspec.Struct, frozen=True):
    """A line to be drawn now and kept in hand."""

    line: str
    name: str
    amount: int
    cost: int


class Reserved(Result, frozen=True, kw_only=True, tag="reserve"):
    """What to do beforehand; `lines` the cheapest first.

    `with_actions` is for all single losses, `with_groups` for the groups too, `keeping_minimum` for
    single losses with the owner's minimum kept on every day; `early` could be drawn now instead.
    """

    book: BookRef
    sentence: str
    without_actions: int
    with_actions: int | None
    with_groups: int | None
    keeping_minimum: int | None
    needs: list[NeedOut]
    curve: list[PointOut]
    lines: list[BackupOut]
    early: list[EarlyOut]
