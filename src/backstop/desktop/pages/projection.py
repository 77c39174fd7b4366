"""Projection: own cash and credit headroom day by day, and what moves on a day."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QComboBox

from backstop.desktop.charts.chart import CashChart
from backstop.desktop.models import RowsView
from backstop.desktop.page import Page
from backstop.desktop.pages.day_flows import FlowRow, flow_columns, flows_of
from backstop.desktop.tasks import Cancelled, Task
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.tables import WholeRows
from backstop.desktop.widgets.text import plain_label

if TYPE_CHECKING:
    from backstop.desktop.context import Context
    from backstop.plan import Answers, Loss
    from backstop.projection import Ints, Projection

SIDE_WIDTH = 300
NONE = ""


class ProjectionPage(Page):
    title = "Projection"
    question = "How much money is there on each day?"

    def __init__(self, context: "Context") -> None:
        super().__init__(context)
        self._room: Ints | None = None
        self._task: Task | None = None
        self._day: int | None = None
        self.compare = QComboBox()
        self.compare.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.compare.setMaximumWidth(320)
        self.compare.currentIndexChanged.connect(self._draw)
        self._compare_label = plain_label("muted")
        self._compare_label.setBuddy(self.compare)
        self.chart = CashChart(context, zoomable=True, height=260)
        self.chart.chosen.connect(self.show_day)
        self.flows = RowsView(context, flow_columns(context), key=_flow_key)
        self.flows.horizontalHeader().hide()
        self._balance = plain_label("muted", wrap=True)
        self._hint = plain_label("small", wrap=True)
        self._lay_out()

    def _lay_out(self) -> None:
        self._chart_card, self._day_card = Card(self.chart), Card(WholeRows(self.flows))
        self._chart_card.rows.addWidget(self._hint)
        self._day_card.rows.insertWidget(1, self._balance)
        self._day_card.setMinimumWidth(SIDE_WIDTH)
        self.tools.addWidget(self._compare_label)
        self.tools.addWidget(self.compare)
        row = self.side_by_side()
        row.addWidget(self._chart_card, 2)
        row.addWidget(self._day_card, 1)
        self.body.addLayout(row, 1)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.say
        self._compare_label.setText(say("Compare with losing"))
        self.compare.setAccessibleName(say("Compare with losing"))
        self._chart_card.set_title(say("Lowest cash of each day"))
        self._hint.setText(
            say(
                "Strokes at the foot are payments due, the longer the more important. Click a day "
                "to see what moves on it; zoom with the wheel or + and −, pan by dragging or Page "
                "keys, walk with the arrows, see everything with 0."
            )
        )
        self.flows.setAccessibleName(say("What moves on the day"))

    def refresh(self, answers: "Answers") -> None:
        from backstop.report.phrases import on_day

        words = self.context.words
        self._fill_compare(answers)
        base = answers.base
        low = words.round_money(base.lowest_cash, answers.book.currency)
        when = on_day(answers.book, words, base.lowest_day)
        text = (
            "As planned, cash runs short: it falls to {low} on {day}."
            if base.hurts
            else "As planned, cash is lowest on {day}, at {low}."
        )
        said = words.say(text, low=low, day=when)
        self.set_answer(said)
        self.chart.describe(words.say("Lowest cash of each day"), said)
        self._find_room(answers.projection)
        self._draw()
        day = base.lowest_day if self._day is None else self._day
        self._list_day(min(day, answers.projection.days - 1))

    def _fill_compare(self, answers: "Answers") -> None:
        chosen = self.compare.currentData() or NONE
        self.compare.blockSignals(True)
        self.compare.clear()
        self.compare.addItem(self.say("nothing"), NONE)
        for loss in answers.losses:
            self.compare.addItem(loss.name, loss.contingency.id)
        self.compare.setCurrentIndex(max(self.compare.findData(chosen), 0))
        self.compare.blockSignals(False)

    def _find_room(self, projection: "Projection") -> None:
        """The headroom of all lines, in the background; the old curve stays until then."""
        if self._task is not None:
            self._task.cancel()
        if self._room is not None and len(self._room) != projection.days:
            self._room = None

        def work(cancelled: Cancelled) -> "Ints":
            from backstop.desktop.pages.pictures import total_headroom

            return total_headroom(projection, cancelled)

        def done(room: "Ints") -> None:
            self._room = room
            self._draw()

        self._task = self.context.tasks.start(work, done)

    def _compared(self, answers: "Answers") -> "Loss | None":
        wanted = self.compare.currentData()
        return next((each for each in answers.losses if each.contingency.id == wanted), None)

    def _draw(self) -> None:
        answers = self.answers
        if answers is None:
            return
        from backstop.contingency import obligations
        from backstop.desktop.pages.pictures import projection_picture

        loss = self._compared(answers)
        due = obligations(answers.projection, loss.contingency if loss is not None else None)
        picture = projection_picture(answers, self._room, loss, due, self.context.words)
        self.chart.show_picture(picture)

    def show_day(self, day: int) -> None:
        """Stay with a day that the owner chose."""
        self._day = day
        self._list_day(day)

    def _list_day(self, day: int) -> None:
        """List what moves on a day, and the balances around it."""
        answers = self.answers
        if answers is None:
            return
        words, projection = self.context.words, answers.projection
        rows = flows_of(projection, day)
        self.flows.set_rows(rows)
        self._day_card.set_title(words.day(projection.date_of(day)))
        currency = answers.book.currency
        self._balance.setText(
            words.say(
                "Lowest {low}, at the end of the day {close}",
                low=words.round_money(int(projection.low[day]), currency),
                close=words.round_money(int(projection.closing[day]), currency),
            )
        )
        self._day_card.say_empty("" if rows else words.say("Nothing moves on this day."))

    def show_record(self, record_id: str) -> None:
        self.compare.setCurrentIndex(max(self.compare.findData(record_id), 0))

    def restyle(self) -> None:
        self.chart.restyle()


def _flow_key(row: FlowRow) -> int:
    return row.number
