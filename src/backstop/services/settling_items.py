"""What a settling lists: what was due, draws that are offered, losses whose day has passed, and
what else happened; with what holds of each while nothing is said.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backstop.domain import Book, CashFlow, SavedContingency
from backstop.projection import Side
from backstop.projection.amounts import counted, rounded_share
from backstop.settling import (
    AS_PLANNED,
    ONLY_LATER,
    Answer,
    AsPlanned,
    Expected,
    ExpectedKind,
    Extra,
    ExtraKind,
    Happened,
    NotYet,
    WillNot,
)

NOT_TAKEN = WillNot()
STILL_TO_COME = NotYet()


@dataclass(frozen=True)
class DueItem:
    """Something that the projection expected; of today's, it is still to come unless it is said to
    be in the balance already."""

    due: Expected
    is_today: bool

    @property
    def id(self) -> str:
        """By which its answer is known."""
        return self.due.id

    @property
    def day(self) -> date:
        """The day on which it was expected."""
        return self.due.day

    @property
    def usual(self) -> Answer:
        """What holds while nothing is said."""
        return STILL_TO_COME if self.is_today else AS_PLANNED


@dataclass(frozen=True)
class OfferedDraw:
    """A draw that the standing rule would have made, where cash was below the buffer: taken only
    where the owner says so."""

    id: str
    day: date
    line: str
    amount: int
    periods: int
    usual: Answer = NOT_TAKEN

    @property
    def extra(self) -> Extra:
        """The draw as something that happened."""
        kind = ExtraKind.DRAW
        return Extra(kind, self.day, self.amount, line=self.line, periods=self.periods)


@dataclass(frozen=True)
class PassedLoss:
    """A saved loss whose day has passed: did it happen?"""

    loss: SavedContingency
    day: date
    usual: Answer = STILL_TO_COME

    @property
    def id(self) -> str:
        """By which its answer is known."""
        return self.loss.id


@dataclass(frozen=True)
class Other:
    """Something else that happened, and whether it will go on so, every month from then on."""

    id: str
    extra: Extra
    recurs: bool = False
    usual: Answer = AS_PLANNED

    @property
    def day(self) -> date:
        """The day on which it happened."""
        return self.extra.day


Item = DueItem | OfferedDraw | PassedLoss | Other

_DEBTS = (ExpectedKind.INSTALMENT, ExpectedKind.BILL, ExpectedKind.CALLED)


def in_full(item: Item, book: Book) -> Happened | None:
    """The answer that a receipt came with the share that is not counted on; None of what has no
    such share."""
    if not isinstance(item, DueItem) or item.due.side is not Side.RECEIPT:
        return None
    due, flow = item.due, book.by_id.get(item.due.record)
    if not isinstance(flow, CashFlow) or not flow.haircut_percent:
        return None
    held = due.kind is ExpectedKind.RECEIPT and due.planned < counted(flow, due.whole)
    return Happened(due.whole - rounded_share(due.whole, flow.held_percent if held else 0))


def possible(item: Item) -> tuple[type[Answer], ...]:
    """Which answers an item can have: what is owed stays owed, and of today's it is said whether,
    and how much of it, is in the balance already. A step of a plan is done once its day is over."""
    match item:
        case DueItem(is_today=True, due=due) if due.kind in ONLY_LATER:
            return (NotYet,)
        case DueItem(is_today=True):
            return AsPlanned, Happened, NotYet
        case DueItem(due=due) if due.kind in _DEBTS:
            return AsPlanned, Happened, NotYet
        case DueItem():
            return AsPlanned, Happened, NotYet, WillNot
        case OfferedDraw():
            return AsPlanned, WillNot
        case PassedLoss():
            return AsPlanned, NotYet, WillNot
        case _:
            return ()
