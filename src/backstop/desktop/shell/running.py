"""One window for each owner: a second start hands what it should open to the window that is there.

They speak through a local socket that belongs to the owner alone. On Linux and macOS it lies in a
folder that nobody else can enter; on Windows it is a pipe that only the owner's programs may open.
What a crash left behind answers nobody and is cleared away.
"""

from __future__ import annotations

import os
import stat
import sys
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec
from PySide6.QtCore import QObject, Signal

from backstop.services.paths import data_folder

if TYPE_CHECKING:  # the module is imported only where somebody listens, or may
    from PySide6.QtNetwork import QLocalSocket

ANSWER = b"taken\n"
PATIENCE = 10_000
"""Milliseconds that a second start waits for the first one, which may be busy; then it opens a
window of its own."""
LONGEST = 64 * 1024
LONGEST_ADDRESS = 100
"""Bytes that a socket's path may have on every system."""
ACTIVATION = "XDG_ACTIVATION_TOKEN"
"""With what stands in this variable, a start may bring a window to the front under Wayland."""


@dataclass(frozen=True)
class Asked:
    """What a start is to open: a file or a sample; neither: nothing but the window. In which
    language (empty: as it is), and whether everything in lists is to be named from now on."""

    path: str = ""
    sample: str = ""
    token: str = ""
    language: str = ""
    whole_lists: bool = False


def asked_for(
    path: Path | None, sample: str | None, language: str = "", *, whole_lists: bool = False
) -> Asked:
    """What a start with these arguments asks for."""
    given, token = str(path.absolute()) if path is not None else "", os.environ.get(ACTIVATION, "")
    return Asked(given, sample or "", token, language, whole_lists)


def address() -> str | None:
    """Where this owner's window listens; None where no place is safe or short enough."""
    name = f"backstop-{sha256(os.fsencode(data_folder().absolute())).hexdigest()[:16]}"
    if sys.platform == "win32":
        return name
    places = (Path(os.environ.get("XDG_RUNTIME_DIR") or "/nonexistent"), data_folder())
    place = next((each / name for each in places if _is_private(each)), None)
    fits = place is not None and len(os.fsencode(place)) <= LONGEST_ADDRESS
    return str(place) if fits else None


def _is_private(folder: Path) -> bool:
    """Whether the folder is the owner's and nobody else may enter it."""
    try:
        found = folder.lstat()
    except OSError:
        return False
    theirs = stat.S_IRWXG | stat.S_IRWXO
    return (
        stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid() and not found.st_mode & theirs
    )


def hand_over(asked: Asked) -> bool:
    """Let the window that is open already do it; False if there is none, or if it is stuck."""
    where = address()
    if where is None or (sys.platform != "win32" and not Path(where).exists()):
        return False
    from PySide6.QtNetwork import QLocalSocket

    socket = QLocalSocket()
    socket.connectToServer(where)
    if not socket.waitForConnected(PATIENCE):
        return False
    socket.write(msgspec.json.encode(asked) + b"\n")
    socket.flush()
    while not socket.canReadLine():
        if not socket.waitForReadyRead(PATIENCE):
            return False
    return bytes(socket.readLine().data()) == ANSWER


class Doorkeeper(QObject):
    """Listens for further starts of this owner. `asked(Asked)`: what one of them should open."""

    asked = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        from PySide6.QtNetwork import QLocalServer

        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._greet)

    def listen(self) -> bool:
        """Begin; whether there is a place to listen at. Called once no other window answered."""
        where = address()
        if where is None:
            return False
        return self._server.listen(where) or self._listen_after_clearing(where)

    def _listen_after_clearing(self, where: str) -> bool:
        return self._server.removeServer(where) and self._server.listen(where)

    def close(self) -> None:
        """Listen no more."""
        self._server.close()

    def _greet(self) -> None:
        while (caller := self._server.nextPendingConnection()) is not None:
            caller.setReadBufferSize(LONGEST)
            caller.readyRead.connect(partial(self._hear, caller))
            caller.disconnected.connect(caller.deleteLater)
            self._hear(caller)

    def _hear(self, caller: QLocalSocket) -> None:
        if not caller.canReadLine():
            return
        try:
            asked = msgspec.json.decode(caller.readLine().data(), type=Asked)
        except msgspec.DecodeError:
            caller.abort()
            return
        caller.write(ANSWER)
        caller.flush()
        self.asked.emit(asked)
