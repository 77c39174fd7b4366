"""Starts the desktop program: the window first, then the book, then the charts."""

import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

from backstop.desktop.look.fonts import install_font
from backstop.desktop.look.icons import picture
from backstop.desktop.look.style import dress_anew
from backstop.desktop.shell.arriving import Application, Arrivals
from backstop.desktop.shell.crash import catch_all, start_log
from backstop.desktop.shell.input_method import reachable_input_method
from backstop.desktop.shell.memory import share_stores
from backstop.desktop.shell.running import Doorkeeper, asked_for, hand_over
from backstop.desktop.shell.told_to_end import ToldToEnd
from backstop.desktop.shell.window import Window
from backstop.desktop.state.context import Context
from backstop.desktop.state.gate import ENGINE, SCREENS, brought_in
from backstop.desktop.state.tasks import About
from backstop.services.paths import data_folder
from backstop.services.settings import load_settings

TURN_SECONDS = 0.0005
"""After so long a worker lets the window go on. Each call of Qt hands the interpreter over, and
with Python's own 5 ms a page of a large book takes many times as long beside a busy worker."""


def run(
    path: Path | None = None,
    sample: str | None = None,
    language: str = "",
    *,
    whole_lists: bool = False,
) -> int:
    """Show the window until it is closed; returns the exit code.

    Opens the file or the sample asked for, else the book opened last, else the start screen. Where
    this owner has a window open already, that one does it, and this start is over.
    """
    with reachable_input_method():
        app = Application(sys.argv[:1])
    if hand_over(asked_for(path, sample, language, whole_lists=whole_lists)):
        return 0
    program = Program(app, language, whole_lists=whole_lists)
    app.file_asked.connect(program.arrivals.open)
    program.window.painted.connect(lambda: start_log(data_folder()))
    program.window.painted.connect(program.listen)
    program.window.painted.connect(program.told_to_end.heed_signals)
    catch_all(program.context.tell_error)
    program.begin(path or app.early, sample)
    return app.exec()


class Program:
    """The application and its one window."""

    def __init__(self, app: QApplication, language: str = "", *, whole_lists: bool = False) -> None:
        self.app = app
        sys.setswitchinterval(TURN_SECONDS)
        app.setApplicationName("Backstop")
        app.setDesktopFileName("backstop")
        app.setStyle("Fusion")
        self.context = Context(load_settings(), language, whole_lists=whole_lists)
        self._qt_words = QTranslator()
        self._speak()
        self.context.language_changed.connect(self._speak)  # the font before what measures by it
        app.setWindowIcon(picture("backstop", 64, 1))
        self.window = Window(self.context)
        self.told_to_end = ToldToEnd(app, self.window)
        self.arrivals = Arrivals(self.context, lambda: self.window.books.files, self.window)

    def listen(self) -> None:
        """Let further starts of this owner come to this window."""
        self._door = Doorkeeper(self.arrivals)
        self._door.asked.connect(self.arrivals.take)
        self._door.listen()

    def begin(self, path: Path | None, sample: str | None) -> None:
        """Show the window; what is to be opened follows its first paint."""
        recent = self.context.settings.recent_books
        wanted = path or (recent[0] if recent and sample is None else None)
        self.window.painted.connect(share_stores)
        self.window.expect_book(wanted is not None or sample is not None)
        self.window.painted.connect(partial(self._bring_in, partial(self._open, wanted, sample)))
        self.window.show()

    def _bring_in(self, then: Callable[[], None]) -> None:
        """Open the gate: what is slow to import comes now that the window can be seen."""

        def done(_: object) -> None:
            self.context.garbage.set_aside()
            self.context.afterwards.add(brought_in(SCREENS).bring_in_the_rest)
            self.window.let_screens_in()
            then()

        def work(_: object) -> None:
            brought_in(SCREENS)
            brought_in(ENGINE)

        self.context.tasks.start(work, done, about=About.NOTHING)

    def _open(self, path: Path | None, sample: str | None) -> None:
        if path is not None:
            self.window.books.files.open_path(path)
        elif sample is not None:
            self.window.books.files.open_sample(sample)

    def _speak(self) -> None:
        """Let Qt's own dialogs speak the owner's language too, in its typeface."""
        language = self.context.words.language
        before = self.app.font()
        install_font(wide_marks=language.wide_marks)
        if self.app.font() != before:
            for window in self.app.topLevelWidgets():
                dress_anew(window)
        self.app.removeTranslator(self._qt_words)
        QLocale.setDefault(QLocale(language.code))
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        if self._qt_words.load(f"qtbase_{language.code}", folder):
            self.app.installTranslator(self._qt_words)
