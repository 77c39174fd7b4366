"""What a lender has called back, while the plan for that is carried out: all that is owed on a line
is paid on one day, and no instalment after it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date
from typing import NamedTuple

import numpy as np

from backstop.contingency.elements import Contingency, ContingencyKind
from backstop.contingency.gone import projection_of_now
from backstop.contingency.identity import Unnamed
from backstop.contingency.losses import free_of_interest, projection_under
from backstop.contingency.ways import Way, ways_of
from backstop.domain import Book, Facility, LossMode
from backstop.projection import Accounts, Projection, Side, usage
from backstop.projection.spans import span_of
from backstop.settling.edits import Edits
from backstop.settling.in_flight import accounts_in, carried_out, reaching
from backstop.settling.lines import Moves, takes_up
from backstop.settling.values import Expected, ExpectedKind

_OF_DEBTS = (
    *(ExpectedKind.INSTALMENT, ExpectedKind.BILL, ExpectedKind.EARLY),
    ExpectedKind.TAKINGS,
)


class Called(NamedTuple):
    """A line whose balance was due on a day, and all that this `moved`: what was paid then, and
    what was not paid any more after it. `blocked` is what this takes up of the limit beside what is
    owed (minor units)."""

    line: Facility
    due: date
    moved: Moves
    blocked: int

    @property
    def id(self) -> str:
        """The same whenever it is asked for."""
        return f"{self.line.id}@{self.due}!{ExpectedKind.CALLED}"

    @property
    def paid(self) -> int:
        """What was paid that day (minor units)."""
        return -sum(amount for day, amount in self.moved if day == self.due)

    def ends(self, each: Expected) -> bool:
        """Whether this is an instalment, or the like, of which nothing comes any more."""
        return each.line == self.line.id and each.kind in _OF_DEBTS and each.day > self.due


def called_until(book: Book, until: date) -> list[Called]:
    """What was called, from the as-of date on and before that day."""
    days = (until - book.as_of).days
    ways = {
        way.element: way
        for _, loss in carried_out(book)
        for way in ways_of(book, loss)
        if way.mode is LossMode.CALL and way.due < days
    }
    lines = ((book.by_id[each], way) for each, way in ways.items())
    found = [(line, way) for line, way in lines if isinstance(line, Facility)]
    return list(_called(book, until, [each for each in found if not each[0].is_overdraft]))


def _called(book: Book, until: date, ways: list[tuple[Facility, Way]]) -> Iterator[Called]:
    """What each call moves beside closing the line that day: that is what the line loses."""
    if not ways:
        return
    projection, span = projection_of_now(reaching(book, until)), span_of(book)
    calls = [_alone(line, way) for line, way in ways]
    closed = [replace(each, mode=LossMode.NO_NEW_DRAWS) for each in calls]
    free = free_of_interest(projection, [*calls, *closed])
    moved = np.diff(free[: len(calls)] - free[len(calls) :], prepend=0)
    for (line, way), one, row in zip(ways, calls, moved[:, : span.offset(until)], strict=True):
        moves = [(span.date(day), int(row[day])) for day in np.flatnonzero(row).tolist()]
        blocked = _blocked(projection, one, line, span.offset(until) - 1) if takes_up(line) else 0
        yield Called(line, span.date(way.due), moves, blocked)


def _blocked(projection: Projection, called: Contingency, line: Facility, day: int) -> int:
    """What more is blocked on that day than if the line were only closed."""
    closed = projection_under(projection, replace(called, mode=LossMode.NO_NEW_DRAWS))
    owed = usage(closed, line.changed(repaid_share_percent=100, revolving=True, blocked=0))
    more = usage(projection_under(projection, called), line) - usage(closed, line) + owed
    return int(more[day])


def _alone(line: Facility, way: Way) -> Contingency:
    single, notice = ContingencyKind.SINGLE, way.due - way.first
    return Contingency(
        Unnamed(), single, (line.id,), way.first, mode=LossMode.CALL, notice_days=notice
    )


def expected_calls(book: Book, called: Iterable[Called]) -> Iterator[Expected]:
    """The same as things that are expected."""
    accounts = accounts_in(book)
    for each in called:
        if each.paid > 0:
            yield Expected(
                id=each.id,
                day=each.due,
                rule_date=each.due,
                record=each.line.id,
                tranche="",
                name=each.line.name,
                kind=ExpectedKind.CALLED,
                planned=each.paid,
                whole=each.paid,
                side=Side.PAYMENT,
                line=each.line.id,
                account=accounts.on(each.due).of_line(each.line),
            )


def call(edits: Edits, called: Iterable[Called]) -> None:
    """Pay what was called: nothing is owed on these lines any more."""
    for each in called:
        for day, amount in each.moved:
            edits.move(_account(edits.accounts.on(day), each, day), amount, day)
        edits.called[each.line.id] = each.blocked


def _account(accounts: Accounts, each: Called, day: date) -> str:
    """The account that pays what is called, or in which takings stay of which no share is kept."""
    kept = each.line.is_repaid_by_takings and day > each.due
    return accounts.named(each.line.takings_into) if kept else accounts.of_line(each.line)
