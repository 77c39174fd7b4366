"""What the context asks of the engine and of the services; comes through the gate."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from backstop.desktop.state.all_plans import AllPlans
from backstop.desktop.state.answering import Answering
from backstop.desktop.state.settling import SettlingDesk
from backstop.services.losing import plannable, with_loss
from backstop.services.passphrase import remark_on_plain_copy
from backstop.services.session import prepare_writing
from backstop.telling.sentences import secure_count

if TYPE_CHECKING:
    from collections.abc import Callable

    from backstop.contingency import Contingency
    from backstop.desktop.state.afterwards import Afterwards
    from backstop.desktop.state.tasks import Tasks
    from backstop.domain import Book, Message
    from backstop.plan import Answers
    from backstop.telling import Words


@dataclass(frozen=True)
class Asked:
    """A loss that a plan was asked for, though the book does not keep it, and what it is called."""

    contingency: Contingency
    name: str

    def of(self, book: Book) -> bool:
        """Whether all that it takes is in this book."""
        return all(each in book.by_id for each in self.contingency.targets)


class Engine(QObject):
    """Background answers and plans of one window; `take` is given fresh answers, and
    `settling_changed` is called when there is another settling in work."""

    def __init__(
        self,
        tasks: Tasks,
        take: Callable[[Answers], None],
        settling_changed: Callable[[], None],
        afterwards: Afterwards,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self.settling = SettlingDesk(tasks, settling_changed)
        self.all_plans = AllPlans(tasks, self)
        self.answering = Answering(tasks, take)
        self.asked: Asked | None = None
        self._afterwards, self._ready = afterwards, False
        self._plannable: tuple[tuple[Answers, Asked | None], Answers] | None = None

    def get_ready_to_write(self) -> None:
        """Import the database before the first edit, which would not be in its file meanwhile."""
        if not self._ready:
            self._ready = True
            self._afterwards.add(prepare_writing)

    def plannable(self, known: Answers) -> Answers:
        """These answers with all else that a plan was or may be asked for; worked out once."""
        wanted = known, self.asked
        if self._plannable is None or self._plannable[0] != wanted:
            self._plannable = wanted, self._with_asked(plannable(known))
        return self._plannable[1]

    def ask_for(self, contingency: Contingency | None, name: str) -> None:
        """Count this loss among those that a plan may be asked for; none other but the book's."""
        self.asked = None if contingency is None else Asked(contingency, name)

    def _with_asked(self, known: Answers) -> Answers:
        if self.asked is None or not self.asked.of(known.book):
            return known
        return with_loss(known, self.asked.contingency, self.asked.name)

    def secure_count(self, answers: Answers, words: Words) -> str:
        """How many of its losses the book survives, in words."""
        return secure_count(answers, words)

    def remark_on_copy(self, book: Path | None, written: Path) -> Message | None:
        """What to say of a file that the lock of this book does not cover, if anything."""
        return remark_on_plain_copy(book, written)
