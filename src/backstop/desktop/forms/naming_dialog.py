"""Asking for a name, in a small dialog that says no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from backstop.desktop.forms.dialog import AskingDialog
from backstop.desktop.forms.lines import TextControl
from backstop.desktop.widgets.text import plain_label

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context


class NameDialog(AskingDialog):
    """Hands the name to `keep`, which may refuse it with `BadInput`: then the dialog says so."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        title: str,
        name: str,
        keep: Callable[[str], None],
    ) -> None:
        super().__init__(context, parent, title)
        self._keep = keep
        self.name = TextControl()
        self.name.show_value(name)
        self.name.target.setAccessibleName(context.words.field("name"))
        label = plain_label(text=context.words.field("name"))
        label.setBuddy(self.name.target)
        self.body.addWidget(label)
        self.body.addWidget(self.name)

    def take(self) -> None:
        """Close, and keep the name."""
        self._keep(self.name.value())
        self.accept()
