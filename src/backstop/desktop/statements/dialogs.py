"""The password of an archive, and the columns of a table that nobody described."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QWidget

from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.forms.dialog import AskingDialog, add_field
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.look.theme import Space
from backstop.desktop.statements.rows import statement_columns
from backstop.desktop.tables import RowsView
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput, message
from backstop.services.looking import ShownRow, shown_rows
from backstop.services.mapping_choices import (
    CHOICES,
    NO_COLUMN,
    PARTS,
    column_names,
    with_choice,
    with_column,
)
from backstop.services.statements import Mapping, Preview

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

MOST_PREVIEWED = 8


class PasswordDialog(AskingDialog):
    """Hands `take_password(text)` what was typed."""

    def __init__(
        self, context: Context, parent: QWidget, problem: str, then: Callable[[str], None]
    ) -> None:
        super().__init__(context, parent, "Password of the archive")
        self._then = then
        self.password = SelectingLine()
        form = QFormLayout()
        form.setSpacing(Space.MEDIUM)
        add_field(form, context.words.say("Password"), self.password)
        self.body.addWidget(plain_label("muted", problem, wrap=True))
        self.body.addLayout(form)

    def take(self) -> None:
        """Close, and hand on the password."""
        if not self.password.text():
            raise BadInput(message("This archive has a password. Type it to open it."))
        self._then(self.password.text())
        self.accept()


class ColumnsDialog(AskingDialog):
    """Which column is what, with the first rows as they are then read. `look(mapping)` reads the
    file again, `then(mapping)` keeps to it."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        preview: Preview,
        look: Callable[[Mapping], Preview],
        then: Callable[[Mapping], None],
    ) -> None:
        super().__init__(context, parent, "Columns of the statement")
        self._look, self._then = look, then
        self._preview = preview
        self.mapping = preview.mapping
        self.parts = {part: CalmCombo() for part, _ in PARTS}
        self.choices = {key: CalmCombo() for key, _, _ in CHOICES}
        self.seen = RowsView(context, statement_columns(context), lambda row: row.line)
        self.seen.setMinimumSize(680, 240)
        self._form = QFormLayout()
        self._form.setSpacing(Space.SMALL)
        self._fill()
        self.body.addLayout(self._form)
        self.body.addWidget(self.seen, 1)
        self.seen.setAccessibleName(context.words.say("The first rows as they are read"))
        self._show()

    def _fill(self) -> None:
        say = self._context.words.say
        names = column_names(self._preview)
        for part, title in PARTS:
            combo = self.parts[part]
            combo.addItem(say("none"), NO_COLUMN)
            for place, name in enumerate(names):
                combo.addItem(name or say("column {number}", number=place + 1), place)
            combo.setCurrentIndex(max(0, combo.findData(getattr(self.mapping.columns, part))))
            combo.currentIndexChanged.connect(self._changed)
            add_field(self._form, say(title), combo)
        for key, title, values in CHOICES:
            combo = self.choices[key]
            for value, text in values:
                combo.addItem(say(text), value)
            combo.setCurrentIndex(max(0, combo.findData(getattr(self.mapping, key))))
            combo.currentIndexChanged.connect(self._changed)
            add_field(self._form, say(title), combo)

    def _changed(self) -> None:
        mapping = self.mapping
        for part, combo in self.parts.items():
            mapping = with_column(mapping, part, int(combo.currentData()))
        for key, combo in self.choices.items():
            mapping = with_choice(mapping, key, str(combo.currentData()))
        self.mapping = mapping
        self._show()

    def _show(self) -> None:
        try:
            rows: list[ShownRow] = shown_rows(self._look(self.mapping), MOST_PREVIEWED)
        except BadInput as bad:
            rows = []
            self.problem.setText(self._context.words.tell(bad.message))
        self.problem.setVisible(not rows)
        self.seen.set_rows(rows)

    def take(self) -> None:
        """Close, and keep to the mapping; raises `BadInput` where nothing can be read by it."""
        self._look(self.mapping)
        self._then(self.mapping)
        self.accept()
