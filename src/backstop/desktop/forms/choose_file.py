"""Asking for a file to read or a place to write, in the owner's language."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFileDialog, QWidget

from backstop.desktop.forms.told_files import tell_files
from backstop.desktop.widgets.dialog_lifetimes import outlives_book
from backstop.desktop.widgets.room import fit_to_screen
from backstop.services.paths import books_folder, data_folder
from backstop.telling.languages import language_for

if TYPE_CHECKING:
    from backstop.desktop.state.context import Context

KINDS = {
    "backstop": "Backstop book",
    "json": "Book as JSON",
    "pdf": "PDF document",
    "csv": "Table as CSV",
    "xlsx": "Table as XLSX",
    "ics": "Calendar entries",
}
STATEMENTS = ("csv", "txt", "xls", "xlsx", "zip", "ofx", "qfx", "qif", "xml", "sta", "mt940")
Chosen = Callable[[Path], None]
_UNFIT = '/\\:*?"<>|'


def choose_file(parent: QWidget, context: Context, kinds: Sequence[str], then: Chosen) -> None:
    """Ask for an existing file of one of these kinds."""
    dialog = _dialog(parent, context, kinds)
    outlives_book(dialog)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, then)


def choose_statement(parent: QWidget, context: Context, then: Chosen) -> None:
    """Ask for a statement of a bank or wallet, whatever it is called."""
    dialog = _dialog(parent, context, ("csv",))
    say = context.words.say
    patterns = " ".join(f"*.{kind}" for kind in STATEMENTS)
    dialog.setNameFilters([f"{say('Statements')} ({patterns})", f"{say('All files')} (*)"])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    _open(dialog, then)


def choose_place(
    parent: QWidget, context: Context, kind: str, title: str, then: Chosen
) -> QFileDialog:
    """Ask where to write a file of this kind; `title` suggests its name."""
    dialog = _dialog(parent, context, (kind,))
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(kind)
    dialog.selectFile(f"{file_name(title)}.{kind}")
    _open(dialog, then)
    return dialog


def file_name(title: str) -> str:
    """A title as a file name that every system takes."""
    plain = "".join("-" if each in _UNFIT else each for each in title).strip(" .")
    return plain[:80] or "Backstop"


def _dialog(parent: QWidget, context: Context, kinds: Sequence[str]) -> QFileDialog:
    dialog = QFileDialog(parent)
    if not _is_of_system(context):
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        tell_files(dialog, context.words)
    say = context.words.say
    for place, text in (  # Qt's own translations lack two of them
        (QFileDialog.DialogLabel.LookIn, say("Folder:")),
        (QFileDialog.DialogLabel.FileName, say("File name:")),
        (QFileDialog.DialogLabel.FileType, say("Kind of file:")),
    ):
        dialog.setLabelText(place, text)
    patterns = " ".join(f"*.{kind}" for kind in kinds)
    names = context.words.listing([say(KINDS[kind]) for kind in kinds])
    dialog.setNameFilter(f"{names} ({patterns})")
    dialog.setDirectory(str(_usual_folder(context)))
    return dialog


def _is_of_system(context: Context) -> bool:
    """Whether the system's own dialog would speak the owner's language, and write days in it."""
    system = language_for(QLocale.system().name())
    return system.code == context.words.language.code


def _usual_folder(context: Context) -> Path:
    """Where the open book lies, unless that is the program's own folder: there nobody looks."""
    session = context.session
    path = session.path if session is not None else None
    if path is None or path.is_relative_to(data_folder()):
        return books_folder()
    return path.parent


def _open(dialog: QFileDialog, then: Chosen) -> None:
    fit_to_screen(dialog, dialog.width(), dialog.height())
    dialog.fileSelected.connect(lambda chosen: then(Path(chosen)))
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
