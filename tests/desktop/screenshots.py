"""Pictures of every page of a sample, in both languages and both appearances.

    python tests/desktop/screenshots.py FOLDER [--sample NAME] [--page KEY] [--size WxH] [--looks …]

For looking at; needs a display, or QT_QPA_PLATFORM=offscreen.
"""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

LONGEST_WAIT = 30.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sample", default="contractor")
    parser.add_argument("--book", type=Path)
    parser.add_argument("--page", action="append", default=[])
    parser.add_argument("--size", default="1240x820")
    parser.add_argument("--looks", default="en-light,en-dark,zh_CN-light,zh_CN-dark")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        for name in ("CONFIG", "DATA", "BOOKS"):
            os.environ[f"BACKSTOP_{name}_DIR"] = place
        _shoot(asked)
    return 0


def _shoot(asked: argparse.Namespace) -> None:
    from PySide6.QtWidgets import QApplication

    from backstop.desktop.shell.app import Program

    app = QApplication(sys.argv[:1])
    program = Program(app)
    context, window = program.context, program.window
    width, height = (int(part) for part in asked.size.split("x"))
    window.resize(width, height)
    program.begin(asked.book, None if asked.book else asked.sample)
    _wait(app, lambda: context.answers is not None and context.answers.assessed)
    _wait(app, lambda: context.charts.loaded)
    for look in asked.looks.split(","):
        language, theme = look.split("-")
        context.set_language(language)
        context.set_theme(theme)
        for section in _sections(asked.page):
            window.show_section(section)
            _wait(app, lambda: not context.tasks.busy)
            _settle(app)
            name = f"{look}-{window.page.key if window.page else 'start'}.png"
            window.grab().save(str(asked.folder / name))
    window.close()


def _sections(wanted: list[str]) -> list[int]:
    from backstop.desktop.shell.rail_entries import RAIL_ENTRIES

    return [i for i, each in enumerate(RAIL_ENTRIES) if not wanted or each.key in wanted]


def _wait(app: object, done: Callable[[], bool]) -> None:
    end = time.monotonic() + LONGEST_WAIT
    while not done() and time.monotonic() < end:
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.005)


def _settle(app: object) -> None:
    for _ in range(20):
        app.processEvents()  # type: ignore[attr-defined]
        time.sleep(0.01)


if __name__ == "__main__":
    raise SystemExit(main())
