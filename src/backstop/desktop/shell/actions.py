"""Everything that can be done from a menu or a key, named in the owner's language."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget

from backstop.desktop.widgets.text import as_typed
from backstop.telling import Words


@dataclass(frozen=True)
class Entry:
    """One action: its English text (key of `words.say`) and its keys."""

    name: str
    text: str
    keys: str | QKeySequence.StandardKey = ""


ENTRIES = (
    Entry("new", "New book…", QKeySequence.StandardKey.New),
    Entry("open", "Open…", QKeySequence.StandardKey.Open),
    Entry("save_as", "Save as…", QKeySequence.StandardKey.SaveAs),
    Entry("backups", "Backups…"),
    Entry("history", "History of changes…", "Ctrl+H"),
    Entry("passphrase", "Passphrase…"),
    Entry("lock", "Lock now", "Ctrl+L"),
    Entry("import_json", "Replace the book from JSON…"),
    Entry("export_json", "Export the book as JSON…"),
    Entry("export_csv", "Export the projection as CSV…"),
    Entry("export_pdf", "Export the plan as PDF…", "Ctrl+E"),
    Entry("export_xlsx", "Export the plan as XLSX…"),
    Entry("export_ics", "Export the plan to a calendar…"),
    Entry("print", "Preview and print the plan…", QKeySequence.StandardKey.Print),
    Entry("quit", "Quit", "Ctrl+Q"),
    Entry("undo", "Undo", QKeySequence.StandardKey.Undo),
    Entry("redo", "Redo", "Ctrl+Y"),
    Entry("facts", "Book details…", "Ctrl+I"),
)


class Actions:
    """The window's actions by name; `retranslate` names them anew."""

    def __init__(self, window: QWidget, called: Callable[[str], None]) -> None:
        self._by_name: dict[str, QAction] = {}
        for entry in ENTRIES:
            action = QAction(window)
            action.setShortcuts(_keys(entry))
            action.triggered.connect(lambda _=False, name=entry.name: called(name))
            window.addAction(action)
            self._by_name[entry.name] = action

    def __getitem__(self, name: str) -> QAction:
        return self._by_name[name]

    def enable(self, name: str, enabled: bool) -> None:
        self._by_name[name].setEnabled(enabled)

    def retranslate(self, words: Words) -> None:
        for entry in ENTRIES:
            self._by_name[entry.name].setText(as_typed(words.say(entry.text)))

    def name_step(self, name: str, text: str) -> None:
        """Say what undo or redo would do; `text` stands in the menu and in the tooltip."""
        self._by_name[name].setText(as_typed(text))
        keys = self._by_name[name].shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        self._by_name[name].setToolTip(f"{text} ({keys})")


def _keys(entry: Entry) -> list[QKeySequence]:
    if isinstance(entry.keys, QKeySequence.StandardKey):
        return QKeySequence.keyBindings(entry.keys)
    return [QKeySequence(entry.keys)] if entry.keys else []
