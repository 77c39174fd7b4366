"""Drawing now, while lines are open, and keeping the money: shared by all losses, each of which
then has its own later actions.

The loss that misses most is helped first, by drawing on the very line that it takes; then all are
looked at again with that debt in the book, until none misses anything or no headroom is left.
"""

from dataclasses import dataclass
from datetime import timedelta

from backstop.contingency import base_outcome
from backstop.domain import Book, CashFlow, Direction, Facility, ScheduleRow, Tranche
from backstop.plan.answers import Answers, Loss, answer
from backstop.plan.beforehand.backup import may_back_up
from backstop.plan.drafting.draft import draft
from backstop.plan.gravest import assess
from backstop.plan.offers.room import room_from
from backstop.plan.situation import situation_of
from backstop.projection import draw_schedule
from backstop.projection.flows import net_of_fee

MOST_ROUNDS = 6
"""Rounds in which more is drawn beforehand before it is given up."""


@dataclass(frozen=True)
class EarlyDraw:
    """A line drawn now and kept in hand: `amount` and what it costs in all, in minor units."""

    line: str
    name: str
    amount: int
    cost: int


def early_draws(answers: Answers) -> tuple[EarlyDraw, ...]:
    """The draws with which every single loss has a drafted plan that misses nothing; empty where
    none is needed or they are not enough. Raises `Cancelled`."""
    drawn: dict[str, int] = {}
    asked = answers if answers.assessed else assess(answers)
    for _ in range(MOST_ROUNDS):
        missing = _missing(asked)
        if missing is None:
            return tuple(_early(answers, line, amount) for line, amount in drawn.items())
        line, more = missing
        amount = _more(answers, line, drawn.get(line.id, 0), more)
        if amount is None:
            return ()
        drawn[line.id] = amount
        projection = answers.projection
        book = with_draws(answers.book, drawn, projection.now)
        asked = assess(answer(book, today=projection.today))
    return ()


def with_draws(book: Book, drawn: dict[str, int], today: int = 0) -> Book:
    """The book after drawing these amounts today (offset): the debts stand in it, and the money
    comes when the lender sends it."""
    for line_id, amount in drawn.items():
        line = _line(book, line_id)
        arrives = book.as_of + timedelta(days=today + (line.lead_days or 0))
        rows = tuple(
            ScheduleRow(due=d.due, principal=d.principal, interest=d.interest, total=d.total)
            for d in draw_schedule(line, amount, arrives, line.periods)
        )
        debt = Tranche(
            id=book.new_id(f"{line.id[:32]}-now"),
            name=line.name,
            principal=amount,
            next_due=rows[0].due,
            remaining_periods=len(rows),
            interest_from=arrives,
            imported=rows,
        )
        book = book.put(line.changed(tranches=(*line.tranches, debt)))
        money = CashFlow(
            id=book.new_id("drawn-now"),
            name=line.name,
            direction=Direction.RECEIPT,
            amount=net_of_fee(line, amount),
            first_date=arrives,
        )
        book = book.put(money)
    return book


def _missing(answers: Answers) -> tuple[Facility, int] | None:
    """The line whose loss misses most, and how much; None where drafted plans miss nothing."""
    for loss in answers.singles:
        if loss.outcome.hurts and (missed := _missed(answers, loss)):
            return _line(answers.book, *loss.contingency.targets), missed
    return None


def _missed(answers: Answers, loss: Loss) -> int:
    plan = loss.plan or draft(answers.projection, loss.outcome)
    return sum(each.missed for each in plan.missed)


def _more(answers: Answers, line: Facility, drawn: int, more: int) -> int | None:
    """What to draw on this line instead, in whole steps; None where there is no room for more."""
    own = _line(answers.book, line.id)
    if not may_back_up(own):
        return None
    base = situation_of(answers.projection, base_outcome(answers.projection))
    room = room_from(base, own)[answers.projection.now] // own.draw_step * own.draw_step
    wanted = -(-(drawn + more) // own.draw_step) * own.draw_step
    amount = min(max(wanted, own.minimum_draw), room)
    return amount if amount > drawn and amount >= own.minimum_draw else None


def _early(answers: Answers, line_id: str, amount: int) -> EarlyDraw:
    line, projection = _line(answers.book, line_id), answers.projection
    drawn_on = projection.date_of(projection.now)
    paid_back = sum(d.total for d in draw_schedule(line, amount, drawn_on, line.periods))
    return EarlyDraw(line.id, line.name, amount, paid_back - net_of_fee(line, amount))


def _line(book: Book, line_id: str) -> Facility:
    record = book.by_id[line_id]
    assert isinstance(record, Facility)
    return record
