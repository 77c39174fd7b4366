"""What is imported, and when: the window stands before anything heavy is brought in."""

import ast
import json
import os
import subprocess
import sys
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src"
PROBE = """
import json, sys
from PySide6.QtWidgets import QApplication
from backstop.desktop.shell.app import Program

heavy = ("matplotlib", "numpy", "alembic", "sqlmodel", "sqlalchemy", "highspy", "typst")
heavy += tuple(f"backstop.{part}" for part in ("plan", "contingency", "projection", "store"))
heavy += ("backstop.desktop.shell.screens", "backstop.desktop.charts", "backstop.desktop.tables")
seen = {}

def painted():
    seen["painted"] = [name for name in heavy if name in sys.modules]

def answered(answers):
    if answers is not None and answers.assessed:
        seen["verdict"] = program.window.page.answer
        program.window.close()
        app.quit()

app = QApplication(sys.argv[:1])
program = Program(app)
program.window.painted.connect(painted)
program.context.answers_changed.connect(answered)
program.begin(None, "contractor")
app.exec()
print(json.dumps(seen))
"""


def test_nothing_heavy_is_imported_before_the_first_paint(own_folders: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(SOURCE),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONWARNINGS": "ignore",
    }
    ended = subprocess.run(
        [sys.executable, "-c", PROBE],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    seen = json.loads(ended.stdout.splitlines()[-1])
    assert seen["painted"] == []
    assert seen["verdict"]


LATE = {
    "shell/crash.py": "logging.handlers is slow and only wanted after the first paint",
    "shell/running.py": "the network module is wanted only where somebody listens, or may",
}
"""Modules of the desktop that import inside a function, and why; the rest comes by the gate."""


def test_modules_import_at_the_top() -> None:
    desktop = SOURCE / "backstop" / "desktop"
    late = {
        path.relative_to(desktop).as_posix()
        for path in desktop.rglob("*.py")
        for function in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(each, ast.Import | ast.ImportFrom) for each in ast.walk(function))
    }
    assert late == set(LATE)


def test_calls_into_qt_do_not_use_up_what_they_return() -> None:
    from PySide6.QtCore import QObject, Signal

    from backstop.desktop.shell.singletons import SINGLETONS

    class Sender(QObject):
        sent = Signal(object)

    sender = Sender()
    sender.sent.connect(lambda _: None)
    for _ in range(50_000):
        sender.sent.emit(None)
        sender.setObjectName("x")
    assert all(sys.getrefcount(each) > 100_000 for each in SINGLETONS)
