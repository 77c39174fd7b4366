"""What the Projection page is compared with: any loss there is, and receipts that get worse."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from backstop.contingency.presets import BY_KEY
from backstop.desktop.forms.blanks import DAYS, GAP, PERCENT, Blanks, number_in
from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.forms.lines import WholeControl
from backstop.desktop.forms.loss_choice import offer_what
from backstop.desktop.state.aside import Aside
from backstop.desktop.state.tasks import Cancelled
from backstop.domain import BadInput, LossMode
from backstop.plan import answer
from backstop.services.questions import Question, What, asked_by
from backstop.telling.phrases import in_words

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.plan import Answers, Loss

NOTHING = ""
RECEIPTS = {
    NOTHING: "receipts as expected",
    LossMode.RECEIPTS_CUT.value: "receipts at",
    LossMode.RECEIPTS_LATE.value: "receipts late by",
}
USUAL = {LossMode.RECEIPTS_CUT: 75, LossMode.RECEIPTS_LATE: 30}


class CompareBar(QObject):
    """`changed()` when something else is to be compared; `widgets` in their order.

    `loss` is the loss that is chosen, or None; `worse` how receipts get worse: a mode, and what
    comes of each in percent, or by how many days it comes later.
    """

    changed = Signal()

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context = context
        self._question = Question()
        self._today: Answers | None = None
        self._lost: Aside[Answers] = Aside(context.tasks, self._show_losses)
        self._losses: dict[str, Loss] = {}
        self._of: Answers | None = None
        self._numbers = dict(USUAL)
        self.what, self.which, self.receipts = CalmCombo(), CalmCombo(), CalmCombo()
        for combo, letters in ((self.what, 17), (self.which, 16), (self.receipts, 17)):
            combo.setMinimumContentsLength(letters)
        self.number = WholeControl()
        self._blank = Blanks([self.number])
        self.widgets: tuple[QWidget, ...] = (self.what, self.which, self.receipts, self._blank)
        self.what.activated.connect(self._what_chosen)
        self.which.currentIndexChanged.connect(self.changed)
        self.receipts.activated.connect(self._receipts_chosen)
        self.number.left.connect(self._number_left)
        self.number.escaped.connect(self._show_number)

    @property
    def loss(self) -> Loss | None:
        """The loss that is chosen, once it is known of the answers that are shown."""
        if self._of is not self._today:
            return None
        return self._losses.get(self.which.currentData() or NOTHING)

    @property
    def worse(self) -> tuple[LossMode, int] | None:
        """How receipts get worse: a mode and its number; None if they do not."""
        chosen = self.receipts.currentData()
        return (LossMode(chosen), self._numbers[LossMode(chosen)]) if chosen else None

    # what is shown

    def show_answers(self, answers: Answers) -> None:
        """Offer what this book has, and look for the chosen losses in it. `changed` follows only
        where they are not known at once."""
        self._today = answers
        words = self._context.words
        chosen = self._question.cause or self._question.what.value
        offer_what(self.what, answers.book, words)
        if self.what.findData(chosen) < 0:
            self._question = Question()
        self.what.setCurrentIndex(max(self.what.findData(chosen), 1))
        receipts = self.receipts.currentData() or NOTHING
        self.receipts.clear()
        for value, text in RECEIPTS.items():
            self.receipts.addItem(words.say(text), value)
        self.receipts.setCurrentIndex(self.receipts.findData(receipts))
        self.number.speak(words, answers.book)
        self._name()
        if not self.number.is_typed_into:
            self._show_number()
        self.blockSignals(True)
        self._find(answers)
        self.blockSignals(False)

    def _name(self) -> None:
        say = self._context.words.say
        for widget, name in (
            (self.what, say("What is lost")),
            (self.which, say("Compare with losing")),
            (self.receipts, say("How receipts come")),
            (self.number.target, say("How much worse receipts come")),
        ):
            widget.setAccessibleName(name)
            widget.setToolTip(name)

    def _show_number(self) -> None:
        worse = self.worse
        self._blank.setVisible(worse is not None)
        if worse is None:
            return
        say = self._context.words.say
        cut = worse[0] is LossMode.RECEIPTS_CUT
        self._blank.say(say("{n} %", n=GAP) if cut else say("{n} days", n=GAP))
        self.number.show_value(worse[1])
        self.number.set_wrong(False)

    def _find(self, answers: Answers) -> None:
        question = self._question
        if question.is_plain:
            self._lost.drop()
            lines = question.what is What.LINES
            self._show_losses(answers, answers.singles if lines else None)
            return
        projection = answers.projection

        def work(cancelled: Cancelled) -> Answers:
            losses = asked_by(projection, question)
            return answer(projection.book, None, losses, projection.today)

        self._lost.ask((answers.book, projection.today, question), work)

    def _show_losses(self, found: Answers, only: tuple[Loss, ...] | None = None) -> None:
        self._of = self._today
        named = in_words(found, self._context.words)
        shown = {each.contingency.id for each in (found.losses if only is None else only)}
        self._losses = {
            each.contingency.id: each for each in named.losses if each.contingency.id in shown
        }
        chosen = self.which.currentData() or NOTHING
        self.which.blockSignals(True)
        self.which.clear()
        self.which.addItem(self._context.words.say("nothing"), NOTHING)
        for key, loss in self._losses.items():
            self.which.addItem(loss.name, key)
        self.which.setCurrentIndex(max(self.which.findData(chosen), 0))
        self.which.blockSignals(False)
        self.changed.emit()

    # what is chosen

    def choose(self, contingency_id: str) -> None:
        """Compare with this loss, where it is among those offered; else with nothing."""
        self.which.setCurrentIndex(max(self.which.findData(contingency_id), 0))

    def _what_chosen(self) -> None:
        key = self.what.currentData()
        if key in BY_KEY:
            self._question = Question(What.CAUSE, key, BY_KEY[key].how)
        else:
            self._question = Question(What(key))
        if self._today is not None:
            self._find(self._today)

    def _receipts_chosen(self) -> None:
        self._show_number()
        self.changed.emit()

    def _number_left(self) -> None:
        worse = self.worse
        if worse is None:
            return
        mode = worse[0]
        try:
            number = number_in(self.number, PERCENT if mode is LossMode.RECEIPTS_CUT else DAYS)
        except BadInput as bad:
            self._context.tell_error(bad)
            return
        self._numbers[mode] = number or 0
        self._show_number()
        self.changed.emit()
