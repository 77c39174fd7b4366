"""What a contingency is, as a value: one record, what its members share, a cause, two at once.

`str()` of one is its public id: in JSON, on the command line, in the books of owners. It is made
here and read back nowhere: who looks for an id compares the ids of what there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Basis(StrEnum):
    """What the members of a group have in common."""

    LINK = "link"
    LENDER = "lender"
    FUNDER = "funder"
    HOLDER = "holder"
    PLATFORM = "platform"
    CATEGORY = "category"
    SYSTEMIC = "systemic"
    CUSTOMER = "customer"


SYSTEMIC_CAUSE = "systemic"
"""Key of the cause by which everyone needs money at once."""


@dataclass(frozen=True, slots=True)
class OfRecord:
    """The loss of one facility, of an account, or of a link group: the record's id."""

    record: str

    def __str__(self) -> str:
        return self.record


@dataclass(frozen=True, slots=True)
class SavedCase:
    """A loss kept in the book under a name of its own; `cause` is the preset it began with, if it
    began with one."""

    record: str
    cause: str = ""

    def __str__(self) -> str:
        return self.record


@dataclass(frozen=True, slots=True)
class Shared:
    """All that share a lender, a kind, a customer: `value` is what they share, empty for what is
    not there when everyone needs it."""

    basis: Basis
    value: str

    def __str__(self) -> str:
        return f"{self.basis}:{self.value}"


@dataclass(frozen=True, slots=True)
class Caused:
    """What the preset with this key makes of one of its choices (empty: of all there is)."""

    cause: str
    chosen: str

    def __str__(self) -> str:
        return f"{self.cause}:{self.chosen}"


@dataclass(frozen=True, slots=True)
class Both:
    """Two losses at once."""

    first: Identity
    second: Identity

    def __str__(self) -> str:
        return f"{self.first}+{self.second}"


@dataclass(frozen=True, slots=True)
class EveryLine:
    """Every line closed to anything new."""

    def __str__(self) -> str:
        return "*"


@dataclass(frozen=True, slots=True)
class NothingLost:
    """No loss at all: what falls short though every line stays open."""

    def __str__(self) -> str:
        return "none"


@dataclass(frozen=True, slots=True)
class AlreadyGone:
    """What is really gone: part of the projection, and no loss to come."""

    def __str__(self) -> str:
        return "gone"


@dataclass(frozen=True, slots=True)
class Unnamed:
    """A loss that is worked with and never shown."""

    def __str__(self) -> str:
        return ""


Identity = (
    OfRecord | SavedCase | Shared | Caused | Both | EveryLine | NothingLost | AlreadyGone | Unnamed
)


def cause_key(identity: Identity) -> str:
    """The key of the preset behind it; empty where there is none."""
    match identity:
        case SavedCase() | Caused():
            return identity.cause
        case Shared(basis=Basis.SYSTEMIC):
            return SYSTEMIC_CAUSE
    return ""


def applied_to(identity: Identity) -> str:
    """What a group shares or a cause is applied to; the id of all else."""
    match identity:
        case Shared():
            return identity.value or str(identity)
        case Caused():
            return identity.chosen or str(identity)
    return str(identity)
