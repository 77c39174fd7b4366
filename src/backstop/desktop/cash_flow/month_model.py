"""A month of receipts and payments as a table model: weeks down, Monday to Sunday across."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from backstop.desktop.cash_flow.debts import DebtDue, moves_cash
from backstop.desktop.widgets.text import as_tip
from backstop.domain import Book, CashFlow, Direction
from backstop.projection import amount_on, occurrences
from backstop.projection.calendars import calendar_of, is_working_day
from backstop.telling import Words

Index = QModelIndex | QPersistentModelIndex
DAY_ROLE = Qt.ItemDataRole.UserRole
DAYS_A_WEEK = 7
_NOWHERE = QModelIndex()


@dataclass(frozen=True)
class Entry:
    """A receipt, a payment, or what a line asks for on one day; `amount` in minor units, below zero
    where it goes out. What a line pays is no `cash`: its bill is."""

    id: str
    name: str
    amount: int
    cash: bool = True


@dataclass(frozen=True)
class CalendarDay:
    """One cell. `is_closed` when banks do not work."""

    date: date
    in_month: bool
    is_today: bool
    is_closed: bool
    entries: tuple[Entry, ...]


def weeks_of(first: date) -> tuple[date, date]:
    """The first and the last day of the whole weeks around the month that begins on `first`."""
    last = _last_of_month(first)
    start = first - timedelta(days=first.weekday())
    return start, last + timedelta(days=DAYS_A_WEEK - 1 - last.weekday())


def month_of(
    book: Book,
    first: date,
    flows: Iterable[CashFlow],
    today: date,
    debts: Iterable[DebtDue] = (),
) -> list[CalendarDay]:
    """The days of whole weeks around the month that begins on `first`, each with what falls on it,
    receipts before payments, the largest first."""
    calendar = calendar_of(book)
    start, end = weeks_of(first)
    entries = _entries(book, list(flows), start, end)
    for debt in debts:
        entries.setdefault(debt.day, []).append(Entry(debt.line, debt.name, -debt.amount))
    return [
        CalendarDay(
            date=day,
            in_month=(day.year, day.month) == (first.year, first.month),
            is_today=day == today,
            is_closed=not is_working_day(day, calendar),
            entries=tuple(sorted(entries.get(day, ()), key=lambda entry: -entry.amount)),
        )
        for day in (start + timedelta(days=n) for n in range((end - start).days + 1))
    ]


def _entries(book: Book, flows: list[CashFlow], start: date, end: date) -> dict[date, list[Entry]]:
    found: dict[date, list[Entry]] = {}
    for flow in flows:
        sign = -1 if flow.direction is Direction.PAYMENT else 1
        for day, rule_date in occurrences(flow, start, end, calendar_of(book)):
            amount = sign * amount_on(flow, rule_date)
            entry = Entry(flow.id, flow.name, amount, cash=moves_cash(book, flow))
            found.setdefault(day, []).append(entry)
    return found


def _last_of_month(first: date) -> date:
    following = date(first.year + first.month // 12, first.month % 12 + 1, 1)
    return following - timedelta(days=1)


class MonthModel(QAbstractTableModel):
    """Days in weeks; each cell says its day and what falls on it."""

    def __init__(self, words: Words, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._words, self._currency = words, "CNY"
        self._days: list[CalendarDay] = []

    def show_days(self, days: list[CalendarDay], words: Words, currency: str) -> None:
        """Show these days, in whole weeks."""
        resized = len(days) != len(self._days)
        if resized:
            self.beginResetModel()
        self._days, self._words, self._currency = days, words, currency
        if resized:
            self.endResetModel()
        elif days:
            last = self.index(self.rowCount() - 1, DAYS_A_WEEK - 1)
            self.dataChanged.emit(self.index(0, 0), last)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, DAYS_A_WEEK - 1)

    def day_at(self, index: Index) -> CalendarDay | None:
        """The day in a cell."""
        if not index.isValid():
            return None
        return self._days[index.row() * DAYS_A_WEEK + index.column()]

    def index_of(self, day: date) -> QModelIndex:
        """Where a day stands, or nowhere."""
        if not self._days or not self._days[0].date <= day <= self._days[-1].date:
            return QModelIndex()
        return self.index(*divmod((day - self._days[0].date).days, DAYS_A_WEEK))

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else len(self._days) // DAYS_A_WEEK

    def columnCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        return 0 if parent.isValid() else DAYS_A_WEEK

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        day = self.day_at(index)
        if day is None:
            return None
        if role == DAY_ROLE:
            return day
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self._said(day)
        if role == Qt.ItemDataRole.ToolTipRole and day.entries:
            return as_tip(self._said(day))
        return None

    def headerData(  # noqa: N802
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> Any:
        if orientation is Qt.Orientation.Horizontal and role == Qt.ItemDataRole.DisplayRole:
            monday = date(2024, 1, 1)
            return self._words.language.short_weekday(monday.replace(day=1 + section))
        return None

    def _said(self, day: CalendarDay) -> str:
        lines = [self._words.day(day.date)]
        lines += [f"{e.name}: {self._words.money(e.amount, self._currency)}" for e in day.entries]
        return "\n".join(lines)
