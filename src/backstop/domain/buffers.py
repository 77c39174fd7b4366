"""Money that an owner keeps for a purpose."""

from collections.abc import Iterable
from datetime import date
from typing import Annotated

import msgspec

from backstop.domain import spec
from backstop.domain import validation as check
from backstop.domain.money import MOST_MONEY


class Buffer(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """From `from_day` to `until`, both included, or for good, `amount` (minor units) more is to be
    there than the book's minimum: what is kept for one purpose does not serve another.
    """

    name: Annotated[str, spec.line("Name", required=True)]
    amount: Annotated[int, spec.amount("Amount", least=1)]
    from_day: Annotated[date | None, spec.day("From")] = None
    until: Annotated[date | None, spec.day("Until")] = None

    def holds_on(self, day: date) -> bool:
        """Whether it is kept on that day."""
        return (self.from_day or day) <= day <= (self.until or day)


def check_buffers(title: str, minimum: int, buffers: Iterable[Buffer]) -> None:
    """Refuse a purpose that ends before it begins, and more in all than an amount may be."""
    together = minimum
    for each in buffers:
        together += each.amount
        if each.from_day and each.until and each.until < each.from_day:
            raise check.refuse(
                title,
                "buffers",
                "“{name}” ends on {last}, before it begins ({first}). Correct one of the two.",
                name=each.name,
                last=each.until,
                first=each.from_day,
            )
    if together > MOST_MONEY:
        raise check.refuse(
            title, "buffers", "together that is too large to be true. Check the figures."
        )
