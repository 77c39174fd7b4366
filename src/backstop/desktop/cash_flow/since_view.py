"""What happened since the as-of date: the list, then balances, then lines, then one change."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QSplitter, QStackedWidget, QVBoxLayout, QWidget

from backstop.desktop.cash_flow.since_answer import AnswerPane
from backstop.desktop.cash_flow.since_balances import BalancesView
from backstop.desktop.cash_flow.since_lines import LinesView
from backstop.desktop.cash_flow.since_matching import HandMatching
from backstop.desktop.cash_flow.since_months import MonthByMonth
from backstop.desktop.cash_flow.since_other_dialog import OtherDialog
from backstop.desktop.cash_flow.since_rows import since_rows
from backstop.desktop.cash_flow.since_table import SinceTable
from backstop.desktop.forms.records_page import Apart, card_around
from backstop.desktop.forms.segments import Segments
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.look.theme import Space
from backstop.desktop.tables.whole import WholeRows
from backstop.desktop.widgets.dialog_lifetimes import ends_with_state
from backstop.desktop.widgets.keys import MATCH_ROW, SETTLE_ON
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.domain import BadInput
from backstop.services.matching import settled_by
from backstop.services.settling import InWork
from backstop.settling import Extra, ExtraKind

if TYPE_CHECKING:
    from backstop.desktop.cash_flow.since_answer import Answers
    from backstop.desktop.state.context import Context
    from backstop.services.commands import Change

LIST, BALANCES, LINES = range(3)
STEPS = ((LIST, "What happened"), (BALANCES, "Balances"), (LINES, "Credit lines"))
FIND_WIDTH, PANE_WIDTH = 200, 300


class SinceView(QWidget):
    """Three steps over `context.settling`; `settled(work, change)` when the book was brought to
    today."""

    settled = Signal(object, object)

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.steps = Segments(context, "settling|Steps", STEPS)
        self.search = SelectingLine()
        self.search.setFixedWidth(FIND_WIDTH)
        self.other = button()
        self.table, self.pane = SinceTable(context), AnswerPane(context)
        self.matching = HandMatching(context, self, self.take_focus)
        self.balances, self.lines = BalancesView(context), LinesView(context)
        self.problem = plain_label("danger", wrap=True)
        self.problem.hide()
        self.back, self.onward = button(), button("primary")
        self.all_planned = MonthByMonth(context)
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def _lay_out(self) -> None:
        beside = QSplitter(Qt.Orientation.Horizontal)
        beside.setHandleWidth(Space.LARGE)
        beside.setChildrenCollapsible(False)
        self.pane.setMinimumWidth(PANE_WIDTH)
        beside.addWidget(card_around(WholeRows(self.table)))
        beside.addWidget(self.pane)
        beside.setStretchFactor(0, 1)
        beside.setStretchFactor(1, 0)
        beside.setSizes([1000, PANE_WIDTH])
        for each in (beside, card_around(self.balances), card_around(self.lines)):
            self._stack.addWidget(each)
        finding = QWidget()
        tools = QHBoxLayout(finding)
        tools.setContentsMargins(0, 0, 0, 0)
        tools.setSpacing(Space.SMALL)
        tools.addWidget(self.search)
        tools.addWidget(self.other)
        foot = QHBoxLayout()
        foot.setSpacing(Space.SMALL)
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.all_planned)
        foot.addStretch(1)
        foot.addWidget(self.back)
        foot.addWidget(self.onward)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(Space.SMALL)
        column.addWidget(Apart(self.steps, finding))
        column.addWidget(self._stack, 1)
        column.addLayout(foot)

    def _connect(self) -> None:
        self.steps.chosen.connect(self._show_step)
        self.table.selection_changed.connect(lambda: self.pane.show_rows(self.table.chosen()))
        self.table.answered.connect(self.pane.answer)
        self.table.row_opened.connect(lambda _: self.pane.answer(2))
        self.pane.answered.connect(self._answer)
        self.pane.removed.connect(self._remove)
        self.pane.done.connect(self._next_row)
        self.pane.match_wanted.connect(self.matching.ask)
        self.pane.match_left.connect(self.matching.leave)
        self.table.row_deleted.connect(self.matching.leave)
        self.search.textEdited.connect(self._find)
        self.search.returnPressed.connect(self.table.setFocus)
        self.other.clicked.connect(self.ask_other)
        self.lines.other_wanted.connect(self._ask_of_line)
        self.back.clicked.connect(lambda: self.steps.choose(self.steps.value - 1))
        self.onward.clicked.connect(self.go_on)
        self.all_planned.brought.connect(self._apply)
        on = QShortcut(QKeySequence(SETTLE_ON), self)
        on.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        on.activated.connect(self.go_on)
        match = QShortcut(QKeySequence(MATCH_ROW), self)
        match.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        match.activated.connect(lambda: self.matching.ask(self.table.current()))

    # what is shown

    def show_work(self) -> None:
        """Show the settling as it is now."""
        work = self._context.settling
        if work is None:
            return
        self.table.set_rows(since_rows(work))
        self.pane.show_rows(self.table.chosen())
        self._show_results(work)
        self.speak()

    def _show_results(self, work: InWork) -> None:
        """Balances and lines, or why there are none: two answers that cannot both hold."""
        self.problem.hide()
        if self.steps.value == LIST:
            return
        try:
            self.balances.show_work(work)
            self.lines.show_work(work)
        except BadInput as bad:
            self._tell(bad)

    def _show_step(self, step: int) -> None:
        self._stack.setCurrentIndex(step)
        work = self._context.settling
        if work is not None:
            self._show_results(work)
        self._speak_step()
        self.take_focus()

    def begin(self) -> None:
        """Begin with the list."""
        self.steps.show_chosen(LIST)
        self._stack.setCurrentIndex(LIST)
        self._speak_step()

    def take_focus(self) -> None:
        """Let keys speak to the table of this step, in its first row unless one is chosen."""
        table = (self.table, self.balances.table, self.lines.table)[self.steps.value]
        if table.current() is None and table.rows.rows:
            table.selectRow(0)
        table.setFocus(Qt.FocusReason.OtherFocusReason)

    # what is said

    def _answer(self, answers: Answers) -> None:
        work = self._context.settling
        if work is None:
            return
        for row in self.table.chosen():
            answer = answers(row)
            if answer is not None:
                work = work.answered((row.id,), None if answer == row.item.usual else answer)
        self._context.settle(work)

    def _next_row(self) -> None:
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        if len(self.table.chosen()) == 1:
            self.table.choose_next()

    def _remove(self, id_: str) -> None:
        work = self._context.settling
        if work is not None:
            self._context.settle(work.without_other(id_))

    def _find(self, text: str) -> None:
        if text.strip():
            self.table.find_name(text.strip().casefold(), here=True)

    def ask_other(self) -> None:
        """Ask for something else that happened."""
        dialog = self._dialog()
        if dialog is not None:
            dialog.open()

    def _ask_of_line(self, line: str, difference: int) -> None:
        """Ask why another sum is owed on a line than follows."""
        dialog = self._dialog()
        if dialog is not None:
            kind = ExtraKind.DRAW if difference > 0 else ExtraKind.REPAYMENT
            dialog.begin_with(kind, line, abs(difference))
            dialog.open()

    def _dialog(self) -> OtherDialog | None:
        work = self._context.settling
        if work is None or not self._context.may_edit:
            return None
        last = max(work.book.as_of, date.fromordinal(work.until.toordinal() - 1))
        dialog = OtherDialog(self._context, self, work.book, last, self._take_other)
        ends_with_state(dialog, self._context)
        return dialog

    def _take_other(self, extra: Extra, recurs: bool) -> None:
        work = self._context.settling
        if work is None:
            return
        more = work.with_other(extra, recurs=recurs)
        _ = more.result  # raises what it cannot be
        self._context.settle(more)

    # the end

    def go_on(self) -> None:
        """Show the next step; after the last one, bring the book to today. A month on the way there
        has one step."""
        work = self._context.settling
        if self.steps.value < LINES and (work is None or work.is_last):
            self.steps.choose(self.steps.value + 1)
            return
        session = self._context.session
        if work is None or session is None or self._context.refuses_older(work.book):
            return
        try:
            change = settled_by(session, work)
        except BadInput as bad:
            self._tell(bad)
            return
        self._apply(work, change)

    def _apply(self, work: InWork, change: Change) -> None:
        if self._context.apply(change):
            self.begin()
            self.settled.emit(work, change)

    def _tell(self, bad: BadInput) -> None:
        self.problem.setText(self._context.words.tell(bad.message))
        self.problem.show()

    # words

    def speak(self) -> None:
        """Say everything in the words of the context."""
        say = self._context.words.say
        self.steps.speak()
        self.search.setPlaceholderText(say("Find by name"))
        self.search.setAccessibleName(say("Find by name"))
        self.other.setText(as_typed(say("Something else happened…")))
        self.table.setAccessibleName(say("What was due since"))
        self.pane.speak()
        self.balances.speak()
        self.lines.speak()
        self._speak_step()

    def _speak_step(self) -> None:
        say, work = self._context.words.say, self._context.settling
        step, may = self.steps.value, self._context.may_edit
        is_stop = work is not None and not work.is_last
        self.steps.setVisible(not is_stop)
        self.all_planned.show_work(work)
        self.search.setVisible(step == LIST)
        self.back.setVisible(step != LIST)
        self.back.setText(as_typed(say("step|Back")))
        last = (step == LINES or is_stop) and work is not None
        said = say("Bring the book to {day}", day=work.until) if last and work else say("Continue")
        self.onward.setText(as_typed(said))
        self.onward.setToolTip(
            QKeySequence(SETTLE_ON).toString(QKeySequence.SequenceFormat.NativeText)
        )
        self.onward.setEnabled(may or not last)
        self.other.setEnabled(may)
