"""What a page shows of a book that knows nothing yet: how to say what is known, by which button."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from backstop.desktop.forms.empty import EmptyState

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class Beginning(EmptyState):
    """Stands in the place of what a page shows otherwise."""

    def __init__(self, context: Context) -> None:
        super().__init__(
            "Say first what you know",
            "A few pages ask for the money you have, for what comes in, what goes out, and for the "
            "credit you lean on. The verdict grows beside it as you type.",
            ("Guided start…", "Sources", "Cash flow"),
        )
        self._context = context
        guide, sources, flows = self.buttons
        guide.clicked.connect(lambda: context.command_wanted.emit("guide"))
        sources.clicked.connect(lambda: context.show_page("sources"))
        flows.clicked.connect(lambda: context.show_page("cash_flow"))
        self.hide()

    def show_instead_of(self, others: Sequence[QWidget], wanted: bool) -> None:
        """Take the place of these where it is wanted, or give it back."""
        first, then = (others, [self]) if wanted else ([self], others)
        for each in first:
            each.hide()
        for each in then:
            each.show()
        self.buttons[0].setEnabled(self._context.may_edit)
