"""A ledger, and what is kept of statements, after steps that are not in their file yet: with what
they add, and without what they take back.
"""

from collections import Counter
from collections.abc import Iterable
from functools import reduce

import msgspec

from backstop.domain import Book, Defect, Settled, Statements, message
from backstop.domain.statements import edited
from backstop.services.commands import Change
from backstop.store.history import Act, Step, now

Ledger = tuple[Settled, ...]


def without(ledger: tuple[Settled, ...], unsettled: tuple[Settled, ...]) -> tuple[Settled, ...]:
    """The ledger without the newest rows that say the same."""
    if not unsettled:
        return ledger
    wanted = Counter(map(said, unsettled))
    kept = []
    for each in reversed(ledger):
        if wanted[said(each)]:
            wanted[said(each)] -= 1
        else:
            kept.append(each)
    return tuple(reversed(kept))


def said(row: Settled) -> Settled:
    """The row, whatever change wrote it."""
    return msgspec.structs.replace(row, change=0)


def after_steps(ledger: Ledger, steps: Iterable[Step]) -> Ledger:
    """The ledger as these steps leave it."""
    for step in steps:
        ledger = (*without(ledger, step.unsettled), *step.settled)
    return ledger


def after_edits(kept: Statements, steps: Iterable[Step]) -> Statements:
    """What is kept of statements as these steps leave it."""
    return reduce(edited, (each.statements for each in steps), kept)


def step_by(change: Change, before: Book, act: Act) -> Step:
    """What a change of the book `before` is to its file."""
    return Step(
        before, change.after, act, now(), change.settled, change.unsettled, change.statements
    )


def last_of(changes: list[Change]) -> Change:
    """The newest of some changes; a `Defect` where there is none."""
    if not changes:
        raise Defect(message("There is nothing to undo or redo."))
    return changes[-1]
