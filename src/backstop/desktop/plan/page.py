"""Plan: what to do when one line closes, in what order, at what cost, and what remains."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QComboBox, QProgressBar, QVBoxLayout

from backstop.desktop.charts.chart import CashChart
from backstop.desktop.charts.pictures import plan_picture
from backstop.desktop.forms.beginning import Beginning
from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.look.icons import SIZE, icon
from backstop.desktop.look.theme import Space
from backstop.desktop.plan import sentences as said
from backstop.desktop.plan.accepting import AcceptedPlans
from backstop.desktop.plan.booklet import Booklet
from backstop.desktop.plan.change_step_dialog import ChangeStepDialog
from backstop.desktop.plan.comparison import Comparison
from backstop.desktop.plan.drafting import Drafting, PlanDraft
from backstop.desktop.plan.plan_paper import PlanPaper
from backstop.desktop.plan.steps import Steps
from backstop.desktop.plan.what_remains import WhatRemains
from backstop.desktop.plan.wishes import StepWish, WishBar
from backstop.desktop.widgets.card import Card
from backstop.desktop.widgets.focus import HeldFocus, focused_in
from backstop.desktop.widgets.page import NARROW, Page
from backstop.desktop.widgets.text import as_typed, button, plain_label, set_role
from backstop.desktop.widgets.uncounted import Uncounted
from backstop.plan import NO_WISHES
from backstop.telling import Narrator
from backstop.telling.age import age_sentence
from backstop.telling.phrases import in_words
from backstop.telling.sentences import MARKS

if TYPE_CHECKING:
    from collections.abc import Callable

    from backstop.desktop.state.context import Context
    from backstop.plan import Action, Answers, Loss, Wishes

COMBO_WIDTH = 280
MOST_HEIGHT = 360
"""Of the chart: beside a plan of many steps it would be as tall as wide."""


class PlanPage(Page):
    def __init__(self, context: Context) -> None:
        super().__init__(context)
        self._drafting = Drafting(
            context.tasks, self._show_draft, self._failed, lambda: context.all_plans.shelf
        )
        self._stopped = False
        self._wanted = ""
        self._then: Callable[[PlanDraft], object] | None = None
        self.draft: PlanDraft | None = None
        self.paper = PlanPaper(context, self)
        self.booklet = Booklet(context, self)
        self.choice = CalmCombo()
        self.choice.setMaximumWidth(COMBO_WIDTH)
        self.choice.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToContents)
        self.choice.activated.connect(self._chosen)
        self.stop, self.print, self.export = button(), button("primary"), button()
        self.stop.clicked.connect(self._stop_or_ask)
        self.print.clicked.connect(self.preview)
        self.export.clicked.connect(self.export_pdf)
        self.progress = QProgressBar()
        self.progress.setRange(0, 0)
        self.progress.setTextVisible(False)
        self.proof = plain_label("muted")
        self.figures = plain_label("muted", wrap=True)
        self.wishes = WishBar()
        self.wishes.changed.connect(self._wish)
        self._wished: dict[str, Wishes] = {}
        self.accepted = AcceptedPlans(context, self)
        self.accepted.again = self._wish
        self.accept, self.drill = button(), button("quiet")
        self.accept.clicked.connect(partial(self._accept, drill=False))
        self.drill.clicked.connect(partial(self._accept, drill=True))
        self._focus = HeldFocus()
        self.steps = Steps()
        self.steps.wanted.connect(self._wish_for_step)
        self.comparison = Comparison()
        self.chart = CashChart(context, height=150)
        self.remains = WhatRemains(context)
        self.uncounted = Uncounted(context)
        self.empty = Beginning(context)
        self._lay_out()

    def _lay_out(self) -> None:
        self._about_a_plan = (self.choice, self.export, self.print)
        for each in (self.choice, self.stop, self.export, self.print):
            self.tools.addWidget(each)
        for each in (self.export, self.print):
            each.setIconSize(QSize(SIZE, SIZE))
        self._steps_card, self._chart_card = Card(self.steps), Card(self.chart)
        self._steps_card.head.addWidget(self.proof)
        self._steps_card.rows.insertWidget(1, self.figures)
        self._steps_card.rows.insertWidget(2, self.wishes)
        for each in (self.accept, self.drill):
            self.wishes.row.addWidget(each)
        self._kept_card = Card(self.accepted.view)
        self._compare_card = Card(self.comparison)
        right = QVBoxLayout()
        right.setSpacing(Space.LARGE)
        self._chart_card.setMaximumHeight(MOST_HEIGHT)
        right.addWidget(self._chart_card, 9)
        right.addWidget(self._compare_card)
        right.addWidget(self.remains)
        right.addStretch(1)
        row = self.side_by_side()
        row.addWidget(self._steps_card, 1)
        row.addLayout(right, 1)
        self.head.addWidget(self.uncounted)
        self.body.addWidget(self.progress)
        self.body.addWidget(self._kept_card)
        self.body.addLayout(row, 1)
        self.body.addWidget(self.empty, 9)
        self.restyle()

    def retranslate(self) -> None:
        super().retranslate()
        say = self.say
        self.choice.setAccessibleName(say("The line that closes"))
        self.print.setText(as_typed(say("Preview and print…")))
        self.export.setText(as_typed(say("Export PDF…")))
        self._steps_card.set_title(say("What to do"))
        self.accept.setText(as_typed(say("Accept this plan")))
        self.drill.setText(as_typed(say("Practise it (drill)")))
        self.accepted.view.retranslate(self.context.words)
        self._chart_card.set_title(say("Before and after"))
        self.remains.retranslate()
        self.empty.speak(self.context.words)
        self._compare_card.set_title(say("Compared with the plan before"))
        self.wishes.retranslate(self.context.words)
        self.progress.setAccessibleName(say("Drafting the plan…"))
        self._show_state()

    def fit(self, width: int) -> None:
        """Steps of accepted plans have the day below the amount where the page is narrow."""
        super().fit(width)
        narrow = width < NARROW
        if narrow is not self.accepted.view.narrow:
            self.accepted.view.narrow = narrow
            self._show_kept()

    # which plan

    @property
    def answers(self) -> Answers | None:
        """The losses that a plan can be asked for, those kept by name among them."""
        known = self.context.plannable
        return None if known is None else in_words(known, self.context.words)

    def refresh(self, answers: Answers) -> None:
        self.uncounted.show_book()
        self._fill_choice(self.answers or answers)
        if self._stopped:
            self._show_state()
        else:
            self._ask()

    def _fill_choice(self, answers: Answers) -> None:
        chosen = self._wanted or self.choice.currentData()
        self._wanted = ""
        self.choice.clear()
        for loss in answers.losses:
            self.choice.addItem(f"{MARKS[loss.severity]}  {loss.name}", loss.contingency.id)
        self.choice.setCurrentIndex(max(self.choice.findData(chosen), 0))

    def show_record(self, record_id: str) -> None:
        number = self.choice.findData(record_id)
        if self.context.is_working:
            self._wanted = record_id
        elif number >= 0:
            self.choice.setCurrentIndex(number)
            self._ask()

    @property
    def _chosen_loss(self) -> Loss | None:
        """The chosen loss in the answers of the book as it is now."""
        chosen, answers = self.choice.currentData(), self.answers
        losses = answers.losses if answers is not None else ()
        return next((each for each in losses if each.contingency.id == chosen), None)

    def _chosen(self) -> None:
        """What was to be done with the plan for another loss is not wanted of this one."""
        self._then = None
        self._ask()

    def _ask(self) -> None:
        answers, loss = self.answers, self._chosen_loss
        self._stopped = False
        if answers is None or loss is None:
            self.draft = None
            self._drafting.cancel()
        else:
            chosen = loss.contingency.id
            day = self._day_of(loss, answers.projection.now)
            self._drafting.ask(answers, chosen, day, self._wishes_for(chosen))
        self._show_state()

    def show_working(self, working: bool) -> None:
        super().show_working(working)
        self._show_state()

    @property
    def _is_waiting(self) -> bool:
        """Whether the plan, or what it is drafted from, is on its way."""
        return self._drafting.running or (self.context.is_working and not self._stopped)

    @property
    def _is_ready(self) -> bool:
        """Whether the plan that is shown is of the book as it is now."""
        draft = self.draft
        current = draft is not None and self.context.is_current(draft.answers.book)
        return current and not self._is_waiting and not self._stopped

    def _day_of(self, loss: Loss, today: int) -> int:
        """The loss's own day, or else the one that was asked for on the Stress page."""
        own, asked = loss.contingency.loss_day, self.context.loss_day
        return own if asked is None or own != today else asked

    # the plan that is kept

    def _accept(self, _: bool = False, *, drill: bool) -> None:
        if self.draft is not None and not self._drafting.running:
            self.accepted.accept(self.draft, drill=drill)

    def _show_kept(self) -> None:
        if self.context.is_working:
            return  # what is shown stays, so that the next tick finds its place
        answers, chosen = self.answers, self.choice.currentData()
        here = bool(focused_in(self.accepted.view))
        if answers is None or chosen is None:
            self.accepted.show_nothing()
        else:
            self.accepted.show_loss(answers, chosen)
        if here and self.window().focusWidget() is None:  # what was kept is over
            self._focus.keep_for(self.accept)
        self._kept_card.setVisible(not self.accepted.view.isHidden())
        over = self.accepted.view.standing.isHidden()
        title = self.say("Plans that are over") if over else self.say("The plan you keep")
        self._kept_card.set_title(title)

    # the owner's hand

    def _wishes_for(self, contingency: str) -> Wishes:
        wishes = self._wished.get(contingency, NO_WISHES)
        self.wishes.show_wishes(wishes)
        return wishes

    def _wish(self, wishes: Wishes) -> None:
        self._wished[self.choice.currentData()] = wishes
        self._ask()

    def _wish_for_step(self, wish: StepWish, action: Action) -> None:
        if self.draft is None or self.context.refuses_older(self.draft.answers.book):
            return
        if wish is StepWish.CHANGE:
            self._change_step(action)
        else:
            self.wishes.take(wish, action)

    def _change_step(self, action: Action) -> None:
        dialog = ChangeStepDialog(self.context, self.context.book, action, self)
        dialog.wanted.connect(lambda amount, day: self.wishes.pin(action, amount, day))
        dialog.open()

    def _stop_or_ask(self) -> None:
        self._then = None
        if self._is_waiting:
            self._drafting.cancel()
            self._stopped = True
            self._show_state()
        else:
            self._ask()

    def _failed(self, error: Exception) -> None:
        self._stopped, self._then = True, None
        self._show_state()
        self.context.tell_error(error)

    # what is shown

    def _show_draft(self, draft: PlanDraft) -> None:
        self.draft = draft
        self._show_state()
        self._drafting.explain(self._show_explained)
        then, self._then = self._then, None
        if then:
            self._when_ready(then)

    def _show_explained(self, draft: PlanDraft) -> None:
        self.draft = draft
        self._show_state()

    def _show_state(self) -> None:
        running, ready = self._is_waiting, self._is_ready
        wanted = self.context.is_working or self.choice.count() > 0
        shown = (self._steps_card, self._chart_card, self.remains, *self._about_a_plan)
        self.empty.show_instead_of(shown, not wanted)
        self.progress.setVisible(running)
        self.stop.setVisible(running or self._stopped)
        self.stop.setText(as_typed(self.say("Cancel") if running else self.say("Draft the plan")))
        for each in (self.print, self.export):
            each.setEnabled(ready)
        for each in (self.accept, self.drill):
            if not ready and self.window().focusWidget() is each:
                self._focus.keep_for(each)
            each.setEnabled(ready and self.context.may_edit)
        self.accepted.view.setEnabled(self.context.may_edit)
        self._show_kept()
        if ready:
            self._show_plan()
        elif not wanted:
            self._show_nothing(self.say("No credit line yet. Add one under Sources first."))
        elif running:
            self._show_nothing(self.say("Drafting the plan…"))
        else:
            self._show_nothing(self.say("Drafting was cancelled."))

    def _show_nothing(self, sentence: str) -> None:
        self.set_answer(sentence)
        self.wishes.say_nothing()
        for each in (self.figures, self.proof, self._compare_card, self.accept, self.drill):
            each.hide()
        self.steps.hold_focus()
        for card in (self._steps_card, self._chart_card, self.remains):
            card.setEnabled(False)
            card.show_held(False)
        self.remains.show_nothing()

    def _show_plan(self) -> None:
        draft, words = self.draft, self.context.words
        assert draft is not None
        for card in (self._steps_card, self._chart_card, self.remains):
            card.setEnabled(True)
            card.show_held(True)
        answers, plan = draft.answers, draft.plan
        age = age_sentence(answers.projection.today, Narrator(answers.book, words))
        self.set_answer(
            said.plan_answer(draft, words), words.joined([said.beyond_anyway(draft, words), age])
        )
        self.proof.setText(said.proof(answers.book, plan, words))
        certainty = "fine" if plan.certain else "careful" if plan.proved else "danger"
        set_role(self.proof, certainty)
        self.proof.setVisible(bool(plan.actions))
        for each in (self.accept, self.drill):
            each.setVisible(bool(plan.actions) and plan.proved)
        self.figures.setText(said.figures(answers.book, plan, words))
        self.figures.setVisible(bool(plan.actions))
        self.wishes.say_wishes(answers.book, plan, words)
        self._show_comparison(draft)
        self.steps.show_plan(answers.book, plan, words)
        empty = not (plan.actions or plan.asks or plan.begin)
        self._steps_card.say_empty(said.no_steps(draft, words) if empty else "")
        self.chart.show_picture(plan_picture(answers, plan, words))
        self.chart.describe(words.say("Before and after"), self.answer)
        self.remains.show_plan(answers.book, plan)
        self._focus.give_back()

    def _show_comparison(self, draft: PlanDraft) -> None:
        loss = draft.loss.contingency
        before = self._drafting.without_wishes(draft.answers, loss.id, loss.loss_day)
        shown = before is not None and bool(self.wishes.wishes)
        self._compare_card.setVisible(shown)
        if before is not None and shown:
            book, words = draft.answers.book, self.context.words
            self.comparison.show_plans(book, before.plan, draft.plan, words)

    def preview(self) -> None:
        """Show the pages to print."""
        self._when_ready(self.paper.preview)

    def export_pdf(self) -> None:
        """Ask where to write the pages, and write them."""
        self._when_ready(self.paper.ask_export)

    def export_table(self, kind: str) -> None:
        """Ask where to write the plan as a table (`xlsx`) or as calendar entries (`ics`)."""
        self._when_ready(partial(self.paper.ask_table, kind=kind))

    def _when_ready(self, then: Callable[[PlanDraft], object]) -> None:
        """Do this with the plan, as soon as it is one of the book as it is now."""
        if self.draft is None or not self._is_ready:
            self._then = then if self._is_waiting else None
        else:
            then(self.draft)

    def restyle(self) -> None:
        theme = self.context.theme
        self.print.setIcon(icon("print", theme.on_accent))
        self.export.setIcon(icon("export", theme.text))
        self.chart.restyle()
