"""A rule in words and its next dates, each of which can be left out or moved."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QMenu, QToolButton

from backstop.desktop.forms.exceptions import without_date
from backstop.desktop.forms.follow_ups import FollowUp, Values
from backstop.desktop.forms.form import RecordForm
from backstop.desktop.forms.picker import pick_day
from backstop.desktop.forms.upcoming import Upcoming, upcoming
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, plain_label, set_role, tool_button
from backstop.domain import BadInput, Moved, Record, Recurring, Repeat
from backstop.projection import calendar_of
from backstop.services import clock
from backstop.telling.rules import rule_in_words

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

RULE_FIELDS = tuple(
    name for name in Recurring.__struct_fields__ if name not in Record.__struct_fields__
)
DATES_SHOWN = 6
DATES_A_ROW = 3


class RulePreview(FollowUp):
    """Below the fields of a rule: what it says, and when it falls next.

    A date is a button: its menu leaves this one out or moves it. The rule stays anchored.
    """

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._form: RecordForm | None = None
        self._upcoming: list[Upcoming] = []
        self.heading = plain_label("small")
        self.dates = [self._date_button(number) for number in range(DATES_SHOWN)]
        grid = QGridLayout()
        grid.setHorizontalSpacing(Space.MEDIUM)
        grid.setVerticalSpacing(0)
        for number, each in enumerate(self.dates):
            place = divmod(number, DATES_A_ROW)
            grid.addWidget(each, *place, Qt.AlignmentFlag.AlignLeft)
        self.column.addWidget(self.heading)
        self.column.addLayout(grid)

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
        self._show_dates(rule)
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
            text = words.day(days[number]) if number < len(days) else ""
            button.setText(as_typed(text))
            button.setVisible(number < len(days))
            button.setToolTip(tip)
            button.setAccessibleName(text)
            button.setAccessibleDescription(tip)
            policy = Qt.FocusPolicy.TabFocus if changes else Qt.FocusPolicy.NoFocus
            button.setFocusPolicy(policy)
            set_role(button, "day" if changes else "fixed")

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
        skip.triggered.connect(lambda: self.skip(each))
        move.triggered.connect(lambda: self._pick(number, each))
        return menu

    def _pick(self, number: int, each: Upcoming) -> None:
        button = self.dates[number]
        below = button.mapToGlobal(button.rect().bottomLeft())
        language = self.context.words.language.code
        pick_day(self, below, each.day, language, lambda day: self.move_to(each, day))

    def skip(self, each: Upcoming) -> None:
        """Leave one date of the rule out."""
        draft = self._form.draft if self._form is not None else None
        if draft is not None and self._form is not None:
            skipped = sorted({*draft["skipped"], each.rule_date})
            self._form.enter("skipped", tuple(skipped))

    def move_to(self, each: Upcoming, day: date) -> None:
        """Let one date of the rule fall on another day; back on its own, it is not moved."""
        draft = self._form.draft if self._form is not None else None
        if draft is not None and self._form is not None and day != each.day:
            kept = [*without_date(draft["moved"], each.rule_date)]
            kept += [Moved(rule_date=each.rule_date, to=day)] if day != each.rule_date else []
            self._form.enter("moved", tuple(sorted(kept, key=lambda move: move.rule_date)))


def rule_of(values: Values) -> Recurring | None:
    """The rule alone: it can be said before the record has a name or an amount."""
    rule = {name: values[name] for name in RULE_FIELDS}
    try:
        return Recurring(id="rule", name="rule", **rule)
    except BadInput:
        return None
