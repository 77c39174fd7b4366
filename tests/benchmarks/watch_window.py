"""Whether the window stands still while a large book is open.

    python tests/benchmarks/watch_window.py [--cash N] [--pages overview,stress,…] [--quick]

Opens a hard book (`tests/hard_books.py`), shows one page after the other, and tells of each for how
long the window did not take what was typed: the longest stretch between two turns of its event
loop, in what its own thread computed (which other programs cannot stretch) and by the clock. Where
a stretch was longer than the limit, what it was doing most of the time stands below. Reach: 50 ms.
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
        _watch(asked.cash, asked.pages.split(","), 0.1 if asked.quick else asked.seconds)
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


def _watch(cash: int, pages: list[str], seconds: float) -> None:
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
    context, watch = program.context, Watch()
    timer = QTimer()
    timer.timeout.connect(watch.turn)
    timer.start(0)
    watch.start()

    def shown(what: str, done: Callable[[], bool]) -> None:
        end = time.monotonic() + seconds
        while time.monotonic() < end or not done():
            app.processEvents()
        watch.turn()
        own, longest = watch.own * 1000, watch.longest * 1000
        print(f"{what:12} own {own:7.0f} ms   by the clock {longest:7.0f} ms", flush=True)
        for stack, times in watch.doing.most_common(4) if own > LIMIT * 1000 else ():
            print(f"    {times:4} {stack}")
        watch.forget()

    watch.forget()
    context.open_session(BookSession(book))
    shown("opened", lambda: context.answers is not None)
    for key in pages:
        program.window.show_section(number_of(key))
        shown(key, lambda: True)
    watch.ended = True
    program.window.close()


if __name__ == "__main__":
    raise SystemExit(main())
