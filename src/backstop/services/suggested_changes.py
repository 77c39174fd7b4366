"""What statements say better of known cash flows: amounts, and how late customers pay."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date
from statistics import median_low

from backstop.domain import Book, CashFlow, KeptRow, Message, Money, Repeat, message
from backstop.domain import Direction as FlowDirection
from backstop.importers.recurring import RecurringItem
from backstop.importers.rhythms import LAST, Rhythm, Rule
from backstop.services.suggestion import Suggestion, SuggestionKind

_OTHER_SHARE = 0.02
"""Share by which an amount has to differ to be worth a word."""
_LEAST, _RECENT, _EARLY, _OTHER_DAYS = 3, 6, 5, 2
_MONTHS = {1: Rhythm.MONTHLY, 2: Rhythm.EVERY_TWO_MONTHS, 3: Rhythm.QUARTERLY}
_WEEKS = {1: Rhythm.WEEKLY, 2: Rhythm.FORTNIGHTLY}


def better_amount(
    book: Book, flow: CashFlow, item: RecurringItem, rows: Sequence[KeptRow]
) -> Suggestion | None:
    """Another amount for a bill that came otherwise, as it varies or as it changed."""
    off = abs(item.amount - flow.amount)
    if len(rows) < _LEAST or flow.later_amounts or off <= flow.amount * _OTHER_SHARE:
        return None
    amount = Money(item.amount, book.currency)
    said = message("Amount of “{name}”: {amount}", name=flow.name, amount=amount)
    if item.varies:
        said = message("Amount of “{name}”: about {amount}", name=flow.name, amount=amount)
    return Suggestion(
        SuggestionKind.AMOUNT,
        said,
        message(
            "{n} times from {first} to {last}; the book has {before}",
            n=len(rows),
            first=min(each.day for each in rows),
            last=item.latest,
            before=Money(flow.amount, book.currency),
        ),
        tuple(each.digest for each in rows),
        flow.changed(amount=item.amount),
    )


def usual_lateness(flow: CashFlow, rows: Sequence[KeptRow]) -> Suggestion | None:
    """How many days after its own day a customer pays, by the middle one of the newest payments."""
    rule = _rule_of(flow)
    if flow.direction is not FlowDirection.RECEIPT or rule is None or len(rows) < _LEAST:
        return None
    newest = sorted(rows, key=lambda each: each.day)[-_RECENT:]
    late = max(0, median_low([_days_late(rule, each.day) for each in newest]))
    return _lateness_said(flow, late, newest)


def matched_lateness(book: Book, rows: Sequence[KeptRow]) -> Iterator[Suggestion]:
    """The same by what was settled: the days of rows, and those that they were expected on."""
    found: dict[str, list[tuple[KeptRow, int]]] = defaultdict(list)
    for each in rows:
        stem, _, own = each.matched.rpartition("@")
        if stem and (day := _day(own.partition("!")[0])) is not None:
            found[stem].append((each, (each.day - day).days))
    for stem, pairs in sorted(found.items()):
        flow = book.by_id.get(stem)
        if isinstance(flow, CashFlow) and len(pairs) >= _LEAST:
            newest = sorted(pairs, key=lambda pair: pair[0].day)[-_RECENT:]
            late = max(0, median_low([days for _, days in newest]))
            if said := _lateness_said(flow, late, [row for row, _ in newest]):
                yield said


def _lateness_said(flow: CashFlow, late: int, rows: Sequence[KeptRow]) -> Suggestion | None:
    if flow.direction is not FlowDirection.RECEIPT:
        return None
    if abs(late - flow.usual_lateness_days) < _OTHER_DAYS:
        return None
    said: Message = message("“{name}” usually pays {n} days late", name=flow.name, n=late)
    if late == 0:
        said = message("“{name}” usually pays on its day", name=flow.name)
    return Suggestion(
        SuggestionKind.LATENESS,
        said,
        message(
            "{n} payments from {first} to {last}; the book has {before} days",
            n=len(rows),
            first=rows[0].day,
            last=rows[-1].day,
            before=flow.usual_lateness_days,
        ),
        tuple(each.digest for each in rows),
        flow.changed(usual_lateness_days=late),
    )


def _rule_of(flow: CashFlow) -> Rule | None:
    """The calendar rule of a flow; None for one that has no such rule."""
    first = flow.first_date
    if flow.repeat is Repeat.MONTHS and (rhythm := _MONTHS.get(flow.every)):
        anchor = LAST if flow.last_day_of_month else first.day
        return Rule(rhythm, anchor, (first.year * 12 + first.month - 1) % flow.every)
    if flow.repeat is Repeat.WEEKS and (rhythm := _WEEKS.get(flow.every)):
        return Rule(rhythm, first.toordinal() % (7 * flow.every))
    return None


def _days_late(rule: Rule, day: date) -> int:
    """Days since the newest day of the rule; a few days early count for the next one."""
    period, off = rule.place(day)
    return off if off >= -_EARLY else (day - rule.day(period - 1)).days


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
