"""From the book that was brought on with what came instead to the one that is kept: what was there
for a while goes, and what no date could say is added."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import msgspec

from backstop.domain import (
    Book,
    Bought,
    EarlyPaid,
    Facility,
    RepaymentMethod,
    Tranche,
)
from backstop.domain.takings import fixed_total, principal_left
from backstop.projection.schedules import left_by_terms, tranche_schedule
from backstop.projection.terms import running_price
from backstop.settling.cards import each_once, place
from backstop.settling.edits import Edits
from backstop.settling.lines import takes_up
from backstop.settling.loans import purchases_left


def finished(edits: Edits, book: Book) -> Book:
    """The book of the later day, out of the one that was brought on."""
    lines = [_line(edits, each, book.as_of) for each in book.facilities]
    book = book.changed(
        accounts=tuple(
            each.changed(balance=each.balance + edits.cash.get(each.id, 0))
            for each in book.accounts
        ),
        facilities=tuple(lines),
    )
    for each in edits.instead:
        book = book.without(each)
    return book


def _line(edits: Edits, line: Facility, today: date) -> Facility:
    called = line.id in edits.called
    tranches = [
        _named(edits, each) for each in line.tranches if not called or each.id in edits.agreed
    ]
    tranches = [left for each in tranches if (left := _repaid(edits, each, today)) is not None]
    tranches += edits.arrears.get(line.id, ())
    changes: dict[str, Any] = {
        "tranches": tuple(sorted(each_once(tranches), key=place)),
        "unbilled": () if called else _bought(edits, line.unbilled),
    }
    if called and takes_up(line):
        changes["blocked"] = line.blocked + edits.called[line.id]
    more = edits.more.get(line.id, 0)
    if more > 0 and line.method is RepaymentMethod.STATEMENT_CYCLE:
        changes["credit_balance"] = line.credit_balance + more
    elif line.is_repaid_by_takings and more:
        changes["tranches"] = tuple(_kept_otherwise(changes["tranches"], more))
    return line.changed(**changes)


def _named(edits: Edits, owed: Tranche) -> Tranche:
    """A draw is called by what it came of, not by what stood for that for a while."""
    stem, made, day = owed.id.partition("@")
    purchases = _bought(edits, owed.purchases)
    if made and stem in edits.instead:
        stands_for, rule_date = edits.instead[stem]
        return owed.changed(id=f"{stands_for or stem}@{rule_date or day}", purchases=purchases)
    return owed if purchases == owed.purchases else owed.changed(purchases=purchases)


def _bought(edits: Edits, bought: tuple[Bought, ...]) -> tuple[Bought, ...]:
    def named(each: Bought) -> Bought:
        if each.flow not in edits.instead:
            return each
        stands_for, rule_date = edits.instead[each.flow]
        date_of_rule = rule_date if stands_for else None
        return msgspec.structs.replace(each, flow=stands_for, rule_date=date_of_rule)

    return tuple(map(named, bought))


def _repaid(edits: Edits, owed: Tranche, today: date) -> Tranche | None:
    """A draw of which more was paid than was asked for, all of it principal: the interest until
    that day stays due. None where that was all of the draw."""
    more = edits.more.get(owed.id, 0)
    if more <= 0:
        return owed
    if more >= owed.principal:
        return None
    if owed.takings_repaid or owed.method is RepaymentMethod.SHARE_OF_TAKINGS:
        return next(iter(_kept_otherwise((owed,), more)), None)
    if owed.origin is None and not owed.imported:
        return owed.changed(principal=owed.principal - more, purchases=())
    rest = tranche_schedule(owed, today)
    since = rest[0].since
    day = max(since, edits.more_on.get(owed.id, today))
    run_up = running_price(owed).interest(owed.principal, since, day)
    early = EarlyPaid(day=day, amount=more, effect=owed.early_effect)
    changed = owed.changed(
        principal=owed.principal - more,
        purchases=purchases_left(owed, owed.principal - more),
        repaid_early=(*owed.repaid_early, early),
        charges=owed.charges + run_up,
    )
    return left_by_terms(changed) if owed.origin else changed


def _kept_otherwise(tranches: tuple[Tranche, ...], more: int) -> Iterator[Tranche]:
    """So much more, or less, of the takings was kept back: for the first draw first."""
    for each in tranches:
        drawn = each.original_principal or each.principal
        total = fixed_total(drawn, each.rate_percent)
        repaid = min(total, max(0, each.takings_repaid + more))
        more -= repaid - each.takings_repaid
        if repaid < total:
            left = principal_left(drawn, total, repaid)
            yield each.changed(principal=left, original_principal=drawn, takings_repaid=repaid)
