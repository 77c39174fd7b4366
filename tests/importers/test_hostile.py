"""Hostile bytes: each is read or refused in a sentence, in bounded time and room."""

import time
import zipfile
from io import BytesIO
from pathlib import Path

import pytest
import xlsxwriter
from hypothesis import given
from hypothesis import strategies as st

from backstop.domain import BadInput
from backstop.importers import read_statement
from backstop.importers.cells import MOST_RECORDS
from backstop.work import Cancelled, Work, working
from examples import times
from fuzz.targets import try_statement

DATA = Path(__file__).parent / "data"
HEAD = "Date,Description,Amount\n"


NO_STATEMENTS = (
    *(b"", b"\0" * 1000, b"\xff" * 1000, b"%PDF-1.7", b"PK\x03\x04", b"<OFX>", b"!Type:Bank\n^"),
    b"\xd0\xcf\x11\xe0" + b"\0" * 600,
    b"<?xml version='1.0'?><Document xmlns='camt.053'><BkToCstmrStmt>",
    b":20:1\n:61:",
    *(b'"' * 5000, b"," * 100_000, b"Date,Amount\n" + b'"' * 3001, b"\xff\xfe" + b"\x00\xd8" * 50),
)


@pytest.mark.parametrize("data", NO_STATEMENTS, ids=lambda data: repr(data[:12]))
def test_bytes_of_any_kind_are_refused_in_words(data: bytes) -> None:
    reading = try_statement(data)
    assert reading is None or not reading.rows


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "gb18030"])
def test_text_is_read_in_whatever_encoding_it_was_saved(encoding: str) -> None:
    text = "日期,摘要,金额\n2026-03-14,房租\0 与水电,-10.00\n2026-03-15,房租与水电,-１０.00\n"
    reading = try_statement(text.encode(encoding))
    assert reading is not None
    assert [each.change for each in reading.rows] == [-10_00, -10_00]
    assert reading.rows[1].text == "房租与水电"


def test_entities_that_multiply_are_refused() -> None:
    lol = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 10))
    text = f'<!DOCTYPE d [<!ENTITY l0 "lol">{lol}]><Document xmlns="camt.053">&l9;</Document>'
    with pytest.raises(BadInput, match="XML"):
        read_statement(text.encode())


def zipped(name: str, data: bytes) -> bytes:
    file = BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive:
        archive.writestr(name, data)
    return file.getvalue()


def test_a_bomb_in_an_archive_is_refused_before_it_is_unpacked() -> None:
    with pytest.raises(BadInput, match="too large"):
        read_statement(zipped("a.csv", b"0" * 210_000_000))


def test_a_spreadsheet_whose_cells_reach_too_far_is_refused() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file) as book:
        sheet = book.add_worksheet()
        sheet.write(0, 0, "Date")
        sheet.write(1_048_575, 16_383, 1)
    with pytest.raises(BadInput, match="too large"):
        read_statement(file.getvalue())


OLD = (DATA / "deg_ccb_debit.xls").read_bytes()
FAT = 512 * (1 + int.from_bytes(OLD[0x4C:0x50], "little"))
DIRECTORY = int.from_bytes(OLD[0x30:0x34], "little")
MANY = (0x7FFFFFFF).to_bytes(4, "little")


def altered(at: int, new: bytes) -> bytes:
    return OLD[:at] + new + OLD[at + len(new) :]


@pytest.mark.parametrize(
    "data",
    [
        altered(FAT + 4 * DIRECTORY, DIRECTORY.to_bytes(4, "little")),  # leads to itself
        altered(FAT + 4 * DIRECTORY, b"\0\0\xff\0"),  # leads out of the file
        altered(0x40, MANY),  # more small sectors than there are
        altered(512 * (1 + DIRECTORY) + 128 + 120, MANY),  # a stream longer than the file
        altered(OLD.index(b"\x00\x02\x0e\x00") + 8, MANY),  # two thousand million rows
        altered(OLD.index(b"\xfc\x00") + 8, MANY),  # as many texts
        OLD[:0x50],
        OLD[:700],
    ],
)
def test_an_old_spreadsheet_that_claims_too_much_is_refused_before_it_is_believed(
    data: bytes,
) -> None:
    """The reader sets aside what is claimed, or follows a chain without end, and takes the whole
    program down: no error can be caught of it."""
    with pytest.raises(BadInput, match=r"cannot be opened|too large"):
        read_statement(data)


def test_a_name_does_not_decide_what_a_file_is() -> None:
    file = (DATA / "deg_ccb_debit.xls").read_bytes()
    assert try_statement(zipped("statement.csv", file)) is not None


def test_a_quote_that_never_closes_swallows_no_other_row() -> None:
    text = HEAD + '2026-03-14,"Shop,-1.00\n' + "2026-03-15,Shop,-1.00\n" * 60
    reading = try_statement(text.encode())
    assert reading is not None
    assert reading.total == 61


def test_a_million_rows_are_read_in_proportion() -> None:
    spent = []
    for count in (2_000, 20_000):
        data = (HEAD + "2026-03-14,Shop,-1.00\n" * count).encode()
        start = time.process_time()
        read_statement(data)
        spent.append(time.process_time() - start)
    assert spent[1] < 40 * max(spent[0], 0.005)


def test_more_rows_than_any_statement_has_are_refused_in_a_sentence() -> None:
    with pytest.raises(BadInput, match="Export a shorter period"):
        read_statement(HEAD.encode() + b"2026-03-14,S,-1\n" * MOST_RECORDS)


def test_many_equal_refunds_take_no_quadratic_time() -> None:
    head = "日期,摘要,金额,对方户名\n"
    pairs = "2026-03-14,购物,-1.00,店\n2026-03-14,退款,1.00,店\n" * 6_000
    start = time.process_time()
    assert try_statement((head + pairs).encode()) is not None
    assert time.process_time() - start < 5


def test_reading_stops_when_nobody_wants_it() -> None:
    data = (HEAD + "2026-03-14,Shop,-1.00\n" * 10_000).encode()
    with pytest.raises(Cancelled), working(Work(cancelled=lambda: True)):
        read_statement(data)


FILES = sorted(each for each in DATA.iterdir() if each.suffix in (".csv", ".xls", ".ofx", ".qif"))
SPLICES = (b"1e999", b"\0", b'"', b"\n", b",", b"\xff\xfe", "１２".encode("gb18030"), b"-", b"\t")


@times(0.5)
@given(st.data())
def test_a_real_file_altered_anywhere_is_read_or_refused(data: st.DataObject) -> None:
    content = bytearray(data.draw(st.sampled_from(FILES)).read_bytes())
    for _ in range(data.draw(st.integers(1, 4))):
        start = data.draw(st.integers(0, len(content)))
        end = data.draw(st.integers(start, min(start + 40, len(content))))
        content[start:end] = data.draw(st.binary(max_size=12) | st.sampled_from(SPLICES))
    try_statement(bytes(content))
