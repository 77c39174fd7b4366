"""A ledger after steps that are not in its file yet: with what they settle, and without what they
take back.
"""

from collections import Counter
from collections.abc import Iterable

import msgspec

from backstop.domain import Settled
from backstop.store.history import Step

Ledger = tuple[Settled, ...]


def without(ledger: tuple[Settled, ...], unsettled: tuple[Settled, ...]) -> tuple[Settled, ...]:
    """The ledger without the newest rows that say the same."""
    if not unsettled:
        return ledger
    wanted = Counter(map(_said, unsettled))
    kept = []
    for each in reversed(ledger):
        if wanted[_said(each)]:
            wanted[_said(each)] -= 1
        else:
            kept.append(each)
    return tuple(reversed(kept))


def _said(row: Settled) -> Settled:
    """The row, whatever change wrote it."""
    return msgspec.structs.replace(row, change=0)


def after_steps(ledger: Ledger, steps: Iterable[Step]) -> Ledger:
    """The ledger as these steps leave it."""
    for step in steps:
        ledger = (*without(ledger, step.unsettled), *step.settled)
    return ledger
