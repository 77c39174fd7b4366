"""The system ends the program: what is being typed is in the book all the same."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.shell.app import Program
from backstop.services.session import read_book
from desktop.test_leaving import TYPED, amount_in, amount_of, typing

TESTS = Path(__file__).parents[1]
TYPING = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from backstop.desktop.shell import app
from backstop.domain import Direction

path, number, text = sys.argv[1:]

class Typing(app.Program):
    def begin(self, path, sample):
        super().begin(path, sample)
        self.ready = QTimer(interval=20)
        self.ready.timeout.connect(self.type)
        self.ready.start()

    def type(self):
        if self.context.answers is None:
            return
        self.ready.stop()
        self.window.show_section(2)
        page = self.window.page
        page.table.choose("wages")
        form = page.pane.view_of(Direction.PAYMENT).form
        line = form.cell("amount").control.line
        line.setFocus()
        line.setText(text)
        os.kill(os.getpid(), int(number))

app.Program = Typing
sys.exit(app.run(Path(path)))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="Windows sends no signals")
@pytest.mark.parametrize(
    ("end", "text", "kept"),
    [("SIGTERM", "4321", TYPED), ("SIGINT", "4321", TYPED), ("SIGHUP", "1,,2", 30_000_00)],
)
def test_a_signal_ends_the_program_in_order(path: Path, end: str, text: str, kept: int) -> None:
    given = {**os.environ, "PYTHONPATH": str(TESTS.parent / "src"), "XDG_RUNTIME_DIR": ""}
    command = [sys.executable, "-c", TYPING, str(path), str(int(signal.Signals[end])), text]
    ended = subprocess.run(
        command, env=given, capture_output=True, text=True, timeout=60, check=False
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    assert amount_in(path) == kept


def test_the_end_of_the_session_finds_what_is_typed_in_the_file(
    opened: Program, path: Path, qtbot: QtBot
) -> None:
    typing(opened, qtbot)
    opened.app.commitDataRequest.emit(None)
    assert amount_of(read_book(path)) == TYPED
    assert opened.window.isVisible(), "another program may still refuse the end of the session"
