"""A rule in words and its next dates, each of which can be left out or moved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from typing import TYPE_CHECKING, Any

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget

from backstop.desktop.forms.amount_picker import pick_amount
from backstop.desktop.forms.follow_ups import FollowUp, Values
from backstop.desktop.forms.form import RecordForm
from backstop.desktop.forms.past_dates import PastDates
from backstop.desktop.forms.picker import pick_day
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.flow import FlowLayout
from backstop.desktop.widgets.text import as_typed, plain_label, set_role, tool_button
from backstop.domain import (
    BadInput,
    CashFlow,
    LaterAmount,
    Moved,
    OtherAmount,
    PlannedDraw,
    Record,
    Recurring,
    Repeat,
    StillOpen,
)
from backstop.projection import Occurrence, amount_on, calendar_of, upcoming
from backstop.services import clock
from backstop.telling.rules import rule_in_words

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

RULE_FIELDS = tuple(
    name for name in Recurring.__struct_fields__ if name not in Record.__struct_fields__
)
DATES_SHOWN = 6


class RulePreview(FollowUp):
    """Below the fields of a rule: what it says, and when it falls next.

    A date is a button: its menu leaves this one out or moves it. The rule stays anchored.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._form: RecordForm | None = None
        self._upcoming: list[Occurrence] = []
        self.heading = plain_label("small")
        self.dates = [self._date_button(number) for number in range(DATES_SHOWN)]
        place = QWidget()
        row = FlowLayout(place, Space.MEDIUM, 0)
        for each in self.dates:
            row.addWidget(each)
        self.past = PastDates(context, self.mark_open)
        self._record: CashFlow | PlannedDraw | None = None
        self.column.addWidget(self.heading)
        self.column.addWidget(place)
        self.column.addWidget(self.past)

    def _date_button(self, number: int) -> QToolButton:
        made = tool_button()
        made.clicked.connect(lambda: self._offer(number))
        return made

    def follow(self, form: RecordForm) -> None:
        super().follow(form)
        self._form = form

    def said(self, values: Values, record: Record | None) -> str:
        rule = rule_of(values)
        if rule is None:
            return ""
        words = self.context.words
        self._record = record if isinstance(record, CashFlow | PlannedDraw) else None
        self._show_dates(rule)
        self.past.show_record(record, rule)
        return words.language.sentence(rule_in_words(rule, words))

    def _show_dates(self, rule: Recurring) -> None:
        words, book = self.context.words, self.context.book
        calendar, first = calendar_of(book), clock.first_day(book)
        self._upcoming = upcoming(rule, first, DATES_SHOWN, calendar)
        days = [each.day for each in self._upcoming]
        self.heading.setText(
            words.count(len(days), "Next date", "Next {n} dates")
            if days
            else words.say("No date from {day} on", day=first)
        )
        changes = rule.repeat is not Repeat.ONCE and self.context.may_edit
        tip = words.say("Leave this one out, or move it") if changes else ""
        for number, button in enumerate(self.dates):
            text = self._said(number) if number < len(days) else ""
            button.setText(as_typed(text))
            button.setVisible(number < len(days))
            button.setToolTip(tip)
            button.setAccessibleName(text)
            button.setAccessibleDescription(tip)
            policy = Qt.FocusPolicy.TabFocus if changes else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)
            set_role(button, "day" if changes else "fixed")

    def _said(self, number: int) -> str:
        """A day, with its amount where that is another one than usual."""
        words, (day, rule_date) = self.context.words, self._upcoming[number]
        record = self._record
        if record is None or (amount := amount_on(record, rule_date)) == record.amount:
            return words.day(day)
        sum_ = words.round_money(amount, self.context.book.currency)
        return words.say("{day}: {amount}", day=day, amount=sum_)

    # one date changed

    def _offer(self, number: int) -> None:
        if self._form is None or not self.dates[number].toolTip():
            return
        menu = self.menu_of(number)
        button = self.dates[number]
        menu.popup(button.mapToGlobal(button.rect().bottomLeft()))

    def menu_of(self, number: int) -> QMenu:
        """What can be done about one date."""
        say, each = self.context.words.say, self._upcoming[number]
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        skip = menu.addAction(as_typed(say("Leave this one out")))
        move = menu.addAction(as_typed(say("Move it to…")))
        if self._record is not None:
            other = menu.addAction(as_typed(say("Another amount…")))
            later = menu.addAction(as_typed(say("Another amount from here on…")))
            other.triggered.connect(lambda: self._ask(number, each, self.set_amount))
            later.triggered.connect(lambda: self._ask(number, each, self.set_later_amount))
        skip.triggered.connect(lambda: self.skip(each))
        move.triggered.connect(lambda: self._pick(number, each))
        return menu

    def _pick(self, number: int, each: Occurrence) -> None:
        button = self.dates[number]
        below = button.mapToGlobal(button.rect().bottomLeft())
        language = self.context.words.language.code
        pick_day(self, below, each.day, language, lambda day: self.move_to(each, day))

    def _ask(
        self, number: int, each: Occurrence, change: Callable[[Occurrence, int], None]
    ) -> None:
        words, book, button = self.context.words, self.context.book, self.dates[number]
        usual = 0 if self._record is None else amount_on(self._record, each.rule_date)
        below = button.mapToGlobal(button.rect().bottomLeft())
        label = words.field("amount")
        pick_amount(self, below, label, usual, words, book, lambda minor: change(each, minor))

    def skip(self, each: Occurrence) -> None:
        """Leave one date of the rule out."""
        draft = self._form.draft if self._form is not None else None
        if draft is not None and self._form is not None:
            skipped = sorted({*draft["skipped"], each.rule_date})
            self._form.enter("open", tuple(_of_others(draft["open"], each.rule_date)))
            self._form.enter("skipped", tuple(skipped))

    def move_to(self, each: Occurrence, day: date) -> None:
        """Let one date of the rule fall on another day; back on its own, it is not moved."""
        draft = self._form.draft if self._form is not None else None
        if draft is not None and self._form is not None and day != each.day:
            is_open = [e for e in draft["open"] if e.rule_date == each.rule_date]
            if is_open:
                expected = msgspec.structs.replace(is_open[0], expected=day)
                self.mark_open(expected)
                return
            kept = [*_of_others(draft["moved"], each.rule_date)]
            kept += [Moved(rule_date=each.rule_date, to=day)] if day != each.rule_date else []
            self._form.enter("moved", tuple(sorted(kept, key=lambda move: move.rule_date)))

    def mark_open(self, still: StillOpen) -> None:
        """Let one date of the rule be due, whatever its day."""
        self._put("open", still, still.rule_date)

    def set_amount(self, each: Occurrence, amount: int) -> None:
        """Let one date of the rule have another amount; what is open, that much left."""
        still = next((e for e in self._listed("open") if e.rule_date == each.rule_date), None)
        if still is not None:
            self.mark_open(msgspec.structs.replace(still, left=amount))
        else:
            self._put(
                "amounts", OtherAmount(rule_date=each.rule_date, amount=amount), each.rule_date
            )

    def set_later_amount(self, each: Occurrence, amount: int) -> None:
        """Let all dates from one on have another amount."""
        kept = [e for e in self._listed("later_amounts") if e.from_day < each.rule_date]
        self._enter("later_amounts", [*kept, LaterAmount(from_day=each.rule_date, amount=amount)])

    def _listed(self, name: str) -> tuple[Any, ...]:
        draft = self._form.draft if self._form is not None else None
        return () if draft is None else draft[name]

    def _put(self, name: str, row: Any, rule_date: date) -> None:
        rows = [*_of_others(self._listed(name), rule_date), row]
        self._enter(name, sorted(rows, key=lambda each: each.rule_date))

    def _enter(self, name: str, rows: Iterable[Any]) -> None:
        if self._form is not None and self._form.draft is not None:
            self._form.enter(name, tuple(rows))


def _of_others(rows: Iterable[Any], rule_date: date) -> Iterator[Any]:
    """What is said of all other dates of the rule."""
    return (each for each in rows if each.rule_date != rule_date)


def rule_of(values: Values) -> Recurring | None:
    """The rule alone: it can be said before the record has a name or an amount."""
    rule = {name: values[name] for name in RULE_FIELDS}
    try:
        return Recurring(id="rule", name="rule", **rule)
    except BadInput:
        return None
