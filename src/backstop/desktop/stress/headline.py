"""How close it is, in words: days without any line, and how much worse receipts may get."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from backstop.contingency import receipts, slack
from backstop.desktop.state.aside import Aside
from backstop.desktop.state.tasks import Cancelled
from backstop.telling import Narrator
from backstop.telling.losses import slack_sentences
from backstop.telling.sentences import survival

if TYPE_CHECKING:
    from backstop.contingency import Slack
    from backstop.desktop.state.context import Context
    from backstop.plan import Answers, Loss


class Headline(QLabel):
    """Plain text; what is said of receipts is worked out aside, and dropped when another loss is
    chosen."""

    def __init__(self, context: Context) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "muted")
        self.setWordWrap(True)
        self._context = context
        self._survival = ""
        self._shown: Answers | None = None
        self._slack: Aside[list[Slack]] = Aside(context.tasks, self._show_slack)

    def show_loss(self, answers: Answers, loss: Loss | None) -> None:
        """Say it with every line, and in the case of this loss."""
        self._shown = answers
        has_lines = bool(answers.book.facilities)
        self._survival = (
            survival(answers, Narrator(answers.book, self._context.words)) if has_lines else ""
        )
        self.setText(self._survival)
        if answers.projection.is_over:
            self._slack.drop()
            return
        asked = [loss.contingency] if loss is not None else []
        projection = answers.projection

        def work(cancelled: Cancelled) -> list[Slack]:
            return slack(projection, asked)

        self._slack.ask((answers.book, tuple(asked)), work)

    def _show_slack(self, found: list[Slack]) -> None:
        answers, words = self._shown, self._context.words
        if answers is not None and receipts(answers.book):
            said = slack_sentences(found, answers.projection.days, words)
            self.setText(words.joined([self._survival, said]))
