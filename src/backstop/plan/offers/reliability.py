"""How sure a source is, as it weighs in the choice; never shown as a cost."""

from collections.abc import Iterable

from backstop.domain import Book, Facility, Measure, UnsureSources
from backstop.plan.actions import Action
from backstop.plan.offers.kind import kind_of

UNCOMMITTED = 0.002
"""Share of a draw added to its cost, in the choice alone, where the lender has not committed."""

UNCERTAIN = 0.05
"""The same for a line that would only be granted with no chance at all; others in proportion."""


def unreliability(book: Book, line: Facility) -> float:
    """What the choice adds for each unit drawn on a line."""
    counted = line.committed or book.unsure_sources is UnsureSources.COUNTED
    return 0.0 if counted else UNCOMMITTED


def doubt(book: Book, measure: Measure) -> float | None:
    """The same for a line that could be applied for; None where no plan may count on it."""
    if measure.arranged:
        return 0.0
    if book.unsure_sources is UnsureSources.LEFT_OUT or not measure.chance_percent:
        return None
    if book.unsure_sources is UnsureSources.COUNTED:
        return 0.0
    return UNCOMMITTED + UNCERTAIN * (100 - measure.chance_percent) / 100


def unarranged_in(book: Book, actions: Iterable[Action]) -> tuple[str, ...]:
    """The sources of these actions that have still to be granted, in that order."""
    asked = (each for each in actions if kind_of(each).is_applied_for and not each.done)
    measures = (book.by_id[each.source] for each in asked)
    still = (each.id for each in measures if isinstance(each, Measure) and not each.arranged)
    return tuple(dict.fromkeys(still))
