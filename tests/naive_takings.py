"""Draws repaid by a share of takings for the plain loop over days: each remembers what is left of
its fixed total, and takes its share of every receipt of the day."""

from collections import defaultdict
from dataclasses import dataclass, field
from fractions import Fraction
from math import floor

from backstop.domain import CashFlow, Direction, Facility


def half_up(amount: Fraction) -> int:
    return floor(amount + Fraction(1, 2))


def fee(amount: int, percent: Fraction) -> int:
    return half_up(amount * percent / 100)


@dataclass
class NaiveTakings:
    """One line: what is left of each draw by the day on which it began, and what came in."""

    facility: Facility
    left: list[list[int]] = field(default_factory=list)
    came: dict[int, list[int]] = field(default_factory=lambda: defaultdict(list))

    def owe_from_the_start(self) -> None:
        for tranche in self.facility.tranches:
            drawn = tranche.original_principal or tranche.principal
            total = drawn + fee(drawn, Fraction(tranche.rate_percent))
            self.left.append([-1, total - tranche.takings_repaid])

    def draw(self, day: int, amount: int) -> None:
        self.left.append([day, amount + fee(amount, Fraction(self.facility.rate_percent))])

    def takes_from(self, flow: CashFlow) -> bool:
        line = self.facility
        if flow.direction is not Direction.RECEIPT:
            return False
        if line.takings_into and flow.through != line.takings_into:
            return False
        return not line.takings_tags or any(tag in line.takings_tags for tag in flow.tags)

    def kept_back(self, day: int) -> int:
        """What it takes of the receipts of a day, draw by draw."""
        total, share = 0, Fraction(self.facility.takings_percent) / 100
        wanted = sum(half_up(amount * share) for amount in self.came[day])
        for draw in self.left:
            if draw[0] < day:
                amount = min(wanted, draw[1])
                draw[1] -= amount
                total += amount
        return total

    def call(self) -> int:
        """All that is left, due at once."""
        total = sum(draw[1] for draw in self.left)
        self.left = []
        return total
