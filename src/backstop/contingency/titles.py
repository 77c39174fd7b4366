"""What a contingency is called: its record, what its members share, or its cause."""

from typing import assert_never

from backstop.contingency.elements import Contingency
from backstop.contingency.identity import (
    AlreadyGone,
    Basis,
    Both,
    Caused,
    EveryLine,
    Identity,
    NothingLost,
    OfRecord,
    SavedCase,
    Shared,
    Unnamed,
)
from backstop.contingency.presets import Preset, Scope, named
from backstop.domain import Book, CustomerRisk, Message, message


def title_of(book: Book, identity: Identity) -> Message:
    """The name of its record, of both of a pair, or what a group or a cause takes."""
    match identity:
        case OfRecord() | SavedCase():
            return _record_name(book, identity.record)
        case EveryLine():
            return message("every line")
        case NothingLost():
            return message("every line open" if book.facilities else "as things stand")
        case Both():
            return message(
                "{one} + {other}",
                one=title_of(book, identity.first),
                other=title_of(book, identity.second),
            )
        case Caused():
            preset = named(identity.cause)
            assert preset is not None
            return _taken(book, preset, identity.chosen)
        case Shared():
            return _shared(book, identity.basis, identity.value)
        case AlreadyGone() | Unnamed():
            return message("{name}", name="")
        case _:
            assert_never(identity)


def cause_of(contingency: Contingency) -> Preset | None:
    """The cause behind a contingency, where a preset made it."""
    return named(contingency.cause) if contingency.cause else None


def _record_name(book: Book, record_id: str) -> Message:
    record = book.by_id.get(record_id)
    return message("{name}", name=record_id if record is None else record.name)


def _taken(book: Book, preset: Preset, value: str) -> Message:
    match preset.scope:
        case Scope.TAG:
            return message("all lines tagged “{tag}”", tag=value)
        case Scope.EVERYTHING:
            return message("every line")
        case Scope.RECEIPTS if value in book.by_id:
            return message("every receipt into {name}", name=book.by_id[value].name)
        case Scope.RECEIPTS:
            return message("every receipt")
        case Scope.RISK if value == CustomerRisk.HIGH:
            return message("customers who may not pay")
        case Scope.RISK:
            return message("customers who may not pay, or are to be watched")
        case Scope.EXPENSE:
            return message("a sudden expense")
        case Scope.ONE | Scope.SUPPLIER | Scope.ADVANCED | Basis.LINK:
            return _record_name(book, value)
        case basis:
            return _shared(book, basis, value)


def _shared(book: Book, basis: Basis, value: str) -> Message:
    match basis:
        case Basis.LENDER:
            return message("all lines of {name}", name=value)
        case Basis.FUNDER:
            return message("all lines funded by {name}", name=value)
        case Basis.HOLDER:
            return message("all lines held by {name}", name=value)
        case Basis.PLATFORM:
            return message("everything at {name} (the cash there too)", name=value)
        case Basis.CATEGORY:
            kinds = {facility.kind.value: facility.kind for facility in book.facilities}
            return message("all of the kind “{kind}”", kind=kinds.get(value, value))
        case Basis.CUSTOMER:
            return message("everything from {name}", name=value)
        case Basis.SYSTEMIC:
            return message("all lines that go when everyone needs them")
        case Basis.LINK:
            return _record_name(book, value)
        case _:
            assert_never(basis)
