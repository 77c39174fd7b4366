"""What one action does to cash, in exact minor units, from the book's own records."""

from dataclasses import dataclass

CashMoves = tuple[tuple[int, int], ...]
"""(day offset, minor units): what comes in (+) and goes out (-)."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """`gained` is what the action brings, spares or shifts; `owed` (day, amount) what has to be
    paid later because of it, also beyond the horizon; `cost` what it costs in all: interest and
    fees, the price of waiting, value or income forgone. `freed` is what of the line's limit can be
    used again, and when."""

    gained: CashMoves
    owed: CashMoves = ()
    cost: int = 0
    freed: CashMoves = ()

    @property
    def moves(self) -> CashMoves:
        """All that it adds to cash and takes from it."""
        return self.gained + tuple((day, -amount) for day, amount in self.owed)


def total(moves: CashMoves) -> int:
    """All amounts together, in minor units."""
    return sum(amount for _, amount in moves)
