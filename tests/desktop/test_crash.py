"""What goes into the log, and into the banner, when something unforeseen happens."""

import logging
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QtMsgType

from backstop.desktop.shell import crash
from backstop.desktop.shell.app import Program
from backstop.desktop.state.notices import notice_of
from backstop.domain import Book, Defect, Money, message
from backstop.telling import words_for

NAME, AMOUNT, PLACE, NOTE = (
    "Wang Wu 王五",
    4_711_133_77,
    "/home/wang/secret.backstop",
    "a-planted-note",
)
PLANTED = ("Wang", "王五", "4711", "4,711", "wang", "secret", "planted", "133.77", "13377")


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    before = list(crash.log.handlers)
    folder = tmp_path / "log"
    crash.start_log(folder)
    yield folder
    for each in [each for each in crash.log.handlers if each not in before]:
        crash.log.removeHandler(each)
        each.close()


def caused_deep_down(owner: str, amount: int) -> None:
    """Fails as code does: with values in its words, in its variables, and in what caused it."""
    held = {owner: amount, "place": PLACE}
    try:
        raise OSError(2, NOTE, PLACE)
    except OSError as error:
        raise ValueError(f"{owner} has {amount} in {held}") from error


def written(folder: Path) -> str:
    return "".join(each.read_text("utf-8") for each in folder.iterdir())


def test_no_amount_name_or_path_gets_into_the_log_or_the_banner(folder: Path) -> None:
    said: list[str] = []
    defect = Defect(
        message("{name}: {amount} in {place}", name=NAME, amount=Money(AMOUNT, "CNY"), place=PLACE)
    )
    try:
        caused_deep_down(NAME, AMOUNT)
    except ValueError as error:
        said.append(words_for("en").tell(notice_of(error).said))
    try:
        raise defect from ValueError(NOTE)
    except Defect as error:
        notice_of(error)
    text = written(folder)
    assert "ValueError" in text
    assert "caused_deep_down" in text
    assert "Defect" in text
    for planted in PLANTED:
        assert planted not in text
        assert planted not in said[0]


@pytest.mark.parametrize(
    "text",
    [
        f"QPdfDocument::load: cannot open {PLACE}",
        f'QFile: no such file "{PLACE}"',
        f"{NAME} is not a number",
        f"Could not parse application stylesheet {NOTE}",
        f"QObject: {AMOUNT}",
    ],
)
def test_a_warning_of_qt_is_logged_by_its_origin_alone(folder: Path, text: str) -> None:
    crash._from_qt(QtMsgType.QtWarningMsg, None, text)
    found = written(folder)
    assert "Qt: Q" in found
    for planted in PLANTED:
        assert planted not in found


def test_nothing_of_an_open_book_is_logged_when_the_window_fails(
    folder: Path,
    start: Callable[[Book | None], Program],
    book: Book,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    program = start(book.changed(title=NAME, notes=NOTE, minimum_cash=AMOUNT))
    monkeypatch.setattr(sys, "excepthook", sys.excepthook)
    monkeypatch.setattr(crash, "qInstallMessageHandler", lambda _: None)
    crash.catch_all(program.context.tell_error)
    try:
        program.context.book.by_id[NAME]
    except KeyError as error:
        sys.excepthook(KeyError, error, error.__traceback__)
    text = written(folder)
    assert "KeyError" in text
    for planted in PLANTED:
        assert planted not in text
        assert planted not in program.window.banner.text


def test_only_its_owner_reads_the_log(folder: Path) -> None:
    crash.log.log(logging.ERROR, "something")
    assert folder.stat().st_mode & 0o077 == 0
    assert all(each.stat().st_mode & 0o077 == 0 for each in folder.iterdir())
