"""Asking for a passphrase: to open a locked book, or to set, change or remove it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QFormLayout,
    QHBoxLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from backstop.desktop.forms.control import CalmCombo
from backstop.desktop.forms.dialog import add_field
from backstop.desktop.forms.selecting_line import SelectingLine
from backstop.desktop.look.theme import Space
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.text import as_typed, button, plain_label
from backstop.domain.errors import message

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context
    from backstop.domain.errors import Message

WIDTH = 460
MINUTES = (0, 1, 2, 5, 10, 15, 30, 60)


class _Asking(QDialog):
    """A sentence, lines to type a secret into, a problem if there is one, and buttons."""

    def __init__(self, context: Context, parent: QWidget, title: str) -> None:
        super().__init__(parent)
        self._context = context
        self.setWindowTitle(context.words.say(title))
        self.setMinimumWidth(WIDTH)
        self.about = plain_label(wrap=True)
        self.problem = plain_label("danger", wrap=True)
        self.problem.hide()
        self.progress, self.step = QProgressBar(), plain_label("muted")
        self.progress.hide()
        self.step.hide()
        self._waiting = False
        self.form = QFormLayout()
        self.form.setSpacing(Space.MEDIUM)
        self.row = QHBoxLayout()
        self.row.setSpacing(Space.SMALL)
        self.row.addStretch(1)
        self.inside = QVBoxLayout(self)
        self.inside.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.LARGE)
        self.inside.setSpacing(Space.LARGE)
        self.inside.addWidget(self.about)
        self.inside.addLayout(self.form)
        self.inside.addWidget(self.problem)
        self.inside.addWidget(self.step)
        self.inside.addWidget(self.progress)
        self.inside.addLayout(self.row)
        self.finished.connect(self.deleteLater)

    def _secret(self, text: str) -> SelectingLine:
        field = SelectingLine()
        field.setEchoMode(SelectingLine.EchoMode.Password)
        add_field(self.form, self._context.words.say(text), field)
        return field

    def _button(self, text: str, role: str = "") -> QPushButton:
        made = button(role)
        made.setText(as_typed(self._context.words.say(text)))
        self.row.addWidget(made)
        return made

    def say_problem(self, said: Message) -> None:
        """Show what is wrong; the dialog stays."""
        self.problem.setText(self._context.words.tell(said))
        self.problem.show()
        self.wait(False)

    def wait(self, waiting: bool) -> None:
        """While the passphrase is tried or set, nothing can be pressed twice."""
        self._waiting = waiting
        self.progress.hide()
        self.step.hide()
        for each in self.findChildren(QPushButton):
            each.setEnabled(not waiting)

    def show_progress(self, done: int, of: int) -> None:
        """How many backups follow the book already, as a bar and in words."""
        said = self._context.words.say("Backups: {done} of {of}", done=done, of=of)
        self.step.setText(said)
        self.step.setVisible(of > 0)
        self.progress.setAccessibleName(said)
        self.progress.setRange(0, of)
        self.progress.setValue(done)
        self.progress.setVisible(of > 0)

    def reject(self) -> None:
        """Not in the middle of it: what has begun is ended first."""
        if not self._waiting:
            super().reject()


class UnlockDialog(_Asking):
    """Emits `typed(passphrase, remember)`; whoever listens closes it, or says a problem."""

    typed = Signal(str, bool)

    def __init__(self, context: Context, parent: QWidget, said: Message) -> None:
        super().__init__(context, parent, "Locked book")
        outlives_book(self)
        self.about.setText(context.words.tell(said))
        self.passphrase = self._secret("Passphrase")
        self.remember = QCheckBox(as_typed(context.words.say("Remember on this computer")))
        self.inside.insertWidget(2, self.remember)
        self._button("Cancel").clicked.connect(self.reject)
        self.open_it = self._button("Open", "primary")
        self.open_it.setDefault(True)
        self.open_it.clicked.connect(self._tell)

    def _tell(self) -> None:
        self.wait(True)
        self.typed.emit(self.passphrase.text(), self.remember.isChecked())

    def say_problem(self, said: Message) -> None:
        """Say why the book did not open, and let the owner type again."""
        super().say_problem(said)
        self.passphrase.selectAll()
        self.passphrase.setFocus()


class PassphraseDialog(_Asking):
    """Emits `set_wanted(current, new)`, `remove_wanted(current)`, `sheet_wanted(current)`."""

    set_wanted = Signal(str, str)
    remove_wanted = Signal(str)
    sheet_wanted = Signal(str)

    def __init__(self, context: Context, parent: QWidget, *, is_locked: bool) -> None:
        super().__init__(context, parent, "Passphrase")
        say = context.words.say
        self.about.setText(
            say("This book is locked. Its passphrase is needed for every change of it.")
            if is_locked
            else say(
                "With a passphrase nobody reads this book or its backups without it. "
                "If it is lost, and the recovery sheet too, the book is lost."
            )
        )
        self.current = (
            self._secret("Current passphrase") if is_locked else SelectingLine(parent=self)
        )
        self.current.setVisible(is_locked)
        self.new = self._secret("New passphrase")
        self.again = self._secret("New passphrase again")
        self.minutes = self._minutes()
        self._button("Close").clicked.connect(self.reject)
        if is_locked:
            self.sheet = self._button("Recovery sheet…")
            self.sheet.clicked.connect(lambda: self._want(self.sheet_wanted))
            self.remove = self._button("Remove")
            self.remove.clicked.connect(lambda: self._want(self.remove_wanted))
        self.set_it = self._button("verb|Change" if is_locked else "Lock the book", "primary")
        self.set_it.setDefault(True)
        self.set_it.clicked.connect(self._set)

    def _minutes(self) -> CalmCombo:
        """Taken up as soon as it is chosen, as every setting is."""
        words, chosen = self._context.words, self._context.settings.lock_minutes
        field = CalmCombo()
        for each in sorted({*MINUTES, chosen}):
            text = words.count(each, "one minute", "{n} minutes") if each else words.say("Never")
            field.addItem(text, each)
        field.setCurrentIndex(field.findData(chosen))
        field.setAccessibleName(words.say("Lock when nobody is there for"))
        field.activated.connect(lambda _: self._context.remember(lock_minutes=field.currentData()))
        label = plain_label(text=words.say("Lock when nobody is there for"))
        label.setBuddy(field)
        self.form.addRow(label, field)
        return field

    def _want(self, wanted: SignalInstance) -> None:
        self.wait(True)
        wanted.emit(self.current.text())

    def _set(self) -> None:
        if self.new.text() != self.again.text():
            self.say_problem(message("The two passphrases differ. Type the new one twice."))
            return
        self.wait(True)
        self.set_wanted.emit(self.current.text(), self.new.text())
