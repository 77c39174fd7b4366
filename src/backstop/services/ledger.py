"""Planned and actual: what was settled, added up by item and by month."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from statistics import median_low

from backstop.domain import Settled
from backstop.settling.values import NO_CASH, ExpectedKind
from backstop.telling.settling import COMES_IN

UNEXPLAINED = "unexplained"


@dataclass(frozen=True)
class Occurred:
    """One thing that was due, with all that came of it: amounts in minor units, what goes out
    below zero; `days_late` counts from the date of its rule, None where nothing came."""

    record: str
    name: str
    kind: str
    planned_day: date
    planned: int
    actual: int
    days_late: int | None


@dataclass(frozen=True)
class ItemTotal:
    """All dates of one item: how often it was due, what was planned and what came (minor units,
    what goes out below zero), and by how many days it usually came late (median)."""

    record: str
    name: str
    kind: str
    times: int
    planned: int
    actual: int
    days_late: int | None

    @property
    def difference(self) -> int:
        """What came less what was planned: above zero is better for cash."""
        return self.actual - self.planned


@dataclass(frozen=True)
class MonthTotal:
    """Cash of one month, by the days for which it was planned: what came in and what went out, each
    0 or more (minor units); `unexplained` is what accounts had more than follows, or less."""

    month: date
    planned_in: int
    actual_in: int
    planned_out: int
    actual_out: int
    unexplained: int

    @property
    def difference(self) -> int:
        """By how much cash ended the month better than planned."""
        planned, actual = self.planned_in - self.planned_out, self.actual_in - self.actual_out
        return actual - planned + self.unexplained


def occurred(ledger: Iterable[Settled]) -> list[Occurred]:
    """One entry for each thing that was due: what came in parts, or was awaited first, is one."""
    parts: dict[tuple[str, ...], list[Settled]] = {}
    for number, each in enumerate(ledger):
        one = each.record, each.tranche, each.kind, str(each.rule_date)
        is_planned = each.planned or each.kind in COMES_IN
        key = one if is_planned and each.kind != UNEXPLAINED else (*one, str(number))
        parts.setdefault(key, []).append(each)
    return [_as_one(each) for each in parts.values()]


def _comes_in(row: Settled) -> bool:
    """Whether its amount is money that comes; that of a step that brings none only says how much
    of a payment it is about."""
    return row.kind in COMES_IN or row.kind in (UNEXPLAINED, ExpectedKind.STEP)


def _moves_cash(row: Settled) -> bool:
    """Steps that bring no money, and what is owed otherwise than follows, name no account."""
    needs_account = row.kind in (ExpectedKind.STEP, UNEXPLAINED)
    return row.kind not in NO_CASH and bool(row.account or not needs_account)


def _as_one(rows: list[Settled]) -> Occurred:
    first = rows[0]
    sign = 1 if _comes_in(first) else -1
    came = [each.actual_day for each in rows if each.actual_day is not None]
    return Occurred(
        record=first.record,
        name=first.name,
        kind=first.kind,
        planned_day=first.planned_day,
        planned=sign * max(each.planned for each in rows),
        actual=sign * sum(each.actual for each in rows if each.actual_day is not None),
        days_late=(max(came) - first.rule_date).days if came else None,
    )


def by_item(ledger: Iterable[Settled]) -> list[ItemTotal]:
    """By record and kind, the greatest difference first."""
    items: dict[tuple[str, str], list[Occurred]] = {}
    for each in occurred(ledger):
        items.setdefault((each.record, each.kind), []).append(each)
    totals = [_item(each) for each in items.values()]
    return sorted(totals, key=lambda each: (-abs(each.difference), each.name))


def _item(entries: list[Occurred]) -> ItemTotal:
    late = [each.days_late for each in entries if each.days_late is not None]
    last = entries[-1]
    return ItemTotal(
        record=last.record,
        name=last.name,
        kind=last.kind,
        times=len(entries),
        planned=sum(each.planned for each in entries),
        actual=sum(each.actual for each in entries),
        days_late=median_low(late) if late else None,
    )


def by_month(ledger: Iterable[Settled]) -> list[MonthTotal]:
    """Month by month, the newest first."""
    months: dict[date, list[Occurred]] = {}
    for each in occurred(row for row in ledger if _moves_cash(row)):
        months.setdefault(each.planned_day.replace(day=1), []).append(each)
    return [_month(month, months[month]) for month in sorted(months, reverse=True)]


def _month(month: date, entries: list[Occurred]) -> MonthTotal:
    cash = [each for each in entries if each.kind != UNEXPLAINED]
    return MonthTotal(
        month=month,
        planned_in=sum(_in(each.planned for each in cash)),
        actual_in=sum(_in(each.actual for each in cash)),
        planned_out=-sum(_out(each.planned for each in cash)),
        actual_out=-sum(_out(each.actual for each in cash)),
        unexplained=sum(each.actual for each in entries if each.kind == UNEXPLAINED),
    )


def _in(amounts: Iterable[int]) -> Iterator[int]:
    return (each for each in amounts if each > 0)


def _out(amounts: Iterable[int]) -> Iterator[int]:
    return (each for each in amounts if each < 0)
