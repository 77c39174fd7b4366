"""For each obligation, the contingency that endangers it most."""

from collections.abc import Iterable
from dataclasses import dataclass

from backstop.contingency.elements import Contingency
from backstop.contingency.metrics import Outcome
from backstop.contingency.obligations import Obligation


@dataclass(frozen=True, slots=True)
class Threat:
    """`missed` (minor units) of the obligation bounces under its worst contingency; `others` counts
    the further contingencies under which it is not paid in full."""

    obligation: Obligation
    contingency: Contingency
    missed: int
    others: int


def threats(outcomes: Iterable[Outcome]) -> list[Threat]:
    """Every obligation that some contingency endangers, by day and class; the worst contingency is
    the one that leaves most of it unpaid, beyond what is unpaid anyway, of equal ones the first
    given."""
    worst: dict[tuple[str, str, int], Threat] = {}
    for outcome in outcomes:
        if outcome.contingency is None:
            continue
        for each in outcome.added:
            owed = each.obligation
            key = owed.record, owed.kind.value, owed.day
            known = worst.get(key)
            if known is None:
                worst[key] = Threat(owed, outcome.contingency, each.missed, 0)
                continue
            graver = each.missed > known.missed
            worst[key] = Threat(
                owed if graver else known.obligation,
                outcome.contingency if graver else known.contingency,
                max(each.missed, known.missed),
                known.others + 1,
            )
    return sorted(
        worst.values(), key=lambda t: (t.obligation.day, t.obligation.priority, t.obligation.record)
    )
