"""What a contingency is called, by its id: its record, what its members share, or its cause."""

from backstop.contingency.groups import Basis
from backstop.contingency.presets import Preset, Scope, named
from backstop.domain import Book, CustomerRisk, Message, message

PAIR = "+"
"""Between the ids of two that are lost together: no record's id has it."""


def title_of(book: Book, contingency_id: str) -> Message:
    """The name of its record, of both of a pair, or what a group or a cause takes."""
    record = book.by_id.get(contingency_id)
    if record is not None:
        return message("{name}", name=record.name)
    if contingency_id == "*":
        return message("every line")
    one, _, other = contingency_id.partition(PAIR)
    if one in book.by_id and other in book.by_id:
        return message("{one} + {other}", one=book.by_id[one].name, other=book.by_id[other].name)
    basis, _, value = contingency_id.partition(":")
    preset = named(basis)
    if preset is not None:
        return _taken(book, preset, value)
    return _shared(book, basis, value, contingency_id)


def cause_of(contingency_id: str) -> Preset | None:
    """The cause behind a contingency, where a preset made it."""
    return named(contingency_id.partition(":")[0])


def _taken(book: Book, preset: Preset, value: str) -> Message:
    match preset.scope:
        case Scope.TAG:
            return message("all lines tagged “{tag}”", tag=value)
        case Scope.EVERYTHING:
            return message("every line")
        case Scope.RECEIPTS if value in book.by_id:
            return message("receipts into {name}", name=book.by_id[value].name)
        case Scope.RECEIPTS:
            return message("every receipt")
        case Scope.RISK if value == CustomerRisk.HIGH:
            return message("customers who may not pay")
        case Scope.RISK:
            return message("customers who may not pay, or are to be watched")
        case Scope.ONE | Basis.LINK:
            name = book.by_id[value].name if value in book.by_id else value
            return message("{name}", name=name)
        case _:
            return _shared(book, preset.scope, value, value)


def _shared(book: Book, basis: str, value: str, otherwise: str) -> Message:
    match basis:
        case Basis.LENDER:
            return message("all lines of {name}", name=value)
        case Basis.FUNDER:
            return message("all lines funded by {name}", name=value)
        case Basis.HOLDER:
            return message("all lines held by {name}", name=value)
        case Basis.PLATFORM:
            return message("everything at {name}, cash included", name=value)
        case Basis.CATEGORY:
            kinds = {facility.kind.value: facility.kind for facility in book.facilities}
            return message("all of the kind “{kind}”", kind=kinds.get(value, value))
        case Basis.CUSTOMER:
            return message("everything from {name}", name=value)
        case Basis.SYSTEMIC:
            return message("all lines that go when everyone needs them")
        case _:
            return message("{name}", name=otherwise)
