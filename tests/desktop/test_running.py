"""A further start comes to the window that is open; files come from outside."""

import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from backstop.desktop.shell import running
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.arriving import Application
from backstop.desktop.shell.running import Doorkeeper, address, asked_for, hand_over
from backstop.domain import Book
from backstop.services.session import BookSession
from desktop.conftest import Start
from desktop.waiting import LONG, wait_for_session

SOURCE = Path(__file__).parents[2] / "src"
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="sockets that are files")


@pytest.fixture(autouse=True)
def private(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A place for the socket that is short, as its address has to be, and the owner's alone."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "run"
        folder.mkdir(mode=0o700)
        monkeypatch.setenv("XDG_RUNTIME_DIR", str(folder))
        yield folder


@pytest.fixture
def door(private: Path, start: Start) -> Program:
    """A program that listens for others."""
    program = start(None)
    program.listen()
    return program


def further_start(qtbot: QtBot, *arguments: str) -> None:
    """Start the program again, as a process of its own; it hands over and is done."""
    process = subprocess.Popen([sys.executable, "-m", "backstop", *arguments], env=environment())
    try:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=LONG)
    finally:
        process.kill()
        process.wait()
    assert process.returncode == 0


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(SOURCE), "QT_QPA_PLATFORM": "offscreen"}


@pytest.fixture
def file(tmp_path: Path, book: Book) -> Path:
    path = tmp_path / "shop.backstop"
    BookSession.create(path, book).close()
    return path


def opened(program: Program, qtbot: QtBot) -> BookSession:
    wait_for_session(program, qtbot)
    assert program.context.session is not None
    return program.context.session


def test_a_second_start_with_a_file_shows_it_in_the_window_that_is_there(
    door: Program, qtbot: QtBot, file: Path
) -> None:
    further_start(qtbot, str(file))
    assert opened(door, qtbot).path == file


def test_a_second_start_is_heeded_in_how_it_asks_to_be_answered(
    door: Program, qtbot: QtBot
) -> None:
    spoken = door.context.words.language.code
    other = "en" if spoken != "en" else "zh_CN"
    further_start(qtbot, "--full")
    assert door.context.words.whole_lists
    further_start(qtbot, "--lang", other)
    assert (door.context.words.language.code, door.context.words.whole_lists) == (other, True)


def test_a_second_start_with_nothing_leaves_the_open_book(
    door: Program, qtbot: QtBot, file: Path
) -> None:
    door.window.books.files.open_path(file)
    session = opened(door, qtbot)
    further_start(qtbot)
    assert door.context.session is session


def test_the_file_that_is_open_is_not_opened_again(door: Program, qtbot: QtBot, file: Path) -> None:
    door.window.books.files.open_path(file)
    session = opened(door, qtbot)
    link = file.with_name("link.backstop")
    link.symlink_to(file)
    further_start(qtbot, str(link))
    assert door.context.session is session
    assert not door.context.tasks.busy


def test_a_file_waits_until_the_dialog_about_another_book_is_closed(
    door: Program, qtbot: QtBot, file: Path
) -> None:
    dialog = QDialog(door.window)
    dialog.open()
    qtbot.waitUntil(dialog.isVisible)
    further_start(qtbot, str(file))
    assert door.context.session is None
    dialog.reject()
    assert opened(door, qtbot).path == file


def test_what_a_crash_left_behind_is_cleared_away(
    private: Path, qtbot: QtBot, start: Start
) -> None:
    where = address()
    assert where is not None
    with socket.socket(socket.AF_UNIX) as left:
        left.bind(where)  # closed without being unlinked, and nobody listens
    assert not hand_over(asked_for(None, None))
    program = start(None)
    program.listen()
    further_start(qtbot)


def test_a_window_that_is_stuck_does_not_keep_the_owner_waiting(
    private: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "PATIENCE", 50)
    where = address()
    assert where is not None
    with socket.socket(socket.AF_UNIX) as stuck:
        stuck.bind(where)
        stuck.listen()
        assert not hand_over(asked_for(None, None))


def test_nonsense_is_not_answered(door: Program, qtbot: QtBot) -> None:
    where = address()
    assert where is not None
    with socket.socket(socket.AF_UNIX) as stranger:
        stranger.settimeout(0.01)
        stranger.connect(where)
        stranger.sendall(b'{"path": 7}\n')
        heard: list[bytes] = []
        qtbot.waitUntil(lambda: _received(stranger, heard))
    assert heard == [b""]


def _received(stranger: socket.socket, heard: list[bytes]) -> bool:
    try:
        heard.append(stranger.recv(100))
    except ConnectionResetError:
        heard.append(b"")
    except TimeoutError:
        return False
    return True


def test_a_folder_that_others_may_enter_is_no_place_to_listen(
    private: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "data"))
    (tmp_path / "data").mkdir(mode=0o755)
    assert address() is not None
    private.chmod(0o750)
    assert address() is None


def test_another_owner_of_the_folder_is_not_trusted(
    private: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path / "none"))
    monkeypatch.setattr(os, "getuid", lambda: private.stat().st_uid + 1)
    assert address() is None
    assert not hand_over(asked_for(None, None))


def test_the_socket_is_the_owners_alone(door: Program) -> None:
    where = address()
    assert where is not None
    assert Path(where).stat().st_mode & 0o077 == 0


def test_without_a_place_the_window_opens_all_the_same(
    private: Path, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(running, "LONGEST_ADDRESS", 5)
    program = start(None)
    assert not Doorkeeper(program.arrivals).listen()


def test_a_file_opened_from_the_macos_desktop_is_asked_for(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qtbot: QtBot
) -> None:
    heard: list[Path] = []

    class Stand:
        """What `event` uses of the one application that a process may have."""

        early: Path | None = None

        class file_asked:  # noqa: N801
            emit: Callable[[Path], None] = heard.append

    event = QFileOpenEvent(QUrl.fromLocalFile(str(tmp_path / "a.backstop")))
    stand = Stand()
    assert Application.event(stand, event)  # type: ignore[arg-type]
    assert heard == [tmp_path / "a.backstop"]
    assert stand.early == tmp_path / "a.backstop"
