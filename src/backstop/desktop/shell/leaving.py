"""Before a view goes away: what is being typed is taken, and what cannot be is asked about."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox, QWidget

from backstop.desktop.state.gate import TYPED, brought_in
from backstop.desktop.widgets.holds_typed import HoldsTyped
from backstop.desktop.widgets.text import as_typed

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

MOST_NAMED = 6
Go = Callable[[], object]


class Leaving(QObject):
    """Answers `context.typing_ends` and `context.leave_wanted` for the window, and for what stands
    `aside` of it."""

    def __init__(
        self, context: Context, window: QWidget, aside: Callable[[], list[QWidget]]
    ) -> None:
        super().__init__(window)
        self._context, self._window, self._aside = context, window, aside
        self.question: QMessageBox | None = None
        context.typing_ends.connect(self.take_typed)
        context.leave_wanted.connect(self.when_kept)

    def take_typed(self) -> None:
        """Take what is being typed, as if its field were left."""
        QGuiApplication.inputMethod().commit()
        focused = self._window.focusWidget()
        typed = brought_in(TYPED)
        if isinstance(focused, typed.TypedLine | typed.TypedText) and focused.is_touched:
            focused.left.emit()

    def when_kept(self, go: Go) -> None:
        """Go, at once where nothing typed would be lost, else when the owner lets go of it."""
        if self.may_go(go):
            go()

    def may_go(self, go: Go) -> bool:
        """Whether nothing typed would be lost; else the owner is asked, and `go` may follow."""
        self.take_typed()
        said = list(self._unkept())
        if said and self.question is None:
            self._ask(said, go)
        return not said

    def _unkept(self) -> Iterator[str]:
        """What stands in a form and is not in the book, each with the reason."""
        if self._context.may_edit:
            for place in (self._window, *self._aside()):
                for view in place.findChildren(HoldsTyped):
                    yield from view.unkept()

    def _ask(self, said: list[str], go: Go) -> None:
        say, box = self._context.words.say, QMessageBox(self._window)
        self.question = box
        box.setTextFormat(box.textFormat().PlainText)
        box.setIcon(QMessageBox.Icon.Warning)
        box.setWindowTitle(say("Not in the book"))
        box.setText(say("Not all that was typed is in the book. Discard it?"))
        box.setInformativeText("\n".join(said[:MOST_NAMED] + ["…"] * (len(said) > MOST_NAMED)))
        if len(said) > MOST_NAMED:
            box.setDetailedText("\n".join(said))
        stay = box.addButton(as_typed(say("Stay")), box.ButtonRole.RejectRole)
        discard = box.addButton(as_typed(say("Discard")), box.ButtonRole.DestructiveRole)
        box.setDefaultButton(stay)
        box.setEscapeButton(stay)

        def answered(_: int) -> None:
            self.question = None
            box.deleteLater()
            if box.clickedButton() is discard:
                go()

        box.finished.connect(answered)
        box.open()
