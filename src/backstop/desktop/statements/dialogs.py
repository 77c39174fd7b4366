"""The password of an archive, and the columns of a table that nobody described."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFormLayout, QHBoxLayout, QVBoxLayout, QWidget

from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.forms.dialog import AskingDialog, add_field
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.look.theme import Space
from backstop.desktop.statements.rows import statement_columns
from backstop.desktop.tables import RowsView
from backstop.desktop.widgets.room import Yielding, room_for
from backstop.desktop.widgets.text import plain_label
from backstop.domain import BadInput, message
from backstop.services.looking import File, shown_rows
from backstop.services.mapping_choices import (
    CHOICES,
    LAYOUT,
    NO_COLUMN,
    PARTS,
    column_names,
    column_of,
    layout_options,
    with_choice,
    with_column,
    with_layout,
)
from backstop.services.statements import Mapping, Preview

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

MOST_PREVIEWED = 8
WIDTH, TABLE_HEIGHT = 820, 200
AROUND = 120
"""The height of the buttons and margins, in pixels."""


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
    """How the table is written and which column is what, with the first rows as they are then read.
    `look(mapping)` reads the file again, `then(mapping)` keeps to it."""

    def __init__(
        self,
        context: Context,
        parent: QWidget,
        file: File,
        preview: Preview,
        look: Callable[[Mapping], Preview],
        then: Callable[[Mapping], None],
    ) -> None:
        super().__init__(context, parent, "Columns of the statement")
        self._file, self._look, self._then = file, look, then
        self._preview = preview
        self._filling = False
        self.mapping = preview.mapping
        self.layouts = {key: CalmCombo() for key, _ in LAYOUT}
        self.parts = {part: CalmCombo() for part, _ in PARTS}
        self.choices = {key: CalmCombo() for key, _, _ in CHOICES}
        self.seen = RowsView(context, statement_columns(context), lambda row: row.line)
        self.seen.setMinimumHeight(TABLE_HEIGHT)
        self.setMinimumWidth(min(WIDTH, room_for(self).width()))
        self.seen.setAccessibleName(context.words.say("The first rows as they are read"))
        self._written, self._columns = QFormLayout(), QFormLayout()
        self._lay_out()
        self._fill()
        self._show()

    def _lay_out(self) -> None:
        say = self._context.words.say
        held = QWidget()
        whole = QVBoxLayout(held)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(Space.LARGE)
        beside = QHBoxLayout()
        beside.setSpacing(Space.WIDE)
        for form in (self._written, self._columns):
            form.setSpacing(Space.SMALL)
            beside.addLayout(form, 1)
        for key, title in LAYOUT:
            add_field(self._written, say(title), self.layouts[key])
            self.layouts[key].activated.connect(partial(self._lay_anew, key))
        for key, title, _ in CHOICES:
            add_field(self._written, say(title), self.choices[key])
            self.choices[key].currentIndexChanged.connect(self._changed)
        for part, title in PARTS:
            add_field(self._columns, say(title), self.parts[part])
            self.parts[part].currentIndexChanged.connect(self._changed)
        whole.addLayout(beside)
        whole.addWidget(self.seen, 1)
        self.body.addWidget(Yielding(held, AROUND), 1)

    def _fill(self) -> None:
        """Offer what there is to choose, with what the mapping says chosen."""
        self._filling = True
        say = self._context.words.say
        for key, combo in self.layouts.items():
            options = layout_options(self._preview, key)
            texts = [(each.shown or say(each.text), each.value) for each in options]
            _offer(combo, texts, getattr(self.mapping, key))
            self._written.setRowVisible(combo, len(options) > 1)
        for key, _, values in CHOICES:
            texts = [(say(text), value) for value, text in values]
            _offer(self.choices[key], texts, getattr(self.mapping, key))
        names = column_names(self._preview)
        places: list[tuple[str, object]] = [(say("none"), NO_COLUMN)]
        for place, name in enumerate(names):
            places.append((name or say("column {number}", number=place + 1), place))
        for part, combo in self.parts.items():
            _offer(combo, places, column_of(self.mapping, part))
        self._filling = False

    def _lay_anew(self, key: str, _: int) -> None:
        """Another encoding, separator, sheet or header: the columns are guessed anew."""
        value = self.layouts[key].currentData()
        try:
            mapping = with_layout(self._file, self.mapping, key, value)
            self._preview = self._look(mapping)
        except BadInput as bad:
            self._refuse(bad)
            return
        self.mapping = mapping
        self._fill()
        self._show()

    def _changed(self) -> None:
        if self._filling:
            return
        mapping = self.mapping
        for part, combo in self.parts.items():
            mapping = with_column(mapping, part, int(combo.currentData()))
        for key, combo in self.choices.items():
            mapping = with_choice(mapping, key, str(combo.currentData()))
        self.mapping = mapping
        self._show()

    def _show(self) -> None:
        try:
            rows = shown_rows(self._look(self.mapping), MOST_PREVIEWED)
        except BadInput as bad:
            self._refuse(bad)
            return
        self.problem.hide()
        self.seen.set_rows(rows)

    def _refuse(self, bad: BadInput) -> None:
        self.problem.setText(self._context.words.tell(bad.message))
        self.problem.show()
        self.seen.set_rows([])

    def take(self) -> None:
        """Close, and keep to the mapping; raises `BadInput` where nothing can be read by it."""
        self._look(self.mapping)
        self._then(self.mapping)
        self.accept()


def _offer(combo: CalmCombo, texts: list[tuple[str, object]], chosen: object) -> None:
    combo.clear()
    for text, value in texts:
        combo.addItem(text, value)
    combo.setCurrentIndex(max(0, combo.findData(chosen)))
