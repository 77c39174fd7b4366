"""How a payment is called: one name for it in every sentence."""

from typing import Protocol, assert_never

from backstop.contingency.obligations import Obligation
from backstop.domain import Book, CashFlow, Facility, Message, PlannedDraw, message
from backstop.projection import FlowKind


class Named(Protocol):
    """What is to be called: an obligation, or a series of flows. `record` is the flow, draw or
    facility that it comes from."""

    @property
    def record(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def kind(self) -> FlowKind: ...


def called(book: Book, owed: Named) -> str | Message:
    """As typed, or `the Jiebei instalment`. A purchase that is still to be made is no bill."""
    if bought_on(owed) is not None:
        return owed.name
    match owed.kind:
        case FlowKind.INSTALMENT:
            return message("the {line} instalment", line=line_of(book, owed))
        case FlowKind.BILL:
            return message("the {line} bill", line=line_of(book, owed))
        case FlowKind.INTEREST:
            return message("the {line} interest", line=line_of(book, owed))
        case FlowKind.REPAYMENT:
            return message("what is owed on {line}", line=line_of(book, owed))
        case FlowKind.EXPENSE:
            return message("the sudden expense")
        case FlowKind.PAYMENT | FlowKind.RECEIPT | FlowKind.DRAW:
            return owed.name
        case _:
            assert_never(owed.kind)


def line_of(book: Book, owed: Named) -> str:
    """The name of the facility that a repayment goes to; its own name where there is none."""
    record = book.by_id.get(owed.record)
    if isinstance(record, PlannedDraw):
        record = book.by_id[record.facility]
    elif isinstance(record, CashFlow) and record.through:
        record = book.by_id[record.through]
    return record.name if isinstance(record, Facility) else owed.name


def bought_on(owed: Named) -> int | None:
    """The day (offset) of a purchase that is still to be made, where it is one."""
    return owed.bought if isinstance(owed, Obligation) else None
