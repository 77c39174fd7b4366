"""What was bought by card, and the expected payments that it was: kept together."""

from collections.abc import Iterator, Sequence

import msgspec

from backstop.domain.bought import Bought
from backstop.domain.lines import Facility
from backstop.domain.records import Record


def all_bought(lines: Sequence[Facility]) -> Iterator[tuple[Record, str, tuple[Bought, ...]]]:
    """Each list of purchases in these lines: whose it is, the name of its field, and the list."""
    for line in lines:
        yield line, "unbilled", line.unbilled
        for tranche in line.tranches:
            yield tranche, "purchases", tranche.purchases


def forgetting(lines: Sequence[Facility], *gone: str) -> Iterator[Facility]:
    """The lines without the names of payments that leave the book: what was bought stays owed."""
    for line in lines:
        if not any(each.flow in gone for *_, bought in all_bought([line]) for each in bought):
            yield line
            continue
        tranches = tuple(
            each.changed(purchases=_unnamed(each.purchases, gone)) for each in line.tranches
        )
        yield line.changed(tranches=tranches, unbilled=_unnamed(line.unbilled, gone))


def _unnamed(bought: tuple[Bought, ...], gone: tuple[str, ...]) -> tuple[Bought, ...]:
    return tuple(
        msgspec.structs.replace(each, flow="", rule_date=None) if each.flow in gone else each
        for each in bought
    )
