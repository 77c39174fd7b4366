"""The book on a later day, when all has gone as planned."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date
from typing import Any

from backstop.domain import Account, BadInput, Book, message
from backstop.projection import Projection, moved_by_account, project
from backstop.projection.flows import whole_cards
from backstop.projection.spans import span_of
from backstop.settling import lines, rules
from backstop.settling.in_flight import frozen_in, out_of_reach, overdrafts_left, reaching
from backstop.settling.lines import NO_MOVES, NOT_USED, Moves, Since, Used
from backstop.settling.rules import came


def brought_on(
    book: Book, until: date, unpaid: Mapping[str, date], moved: Moves = NO_MOVES
) -> Book:
    """The book of the day `until`, all before it having gone as planned, save that draws with these
    ids are paid only up to an instalment (its due day); `moved` as in `since_of`. Raises `BadInput`
    for a day before its own.
    """
    check_forward(book, until)
    if until == book.as_of:
        return book
    since = since_of(book, until, moved)
    used = _all_used(since)
    return book.changed(
        as_of=until,
        accounts=_accounts(since.projection, since.days, until),
        facilities=tuple(
            lines.advanced(since, line, used.get(line.id, NOT_USED), unpaid)
            for line in book.facilities
        ),
        cash_flows=tuple(rules.advanced(since.span, each, until) for each in book.cash_flows),
        planned_draws=tuple(rules.advanced(since.span, each, until) for each in book.planned_draws),
    )


def check_forward(book: Book, until: date) -> None:
    """Refuse to go back."""
    if until < book.as_of:
        raise BadInput(
            message(
                "The book is of {day}, and {until} lies before it. What has happened cannot be "
                "taken back by a date: undo the change that brought the book there.",
                day=book.as_of,
                until=until,
            ),
            "as_of",
        )


def since_of(book: Book, until: date, moved: Moves = NO_MOVES) -> Since:
    """The book and its projection, which reaches at least to that day. Of overdrafts it has what is
    left of them by losses that happened, and their interest follows from what was `moved`, too."""
    book = reaching(book, until)
    left = overdrafts_left(book)
    besides = [((day - book.as_of).days, amount) for day, amount in moved]
    besides += out_of_reach(book) if left else ()
    projection = project(book, overdrafts=left, moved=besides)
    return Since(book, projection, span_of(book), until, whole_cards(book))


def _all_used(since: Since) -> dict[str, Used]:
    """By the id of a line: what was drawn on it and bought by it."""
    drawn, bought = defaultdict[str, list[Any]](list), defaultdict[str, list[Any]](list)
    for draw in since.book.planned_draws:
        drawn[draw.facility] += [(draw, each) for each in came(since.span, draw, since.until)]
    lines_of_book = {each.id for each in since.book.facilities}
    for flow in since.book.cash_flows:
        if flow.through in lines_of_book:
            bought[flow.through] += [(flow, each) for each in came(since.span, flow, since.until)]
    return {
        line: Used(tuple(drawn[line]), tuple(bought[line])) for line in drawn.keys() | bought.keys()
    }


def _accounts(projection: Projection, days: int, until: date) -> tuple[Account, ...]:
    book = projection.book
    moved = moved_by_account(book, projection.flows, days, frozen_in(book))
    return tuple(
        each.changed(balance=each.balance + moved.get(each.id, 0), balance_date=until)
        for each in book.accounts
    )
