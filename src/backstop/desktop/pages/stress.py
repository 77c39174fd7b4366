"""Stress: every loss ranked, the chosen one against the plan of record."""

from datetime import timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox

from backstop.desktop.charts.chart import CashChart
from backstop.desktop.editors.days import DayControl
from backstop.desktop.models import RowsView
from backstop.desktop.page import Page
from backstop.desktop.pages.columns import bounced_columns, stress_columns
from backstop.desktop.pages.losing import Losing
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.tables import WholeRows
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.domain import BadInput, message

if TYPE_CHECKING:
    from backstop.contingency import Bounced
    from backstop.desktop.context import Context
    from backstop.plan import Answers, Loss

SIDE_WIDTH = 340
DAY_WIDTH = 150


class StressPage(Page):
    title = "Stress"
    question = "Which loss would hurt, and how much?"

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._losing = Losing(context.tasks, self._show_answers)
        self.groups = QCheckBox()
        self.groups.setChecked(True)
        self.groups.toggled.connect(self._show_again)
        self.closes_on = DayControl()
        self.closes_on.setFixedWidth(DAY_WIDTH)
        self.closes_on.left.connect(self._day_left)
        self.closes_on.escaped.connect(self._show_day)
        self._closes_label = plain_label("muted")
        self._closes_label.setBuddy(self.closes_on.target)
        self.losses = RowsView(context, stress_columns(context), key=_loss_id)
        self.losses.row_chosen.connect(self._show_loss)
        self.losses.row_opened.connect(self._open_plan)
        self.chart = CashChart(context, height=170)
        self.bounced = RowsView(context, bounced_columns(context), key=_bounced_key)
        self.bounced.horizontalHeader().hide()
        self.plan = button("primary")
        self.plan.clicked.connect(lambda: self._open_plan(self.losses.current()))
        self._lay_out()

    def _lay_out(self) -> None:
        self.losses.setMinimumHeight(180)
        self._table_card, self._chart_card = Card(WholeRows(self.losses)), Card(self.chart)
        self._bounced_card = Card(WholeRows(self.bounced))
        self._bounced_card.setMinimumWidth(SIDE_WIDTH)
        for each in (self.groups, self._closes_label, self.closes_on, self.plan):
            self.tools.addWidget(each)
        below = self.side_by_side()
        below.addWidget(self._chart_card, 3)
        below.addWidget(self._bounced_card, 2)
        self.body.addWidget(self._table_card, 6)
        self.body.addLayout(below, 5)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.say
        self.groups.setText(as_typed(say("with groups that fail together")))
        self._closes_label.setText(say("Closes on"))
        self.closes_on.target.setAccessibleName(say("Closes on"))
        self.plan.setText(as_typed(say("Draft the plan")))
        self._table_card.set_title(say("Losses, the worst first"))
        self.losses.setAccessibleName(say("Losses, the worst first"))
        self._chart_card.set_title(say("Cash, with and without it"))
        self._bounced_card.set_title(say("What bounces"))
        self.bounced.setAccessibleName(say("What bounces"))

    # answers

    def refresh(self, answers: "Answers") -> None:
        self._show_day()
        self._losing.ask(answers, self.context.loss_day)

    def _show_day(self) -> None:
        """Show the day of the loss, as the language writes it."""
        if self.answers is not None:
            book = self.answers.book
            self.context.loss_day = min(self.context.loss_day, book.horizon_days)
            self.closes_on.speak(self.context.words, book)
            self.closes_on.show_value(book.as_of + timedelta(days=self.context.loss_day))
            self.closes_on.set_wrong(False)

    def _day_left(self) -> None:
        """Let lines close on another day; one that cannot be is said, and stays to be mended."""
        if self.answers is None:
            return
        book = self.answers.book
        last = book.as_of + timedelta(days=book.horizon_days)
        try:
            day = self.closes_on.value()
            if not book.as_of <= day <= last:
                raise BadInput(
                    message("Choose a day from {first} to {last}.", first=book.as_of, last=last)
                )
        except BadInput as bad:
            self.closes_on.set_wrong(True)
            self.context.tell_error(bad)
            return
        self.context.loss_day = (day - book.as_of).days
        self._show_day()
        self._losing.ask(self.answers, self.context.loss_day)

    def _show_again(self) -> None:
        if self._losing.answers is not None:
            self._show_answers(self._losing.answers)

    def _show_answers(self, answers: "Answers") -> None:
        shown = answers.losses if self.groups.isChecked() else answers.singles
        chosen = self.losses.current()
        self.losses.set_rows(shown)
        self._table_card.say_empty("" if shown else self._no_lines())
        if not (chosen and self.losses.choose(_loss_id(chosen), tell=False)) and shown:
            self.losses.choose(_loss_id(shown[0]), tell=False)
        self._show_loss(self.losses.current())

    def _no_lines(self) -> str:
        return self.say("No credit line yet. Add one under Sources to see what its loss would do.")

    def _show_loss(self, loss: "Loss | None") -> None:
        answers = self._losing.answers
        if answers is None:
            return
        from backstop.desktop.pages.pictures import loss_picture
        from backstop.report.sentences import loss_verdict, verdict

        words = self.context.words
        said = loss_verdict(answers, loss, words) if loss is not None else verdict(answers, words)
        self.set_answer(said.headline, said.detail)
        self.plan.setEnabled(loss is not None and loss.outcome.hurts)
        self.chart.show_picture(loss_picture(answers, loss, words))
        self.chart.describe(words.say("Cash, with and without it"), str(said))
        bounced = loss.outcome.bounced if loss is not None else ()
        self.bounced.set_rows(bounced)
        self._bounced_card.say_empty("" if bounced else words.say("Nothing is missed."))
        total = sum(each.missed for each in bounced)
        remark = words.round_money(total, answers.book.currency) if total else ""
        self._bounced_card.set_title(words.say("What bounces"), remark)

    def show_record(self, record_id: str) -> None:
        self.losses.choose(record_id)

    def _open_plan(self, loss: "Loss | None") -> None:
        if loss is not None:
            self.context.show_page("plan", loss.contingency.id)

    def restyle(self) -> None:
        self.chart.restyle()


def _loss_id(loss: "Loss") -> str:
    return loss.contingency.id


def _bounced_key(each: "Bounced") -> tuple[str, str, int]:
    return each.obligation.record, each.obligation.kind, each.day
