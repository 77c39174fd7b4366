"""The grid of causes and kinds of line: each cell has words of its own, or names whose it shares.

A line that closes without a reason has the playbook of its kind; so all is given by `BY_KIND` for
that cause, and by `WORDS` and `SHARED` together for the others.
"""

from dataclasses import replace

from backstop.domain import FacilityKind
from backstop.telling.playbooks.by_cause import WORDS
from backstop.telling.playbooks.cells import LENDERS, OWN_PLAYBOOK, Cause, Cell, Lender, Shared
from backstop.telling.playbooks.lines import BY_KIND
from backstop.telling.playbooks.steps import (
    DUE_DAY,
    KEEP_PAYING,
    NO_APPLICATIONS,
    SCREENSHOT,
    START_ACTIONS,
    Playbook,
    Steps,
)

AS_APP, AS_CARD, AS_BANK = Shared(Lender.APP), Shared(Lender.CARD), Shared(Lender.BANK)
AS_CUT, AS_NOT_RENEWED = Shared(cause=Cause.CUT), Shared(cause=Cause.NOT_RENEWED)

SHARED: dict[Cause, dict[Lender, Shared]] = {
    Cause.CUT: {
        Lender.TRADE: AS_BANK,
        Lender.PRIVATE: OWN_PLAYBOOK,
        Lender.PAWN: OWN_PLAYBOOK,
    },
    Cause.FAULT: {
        Lender.CARD: AS_APP,
        Lender.TRADE: AS_BANK,
        Lender.PRIVATE: OWN_PLAYBOOK,
        Lender.PAWN: OWN_PLAYBOOK,
    },
    Cause.IDENTITY: {
        Lender.CARD: AS_BANK,
        Lender.TRADE: AS_BANK,
        Lender.PRIVATE: OWN_PLAYBOOK,
        Lender.PAWN: AS_BANK,
    },
    Cause.NOT_RENEWED: {},
    Cause.RENEWED_WITH_LESS: {
        Lender.APP: AS_CUT,
        Lender.CARD: AS_CUT,
        Lender.TRADE: AS_BANK,
        Lender.PRIVATE: AS_NOT_RENEWED,
        Lender.PAWN: AS_NOT_RENEWED,
    },
    Cause.CALLED: {
        Lender.CARD: AS_APP,
        Lender.PRIVATE: OWN_PLAYBOOK,
        Lender.PAWN: AS_NOT_RENEWED,
    },
    Cause.BLOCKED: {
        Lender.BANK: AS_CARD,
        Lender.PRIVATE: OWN_PLAYBOOK,
        Lender.PAWN: OWN_PLAYBOOK,
    },
    Cause.RETIRED: {
        Lender.CARD: AS_APP,
        Lender.TRADE: AS_BANK,
        Lender.PRIVATE: OWN_PLAYBOOK,
        Lender.PAWN: OWN_PLAYBOOK,
    },
    Cause.FUNDER: {
        Lender.CARD: AS_APP,
        Lender.BANK: AS_APP,
        Lender.TRADE: AS_APP,
        Lender.PRIVATE: OWN_PLAYBOOK,
        Lender.PAWN: OWN_PLAYBOOK,
    },
    Cause.LINKED: {
        Lender.CARD: AS_BANK,
        Lender.TRADE: AS_BANK,
        Lender.PRIVATE: OWN_PLAYBOOK,
        Lender.PAWN: OWN_PLAYBOOK,
    },
    Cause.CROWD: {
        Lender.CARD: AS_APP,
        Lender.BANK: AS_APP,
        Lender.TRADE: AS_APP,
        Lender.PRIVATE: OWN_PLAYBOOK,
        Lender.PAWN: OWN_PLAYBOOK,
    },
}
"""Whose words each cell has that has none of its own."""

_KEPT_OF_THE_FIRST_MINUTES = (SCREENSHOT, DUE_DAY)
_KEPT_OF_THE_FIRST_DAY = (START_ACTIONS, NO_APPLICATIONS, KEEP_PAYING)


def cell_of(cause: Cause, lender: Lender) -> Cell | None:
    """The words of this cell; None where they are those of the kind's own playbook."""
    while (cause, lender) not in WORDS:
        if cause is Cause.CLOSED:
            return None
        shared = SHARED[cause][lender]
        cause, lender = shared.cause or cause, shared.lender or lender
    return WORDS[cause, lender]


def playbook_of(kind: FacilityKind, cause: Cause) -> tuple[Playbook, Cell | None]:
    """What to do when a line of this kind goes for this cause."""
    found, cell = BY_KIND[kind], cell_of(cause, LENDERS[kind])
    return (found if cell is None else with_cell(found, cell, cause)), cell


def with_cell(playbook: Playbook, cell: Cell, cause: Cause) -> Playbook:
    """The playbook with what this cause asks for in the place of what fits any."""
    kept_minutes = _kept(playbook.minutes, _KEPT_OF_THE_FIRST_MINUTES) or playbook.minutes[-1:]
    day = _kept(playbook.day, _KEPT_OF_THE_FIRST_DAY)
    if cause is Cause.CALLED:  # it has no due dates of its own any more
        day = _kept(day, (START_ACTIONS, NO_APPLICATIONS))
    return replace(
        playbook,
        recognise=(cell.notice, *playbook.recognise[-1:]),
        minutes=(cell.check, *kept_minutes),
        day=(cell.ask, *day),
    )


def _kept(steps: Steps, wanted: Steps) -> Steps:
    return tuple(each for each in steps if each in wanted)
