"""What was expected and what came of it: one line for each, kept beside the book and not in it."""

from datetime import date
from enum import StrEnum
from typing import Annotated

import msgspec

from backstop.domain import spec
from backstop.domain.fields import check_fields


class Teller(StrEnum):
    """Who said what came of it: nobody (it was taken as planned), the owner, or a statement."""

    PLAN = "plan"
    HAND = "hand"
    STATEMENT = "statement"


class Settled(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing that was expected, or that happened unforeseen: what was `planned` for which day,
    and what came (`actual`, minor units, 0 or more) when; on no day where nothing did.

    `record` is the id of the cash flow, planned draw, line or account that it is about, `tranche`
    that of a draw on a line; `rule_date` the date of the rule, or the due day of the contract.
    `kind` says what it was. Of what is left *unexplained* in an account, `actual` is the difference
    between what the bank shows and what follows, below zero where the bank shows less. `change` is
    the number of the change by which it was written.
    """

    record: Annotated[str, spec.identifier("Identifier", blank=True)] = ""
    tranche: Annotated[str, spec.identifier("Draw", blank=True)] = ""
    name: Annotated[str, spec.line("Name")] = ""
    kind: Annotated[str, spec.line("Kind", required=True)]
    rule_date: Annotated[date, spec.day("Date of the rule")]
    planned_day: Annotated[date, spec.day("Planned for")]
    planned: Annotated[int, spec.amount("Planned")] = 0
    actual_day: Annotated[date | None, spec.day("Happened on")] = None
    actual: Annotated[int, spec.amount("Actual amount", signed=True)] = 0
    account: Annotated[str, spec.identifier("Account", blank=True)] = ""
    said_by: Annotated[Teller, spec.labelled("According to")] = Teller.HAND
    change: Annotated[int, spec.number("Number of the change", 0, 2**53)] = 0

    def __post_init__(self) -> None:
        check_fields(self, self.name or self.kind)
