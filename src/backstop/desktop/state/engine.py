"""What the context asks of the engine and of the services; comes through the gate."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from backstop.desktop.state.all_plans import AllPlans
from backstop.desktop.state.answering import Answering
from backstop.services.answers import with_saved
from backstop.services.passphrase import remark_on_plain_copy
from backstop.telling.sentences import secure_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from backstop.desktop.state.tasks import Tasks
    from backstop.domain import Message
    from backstop.plan import Answers
    from backstop.telling import Words


class Engine(QObject):
    """Background answers and plans of one window; `take` is given fresh answers."""

    def __init__(self, tasks: Tasks, take: Callable[[Answers], None], parent: QObject) -> None:
        super().__init__(parent)
        self.all_plans = AllPlans(tasks, self)
        self.answering = Answering(tasks, take)
        self._plannable: tuple[Answers, Answers] | None = None

    def plannable(self, known: Answers) -> Answers:
        """These answers with the losses that the book keeps by name; worked out once."""
        if not known.book.contingencies:
            return known
        if self._plannable is None or self._plannable[0] is not known:
            self._plannable = known, with_saved(known)
        return self._plannable[1]

    def secure_count(self, answers: Answers, words: Words) -> str:
        """How many of its losses the book survives, in words."""
        return secure_count(answers, words)

    def remark_on_copy(self, book: Path | None, written: Path) -> Message | None:
        """What to say of a file that the lock of this book does not cover, if anything."""
        return remark_on_plain_copy(book, written)
