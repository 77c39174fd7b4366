"""Answers to a question about losses: at once where they are known, else worked out aside."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from backstop.desktop.state.aside import Aside
from backstop.desktop.state.tasks import Cancelled, Tasks
from backstop.plan import answer, assessing
from backstop.services.questions import Question, What, asked_by

if TYPE_CHECKING:
    from backstop.plan import Answers


class Losing:
    """Hands `take` the answers to a question, first without cures, then with them."""

    def __init__(self, tasks: Tasks, take: Callable[[Answers], None]) -> None:
        self._take = take
        self._asked: tuple[object, int, Question] | None = None
        self._quick: Aside[Answers] = Aside(tasks, self._quick_done)
        self._cures: Aside[Answers] = Aside(tasks, self._show)
        self.answers: Answers | None = None

    def ask(self, today: Answers, question: Question) -> None:
        """Answer this question about the book of today's answers; what was asked before is
        dropped."""
        self._asked = (today.book, today.projection.today, question)
        if question.is_plain:
            self._quick.drop()
            self._cures.drop()
            only_lines = question.what is What.LINES
            self._show(replace(today, losses=today.singles) if only_lines else today)
            return
        projection, day = today.projection, question.day_in(today.projection)

        def quick(cancelled: Cancelled) -> Answers:
            losses = asked_by(projection, question)
            return answer(projection.book, day, losses, projection.today)

        self._quick.ask(self._asked, quick)

    def _quick_done(self, answers: Answers) -> None:
        self._show(answers)

        def cures(cancelled: Cancelled) -> Iterator[Answers]:
            return assessing(answers)

        self._cures.follow(self._asked, cures)

    def _show(self, answers: Answers) -> None:
        self.answers = answers
        self._take(answers)
