"""How sure a source is, as it weighs in the choice; never shown as a cost."""

from backstop.domain import Book, Facility, Measure, UnsureSources

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
