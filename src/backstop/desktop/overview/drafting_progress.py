"""How far the plans for all losses have come, and a button to stop them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QWidget

from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.text import as_typed, button, plain_label

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class DraftingAll(QWidget):
    """Hidden where there is nothing to draft."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self._context = context
        self.said = plain_label("muted")
        self.stop = button("quiet")
        self.stop.clicked.connect(context.all_plans.stop)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(Space.SMALL)
        row.addWidget(self.said, 1)
        row.addWidget(self.stop)
        context.all_plans.changed.connect(self.show_progress)
        self.show_progress()

    def show_progress(self) -> None:
        """Say how many plans are drafted, while there are more to come."""
        plans, words = self._context.all_plans, self._context.words
        self.stop.setText(as_typed(words.say("Stop")))
        self.stop.setVisible(plans.running)
        answers = self._context.answers
        is_over = answers is not None and answers.projection.is_over
        self.setVisible((plans.of > 0 or plans.stopped) and not is_over)
        if plans.stopped:
            self.said.setText(words.say("Drafting the plans was stopped."))
        elif plans.running:
            self.said.setText(words.say("Plans: {n} of {of}…", n=plans.done, of=plans.of))
        else:
            self.said.setText(words.count(plans.of, "Its plan is ready.", "{n} plans are ready."))
