"""The chosen loss in pictures: cash against the base, by the day of the loss, and week by week."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backstop.contingency import sweeps
from backstop.desktop.charts.chart import CashChart
from backstop.desktop.charts.heat import HeatStrips
from backstop.desktop.charts.pictures import loss_picture, strips, worst_day_picture
from backstop.desktop.forms.segments import Segments
from backstop.desktop.look.theme import Space
from backstop.desktop.state.aside import Aside
from backstop.desktop.state.tasks import Cancelled
from backstop.desktop.tables.whole import MOST_ROWS
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.one_of import OneOf
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.telling import Narrator
from backstop.telling.losses import worst_day_sentence

if TYPE_CHECKING:
    from backstop.contingency import Sweep
    from backstop.desktop.state.context import Context
    from backstop.plan import Answers, Loss
    from backstop.projection import Ints

CASH, WORST, WEEKS = "cash", "worst", "weeks"
VIEWS = ((CASH, "Cash"), (WORST, "Worst day"), (WEEKS, "By week"))
HEIGHT = 170


class LossViews(Card):
    """One of three pictures; only the one that is shown is worked out.

    `day_chosen(day)`: a day of the worst-day curve; `loss_chosen(id)`: a strip.
    """

    day_chosen = Signal(int)
    loss_chosen = Signal(str)

    def __init__(self, context: Context) -> None:
        self._context = context
        self._shown: tuple[Answers, Loss | None, Ints | None] | None = None
        self.chart = CashChart(context, height=HEIGHT)
        self.by_day = CashChart(context, height=HEIGHT)
        self.by_week = HeatStrips(context)
        self.remark = plain_label("muted", wrap=True)
        self.views = Segments(context, "View", VIEWS)
        self.all_weeks = button("quiet")
        self._most_weeks: int | None = MOST_ROWS
        self._weeks = _column(self.by_week, self.all_weeks)
        self._views = OneOf(self.chart, self.by_day, self._weeks)
        super().__init__(_column(self._views, self.remark))
        self._sweep: Aside[Sweep] = Aside(context.tasks, self._show_sweep)
        self.head.addWidget(self.views)
        self.all_weeks.clicked.connect(self._show_all_weeks)
        self.views.chosen.connect(lambda _: self._draw())
        self.by_day.chosen.connect(self.day_chosen)
        self.by_week.chosen.connect(self.loss_chosen)
        self.by_week.pointed.connect(self._read_week)

    def retranslate(self) -> None:
        say = self._context.words.say
        self.set_title(say("The chosen loss"))
        self.views.speak()
        self.by_week.setAccessibleName(say("Shortfall week by week"))

    def restyle(self) -> None:
        for each in (self.chart, self.by_day):
            each.restyle()
        self.by_week.update()

    def show_loss(
        self, answers: Answers, loss: Loss | None, standing: Ints | None, said: str
    ) -> None:
        """Show this loss; `standing` is cash under it with the standing draws."""
        self._shown = answers, loss, standing
        name = self._context.words.say("Cash, with and without it")
        self.chart.describe(name, said)
        self._draw()

    def _draw(self) -> None:
        if self._shown is None:
            return
        answers, loss, standing = self._shown
        words, view = self._context.words, self.views.value
        self._views.show_only({CASH: self.chart, WORST: self.by_day}.get(view, self._weeks))
        self.remark.setVisible(view != CASH)
        if view == CASH:
            self.chart.show_picture(loss_picture(answers, loss, words, standing))
        elif view == WORST and loss is not None:
            self._ask_sweep(answers, loss)
        elif view == WEEKS:
            self._show_weeks(answers)

    def _show_weeks(self, answers: Answers) -> None:
        """The worst of the losses, and the others when they are wanted."""
        every = strips(answers)
        shown = every[: self._most_weeks]
        self.by_week.show_strips(shown, answers.book.as_of, answers.projection.days)
        self.all_weeks.setText(as_typed(self._context.words.say("Show all {n}", n=len(every))))
        self.all_weeks.setVisible(len(shown) < len(every))

    def _show_all_weeks(self) -> None:
        self._most_weeks = None
        self._draw()

    def _read_week(self) -> None:
        said = self.by_week.readout
        hint = "Tall: how short cash is. Hatched: below your minimum. Point at a week to read it."
        self.remark.setText(said or self._context.words.say(hint))

    # the worst day

    def _ask_sweep(self, answers: Answers, loss: Loss) -> None:
        def work(cancelled: Cancelled) -> Sweep:
            (found,) = sweeps(answers.projection, [loss.contingency])
            return found

        if not self._sweep.ask((answers.book, loss.contingency), work):
            self.by_day.clear()
            self.remark.setText("")

    def _show_sweep(self, sweep: Sweep) -> None:
        if self._shown is None:
            return
        answers, words = self._shown[0], self._context.words
        said = worst_day_sentence(sweep, Narrator(answers.book, words))
        self.remark.setText(said)
        self.by_day.show_picture(worst_day_picture(answers.projection, sweep, words))
        self.by_day.describe(words.say("Largest shortfall by the day of the loss"), said)


def _column(above: QWidget, below: QWidget) -> QWidget:
    whole = QWidget()
    column = QVBoxLayout(whole)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(Space.SMALL)
    column.addWidget(above, 1)
    column.addWidget(below)
    return whole
