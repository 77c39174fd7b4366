"""What came of the chosen things: one of four answers, and the amount and day of another one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.cash_flow.since_choices import (
    AS_PLANNED,
    IN_FULL,
    NOT_YET,
    OF_THE_PAST,
    OTHERWISE,
    WILL_NOT,
    can_be,
    can_be_matched,
    is_today,
    may_be_awaited,
    number_of_answer,
    only_answer,
    texts_of,
)
from backstop.desktop.cash_flow.since_rows import SinceRow
from backstop.desktop.forms.days import DayControl
from backstop.desktop.forms.lines import AmountControl
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.keys import MATCH_ROW
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.domain import BadInput
from backstop.services.looking import row_said
from backstop.services.settling import check_over
from backstop.services.settling_items import DueItem, Other
from backstop.services.settling_words import item_title
from backstop.settling import Answer, AsPlanned, Happened, NotYet, WillNot
from backstop.telling import Narrator
from backstop.telling.settling import expected_again

if TYPE_CHECKING:
    from backstop.desktop.forms.control import LineControl
    from backstop.desktop.state.context import Context

ONE = timedelta(days=1)
Answers = Callable[[SinceRow], Answer | None]


class AnswerPane(QFrame):
    """- `answered(answers)`: a function that gives each chosen row its answer, or None where it
      cannot have that one.
    - `removed(id)`: something else that happened is to go from the list.
    - `match_wanted(row)`: a thing is to be laid on the row of a statement; `match_left(row)`: it
      to be laid on none.
    - `done()`: the amount or the day was entered; the list goes on.
    """

    answered = Signal(object)
    removed = Signal(str)
    match_wanted = Signal(object)
    match_left = Signal(object)
    done = Signal()

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self._rows: list[SinceRow] = []
        self.setProperty("role", "card")
        self.title = plain_label("section", wrap=True)
        self.about = plain_label("small", wrap=True)
        self.buttons = [button("rail") for _ in range(4)]
        self.full = button("rail")
        self._group = QButtonGroup(self)
        self.amount, self.day = AmountControl(), DayControl()
        self.expected = DayControl()
        self.rest = QCheckBox()
        self.remove = button()
        self.told_by = plain_label("small", wrap=True)
        self.match, self.unmatch = button(), button("quiet")
        self.problem = plain_label("danger", wrap=True)
        self._labels = {each: plain_label() for each in ("amount", "day", "expected")}
        self._lay_out()
        self._connect()
        self.show_rows([])

    def _lay_out(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(Space.LARGE, Space.MEDIUM, Space.LARGE, Space.LARGE)
        column.setSpacing(Space.SMALL)
        column.addWidget(self.title)
        column.addWidget(self.about)
        column.addSpacing(Space.SMALL)
        for number, each in enumerate((*self.buttons, self.full), start=1):
            each.setObjectName(f"answer-{number}")
            each.setCheckable(True)
            self._group.addButton(each, number)
            column.addWidget(each)
        self._fields = QWidget()
        grid = QGridLayout(self._fields)
        grid.setContentsMargins(0, Space.SMALL, 0, 0)
        grid.setColumnStretch(1, 1)
        fields = {"amount": self.amount, "day": self.day, "expected": self.expected}
        for row, (name, control) in enumerate(fields.items()):
            self._labels[name].setBuddy(control.target)
            grid.addWidget(self._labels[name], row, 0)
            grid.addWidget(control, row, 1)
        grid.addWidget(self.rest, len(fields), 0, 1, 2)
        column.addWidget(self._fields)
        column.addSpacing(Space.SMALL)
        column.addWidget(self.told_by)
        beside = QHBoxLayout()
        beside.setSpacing(Space.SMALL)
        beside.addWidget(self.match, 1)
        beside.addWidget(self.unmatch)
        column.addLayout(beside)
        column.addWidget(self.remove)
        column.addWidget(self.problem)
        column.addStretch(1)

    def _connect(self) -> None:
        self._group.idClicked.connect(self.answer)
        for each in (self.amount, self.day, self.expected):
            each.left.connect(self._entered)
            each.line.returnPressed.connect(self._finish)
            each.escaped.connect(lambda: self.show_rows(self._rows))
        self.rest.clicked.connect(self._entered)
        self.remove.clicked.connect(lambda: self.removed.emit(self._rows[0].id))
        self.match.clicked.connect(lambda: self.match_wanted.emit(self._rows[0]))
        self.unmatch.clicked.connect(lambda: self.match_left.emit(self._rows[0]))

    # what is shown

    def show_rows(self, rows: list[SinceRow]) -> None:
        """Show what is said of these rows."""
        self._rows = rows
        self.problem.hide()
        one = rows[0] if len(rows) == 1 else None
        self.title.setText(self._title(one))
        self.about.setText(self._about(one))
        texts = self._texts()
        answer = only_answer({type(each.answer): each.answer for each in rows})
        chosen = number_of_answer(answer)
        for number, each in enumerate(self.buttons, start=1):
            text = texts[number - 1] if texts else ""
            each.setVisible(bool(text))
            each.setText(as_typed(f"{number}   {self._context.words.say(text)}" if text else ""))
            each.setEnabled(self._context.may_edit)
        self._show_full(rows)
        self._check(chosen)
        self.remove.setVisible(one is not None and isinstance(one.item, Other))
        self._show_fields(chosen, answer)
        self._show_match(one)

    def _show_full(self, rows: list[SinceRow]) -> None:
        """The key for receipts that came with the share that is not counted on."""
        words = self._context.words
        whole = [each.full.amount for each in rows if each.full is not None]
        said = words.say("In full")
        if len(whole) == 1:
            said = words.say("In full: {amount}", amount=self._context.money(whole[0]))
        self.full.setVisible(bool(whole))
        self.full.setText(as_typed(f"{IN_FULL}   {said}"))
        self.full.setEnabled(self._context.may_edit)

    def _show_match(self, one: SinceRow | None) -> None:
        """The row of a statement that says what came of it."""
        words, row = self._context.words, one.told_by if one else None
        self.told_by.setVisible(row is not None)
        if row is not None:
            self.told_by.setText(words.say("By a statement: {row}", row=row_said(row)))
        can = one is not None and can_be_matched(one) and self._context.may_edit
        self.match.setVisible(can)
        self.unmatch.setVisible(can and row is not None)
        self.match.setText(as_typed(words.say("Another row…" if row else "Match a row…")))
        self.match.setToolTip(
            QKeySequence(MATCH_ROW).toString(QKeySequence.SequenceFormat.NativeText)
        )
        self.unmatch.setText(as_typed(words.say("Take the row off")))

    def _title(self, one: SinceRow | None) -> str:
        words = self._context.words
        if one is not None:
            return item_title(one.item, Narrator(self._context.book, words))
        if not self._rows:
            return words.say("Choose a row")
        return words.say("{n} chosen", n=len(self._rows))

    def _about(self, one: SinceRow | None) -> str:
        words = self._context.words
        if not self._rows:
            return words.say(
                "Everything counts as planned until you say otherwise. Keys 1 to 4 answer for the "
                "chosen rows; a letter jumps to a name."
            )
        if one is None or not isinstance(one.item, DueItem):
            return ""
        due = one.item.due
        account = self._context.book.by_id.get(due.account)
        planned = words.say(
            "{amount} planned for {day}", amount=self._context.money(due.planned), day=due.day
        )
        return planned if account is None else f"{planned} · {account.name}"

    def _texts(self) -> tuple[str, ...]:
        """The four answers, as far as all chosen rows can have them."""
        kinds = {texts_of(each) for each in self._rows}
        kinds -= {()}
        if len(kinds) == 1:
            return next(iter(kinds))
        return OF_THE_PAST if kinds else ()

    def _check(self, number: int) -> None:
        self._group.setExclusive(False)
        for each in self._group.buttons():
            each.setChecked(self._group.id(each) == number)
        self._group.setExclusive(True)

    def _show_fields(self, number: int, answer: Answer | None) -> None:
        rows = [each for each in self._rows if isinstance(each.item, DueItem)]
        otherwise = number == OTHERWISE and bool(rows)
        awaited = number == NOT_YET and bool(rows) and all(map(may_be_awaited, rows))
        one = len(rows) == 1
        for control, label, shown in (
            (self.amount, "amount", otherwise and one),
            (self.day, "day", otherwise),
            (self.expected, "expected", awaited),
        ):
            control.setVisible(shown)
            self._labels[label].setVisible(shown)
        self.rest.setVisible(otherwise and one)
        self._fields.setVisible(otherwise or awaited)
        self._fill(rows, answer)

    def _fill(self, rows: list[SinceRow], answer: Answer | None) -> None:
        words, book = self._context.words, self._context.book
        for each in (self.amount, self.day, self.expected):
            each.speak(words, book)
            each.set_wrong(False)
        if not rows:
            return
        first = rows[0]
        assert isinstance(first.item, DueItem)
        due = first.item.due
        happened = answer if isinstance(answer, Happened) else Happened(due.planned)
        self.amount.show_value(happened.amount)
        self.day.show_value(happened.on or due.day)
        self.rest.setChecked(happened.rest_open)
        awaited = answer.expected if isinstance(answer, NotYet) else None
        again = expected_again(due, first.until, Narrator(book, words))
        self.expected.show_value(awaited or again)

    # what is said

    def answer(self, number: int) -> None:
        """Give the chosen rows this answer; another amount or day is asked for first."""
        if not self._context.may_edit or not self._may(number):
            self._check(
                number_of_answer(
                    only_answer({type(each.answer): each.answer for each in self._rows})
                )
            )
            return
        if number == OTHERWISE:
            self._check(number)
            self._show_fields(number, only_answer({type(e.answer): e.answer for e in self._rows}))
            one = sum(isinstance(each.item, DueItem) for each in self._rows) == 1
            self._ask(self.amount if one else self.day)
            return
        if number == IN_FULL:
            self.answered.emit(lambda row: row.full)
            return
        plain: dict[int, Answer] = {
            AS_PLANNED: AsPlanned(),
            NOT_YET: NotYet(),
            WILL_NOT: WillNot(),
        }
        self.answered.emit(lambda row: plain[number] if can_be(row, number) else None)

    def _may(self, number: int) -> bool:
        return any(can_be(each, number) for each in self._rows)

    def _ask(self, control: LineControl) -> None:
        control.line.setFocus(Qt.FocusReason.OtherFocusReason)
        control.line.selectAll()

    def _entered(self) -> None:
        """Take amount and day, or say why they cannot be."""
        self.problem.hide()
        try:
            answers = self._read()
        except BadInput as bad:
            self.problem.setText(self._context.words.tell(bad.message))
            self.problem.show()
            return
        if answers is not None:
            self.answered.emit(answers)

    def _finish(self) -> None:
        self._entered()
        if self.problem.isHidden():
            self.done.emit()

    def _read(self) -> Answers | None:
        if not self.expected.isHidden():
            day = self.expected.value()
            return lambda row: NotYet(day) if can_be(row, NOT_YET) else None
        if self.day.isHidden():
            return None
        on, rest = self.day.value(), self.rest.isChecked()
        first = self._rows[0]
        check_over(on, first.until + ONE if is_today(first) else first.until)
        amount = None if self.amount.isHidden() else self.amount.value()

        def happened(row: SinceRow) -> Answer | None:
            if not isinstance(row.item, DueItem):
                return None
            due = row.item.due
            came = due.planned if amount is None else amount
            return Happened(came, on if on != due.day else None, rest and came < due.planned)

        return happened

    def speak(self) -> None:
        """Say everything in the words of the context."""
        say = self._context.words.say
        texts = {"amount": "Amount", "day": "Date", "expected": "Expected on"}
        for name, control in (
            ("amount", self.amount),
            ("day", self.day),
            ("expected", self.expected),
        ):
            self._labels[name].setText(say(texts[name]))
            control.line.setAccessibleName(say(texts[name]))
        self.rest.setText(as_typed(say("That was a part; the rest is still due")))
        self.remove.setText(as_typed(say("Take it off the list")))
        self.setAccessibleName(say("What came of it"))
        self.show_rows(self._rows)
