"""The pages of the rail, in their order; their classes stand in `shell.screens`."""

from backstop.desktop.widgets.page import RailEntry

RAIL_ENTRIES = (
    RailEntry("overview", "Overview", "Could you lose any one line and still pay everyone?"),
    RailEntry("sources", "Sources", "What money can you reach, and on whom does it depend?"),
    RailEntry("cash_flow", "Cash flow", "What comes in, what goes out, and when?"),
    RailEntry("projection", "Projection", "How much money is there on each day?"),
    RailEntry("stress", "Stress", "Which loss would hurt, and how much?"),
    RailEntry("plan", "Plan", "What is to be done when it closes?"),
    RailEntry("statements", "Import", "What do the statements of your banks and wallets say?"),
)


def number_of(key: str) -> int:
    """The position of a page in the rail, from 0."""
    return next(number for number, each in enumerate(RAIL_ENTRIES) if each.key == key)
