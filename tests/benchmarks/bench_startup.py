"""How long the window takes to appear and to answer, next to an empty window of bare Qt.

    python tests/benchmarks/bench_startup.py [--runs N] [--sample NAME] [--quick]

Every figure is the time since the process was started, as its parent saw it, in seconds: the
median and the best of the runs, the two programs taking turns. Needs a display, or
QT_QPA_PLATFORM=offscreen. Reach: first paint within 0.4 s, the verdict within 1.2 s, and at first
paint neither matplotlib nor numpy nor alembic is imported.
"""

import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from benchmarks.asking import parser

BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget

class Window(QWidget):
    def paintEvent(self, event):
        QTimer.singleShot(0, done)

def done():
    print('{"painted": %f}' % time.time(), flush=True)
    app.quit()

app = QApplication(sys.argv[:1])
window = Window()
window.resize(1240, 820)
window.show()
app.exec()
"""

OURS = """
import json, sys, time
from PySide6.QtWidgets import QApplication
from backstop.desktop.shell.app import Program

seen = {}
heavy = ("matplotlib", "numpy", "alembic", "sqlalchemy")

def painted():
    seen["painted"] = time.time()
    seen["heavy"] = [name for name in heavy if name in sys.modules]

def answered(answers):
    if answers is None:
        return
    seen.setdefault("verdict", time.time())
    if any(each.cure is not None for each in answers.losses) or answers.assessed:
        seen.setdefault("drafted", time.time())
    if answers.assessed:
        seen.setdefault("assessed", time.time())
        wait()

def wait():
    if program.context.charts.loaded:
        app.processEvents()
        seen["charts"] = time.time()
        print(json.dumps(seen), flush=True)
        program.window.close()
        app.quit()
    else:
        program.context.charts.ready.connect(wait)

app = QApplication(sys.argv[:1])
program = Program(app)
program.window.painted.connect(painted)
program.context.answers_changed.connect(answered)
program.begin(None, SAMPLE)
app.exec()
"""


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--runs", type=int, default=7)
    options.add_argument("--sample", default="")
    asked = options.parse_args()
    sample = asked.sample or ("household" if asked.quick else "contractor")
    ours_script = OURS.replace("SAMPLE", repr(sample))
    if asked.quick:
        bare, ours = [_run(BARE)], [_run(ours_script)]
    else:
        bare, ours = _warm(ours_script, asked.runs)
    _report("bare Qt, first paint", [each["painted"] for each in bare])
    for key, name in (
        ("painted", "first paint"),
        ("verdict", "verdict shown"),
        ("drafted", "first ways out"),
        ("assessed", "best ways out"),
        ("charts", "charts drawn"),
    ):
        _report(f"Backstop, {name}", [each[key] for each in ours])
    print("imported at first paint:", ours[-1]["heavy"] or "none of matplotlib, numpy, alembic")
    return 0


def _warm(ours: str, runs: int) -> tuple[list[dict[str, float]], list[dict[str, float]]]:
    """So many runs of both by turns, after one that compiles the modules and warms the disk."""
    with tempfile.TemporaryDirectory() as compiled:
        both = [(_run(BARE, compiled), _run(ours, compiled)) for _ in range(runs + 1)]
    return [bare for bare, _ in both[1:]], [ours for _, ours in both[1:]]


def _run(script: str, compiled: str = "") -> dict[str, float]:
    """One process; times since it was started. Compiled modules are kept in `compiled`."""
    with tempfile.TemporaryDirectory() as place:
        folders = {f"BACKSTOP_{name}_DIR": place for name in ("CONFIG", "DATA", "BOOKS")}
        source = str(Path(__file__).parents[2] / "src")
        environment = {
            **{k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"},
            **folders,
            "PYTHONPATH": source,
        }
        if compiled:
            environment["PYTHONPYCACHEPREFIX"] = compiled
        begun = time.time()
        ended = subprocess.run(
            [sys.executable, "-c", script],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=600,
        )
    seen = json.loads(ended.stdout.strip().splitlines()[-1])
    return {k: v - begun if isinstance(v, float) else v for k, v in seen.items()}


def _report(name: str, times: list[float]) -> None:
    print(f"{name:32} median {statistics.median(times):6.3f} s   best {min(times):6.3f} s")


if __name__ == "__main__":
    raise SystemExit(main())
