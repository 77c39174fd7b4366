"""The month calendar: earlier and later months, today, and a click on what falls on a day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QItemSelectionModel, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.cash_flow.debts import debts_due
from backstop.desktop.cash_flow.month_model import CalendarDay, MonthModel, month_of, weeks_of
from backstop.desktop.cash_flow.month_painting import DayPainter
from backstop.desktop.look.icons import icon
from backstop.desktop.look.theme import Space
from backstop.desktop.state.aside import Aside, is_soon_read
from backstop.desktop.widgets.text import as_typed, button, plain_label, tool_button
from backstop.domain import CashFlow
from backstop.domain.validation import FIRST_DAY, LAST_DAY
from backstop.services import clock

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.desktop.state.tasks import Cancelled

_SELECT = QItemSelectionModel.SelectionFlag.ClearAndSelect
_PAGES = {Qt.Key.Key_PageUp: -1, Qt.Key.Key_PageDown: 1}


class MonthGrid(QTableView):
    """`entry_chosen(id)`: a click on an entry, or Return, which walks through those of a day.

    `month_wanted(steps)`: Page up and Page down.
    """

    entry_chosen = Signal(str)
    month_wanted = Signal(int)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.days = MonthModel(context.words, self)
        self.painter = DayPainter(context, self)
        self.setModel(self.days)
        self.setItemDelegate(self.painter)
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setEditTriggers(QTableView.EditTrigger.NoEditTriggers)
        self.setTabKeyNavigation(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
        self.horizontalHeader().setSectionsClickable(False)
        self.horizontalHeader().setHighlightSections(False)

    def choose(self, entry: str) -> None:
        """Mark a receipt or payment wherever it falls."""
        self.painter.chosen = entry
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:  # noqa: N802
        super().mousePressEvent(event)
        point = event.position().toPoint()
        index = self.indexAt(point)
        day = self.days.day_at(index)
        if day is not None:
            entry = self.painter.entry_at(self.visualRect(index), day, point)
            if entry is not None:
                self.entry_chosen.emit(entry.id)

    def keyPressEvent(self, event: QKeyEvent) -> None:  # noqa: N802
        """Page keys turn months; Enter opens the entries of the day, one after the other."""
        day = self.days.day_at(self.currentIndex())
        if event.key() in _PAGES:
            self.month_wanted.emit(_PAGES[Qt.Key(event.key())])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and day and day.entries:
            self.entry_chosen.emit(self._after_chosen(day))
        else:
            super().keyPressEvent(event)

    def _after_chosen(self, day: CalendarDay) -> str:
        ids = [entry.id for entry in day.entries]
        chosen = self.painter.chosen
        return ids[(ids.index(chosen) + 1) % len(ids)] if chosen in ids else ids[0]


class MonthView(QWidget):
    """The calendar with its head; emits `entry_chosen(id)`."""

    entry_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._flows: tuple[CashFlow, ...] = ()
        self._with_debts = True
        self.first: date | None = None
        self._day: date | None = None
        self._reading: Aside[list[CalendarDay]] = Aside(context.tasks, self._show_days)
        self.grid = MonthGrid(context)
        self.earlier, self.later = tool_button(), tool_button()
        self.today = button()
        self.title = plain_label("section")
        self.sums = plain_label("muted")
        self._lay_out()
        self.earlier.clicked.connect(lambda: self.turn(-1))
        self.later.clicked.connect(lambda: self.turn(1))
        self.today.clicked.connect(self.show_today)
        self.grid.month_wanted.connect(self.turn)
        self.grid.entry_chosen.connect(self.entry_chosen)
        context.theme_changed.connect(self.restyle)
        self.restyle()

    def _lay_out(self) -> None:
        head = QHBoxLayout()
        head.setContentsMargins(Space.SMALL, 0, Space.SMALL, 0)
        head.setSpacing(Space.TINY)
        head.addWidget(self.earlier)
        head.addWidget(self.later)
        head.addSpacing(Space.SMALL)
        head.addWidget(self.title)
        head.addSpacing(Space.MEDIUM)
        head.addWidget(self.sums, 1)
        head.addWidget(self.today)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addLayout(head)
        column.addWidget(self.grid, 1)

    def show_flows(self, flows: Iterable[CashFlow], *, debts: bool = True) -> None:
        """Show these receipts and payments, and `debts` what lines ask for; at first in the month
        of today."""
        self._flows, self._with_debts = tuple(flows), debts
        if self.first is None:
            self.show_today()
        else:
            self._fill()

    def forget(self) -> None:
        """Another book: begin again at today."""
        self.first, self._day, self._flows = None, None, ()
        self._reading.drop()

    def turn(self, months: int) -> None:
        """Go some months on or back."""
        if self.first is not None:
            year, month0 = divmod(self.first.year * 12 + self.first.month - 1 + months, 12)
            wanted = date(min(max(year, 1), 9998), month0 + 1, 1)
            self.first = min(max(wanted, FIRST_DAY), LAST_DAY.replace(day=1))
            self._fill()

    def show_day(self, day: date) -> None:
        """Show the month of a day, and put the keyboard's frame on it."""
        self.first, self._day = day.replace(day=1), day
        self._fill()

    def show_today(self) -> None:
        """Turn to the month of today."""
        self.show_day(clock.today_of(self._context.book))

    def _fill(self) -> None:
        first, flows, with_debts = self.first, self._flows, self._with_debts
        assert first is not None
        book, words = self._context.book, self._context.words
        answers, today = self._context.latest_answers, clock.today_of(book)

        def read(cancelled: Cancelled) -> list[CalendarDay]:
            known = answers if with_debts else None
            debts = debts_due(known, *weeks_of(first), words)
            return month_of(book, first, flows, today, debts)

        asked = book, first, flows, with_debts, answers, today, words
        self._reading.ask(asked, read, at_once=is_soon_read(book))

    def _show_days(self, days: list[CalendarDay]) -> None:
        assert self.first is not None
        book, words = self._context.book, self._context.words
        self.grid.days.show_days(days, words, book.currency)
        if self._day is not None:
            where = self.grid.days.index_of(self._day)
            self.grid.selectionModel().setCurrentIndex(where, _SELECT)
            self._day = None
        self.title.setText(words.language.full_month(self.first))
        entries = [entry for day in days if day.in_month for entry in day.entries if entry.cash]
        self.sums.setText(
            words.say(
                "{received} in · {paid} out",
                received=self._context.round_money(sum(e.amount for e in entries if e.amount > 0)),
                paid=self._context.round_money(-sum(e.amount for e in entries if e.amount < 0)),
            )
        )
        self.grid.setAccessibleName(self.title.text())

    def speak(self) -> None:
        words = self._context.words
        self.today.setText(as_typed(words.say("Today")))
        self._name(self.earlier, words.say("Earlier month"))
        self._name(self.later, words.say("Later month"))
        if self.first is not None and self._context.session is not None:
            self._fill()

    def _name(self, made: QToolButton, name: str) -> None:
        made.setToolTip(name)
        made.setAccessibleName(name)

    def restyle(self) -> None:
        self.earlier.setIcon(icon("earlier", self._context.theme.text))
        self.later.setIcon(icon("later", self._context.theme.text))
        self.grid.viewport().update()
