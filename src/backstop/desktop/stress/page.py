"""Stress: what goes, how and when; every such loss ranked, the chosen one in pictures and words."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer

from backstop.contingency import manner_of
from backstop.desktop.forms.beginning import Beginning
from backstop.desktop.state.aside import is_soon_read
from backstop.desktop.stress.headline import Headline
from backstop.desktop.stress.loss_actions import LossActions
from backstop.desktop.stress.loss_tables import LossTables
from backstop.desktop.stress.loss_views import LossViews
from backstop.desktop.stress.question_answers import Losing
from backstop.desktop.stress.question_bar import QuestionBar
from backstop.desktop.tables import RowsView
from backstop.desktop.tables.answer_columns import AnswerCells, bounced_columns
from backstop.desktop.tables.whole import RowsInPage
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.page import Page
from backstop.desktop.widgets.text import plain_label
from backstop.domain import SavedContingency
from backstop.services.questions import Question, What
from backstop.telling import Narrator
from backstop.telling.age import age_sentence
from backstop.telling.overdue import still_counted_on
from backstop.telling.phrases import in_words
from backstop.telling.sentences import consequence, loss_verdict, verdict

if TYPE_CHECKING:
    from backstop.contingency import Bounced
    from backstop.desktop.state.context import Context
    from backstop.plan import Answers, Loss

SIDE_WIDTH = 320
ROOM_FOR_FIELDS = 1000
PAUSE_MS = 5
"""The table is painted before the loss chosen in it is shown: not in the same turn."""
LEAST_ROWS = 3


class StressPage(Page):
    """The table of a large book takes as long as a turn of the event loop may: the loss chosen in
    it is shown in the next one."""

    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self.bar = QuestionBar(context, self)
        self.closes_on = self.bar.day
        self.headline = Headline(context)
        self.tables = LossTables(context, self.bar.fields)
        self.losses = self.tables.losses
        self.pictures = LossViews(context)
        self.chart = self.pictures.chart
        self._cells = AnswerCells()
        self.bounced = RowsView(context, bounced_columns(self._cells), key=_bounced_key)
        self.bounced.horizontalHeader().hide()
        self.still_counted = plain_label("small", wrap=True)
        self.loss_actions = LossActions(context)
        self.plan = self.loss_actions.plan
        self._losing = Losing(context.tasks, self._show_answers)
        self._shown: Answers | None = None
        self.empty = Beginning(context)
        self._lost = self.bar.question.what, self.bar.question.cause
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(PAUSE_MS)
        self._connect()
        self._lay_out()

    def _connect(self) -> None:
        self.bar.changed.connect(self._ask)
        self.bar.saved_changed.connect(self.loss_actions.change)
        self.bar.saved_moved.connect(self.loss_actions.change_day)
        self._soon.timeout.connect(lambda: self._show_loss(self.tables.current))
        self.tables.loss_chosen.connect(self._show_loss)
        self.tables.loss_opened.connect(lambda _: self.loss_actions.open_plan())
        self.tables.loss_deleted.connect(lambda _: self.loss_actions.remove_loss())
        self.pictures.day_chosen.connect(self.bar.ask_for_day)
        self.pictures.loss_chosen.connect(self.tables.choose)

    def _lay_out(self) -> None:
        for each in self.bar.choices:
            self.tools.addWidget(each)
        self._bounced_card = Card(RowsInPage(self.context, self.bounced, LEAST_ROWS))
        self._bounced_card.setMinimumWidth(SIDE_WIDTH)
        self._bounced_card.rows.addWidget(self.still_counted)
        self._bounced_card.rows.addWidget(self.loss_actions)
        below = self.side_by_side()
        below.addWidget(self.pictures, 3)
        below.addWidget(self._bounced_card, 2)
        self.head.addWidget(self.headline)
        self.body.addWidget(self.tables)
        self.body.addLayout(below, 1)
        self.body.addWidget(self.empty, 9)

    def fit(self, width: int) -> None:
        """The fields of the question have a row of their own where the page is narrow."""
        super().fit(width)
        self.tables.set_narrow(width < ROOM_FOR_FIELDS)

    def retranslate(self) -> None:
        super().retranslate()
        say = self.say
        self.loss_actions.retranslate()
        self.tables.retranslate()
        self.pictures.retranslate()
        self.empty.speak(self.context.words)
        self._bounced_card.set_title(say("What bounces"))
        self.bounced.setAccessibleName(say("What bounces"))

    # what is asked

    def refresh(self, answers: Answers) -> None:
        self.bar.show_book(answers.projection, self.context.loss_day)
        self._show_parts(bool(answers.book.cash_flows or answers.book.facilities))
        self._ask(self.bar.question)

    def _show_parts(self, known: bool) -> None:
        parts = (self.tables, self.pictures, self._bounced_card)
        self.empty.show_instead_of(parts, not known)

    def _ask(self, question: Question) -> None:
        self.context.loss_day = question.loss_day
        if (question.what, question.cause) != self._lost:
            self._lost = question.what, question.cause
            self.tables.choose("")  # the worst of what goes now
        if self.answers is not None:
            self._losing.ask(self.answers, question)
            shown = self._shown
            self.show_working(shown is None or not self.context.is_current(shown.book))

    # what is shown

    def _show_answers(self, answers: Answers) -> None:
        question = self.bar.question
        if answers.projection.is_over:  # none of them can come any more
            answers = replace(answers, losses=())
        self._shown = in_words(answers, self.context.words)
        self.show_working(not self.context.is_current(answers.book))
        dated = question.worst_day or question.what is What.SAVED
        self.tables.show_answers(self._shown, dated=dated, nothing=self._nothing(question))
        self._soon.start()
        if is_soon_read(answers.book):
            self._show_loss(self.tables.current)

    def _nothing(self, question: Question) -> str:
        if self._shown is not None and self._shown.projection.is_over:
            return verdict(self._shown, Narrator(self._shown.book, self.context.words)).headline
        if not self.context.book.facilities:
            return self.say(
                "No credit line yet. Add one under Sources to see what its loss would do."
            )
        if question.what is What.PAIRS:
            return self.say("No two lines lost together leave anything unpaid.")
        return self.say("Nothing in this book goes in that way.")

    def _show_loss(self, loss: Loss | None) -> None:
        self._soon.stop()
        answers = self._shown
        if answers is None:
            return
        words = self.context.words
        narrator = Narrator(answers.book, words)
        said = (
            loss_verdict(answers, loss, narrator)
            if loss is not None
            else verdict(answers, narrator)
        )
        age = age_sentence(answers.projection.today, narrator)
        self.set_answer(said.headline, words.joined([said.detail, age]))
        standing = self.tables.standing
        low = standing.low if standing is not None else None
        self.headline.show_loss(answers, loss)
        self.pictures.show_loss(answers, loss, low, said.text)
        self._cells.book = answers.book
        self._show_bounced(loss)
        self._offer(answers, loss)

    def _show_bounced(self, loss: Loss | None) -> None:
        words = self.context.words
        bounced = loss.outcome.added if loss is not None else ()
        self.bounced.set_rows(bounced)
        note = still_counted_on(loss.outcome, Narrator(self._cells.book, words)) if loss else ""
        self.still_counted.setText(note)
        self.still_counted.setVisible(bool(note))
        is_over = self._shown is not None and self._shown.projection.is_over
        nothing = self.answer if is_over else self._none_missed(loss)
        self._bounced_card.say_empty("" if bounced else nothing)
        total = sum(each.missed for each in bounced)
        remark = self.context.round_money(total) if total else ""
        self._bounced_card.set_title(words.say("What bounces"), remark)

    def _none_missed(self, loss: Loss | None) -> str:
        if loss is None:
            return self.say("Nothing is missed.")
        return consequence(loss.outcome, Narrator(self._cells.book, self.context.words))

    def _offer(self, answers: Answers, loss: Loss | None) -> None:
        name = self.bar.name_of(loss.name) if loss is not None else ""
        self.loss_actions.offer(answers.book, loss, name)
        if loss is not None and self.bar.question.what is What.SAVED:
            record = answers.book.by_id.get(loss.contingency.id)
            if isinstance(record, SavedContingency):
                self.bar.show_saved(manner_of(loss.contingency), record.loss_date)

    def show_record(self, record_id: str) -> None:
        self.tables.choose(record_id)
        self.tables.bring_into_sight()

    def restyle(self) -> None:
        self.pictures.restyle()


def _bounced_key(each: Bounced) -> tuple[str, str, int]:
    return each.obligation.record, each.obligation.kind, each.day
