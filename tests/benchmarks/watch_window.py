"""Whether the window stands still while a large book is open.

    python tests/benchmarks/watch_window.py [--cash N] [--pages overview,stress,…] [--quick]

Opens a hard book (`tests/hard_books.py`), shows one page after the other, opens rows, edits, points
at a chart, and speaks another language in other colours; and tells of each for how
long the window did not take what was typed: the longest stretch between two turns of its event
loop, in what its own thread computed (which other programs cannot stretch) and by the clock. Where
a stretch was longer than the limit, what it was doing most of the time stands below. At the end
stand the pictures a second while a chart is pointed at, and the memory of the process. Reach: 50
ms, 300 for another language or theme, 30 pictures, 350 MB. What one and the same small sum takes at
the beginning and at the end tells how fast the machine was: 20 ms where the reach was set.
"""

import os
import sys
import tempfile
import threading
import time
import traceback
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from benchmarks.asking import parser

LIMIT = 0.05
PEEK = 0.01
PAGES = "overview,sources,cash_flow,projection,stress,plan"
STILL = 4.0
"""Seconds for which each page is watched at least, and the background goes on."""


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--cash", type=int, default=11_000_000)
    options.add_argument("--pages", default=PAGES)
    options.add_argument("--seconds", type=float, default=STILL)
    asked = options.parse_args()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    with tempfile.TemporaryDirectory() as place:
        for name in ("CONFIG", "DATA", "BOOKS"):
            os.environ[f"BACKSTOP_{name}_DIR"] = place
        watch(asked.cash, asked.pages.split(","), 0.1 if asked.quick else asked.seconds)
    return 0


class Watch(threading.Thread):
    """Looks at the main thread now and then; `turn()` is told whenever its event loop turns."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.main = threading.main_thread().ident
        self.longest, self.own = 0.0, 0.0
        self.doing: Counter[str] = Counter()
        self._turned, self._used = time.monotonic(), time.thread_time()
        self.ended = False

    def forget(self) -> None:
        self.longest = self.own = 0.0
        self.doing.clear()
        self._turned, self._used = time.monotonic(), time.thread_time()

    def turn(self) -> None:
        now, used = time.monotonic(), time.thread_time()
        self.longest = max(self.longest, now - self._turned)
        self.own = max(self.own, used - self._used)
        self._turned, self._used = now, used

    def run(self) -> None:
        while not self.ended:
            time.sleep(PEEK)
            if time.monotonic() - self._turned > LIMIT and self.main is not None:
                frame = sys._current_frames().get(self.main)
                stack = traceback.extract_stack(frame)[-14:] if frame else []
                ours = [f"{Path(e.filename).name}:{e.lineno} {e.name}" for e in stack]
                self.doing[" < ".join(reversed(ours[-9:]))] += 1


def watch(cash: int, pages: list[str], seconds: float) -> None:
    """Go through a session with this book, and tell how long the window stood still."""
    from PySide6.QtCore import QTimer
    from PySide6.QtWidgets import QApplication

    from backstop.desktop.shell.app import Program
    from backstop.desktop.shell.rail_entries import number_of
    from backstop.services.session import BookSession
    from hard_books import hard_book

    app = QApplication.instance() or QApplication(sys.argv[:1])
    assert isinstance(app, QApplication)
    book = hard_book(cash)
    program = Program(app)
    program.begin(None, None)
    context, seen = program.context, Watch()
    timer = QTimer()
    timer.timeout.connect(seen.turn)
    timer.start(0)
    seen.start()

    def shown(what: str, done: Callable[[], bool]) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end or not done():
            app.processEvents()
        seen.turn()
        own, longest = seen.own * 1000, seen.longest * 1000
        print(
            f"{what:12} own {own:7.0f} ms   by the clock {longest:7.0f} ms   {_memory()} MB",
            flush=True,
        )
        for stack, times in seen.doing.most_common(4) if own > LIMIT * 1000 else ():
            print(f"    {times:4} {stack}")
        seen.forget()

    while not program.window.has_screens:
        app.processEvents()
    _tell_yardstick()
    seen.forget()
    context.open_session(BookSession(book))
    shown("opened", lambda: context.answers is not None)
    for key in pages:
        program.window.show_section(number_of(key))
        shown(key, lambda: True)
        _click(program, 0)
        shown("  a row", lambda: True)
        _edit(context)
        shown("  an edit", lambda: context.answers is not None)
    context.set_language("zh_CN")
    shown("language", lambda: True)
    context.set_theme("dark")
    shown("theme", lambda: True)
    _point(program, app)
    print(f"memory {_memory()} MB", flush=True)
    _tell_yardstick()
    seen.ended = True
    program.window.close()


def _click(program: Any, row: int) -> None:
    """Click on a row of the table of the page in sight, if it has one."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    table = getattr(program.window.page, "table", None) or getattr(
        program.window.page, "losses", None
    )
    if table is not None and table.model().rowCount() > row:
        where = table.visualRect(table.model().index(row, 0)).center()
        QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=where)


def _edit(context: Any) -> None:
    from backstop.services.commands import put_record

    account = context.book.accounts[0]
    changed = account.changed(balance=account.balance + 1_000)
    context.apply(put_record(context.book, changed))


def _point(program: Any, app: Any) -> None:
    """Walk with the mouse over the chart of Projection, as fast as it is painted."""
    from PySide6.QtCore import QPoint
    from PySide6.QtTest import QTest

    from backstop.desktop.shell.rail_entries import number_of

    program.window.show_section(number_of("projection"))
    while program.context.tasks.busy:
        app.processEvents()
    overlay = program.window.page.chart.overlay
    begun, pictures = time.monotonic(), 0
    for x in range(80, max(overlay.width() - 20, 90), 3):
        QTest.mouseMove(overlay, QPoint(x, overlay.height() // 2))
        app.processEvents()
        overlay.repaint()
        pictures += 1
    print(f"pointing     {pictures / (time.monotonic() - begun):.0f} pictures a second", flush=True)


def _tell_yardstick() -> None:
    begun = time.thread_time()
    sum(each * each for each in range(300_000))
    print(f"yardstick    {(time.thread_time() - begun) * 1000:.0f} ms", flush=True)


def _memory() -> int:
    """What the process holds in memory, in MB; 0 where the system does not say."""
    status = Path("/proc/self/status")
    lines = status.read_text(encoding="utf-8").splitlines() if status.exists() else []
    held = next((each for each in lines if each.startswith("VmRSS")), "VmRSS: 0 kB")
    return int(held.split()[1]) // 1024


if __name__ == "__main__":
    raise SystemExit(main())
