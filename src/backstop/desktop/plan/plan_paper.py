"""The printed plan: the same PDF for the preview, the printer and the file."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from backstop.desktop.forms.choose_file import choose_place
from backstop.desktop.plan import sentences
from backstop.desktop.printing.preview import PreviewDialog
from backstop.desktop.state.tasks import About, Cancelled
from backstop.services import clock
from backstop.services.answers import at_once
from backstop.services.documents import plan_pdf, plan_table, unprintable
from backstop.services.placing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable

    from backstop.desktop.plan.drafting import PlanDraft
    from backstop.desktop.state.context import Context
    from backstop.domain import Book


class PlanPaper(QObject):
    """Typesets a draft in the background, then shows it or writes it, unless the book has changed
    meanwhile: then the banner says so."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._parent = context, parent

    def preview(self, draft: PlanDraft) -> None:
        """Typeset, and show the pages in a window that prints."""
        self._typeset(draft, partial(self._show, draft))

    def _show(self, draft: PlanDraft, pdf: bytes) -> None:
        tell_unprintable(self._context, draft.answers.book)
        title = sentences.paper_title(draft, self._context.words)
        dialog = PreviewDialog(self._context, pdf, title, self._parent)
        dialog.export_wanted.connect(lambda: self._choose(draft, pdf))
        dialog.open()

    def ask_export(self, draft: PlanDraft) -> None:
        """Typeset, then ask where to write the file."""
        self._typeset(draft, partial(self._choose, draft))

    def ask_table(self, draft: PlanDraft, kind: str) -> None:
        """The plan as a table (`xlsx`) or as calendar entries (`ics`)."""
        words = self._context.words

        def work(cancelled: Cancelled) -> bytes:
            return plan_table(kind, draft.answers, [draft.plan], words, clock.today())

        self._make(draft, work, partial(self._choose, draft, kind=kind))

    def _choose(self, draft: PlanDraft, data: bytes, kind: str = "pdf") -> None:
        if kind == "pdf":
            tell_unprintable(self._context, draft.answers.book)
        title = f"{draft.answers.book.title} – {draft.loss.name}"
        choose_place(self._parent, self._context, kind, title, partial(self._write, data, kind))

    def _write(self, data: bytes, kind: str, path: Path) -> None:
        def done(_: object) -> None:
            self._context.tell_written(path)

        def write(cancelled: Cancelled) -> None:
            write_whole(path, data, kind)

        self._context.tasks.start(write, done, about=About.NOTHING)

    def _typeset(self, draft: PlanDraft, then: Callable[[bytes], None]) -> None:
        words = self._context.words

        newest = self._context.plannable
        answers = draft.answers
        if newest is not None and newest.book.fingerprint == answers.book.fingerprint:
            answers = newest

        def work(cancelled: Cancelled) -> bytes:
            # the front page ranks every loss by what can be cured, and says by when
            known = answers if answers.assessed else at_once(answers)
            return plan_pdf(known, [draft.plan], words, clock.today())

        self._make(draft, work, then)

    def _make(
        self,
        draft: PlanDraft,
        work: Callable[[Cancelled], bytes],
        then: Callable[[bytes], None],
    ) -> None:
        def done(data: bytes) -> None:
            if not self._context.refuses_older(draft.answers.book):
                then(data)

        self._context.tasks.start(work, done, about=About.BOOK)


def tell_unprintable(context: Context, book: Book) -> None:
    """Say which letters will not come out, before anybody prints."""
    said = unprintable(book)
    if said is not None:
        context.tell(said)
