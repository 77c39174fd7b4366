"""Listed is not available: what a line lacks before plans count on it."""

from enum import StrEnum

from backstop.domain import Facility, UnsureSources


class Lacking(StrEnum):
    """A fact without which a line is left out of every plan."""

    LEAD_DAYS = "lead_days"
    LAST_VERIFIED = "last_verified"
    COMMITTED = "committed"


def is_known(facility: Facility) -> bool:
    """Whether the line's lead time is known and it was verified: what a rule that draws by itself,
    or a line yet to be agreed on, asks for whatever the owner says of unsure sources."""
    return not lacking(facility, UnsureSources.PENALISED)


def lacking(facility: Facility, unsure: UnsureSources) -> tuple[Lacking, ...]:
    """What keeps plans from counting on this line; empty where they do.

    A line counts once its lead time is known and it was verified, and it is committed if the owner
    wants no others. Who counts on all that is listed needs only the lead time.
    """
    found = [Lacking.LEAD_DAYS] if facility.lead_days is None else []
    if unsure is not UnsureSources.COUNTED and facility.last_verified is None:
        found.append(Lacking.LAST_VERIFIED)
    if unsure is UnsureSources.LEFT_OUT and not facility.committed:
        found.append(Lacking.COMMITTED)
    return tuple(found)
