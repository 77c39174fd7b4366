"""Single dates of a rule of which something is said: each is known by its rule date, the one that
the rule says before any closed day or move.
"""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check


class Moved(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One occurrence of a rule, `rule_date`, that falls on another day, `to`."""

    rule_date: Annotated[date, spec.day("Date of the rule")]
    to: Annotated[date, spec.day("Moved to")]


class OtherAmount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One occurrence of a rule that has another amount (minor units)."""

    rule_date: Annotated[date, spec.day("Date of the rule")]
    amount: Annotated[int, spec.amount("Amount", least=1)]


class LaterAmount(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From the rule date `from_day` on, each occurrence has this amount (minor units)."""

    from_day: Annotated[date, spec.day("From")]
    amount: Annotated[int, spec.amount("Amount", least=1)]


class StillOpen(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One occurrence that is due, whatever its date: `left` of it (minor units), on the day on
    which it is now `expected`, or else on its own. Of a receipt, the share that is held back is not
    among what is left: all of it comes so many days after that day."""

    rule_date: Annotated[date, spec.day("Date of the rule")]
    left: Annotated[int, spec.amount("Still due", least=1)]
    expected: Annotated[date | None, spec.day("Expected on")] = None


def check_once_each(name: str, field: str, rows: Iterable[OtherAmount | StillOpen]) -> None:
    """Refuse a list that says two things of one occurrence."""
    seen: set[date] = set()
    for each in rows:
        if each.rule_date in seen:
            raise check.refuse(
                name, field, "{day} stands there twice. Remove one.", day=each.rule_date
            )
        seen.add(each.rule_date)


def check_in_order(name: str, field: str, rows: Iterable[LaterAmount]) -> None:
    """Refuse later amounts that do not follow each other."""
    before = date.min
    for each in rows:
        if each.from_day <= before:
            raise check.refuse(
                name,
                field,
                "{day} does not come after the change before it. Put the days in order.",
                day=each.from_day,
            )
        before = each.from_day
