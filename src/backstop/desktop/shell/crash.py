"""What nobody foresaw: a sentence in the banner and a trace in the log, never a crash.

The log holds kinds of errors and places in the program; no amount, no name, no path of the owner.
"""

import logging
import os
import re
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from io import TextIOWrapper
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QtMsgType, qInstallMessageHandler

from backstop.disk.files import make_private

log = logging.getLogger("backstop")
ErrorInfo = (
    tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
)
LARGEST_LOG = 512_000
_ORIGIN = re.compile(r"Q[A-Za-z]+(::~?[A-Za-z]+)*(?=[:( ])")
"""A class of Qt, and what of it."""


class _Traceless(logging.Formatter):
    """Writes an error as its kind and the places it passed, without its words."""

    def formatException(self, ei: ErrorInfo) -> str:  # noqa: N802
        kind, _, trace = ei
        return "\n".join([f"  {kind.__name__ if kind else ''}", *places(trace)])


def places(trace: TracebackType | None) -> list[str]:
    """File name, line and function of each frame."""
    return [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(trace)
    ]


def start_log(folder: Path) -> None:
    """Write the log into this folder; without a place for it, go on without one."""
    from logging.handlers import RotatingFileHandler

    class OwnersLog(RotatingFileHandler):
        """Its files are the owner's alone, wherever the folder is."""

        def _open(self) -> TextIOWrapper:
            flags = os.O_CREAT | os.O_APPEND | os.O_WRONLY
            os.close(os.open(self.baseFilename, flags, 0o600))
            return super()._open()

    with suppress(OSError):
        make_private(folder)
        handler = OwnersLog(
            folder / "backstop.log", maxBytes=LARGEST_LOG, backupCount=1, encoding="utf-8"
        )
        handler.setFormatter(_Traceless("%(asctime)s %(levelname)s %(name)s: %(message)s"))
        log.addHandler(handler)
        log.setLevel(logging.INFO)


def catch_all(tell: Callable[[Exception], None]) -> None:
    """Say uncaught errors in the banner, and put warnings of Qt into the log."""

    def caught(
        kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, Exception):
            tell(error)
        else:
            sys.__excepthook__(kind, error, trace)

    sys.excepthook = caught
    qInstallMessageHandler(_from_qt)


def _from_qt(kind: QtMsgType, _: object, text: str) -> None:
    """Where in Qt it arose, and no more: what follows may quote a file name or a text."""
    level = logging.WARNING if kind is not QtMsgType.QtDebugMsg else logging.DEBUG
    said = _ORIGIN.match(text)
    log.log(level, "Qt: %s", said[0] if said else kind.name)
