"""Projection: own cash and credit headroom day by day, beside any loss, and what moves on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from backstop.contingency import (
    classes_due,
    low_with_worse_receipts,
    nothing_lost,
    with_standing_draws,
)
from backstop.desktop.charts.chart import CashChart
from backstop.desktop.charts.curves import Curve, Role
from backstop.desktop.charts.pictures import projection_picture, total_headroom
from backstop.desktop.forms.beginning import Beginning
from backstop.desktop.projection.comparing import CompareBar
from backstop.desktop.projection.day_card import DayCard
from backstop.desktop.state.aside import Aside
from backstop.desktop.state.tasks import Cancelled
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.page import Page
from backstop.desktop.widgets.text import plain_label
from backstop.domain import LossMode
from backstop.telling import Narrator
from backstop.telling.age import age_sentence
from backstop.telling.sentences import base_verdict, own_verdict

if TYPE_CHECKING:
    from backstop.contingency import Contingency, Standing
    from backstop.desktop.state.context import Context
    from backstop.plan import Answers, Loss
    from backstop.projection import Ints, Projection


class ProjectionPage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._room: Ints | None = None
        self._finding: Aside[Ints] = Aside(context.tasks, self._show_room)
        self._standing: Aside[Standing] = Aside(context.tasks, lambda _: self._draw())
        self._day: int | None = None
        self._due: tuple[Projection, Contingency | None, Ints] | None = None
        self.bar = CompareBar(context, self)
        self.compare = self.bar.which
        self.bar.changed.connect(self._compare)
        self._compare_label = plain_label("muted")
        self._compare_label.setBuddy(self.bar.what)
        self.chart = CashChart(context, zoomable=True, height=260)
        self.chart.chosen.connect(self.show_day)
        self._day_card = DayCard(context)
        self.flows = self._day_card.flows
        self._hint = plain_label("small", wrap=True)
        self.empty = Beginning(context)
        self._lay_out()

    def _lay_out(self) -> None:
        self._chart_card = Card(self.chart)
        self._chart_card.rows.addWidget(self._hint)
        for each in (self._compare_label, *self.bar.widgets):
            self.tools.addWidget(each)
        row = self.side_by_side()
        row.addWidget(self._chart_card, 2)
        row.addWidget(self._day_card, 1)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.empty, 9)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.say
        self._compare_label.setText(say("Compare with losing"))
        self._chart_card.set_title(say("Lowest cash of each day"))
        self._hint.setText(
            say(
                "Strokes at the foot are payments due, the longer the more important. Click a day "
                "to see what moves on it; zoom with the wheel or + and −, pan by dragging or Page "
                "keys, walk with the arrows, see everything with 0."
            )
        )
        self._day_card.retranslate()
        self.empty.speak(self.context.words)

    # answers

    def refresh(self, answers: Answers) -> None:
        parts = (self._chart_card, self._day_card)
        self.empty.show_instead_of(parts, not (answers.book.cash_flows or answers.base.hurts))
        self._find_room(answers.projection)
        self.bar.show_answers(answers)
        self._compare()

    def _find_room(self, projection: Projection) -> None:
        """The headroom of all lines, in the background; there is no such curve until then."""
        self._room = None

        def work(cancelled: Cancelled) -> Ints:
            return total_headroom(projection, cancelled)

        self._finding.ask(projection.book, work)

    def _show_room(self, room: Ints) -> None:
        if room is not self._room:
            self._room = room
            self._draw()

    def _find_standing(self, projection: Projection, loss: Loss | None) -> None:
        """Cash when the standing rule is followed, where there is one, in the background."""
        if not projection.book.standing_draws:
            self._standing.drop()
            return
        asked = loss.contingency if loss is not None else nothing_lost()

        def work(cancelled: Cancelled) -> Standing:
            return with_standing_draws(projection, [asked])[0]

        self._standing.ask((projection.book, asked), work)

    def _compare(self) -> None:
        """Say and draw what is compared now, and list the day again."""
        answers = self.answers
        if answers is None:
            return
        self._find_standing(answers.projection, self.bar.loss)
        self._speak(answers)
        self._draw()
        day = answers.base.lowest_day if self._day is None else self._day
        self._list_day(min(day, answers.projection.days - 1))

    def _speak(self, answers: Answers) -> None:
        words, base, loss = self.context.words, answers.base, self.bar.loss
        narrator = Narrator(answers.book, words)
        if answers.projection.is_over:
            said, loss = base_verdict(base, narrator).headline, None
        else:
            said = words.say(
                "As planned, cash runs short: it falls to {low} on {day}."
                if base.hurts
                else "As planned, cash is lowest on {day}, at {low}.",
                low=words.round_money(base.lowest_cash, answers.book.currency),
                day=narrator.on_day(base.lowest_day),
            )
        detail = own_verdict(answers, loss, narrator) if loss is not None else ""
        age = age_sentence(answers.projection.today, narrator)
        self.set_answer(said, words.joined([detail, age]))
        self.chart.describe(words.say("Lowest cash of each day"), f"{said} {detail}".strip())

    def _draw(self) -> None:
        answers, loss = self.answers, self.bar.loss
        if answers is None:
            return
        due = self._classes_due(answers.projection, loss.contingency if loss is not None else None)
        further = [*self._worse(answers, loss), *self._with_standing()]
        picture = projection_picture(answers, self._room, loss, due, self.context.words, further)
        self.chart.show_picture(picture)

    def _classes_due(self, projection: Projection, lost: Contingency | None) -> Ints:
        """Worked out once for all that is drawn of one loss, bit by bit: of a large book it takes
        longer than the drawing."""
        if self._due is None or self._due[0] is not projection or self._due[1] != lost:
            self._due = projection, lost, classes_due(projection, lost)
        return self._due[2]

    def _worse(self, answers: Answers, loss: Loss | None) -> list[Curve]:
        """Cash when receipts get worse, on top of the loss."""
        worse = self.bar.worse
        if worse is None:
            return []
        mode, number = worse
        cut = mode is LossMode.RECEIPTS_CUT
        contingency = loss.contingency if loss is not None else None
        low = low_with_worse_receipts(
            answers.projection, contingency, mode, 100 - number if cut else number
        )
        text = "receipts at {n} %" if cut else "receipts {n} days late"
        floor = (loss.outcome if loss is not None else answers.base).floor
        return [Curve(Role.WORSE, self.say(text, n=number), low + floor)]

    def _with_standing(self) -> list[Curve]:
        found, answers, loss = self._standing.found, self.answers, self.bar.loss
        if found is None or answers is None:
            return []
        low = found.low + (loss.outcome if loss is not None else answers.base).floor
        return [Curve(Role.STANDING, self.say("with standing draws"), low)]

    # one day

    def show_day(self, day: int) -> None:
        """Stay with a day that the owner chose."""
        self._day = day
        self._list_day(day)

    def _list_day(self, day: int) -> None:
        if self.answers is not None:
            self._day_card.show_day(self.answers.projection, self.bar.loss, day)

    def show_record(self, record_id: str) -> None:
        self.bar.choose(record_id)

    def restyle(self) -> None:
        self.chart.restyle()
