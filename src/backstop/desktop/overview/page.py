"""Overview: the verdict, the cash curve, every line's light, what is due and what to decide."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from backstop.contingency import obligations
from backstop.desktop.charts.chart import CashChart
from backstop.desktop.charts.pictures import base_picture
from backstop.desktop.forms.beginning import Beginning
from backstop.desktop.overview.drafting_progress import DraftingAll
from backstop.desktop.overview.reserve import Reserving
from backstop.desktop.overview.warnings import Warnings
from backstop.desktop.state.aside import Aside
from backstop.desktop.state.tasks import Cancelled
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.answer_columns import (
    AnswerCells,
    deadline_columns,
    due_columns,
    light_columns,
)
from backstop.desktop.tables.whole import RowsInPage
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.page import Page
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.desktop.widgets.uncounted import Uncounted
from backstop.services import clock
from backstop.services.checks import check_projection
from backstop.telling import Narrator
from backstop.telling.age import age_sentence
from backstop.telling.beforehand import beforehand
from backstop.telling.phrases import in_words
from backstop.telling.sentences import survival, verdict

if TYPE_CHECKING:
    from datetime import date

    from backstop.contingency import Obligation
    from backstop.desktop.state.context import Context
    from backstop.plan import Answers, Loss, Reserve
    from backstop.projection import Projection
    from backstop.services.checks import Finding

NEAR_DAYS = 14
SAID_FIRST = "base_shortfall"
"""The finding that the answer of the page says already."""
LEAST_ROWS = 3
LINES_TO_COME = 5
"""Room kept for what could be done beforehand, so that nothing below jumps when it is known."""
LIGHTS_WIDTH = 400


class OverviewPage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._contingency = ""
        self.see_plan: QPushButton = button("primary")
        self.see_plan.clicked.connect(lambda: context.show_page("plan", self._contingency))
        self.see_plan.hide()
        self.tools.addWidget(self.see_plan)
        self.chart = CashChart(context, height=170)
        self._cells = AnswerCells()
        self.lights = RowsView(context, light_columns(self._cells), key=_loss_id)
        self.due = RowsView(context, due_columns(self._cells), key=_obligation_key)
        self.deadlines = RowsView(context, deadline_columns(self._cells), key=_loss_id)
        self.lights.row_opened.connect(self._open_loss)
        self.deadlines.row_opened.connect(self._open_plan)
        self._survival = plain_label("muted", wrap=True)
        self.beforehand = plain_label("muted", wrap=True)
        self.beforehand.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._reserving = Reserving(context.tasks, self._show_reserve)
        self.drafting = DraftingAll(context)
        self.warnings = Warnings(context)
        self._checking: Aside[list[Finding]] = Aside(context.tasks, self._show_findings)
        self.uncounted = Uncounted(context)
        self.empty = Beginning(context)
        self._lay_out()

    def _lay_out(self) -> None:
        for each in (self.lights, self.due, self.deadlines):
            each.horizontalHeader().hide()
        self._chart_card, self._lights_card = Card(self.chart), self._card_of(self.lights)
        self._due_card, self._deadline_card = self._card_of(self.due), self._card_of(self.deadlines)
        self._lights_card.rows.addWidget(self._survival)
        self._lights_card.rows.addWidget(self.beforehand)
        self._lights_card.rows.addWidget(self.drafting)
        for card in (self._lights_card, self._deadline_card):
            card.setMinimumWidth(LIGHTS_WIDTH)
        self.head.addWidget(self.uncounted)
        above, below = self.side_by_side(), self.side_by_side()
        for row, left, right in (
            (above, self._chart_card, self._lights_card),
            (below, self._due_card, self._deadline_card),
        ):
            row.addWidget(left, 4)
            row.addWidget(right, 3)
        self.body.addWidget(self.empty, 9)
        self.body.addLayout(above, 9)
        self.body.addLayout(below, 4)
        self.body.addWidget(self.warnings)

    def _card_of(self, view: RowsView) -> Card:
        return Card(RowsInPage(self.context, view, LEAST_ROWS))

    def _show_cards(self, shown: bool) -> None:
        cards = (self._chart_card, self._lights_card, self._due_card, self._deadline_card)
        self.empty.show_instead_of(cards, not shown)

    def _open_loss(self, loss: Loss) -> None:
        self.context.show_page("stress", loss.contingency.id)

    def _open_plan(self, loss: Loss) -> None:
        self.context.show_page("plan", loss.contingency.id)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.say
        self.see_plan.setText(as_typed(say("See the plan")))
        self.empty.speak(self.context.words)
        self.drafting.show_progress()
        self._chart_card.set_title(say("Cash, day by day"))
        self._due_card.set_title(say("Due in the next {n} days", n=NEAR_DAYS))
        self._deadline_card.set_title(say("Decide by"))
        self._name_lights()
        self.due.setAccessibleName(say("Due in the next {n} days", n=NEAR_DAYS))
        self.deadlines.setAccessibleName(say("Decide by"))

    def _name_lights(self) -> None:
        """Over the losses, the day of them: today, unless the book does not reach to it."""
        said, answers = self.say("If it closed today"), self.answers
        if answers is not None and answers.projection.now != answers.projection.today:
            day = answers.projection.date_of(answers.projection.now)
            said = self.say("If it closed on {day}", day=day)
        self._lights_card.set_title(said)
        self.lights.setAccessibleName(said)

    def refresh(self, answers: Answers) -> None:
        words = self.context.words
        self._cells.book = answers.book
        narrator = Narrator(answers.book, words)
        said = verdict(answers, narrator)
        age = age_sentence(answers.projection.today, narrator)
        self.set_answer(said.headline, words.joined([said.detail, age]))
        self._show_cards(bool(answers.book.cash_flows or answers.base.hurts))
        self._name_lights()
        self.uncounted.show_book()
        self._contingency = said.contingency
        losses = () if answers.projection.is_over else answers.losses
        worst = losses[0] if losses else None
        short = answers.anyway is not None and not answers.projection.is_over
        self.see_plan.setVisible(short or (worst is not None and worst.outcome.hurts))
        self._survival.setText(survival(answers, narrator) if answers.book.facilities else "")
        self.lights.set_rows(losses)
        nothing = said.headline if answers.projection.is_over else self._no_lines()
        self._lights_card.say_empty("" if losses else nothing)
        first = answers.projection.start
        due = obligations(answers.projection, None, first, first + NEAR_DAYS - 1)
        self.due.set_rows(due)
        none_due = said.headline if answers.projection.is_over else self.say("Nothing is due.")
        self._due_card.say_empty("" if due else none_due)
        self._show_deadlines(in_words(answers, words))
        to_come = bool(answers.losses) and not answers.projection.is_over
        self.beforehand.setVisible(to_come)
        if to_come:  # what is known is said at once; the place stays as large as it was
            least = LINES_TO_COME * self.fontMetrics().lineSpacing()
            known = self.beforehand.height() if self.beforehand.text() else 0
            self.beforehand.setMinimumHeight(max(least, known))
            self.beforehand.setText(self.say("Being worked out…"))
        if not answers.projection.is_over:
            self._reserving.ask(answers)
        self._check(answers.projection, clock.today())
        self.chart.show_picture(base_picture(answers, words))
        self.chart.describe(self.say("Cash, day by day"), said.text)

    def _check(self, projection: Projection, today: date) -> None:
        """Look for what is wrong in the book, aside: thousands of entries take a while."""

        def work(cancelled: Cancelled) -> list[Finding]:
            return check_projection(projection, today)

        self._checking.ask((projection.book, projection.today, today), work)

    def _show_findings(self, found: list[Finding]) -> None:
        found = [each for each in found if each.check != SAID_FIRST]
        self.warnings.show_findings([] if self.empty.isVisibleTo(self) else found)

    def _show_deadlines(self, answers: Answers) -> None:
        is_over = answers.projection.is_over
        hurting = [each for each in answers.all_losses if each.cure is not None and not is_over]
        dated = [each for each in hurting if each.is_grave and _deadline(each) is not None]
        self.deadlines.set_rows(sorted(dated, key=lambda each: _deadline(each) or 0))
        more = not answers.assessed and any(each.outcome.adds for each in answers.all_losses)
        looking = self.say("Looking for ways out…") if more and not is_over else ""
        self._deadline_card.set_title(self.say("Decide by"), looking if dated else "")
        if dated:
            sentence = ""
        elif is_over:
            sentence = self.answer
        elif more:
            sentence = looking
        elif hurting:
            sentence = self.say("Nothing that you could start would change what is missed.")
        else:
            sentence = self.say("Nothing to decide: no loss hurts.")
        self._deadline_card.say_empty(sentence)

    def _show_reserve(self, answers: Answers, reserve: Reserve) -> None:
        said = beforehand(reserve, Narrator(answers.book, self.context.words))
        self.beforehand.setMinimumHeight(LINES_TO_COME * self.fontMetrics().lineSpacing())
        self.beforehand.setText("\n".join(said))

    def _no_lines(self) -> str:
        return self.say("No credit line yet. Add one under Sources to see what its loss would do.")

    def restyle(self) -> None:
        self.chart.restyle()


def _loss_id(loss: Loss) -> str:
    return loss.contingency.id


def _deadline(loss: Loss) -> int | None:
    return loss.cure.deadline if loss.cure is not None else None


def _obligation_key(each: Obligation) -> tuple[str, str, int]:
    return each.record, each.kind, each.day
