"""What was bought by card and is still owed."""

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
