"""After an overdue payment a lender's other lines are not counted on: neither in what a plan draws
nor in what the book expects of them.

What is overdue is known only once a plan is there. So it is drafted again with those lines closed
from the day after, until it leaves nothing overdue that would close further ones.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

from backstop.contingency import Contingency, ContingencyKind, Outcome, outcomes
from backstop.contingency.identity import Unnamed
from backstop.contingency.ways import ways_of
from backstop.domain import Book, Facility, LossMode, Message, message
from backstop.plan.actions import Action
from backstop.plan.offers.debts import owed_on
from backstop.plan.results import Plan
from backstop.projection import Projection

MOST_ROUNDS = 3

Closed = Mapping[str, int]
"""Lines that are not counted on, by the first day (offset) on which they are not."""

Draft = Callable[[Outcome, Sequence[Action], Closed], Plan]


def as_lenders_follow(projection: Projection, outcome: Outcome, plan: Plan, draft: Draft) -> Plan:
    """The plan as lenders would leave it to be: drafted again wherever it rests on lines that what
    it leaves overdue closes. `draft` makes a plan for another outcome, beginning with actions, that
    does without closed lines. What a plan that is not proved leaves says nothing: it stays.
    """
    closed: Closed = {}
    for _ in range(MOST_ROUNDS):
        wider = _earliest(closed, closed_by(projection.book, plan))
        if wider == closed or not plan.proved:
            break
        closed, under = wider, _following(projection, outcome, wider)
        if _rests_on(plan, closed) or (under.low != plan.before.low).any():
            made = draft(under, plan.actions, closed)
            plan = replace(made, contingency=plan.contingency, before=plan.before)
    if not closed:
        return plan
    return replace(plan, notes=(*plan.notes, _said(projection, closed)))


def closed_by(book: Book, plan: Plan) -> Closed:
    """The lines that what the plan leaves overdue closes, from the day after."""
    closed: dict[str, int] = {}
    for each in plan.missed:
        line = owed_on(book, each.obligation)
        for other in _of_the_same(book, line) if line else ():
            closed[other.id] = min(each.day + 1, closed.get(other.id, each.day + 1))
    return closed


def _of_the_same(book: Book, line: Facility) -> Iterator[Facility]:
    """The line itself and those of its lender, its platform and its groups; how far cash may fall
    below zero in an overdraft is no new money."""
    linked = {m for group in book.link_groups if line.id in group.members for m in group.members}
    for each in book.facilities:
        same = _named_alike(each.lender, line.lender) or _named_alike(each.platform, line.platform)
        if (each.id == line.id or each.id in linked or same) and not each.is_overdraft:
            yield each


def _named_alike(one: str, other: str) -> bool:
    return bool(one.strip()) and one.strip().casefold() == other.strip().casefold()


def _earliest(known: Closed, more: Closed) -> Closed:
    return {**known, **{line: min(day, known.get(line, day)) for line, day in more.items()}}


def _rests_on(plan: Plan, closed: Closed) -> bool:
    return any(each.day >= closed.get(each.source, each.day + 1) for each in plan.actions)


def _following(projection: Projection, outcome: Outcome, closed: Closed) -> Outcome:
    """The loss with these lines closed too. Those that go already, go as they do."""
    loss = outcome.contingency
    assert loss is not None
    going = {way.element for way in ways_of(projection.book, loss)}
    by_day: dict[int, list[str]] = {}
    for line, day in sorted(closed.items()):
        if line not in going and day < projection.days:
            by_day.setdefault(day, []).append(line)
    for day, lines in by_day.items():
        loss = replace(loss, also=_closing(tuple(lines), day, loss.also))
    (under,) = outcomes(projection, [loss])
    return under


def _closing(lines: tuple[str, ...], day: int, also: Contingency | None) -> Contingency:
    return Contingency(
        Unnamed(),
        ContingencyKind.GROUP,
        lines,
        day,
        mode=LossMode.NO_NEW_DRAWS,
        also=also,
    )


def _said(projection: Projection, closed: Closed) -> Message:
    day = min(closed.values())
    names = [projection.book.by_id[line].name for line in closed]
    return message(
        "Something owed is overdue from {date} on; after that the plan does not count on lines of "
        "the same lender, platform or group: {lines}.",
        date=projection.date_of(day - 1),
        lines=tuple(names),
    )
