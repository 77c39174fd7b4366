"""The answers that each row of the list can have, and what they are called."""

from __future__ import annotations

from backstop.desktop.cash_flow.since_rows import SinceRow
from backstop.projection import Side
from backstop.services.settling_items import DueItem, OfferedDraw, PassedLoss, possible
from backstop.settling import Answer, AsPlanned, Happened, NotYet, WillNot

AS_PLANNED, OTHERWISE, NOT_YET, WILL_NOT, IN_FULL = 1, 2, 3, 4, 5
OF_THE_PAST = ("As planned", "Other amount or day", "Not yet", "Will not happen")
_OF_TODAY = (
    "Already in the balance",
    "In it, with another amount or day",
    "Still to come",
    "",
)
_OF_A_DRAW = ("settling|Drawn", "", "", "Not drawn")
_OF_A_LOSS = ("It happened", "", "Not yet", "It did not happen")


def can_be_matched(row: SinceRow) -> bool:
    """Whether it can be laid on a row of a statement."""
    return isinstance(row.item, DueItem) and Happened in possible(row.item)


def texts_of(row: SinceRow) -> tuple[str, ...]:
    """What its four answers are called; empty for one that it cannot have."""
    called = _called(row)
    kinds, can = (AsPlanned, Happened, NotYet, WillNot), possible(row.item)
    return tuple(
        text if kind in can else "" for text, kind in zip(called, kinds, strict=bool(called))
    )


def _called(row: SinceRow) -> tuple[str, ...]:
    match row.item:
        case DueItem(is_today=True):
            return _OF_TODAY
        case DueItem():
            return OF_THE_PAST
        case OfferedDraw():
            return _OF_A_DRAW
        case PassedLoss():
            return _OF_A_LOSS
        case _:
            return ()


def can_be(row: SinceRow, number: int) -> bool:
    if number == IN_FULL:
        return row.full is not None
    texts = texts_of(row)
    return bool(texts and texts[number - 1])


def may_be_awaited(row: SinceRow) -> bool:
    is_receipt = isinstance(row.item, DueItem) and row.item.due.side is Side.RECEIPT
    return is_receipt and not is_today(row)


def is_today(row: SinceRow) -> bool:
    return isinstance(row.item, DueItem) and row.item.is_today


def only_answer(found: dict[type, Answer]) -> Answer | None:
    """The one answer that all have, or None."""
    return next(iter(found.values())) if len(found) == 1 else None


def number_of_answer(answer: Answer | None) -> int:
    """Which of the four it is; 0 for none."""
    numbers = {AsPlanned: AS_PLANNED, Happened: OTHERWISE, NotYet: NOT_YET, WillNot: WILL_NOT}
    return numbers.get(type(answer), 0)
