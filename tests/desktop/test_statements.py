"""Import: a statement read, looked at, taken in, undone; nothing is written before."""

import time
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox
from pytestqt.qtbot import QtBot

from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.desktop.statements import reader
from backstop.desktop.statements.dialogs import ColumnsDialog, PasswordDialog
from backstop.desktop.statements.page import StatementsPage
from backstop.desktop.statements.sentences import KEPT, PAIRS, ROWS, SUGGESTED
from backstop.domain import Book, CashFlow, Direction
from backstop.services.looking import Fate
from backstop.settling import Answer, Happened
from backstop.work import current_work
from desktop.editing import activate
from desktop.waiting import LONG, shown
from importers.archives import packed

DATA = Path(__file__).parents[1] / "importers" / "data"
ALIPAY = DATA / "alipay_app_2025plus_credit_rows_gb18030.csv"
RENT = "交易日期,摘要,收入,支出,余额,对方户名\n" + "".join(
    f"2026-{month:02}-05,消费,,1234.00,,某仓库\n" for month in range(4, 12)
)


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> StatementsPage:
    program.window.show_section(number_of("statements"))
    found = program.window.findChild(StatementsPage)
    assert isinstance(found, StatementsPage)
    qtbot.waitUntil(lambda: found.looked is not None, timeout=LONG)
    return found


def read(page: StatementsPage, path: Path, qtbot: QtBot) -> None:
    page.reader.read(path)
    qtbot.waitUntil(
        lambda: (
            page.looked is not None
            and page.looked.preview is not None
            and page.looked.preview.name == path.name
        ),
        timeout=LONG,
    )


def kept_rows(program: Program) -> int:
    session = program.context.session
    assert session is not None
    return len(session.statements().rows)


def test_a_file_is_shown_row_by_row_before_anything_is_kept(
    page: StatementsPage, program: Program, qtbot: QtBot
) -> None:
    read(page, ALIPAY, qtbot)
    assert "16 of 17 rows are new" in page.answer
    fates = [each.fate for each in page.rows.rows.rows]
    assert (fates.count(Fate.NEW), fates.count(Fate.APART)) == (16, 1)
    assert page.parts.value == ROWS
    assert kept_rows(program) == 0


def test_taking_in_is_one_step_of_undo(
    page: StatementsPage, program: Program, qtbot: QtBot, book: Book
) -> None:
    read(page, ALIPAY, qtbot)
    page.take.click()
    assert kept_rows(program) == 16
    assert program.context.book == book
    program.context.undo()
    assert kept_rows(program) == 0
    program.context.redo()
    assert kept_rows(program) == 16


def test_a_forgotten_statement_goes_from_the_list(
    page: StatementsPage, program: Program, qtbot: QtBot
) -> None:
    read(page, ALIPAY, qtbot)
    page.take.click()
    qtbot.waitUntil(lambda: len(page.kept.rows.rows) == 1, timeout=LONG)
    page.parts.choose(KEPT)
    page.kept.choose(page.kept.rows.rows[0].file.key)
    page.forget.click()
    qtbot.waitUntil(lambda: not page.kept.rows.rows, timeout=LONG)
    assert kept_rows(program) == 0


def test_a_suggested_payment_is_added_to_the_book(
    page: StatementsPage, program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "bank.csv"
    file.write_text(RENT, encoding="utf-8")
    read(page, file, qtbot)
    page.parts.choose(SUGGESTED)
    [found] = [each for each in page.suggested.rows.rows if each.record]
    page.suggested.choose((str(found.said), found.rows))
    page.add.click()
    assert "某仓库" in [each.name for each in program.context.book.cash_flows]


def test_another_column_is_seen_at_once_in_the_first_rows(
    page: StatementsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "card.csv"
    file.write_text(
        "Date,Details,Amount,Other\n2026-03-14,Shop,-5.00,7.00\n2026-03-15,Shop,-6.00,8.00\n",
        encoding="utf-8",
    )
    read(page, file, qtbot)
    page.columns.click()
    dialog = shown(ColumnsDialog, qtbot)
    combo = dialog.parts["amount"]
    combo.setCurrentIndex(combo.findText("Other"))
    assert [each.change for each in dialog.seen.rows.rows] == [7_00, 8_00]
    dialog.buttons.accepted.emit()
    qtbot.waitUntil(
        lambda: [each.change for each in page.rows.rows.rows] == [7_00, 8_00], timeout=LONG
    )


def choose(combo: QComboBox, text: str) -> None:
    """As a click on this choice."""
    number = next(n for n in range(combo.count()) if text in combo.itemText(n))
    combo.setCurrentIndex(number)
    combo.activated.emit(number)


def test_encoding_header_and_text_are_corrected_with_a_preview_and_known_next_time(
    page: StatementsPage, program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    """Latin letters that are read as Chinese ones, under a line that looks like a header."""
    head = "Datum;Betrag;Größe;Empfänger"
    rows = "01.11.2026;-5,00;größer;Bäcker Müller\n02.11.2026;-6,50;größer;Bäcker Müller\n"
    text = f"Datum;Betrag\n{head}\n{rows}"
    file = tmp_path / "card.csv"
    file.write_bytes(text.encode("cp1252"))
    read(page, file, qtbot)
    page.columns.click()
    dialog = shown(ColumnsDialog, qtbot)
    choose(dialog.layouts["encoding"], "iso8859-15")
    choose(dialog.layouts["header"], "2: Datum")
    choose(dialog.parts["text"], "Größe")
    assert [each.text for each in dialog.seen.rows.rows] == ["größer", "größer"]
    choose(dialog.choices["mark"], "point")
    assert any(each.reason for each in dialog.seen.rows.rows)
    choose(dialog.choices["mark"], "comma")
    choose(dialog.choices["days"], "month, day, year")
    assert [str(each.day) for each in dialog.seen.rows.rows] == ["2026-01-11", "2026-02-11"]
    dialog.buttons.accepted.emit()
    qtbot.waitUntil(
        lambda: [str(each.day) for each in page.rows.rows.rows] == ["2026-01-11", "2026-02-11"],
        timeout=LONG,
    )
    page.take.click()
    again = tmp_path / "next.csv"
    again.write_bytes(f"Konto\n\nDatum;Betrag\n{head}\n{rows[:-2]}9\n".encode("cp1252"))
    read(page, again, qtbot)
    assert {each.text for each in page.rows.rows.rows} == {"größer"}
    assert "2026-01-11" in [str(each.day) for each in page.rows.rows.rows]


def test_an_archive_asks_for_its_password(
    page: StatementsPage, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "bill.zip"
    file.write_bytes(packed("123456", "aes"))
    page.reader.read(file)
    dialog = shown(PasswordDialog, qtbot)
    dialog.password.setText("123456")
    dialog.buttons.accepted.emit()
    qtbot.waitUntil(lambda: bool(page.rows.rows.rows), timeout=LONG)


def test_what_is_no_statement_is_said_in_the_banner(
    page: StatementsPage, program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    file = tmp_path / "picture.png"
    file.write_bytes(b"\x89PNG\r\n")
    said: list[object] = []
    program.context.noticed.connect(said.append)
    page.reader.read(file)
    qtbot.waitUntil(lambda: bool(said), timeout=LONG)
    assert not page.rows.rows.rows


def test_what_was_due_is_filled_in_from_statements(
    start: Callable[[Book | None], Program],
    qtbot: QtBot,
    book: Book,
    tmp_path: Path,
    clock_at: Callable[[date], None],
) -> None:
    behind = book.as_of
    clock_at(behind + timedelta(days=20))
    rent = CashFlow(id="rent-x", name="某仓库", direction=Direction.PAYMENT, amount=1234_00,
                    first_date=behind + timedelta(days=3))  # fmt: skip
    program = start(book.put(rent))
    program.window.show_section(number_of("statements"))
    page = program.window.findChild(StatementsPage)
    assert isinstance(page, StatementsPage)
    qtbot.waitUntil(
        lambda: page.looked is not None and program.context.settling is not None, timeout=LONG
    )
    file = tmp_path / "bank.csv"
    paid = behind + timedelta(days=4)
    file.write_text(
        f"交易日期,摘要,收入,支出,余额,对方户名\n{paid},消费,,1240.00,,某仓库\n", encoding="utf-8"
    )
    read(page, file, qtbot)
    page.take.click()
    qtbot.waitUntil(lambda: not page.fill.isHidden(), timeout=LONG)
    page.fill.click()

    def said() -> list[Answer]:
        work = program.context.settling
        assert work is not None
        return [work.answer_to(each) for each in work.past if each.due.record == "rent-x"]

    qtbot.waitUntil(lambda: said() == [Happened(1240_00, paid)], timeout=LONG)


def test_a_long_file_says_how_far_it_is_and_escape_stops_it_with_nothing_written(
    page: StatementsPage, program: Program, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The work is one that never ends unless it is given up."""
    ended: list[float] = []

    def endless(*_: object) -> None:
        try:
            while True:
                current_work().progress(30, 100)
                current_work().check()
                time.sleep(0.01)
        finally:
            ended.append(time.monotonic())

    monkeypatch.setattr(reader, "looked", endless)
    before = page.answer
    activate(qtbot, program)
    page.open.setFocus()
    page.reader.read(ALIPAY)
    qtbot.waitUntil(lambda: page.work.bar.value() == 30 and page.work.isVisible(), timeout=LONG)
    assert page.work.said.text() == "Reading the rows…"
    assert not page.take.isEnabled()
    QTest.keyClick(page.open, Qt.Key.Key_Escape)
    stopped = time.monotonic()
    assert page.work.isHidden()
    qtbot.waitUntil(lambda: bool(ended), timeout=LONG)
    assert ended[0] - stopped < 0.2
    assert page.answer == before
    assert page.reader.file is None
    assert kept_rows(program) == 0


def bank(path: Path, day: date, cell: str) -> Path:
    path.write_text(
        f"交易日期,摘要,收入,支出,余额,对方户名\n{day},转账,{cell},,某人\n", encoding="utf-8"
    )
    return path


def test_what_may_be_a_pair_is_asked_and_the_answer_is_one_step_of_undo(
    page: StatementsPage, program: Program, qtbot: QtBot, tmp_path: Path
) -> None:
    day = date(2026, 1, 3)
    for name, cell in (("one.csv", ",500.00"), ("two.csv", "500.00,")):
        read(page, bank(tmp_path / name, day, cell), qtbot)
        page.take.click()
        qtbot.waitUntil(
            lambda: page.looked is not None and page.looked.preview is None, timeout=LONG
        )
    page.parts.choose(PAIRS)
    qtbot.waitUntil(lambda: len(page.pairs.rows.rows) == 1, timeout=LONG)
    [asked] = page.pairs.rows.rows
    assert not asked.is_decided
    page.pairs.choose(asked.key)
    QTest.keyClick(page.pairs, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: page.pairs.rows.rows[0].is_decided, timeout=LONG)
    page.pairs.choose(page.pairs.rows.rows[0].key)
    QTest.keyClick(page.pairs, Qt.Key.Key_Delete)
    qtbot.waitUntil(lambda: not page.pairs.rows.rows, timeout=LONG)
    program.context.undo()
    qtbot.waitUntil(lambda: len(page.pairs.rows.rows) == 1, timeout=LONG)
