"""Applications for credit that were made: lenders see them for a time."""

from datetime import date
from typing import Annotated

import msgspec

from backstop.domain import spec


class Application(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """On `day` credit was applied for with a lender; `answer` is what they said, once they did."""

    lender: Annotated[str, spec.line("Lender", required=True)]
    day: Annotated[date, spec.day("Day")]
    answer: Annotated[str, spec.line("Answer")] = ""
