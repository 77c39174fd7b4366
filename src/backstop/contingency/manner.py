"""How elements go, apart from which they are: mode, notice, duration, cut, lateness, cascade; and
what has to be spent on the same day."""

from dataclasses import dataclass, replace

from backstop.contingency.elements import Cascade, Contingency
from backstop.contingency.ways import RECEIPT_MODES
from backstop.domain import LossMode


@dataclass(frozen=True)
class Manner:
    """How elements go, where the owner says so: None leaves each its own way."""

    mode: LossMode | None = None
    notice_days: int | None = None
    duration_days: int | None = None
    cut_percent: int | None = None
    late_days: int | None = None
    cascade: Cascade | None = None
    expense: int | None = None

    def of(self, contingency: Contingency) -> Contingency:
        """The contingency, going in this manner; what it says itself stays where this is silent."""
        given = {name: value for name, value in vars(self).items() if value is not None}
        if contingency.mode in RECEIPT_MODES and self.mode not in RECEIPT_MODES:
            given.pop("mode", None)  # what a customer owes cannot be frozen or called
        return replace(contingency, **given)

    def only(self, contingency: Contingency) -> Contingency:
        """The contingency, going in this manner and no other."""
        figures = {"late_days": self.late_days or 0, "expense": self.expense or 0}
        return replace(contingency, **{**vars(self), **figures})


ITS_OWN_WAY = Manner()


def manner_of(contingency: Contingency) -> Manner:
    """The manner in which it goes."""
    given = {name: getattr(contingency, name) for name in vars(ITS_OWN_WAY)}
    figures = {"late_days": contingency.late_days or None, "expense": contingency.expense or None}
    return Manner(**{**given, **figures})
