"""What was bought by card and is still owed, and what its lender owes."""

from datetime import date
from typing import Annotated

import msgspec

from backstop.domain import spec


class Bought(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One purchase by card, in so far as it is still owed: `amount` (minor units) is what is left
    of it, `day` the one on which it was posted.

    `flow` is the id of the expected payment that it was, if any, and `rule_date` the date of that
    payment's rule.
    """

    day: Annotated[date, spec.day("Day")]
    amount: Annotated[int, spec.amount("Amount", least=1)]
    flow: Annotated[str, spec.identifier("Payment", blank=True)] = ""
    rule_date: Annotated[date | None, spec.day("Date of the rule")] = None


class Credited(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A part of what the lender owes: `amount` (minor units) since `day`, so that it lowers also
    bills that were sent after that day."""

    day: Annotated[date, spec.day("Day")]
    amount: Annotated[int, spec.amount("Amount", least=1)]
