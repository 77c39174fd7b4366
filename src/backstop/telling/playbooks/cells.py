"""What is different when a line goes in one way and not another: by kind of line and by cause.

A cell is the words for one kind of lender and one cause, or says whose words it shares.
"""

from dataclasses import dataclass
from enum import StrEnum

from backstop.domain import FacilityKind, LossMode, Message


class Lender(StrEnum):
    """Kinds of line that are talked to in the same way."""

    APP = "app"
    CARD = "card"
    BANK = "bank"
    TRADE = "trade"
    PRIVATE = "private"
    PAWN = "pawn"


LENDERS: dict[FacilityKind, Lender] = {
    FacilityKind.PLATFORM_LOAN: Lender.APP,
    FacilityKind.PAY_LATER: Lender.APP,
    FacilityKind.CREDIT_CARD: Lender.CARD,
    FacilityKind.BANK_LINE: Lender.BANK,
    FacilityKind.TERM_LOAN: Lender.BANK,
    FacilityKind.OVERDRAFT: Lender.BANK,
    FacilityKind.SUPPLY_CHAIN: Lender.TRADE,
    FacilityKind.FACTORING: Lender.TRADE,
    FacilityKind.BILL_DISCOUNT: Lender.TRADE,
    FacilityKind.PAWN: Lender.PAWN,
    FacilityKind.INFORMAL: Lender.PRIVATE,
    FacilityKind.OTHER: Lender.APP,
}


class Cause(StrEnum):
    """Why a line goes, as far as what to do depends on it. Closed: nobody says why."""

    CLOSED = "closed"
    CUT = "cut"
    FAULT = "fault"
    IDENTITY = "identity"
    NOT_RENEWED = "not_renewed"
    RENEWED_WITH_LESS = "renewed_with_less"
    CALLED = "called"
    BLOCKED = "blocked"
    RETIRED = "retired"
    FUNDER = "funder"
    LINKED = "linked"
    CROWD = "crowd"


BY_PRESET: dict[str, Cause] = {
    "credit_review": Cause.CLOSED,
    "unexplained": Cause.CLOSED,
    "review_cut": Cause.CUT,
    "temporary_drop": Cause.CUT,
    "maintenance": Cause.FAULT,
    "platform_fault": Cause.FAULT,
    "identity": Cause.IDENTITY,
    "no_renewal": Cause.NOT_RENEWED,
    "reduced_renewal": Cause.RENEWED_WITH_LESS,
    "called_early": Cause.CALLED,
    "purchases_blocked": Cause.BLOCKED,
    "product_retired": Cause.RETIRED,
    "regulation": Cause.RETIRED,
    "upstream_funder": Cause.FUNDER,
    "lender_stops": Cause.FUNDER,
    "linked_account": Cause.LINKED,
    "others_follow": Cause.CROWD,
    "systemic": Cause.CROWD,
    "group_tightening": Cause.CROWD,
    "no_line_at_all": Cause.CROWD,
}
"""The cause behind each preset that takes lines."""

BY_MODE: dict[LossMode, Cause] = {
    LossMode.NO_NEW_DRAWS: Cause.CLOSED,
    LossMode.FREEZE: Cause.FAULT,
    LossMode.CALL: Cause.CALLED,
    LossMode.NO_RENEWAL: Cause.NOT_RENEWED,
    LossMode.LIMIT_CUT: Cause.CUT,
    LossMode.REDUCED_RENEWAL: Cause.RENEWED_WITH_LESS,
    LossMode.PURCHASES_BLOCKED: Cause.BLOCKED,
}
"""The cause behind a way of going, where nobody named one."""


@dataclass(frozen=True)
class Cell:
    """`notice` is how it shows, `check` what to look at first, `ask` what to ask for, and `say` how
    the call begins: with the placeholder {line}, without what is owed."""

    notice: Message
    check: Message
    ask: Message
    say: Message


@dataclass(frozen=True)
class Shared:
    """The words of another cell: of another lender for the same cause, or of another cause."""

    lender: Lender | None = None
    cause: Cause | None = None


OWN_PLAYBOOK = Shared(cause=Cause.CLOSED)
"""The words for a line that closes and nobody says why: those of its kind."""
