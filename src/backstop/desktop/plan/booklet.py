"""The plans for all losses in one booklet, as the command line prints it."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from backstop.desktop.forms.choose_file import choose_place
from backstop.desktop.plan.plan_paper import tell_unprintable
from backstop.desktop.printing.preview import PreviewDialog
from backstop.desktop.state.tasks import About, Cancelled
from backstop.plan import assess
from backstop.services import clock
from backstop.services.documents import plan_pdf
from backstop.services.placing import write_whole
from backstop.services.plans import plans_for_all
from backstop.work import Work, working

if TYPE_CHECKING:
    from pathlib import Path

    from backstop.desktop.state.context import Context
    from backstop.domain import Book
    from backstop.plan import Answers


class Booklet(QObject):
    """Drafts what is not known yet and typesets it in the background, then shows the pages, unless
    the book has changed meanwhile."""

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(parent)
        self._context, self._parent = context, parent

    def preview(self) -> None:
        """All plans of the book as it is now."""
        self._context.when_answered(self._typeset)

    def _typeset(self, answers: Answers) -> None:
        words, shelf = self._context.words, self._context.all_plans.shelf

        def work(cancelled: Cancelled) -> bytes:
            with working(Work(cancelled, _silent)):
                known = answers if answers.assessed else assess(answers)
                return plan_pdf(known, plans_for_all(known, shelf), words, clock.today())

        show = partial(self._show, answers.book)
        self._context.tasks.start(work, show, about=About.BOOK, shown_in=self)

    def _show(self, book: Book, pdf: bytes) -> None:
        if self._context.refuses_older(book):
            return
        tell_unprintable(self._context, book)
        title = self._context.words.say("All plans")
        dialog = PreviewDialog(self._context, pdf, title, self._parent)
        dialog.export_wanted.connect(lambda: self._choose(f"{book.title} – {title}", pdf))
        dialog.open()

    def _choose(self, title: str, pdf: bytes) -> None:
        choose_place(self._parent, self._context, "pdf", title, partial(self._write, pdf))

    def _write(self, pdf: bytes, path: Path) -> None:
        self._context.tasks.start(
            lambda _: write_whole(path, pdf, "pdf"),
            lambda _: self._context.tell_written(path),
            about=About.NOTHING,
        )


def _silent(done: int, of: int) -> None:
    """The Overview tells how far the plans are."""
