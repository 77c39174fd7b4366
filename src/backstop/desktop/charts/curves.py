"""What a chart is asked to show; plain values, no drawing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from backstop.projection import Ints


class Role(StrEnum):
    """What a curve stands for; decides colour, dash and width, everywhere the same."""

    BASE = "base"
    LOSS = "loss"
    WORSE = "worse"
    STANDING = "standing"
    PLAN = "plan"
    HEADROOM = "headroom"
    BUFFER = "buffer"
    FLOOR = "floor"


CASH = (Role.BASE, Role.LOSS, Role.WORSE, Role.PLAN)
"""Curves of own cash."""


@dataclass(frozen=True)
class Curve:
    """One value for each day from day 0, in minor units; `label` is shown as typed."""

    role: Role
    label: str
    values: Ints

    def looks_like(self, other: Curve) -> bool:
        """Whether both are drawn alike."""
        if (self.role, self.label, len(self.values)) != (
            other.role,
            other.label,
            len(other.values),
        ):
            return False
        return bool((self.values == other.values).all())


@dataclass(frozen=True)
class DayMark:
    """An obligation on a day; the most important class there decides its length."""

    day: int
    priority: int


@dataclass(frozen=True)
class Picture:
    """All of one chart. `named` is the role whose lowest point is written out."""

    start: date
    currency: str
    curves: tuple[Curve, ...]
    named: Role | None = None
    filled: bool = False
    marks: Sequence[DayMark] = field(default=())
    loss_day: int | None = None

    @property
    def days(self) -> int:
        """How many days the curves cover."""
        return max((len(each.values) for each in self.curves), default=0)

    def looks_like(self, other: Picture) -> bool:
        """Whether both are drawn alike."""
        rest = replace(self, curves=()) == replace(other, curves=())
        if not rest or len(self.curves) != len(other.curves):
            return False
        return all(map(Curve.looks_like, self.curves, other.curves))

    def date_of(self, day: int) -> date:
        """The date of a day, counted from the first."""
        return self.start + timedelta(days=day)

    @property
    def floor(self) -> Ints:
        """How low cash may fall on each day: zero, where there is no such curve."""
        shown = self.curve(Role.FLOOR)
        return np.zeros(self.days, dtype=np.int64) if shown is None else shown.values

    @property
    def short_of_cash(self) -> list[Curve]:
        """The curves that show what is short: all of cash; where an overdraft goes with a loss, how
        low cash may fall is said of the loss, and not of what was planned."""
        cash = [each for each in self.curves if each.role in CASH]
        under = [each for each in cash if each.role is not Role.BASE]
        return under if under and self.curve(Role.FLOOR) else cash

    def curve(self, role: Role) -> Curve | None:
        """The curve with this role, if the picture has one."""
        return next((each for each in self.curves if each.role is role), None)
