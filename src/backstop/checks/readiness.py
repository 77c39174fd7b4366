"""Named checks of a book: is what it says fresh, complete, and possible?

Each check looks for one thing and returns a finding, or none: a level, a sentence with the remedy,
and the records it speaks of.
"""

from collections.abc import Iterable, Iterator
from datetime import date

import numpy as np

from backstop.checks.cards import credit_left
from backstop.checks.finding import Check, Finding, Level, about
from backstop.checks.limits import temporary_limit_ends, too_many_draws
from backstop.checks.loans import not_as_begun
from backstop.checks.minimum import minimum_never_pays_off
from backstop.checks.names import same_name
from backstop.checks.order import same_day_order
from backstop.checks.rules import stray_exceptions, taken_for_paid
from backstop.checks.terms import (
    advance_beyond_limit,
    calendar_unpublished,
    household_draw_for_business,
    identity_expired,
    identity_expires,
    limit_below_balance,
    not_eligible,
    personal_pays_business,
)
from backstop.domain import Facility, Message, Money, Record, UnsureSources, message
from backstop.projection import (
    Projection,
    Side,
    calendar_of,
    limits_of,
    overdue_occurrences,
    usage,
)

__all__ = ["CHECKS", "STALE_BOOK_DAYS", "Finding", "Level", "findings"]

STALE_BALANCE_DAYS = 30
STALE_VERIFICATION_DAYS = 180
EXPIRY_NOTICE_DAYS = 90
STALE_BOOK_DAYS = 14


def base_shortfall(projection: Projection) -> list[Finding]:
    """Something bounces although nothing is lost."""
    short = np.flatnonzero(projection.spendable < 0)
    if not len(short):
        return []
    said = message(
        "Even with every line open, cash falls short by {first} on {day}, and by up to {gap} on "
        "{worst}. Check the receipts and payments before that day, or find money for it."
        if projection.book.facilities
        else "Cash falls short by {first} on {day}, and by up to {gap} on {worst}. "
        "Check the receipts and payments before that day, or find money for it.",
        day=projection.date_of(int(short[0])),
        first=Money(-int(projection.spendable[short[0]]), projection.book.currency),
        gap=Money(-int(projection.spendable.min()), projection.book.currency),
        worst=projection.date_of(int(projection.spendable.argmin())),
    )
    return [Finding("base_shortfall", Level.PROBLEM, said)]


def use_beyond_limit(projection: Projection) -> list[Finding]:
    """Planned draws and purchases take more of a line than its limit: they could not happen."""
    return [
        finding
        for facility in projection.book.facilities
        for finding in _beyond_limit(projection, facility)
    ]


def _beyond_limit(projection: Projection, facility: Facility) -> list[Finding]:
    used, limits = usage(projection, facility), limits_of(projection, facility)
    at_first = facility.balance + facility.blocked
    over = np.flatnonzero(used > np.maximum(limits, at_first))
    if not len(over):
        return []
    most = int(over[np.argmax((used - limits)[over])])
    said = message(
        "{name} is used beyond its limit of {limit}: by up to {gap}, from {day} on. "
        "Lower its draws or purchases, or correct the limit.",
        name=facility.name,
        limit=Money(int(limits[most]), projection.book.currency),
        gap=Money(int(used[most] - limits[most]), projection.book.currency),
        day=projection.date_of(int(over[0])),
    )
    return [Finding("use_beyond_limit", Level.PROBLEM, said, (facility.id,))]


def draw_after_end(projection: Projection) -> list[Finding]:
    """A draw is planned when the line may no longer be used."""
    ended = {
        f.id: projection.day_of(f.usage_until) for f in projection.book.facilities if f.usage_until
    }
    flows = projection.flows
    late = {
        series.element
        for number, series in enumerate(flows.descriptions)
        if series.element in ended
        and bool((flows.began[flows.series == number] > ended[series.element]).any())
    }
    return about(
        "draw_after_end",
        Level.PROBLEM,
        (f for f in projection.book.facilities if f.id in late),
        message(
            "Draws or purchases are planned after the end of use of {names}. "
            "Move them to another source, or enter the renewed date."
        ),
    )


def overdue_items(projection: Projection) -> list[Finding]:
    """What was due before the as-of date counts as due on that date until it is settled."""
    return _about_the_past(
        projection,
        "overdue_items",
        _overdue(projection, Side.PAYMENT),
        message(
            "Overdue, and counted as due today: {names}. "
            "Pay it, or remove it from the book if it is settled."
        ),
        message(
            "Overdue, and counted as due on {day}: {names}. "
            "Pay it, or remove it from the book if it is settled."
        ),
    )


def late_receipts(projection: Projection) -> list[Finding]:
    """Money that should have come is counted for the as-of date: is it really coming?"""
    return _about_the_past(
        projection,
        "late_receipts",
        _overdue(projection, Side.RECEIPT),
        message(
            "Should have arrived already, and counted for today: {names}. "
            "Ask the payer, and enter the day that you can rely on."
        ),
        message(
            "Should have arrived already, and counted for {day}: {names}. "
            "Ask the payer, and enter the day that you can rely on."
        ),
    )


def past_plans(projection: Projection) -> list[Finding]:
    """A draw or a purchase through a line that was planned for a day before the as-of date."""
    book, lines = projection.book, {f.id for f in projection.book.facilities}
    draws = list(_overdue(projection, Side.FUNDING))
    bought = [
        flow
        for flow in book.cash_flows
        if flow.through in lines and overdue_occurrences(flow, book.as_of, calendar_of(book))
    ]
    return _about_the_past(
        projection,
        "past_plans",
        [*draws, *bought],
        message(
            "Planned for a day that is past, and counted for today: {names}. "
            "Enter a new day, or remove it from the book if it is done."
        ),
        message(
            "Planned for a day that is past, and counted for {day}: {names}. "
            "Enter a new day, or remove it from the book if it is done."
        ),
    )


def _about_the_past(
    projection: Projection, check: str, records: Iterable[Record], today: Message, earlier: Message
) -> list[Finding]:
    """What is past and yet counted: for today, or for the `day` of a book that is older."""
    as_of = Message(earlier.text, {"day": projection.book.as_of})
    return about(check, Level.WARNING, records, today if projection.today == 0 else as_of)


def _overdue(projection: Projection, side: Side) -> Iterator[Record]:
    """The records with flows on this side that were due before the as-of date."""
    flows = projection.flows
    series = (flows.descriptions[number] for number in flows.series[flows.overdue])
    late = {each.record for each in series if each.side is side}
    return (record for record in projection.book.records() if record.id in late)


def no_lead_time(projection: Projection) -> list[Finding]:
    """Listed is not available: without a lead time no plan can count on a source."""
    return about(
        "no_lead_time",
        Level.WARNING,
        (f for f in projection.book.facilities if f.lead_days is None),
        message(
            "How long does the money take? Not known for {names}; no plan counts on it. "
            "Ask, and enter the lead time."
        ),
    )


def never_verified(projection: Projection) -> list[Finding]:
    """Listed is not available: a source never tried is not counted, unless the owner wants it."""
    book = projection.book
    counted = book.unsure_sources is UnsureSources.COUNTED
    return about(
        "never_verified",
        Level.WARNING,
        (f for f in book.facilities if f.last_verified is None),
        message(
            "Never verified, yet plans count on it: {names}. "
            "Look at the limit in the lender's app, and enter the date."
        )
        if counted
        else message(
            "Never verified, so no plan counts on it: {names}. "
            "Look at the limit in the lender's app, and enter the date."
        ),
    )


def verified_long_ago(projection: Projection) -> list[Finding]:
    """Lines that nobody has looked at for longer than `STALE_VERIFICATION_DAYS`."""
    book = projection.book
    return about(
        "verified_long_ago",
        Level.NOTE,
        (
            f
            for f in book.facilities
            if f.last_verified and (book.as_of - f.last_verified).days > STALE_VERIFICATION_DAYS
        ),
        message(
            "Last verified more than {days} days ago: {names}. "
            "Look again: limits change without notice.",
            days=STALE_VERIFICATION_DAYS,
        ),
    )


def line_expired(projection: Projection) -> list[Finding]:
    """Lines whose contract or use has ended by the as-of date."""
    book = projection.book
    return about(
        "line_expired",
        Level.WARNING,
        (f for f in book.facilities if (end := _end(f)) and end < book.as_of),
        message(
            "The contract or the use of {names} has ended. "
            "Renew it, or remove what you no longer count on."
        ),
    )


def line_expires_soon(projection: Projection) -> list[Finding]:
    """Lines that end within `EXPIRY_NOTICE_DAYS` of the as-of date."""
    book = projection.book
    return about(
        "line_expires_soon",
        Level.NOTE,
        (
            f
            for f in book.facilities
            if (end := _end(f)) and 0 <= (end - book.as_of).days <= EXPIRY_NOTICE_DAYS
        ),
        message(
            "Ends within {days} days: {names}. Ask about renewal at least 30 days ahead.",
            days=EXPIRY_NOTICE_DAYS,
        ),
    )


def _end(facility: Facility) -> date | None:
    ends = [each for each in (facility.usage_until, facility.contract_until) if each]
    return min(ends, default=None)


def stale_balances(projection: Projection) -> list[Finding]:
    """Accounts whose balance has no date, or is older than `STALE_BALANCE_DAYS`."""
    book = projection.book
    return about(
        "stale_balances",
        Level.WARNING,
        (
            a
            for a in book.accounts
            if a.balance_date is None or (book.as_of - a.balance_date).days > STALE_BALANCE_DAYS
        ),
        message(
            "No balance from the last {days} days for {names}. Look it up and enter it.",
            days=STALE_BALANCE_DAYS,
        ),
    )


def no_contact(projection: Projection) -> list[Finding]:
    """Lines without a contact of the lender."""
    return about(
        "no_contact",
        Level.NOTE,
        (f for f in projection.book.facilities if not f.contact),
        message(
            "No official contact noted for {names}. "
            "Copy the number from the contract or the lender's app, not from a search."
        ),
    )


CHECKS: tuple[Check, ...] = (
    base_shortfall,
    same_day_order,
    limit_below_balance,
    use_beyond_limit,
    advance_beyond_limit,
    too_many_draws,
    draw_after_end,
    not_as_begun,
    temporary_limit_ends,
    overdue_items,
    late_receipts,
    past_plans,
    stray_exceptions,
    line_expired,
    identity_expired,
    minimum_never_pays_off,
    credit_left,
    same_name,
    no_lead_time,
    never_verified,
    stale_balances,
    personal_pays_business,
    household_draw_for_business,
    line_expires_soon,
    identity_expires,
    verified_long_ago,
    no_contact,
    not_eligible,
    calendar_unpublished,
    taken_for_paid,
)
"""In the order in which an owner should hear of them."""


def findings(projection: Projection) -> list[Finding]:
    """Everything that the named checks find."""
    return [finding for check in CHECKS for finding in check(projection)]
