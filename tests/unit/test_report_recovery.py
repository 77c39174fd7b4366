"""The recovery sheet: one page, with the code in full, in both languages, the same every time."""

import io
from datetime import date

import pytest
from pypdf import PdfReader

from backstop.paper.recovery import recovery_pdf, recovery_sheet
from backstop.store.key import Key
from backstop.telling import words_for

CODE = Key(bytes(range(32)), bytes(16)).recovery_code
DAY = date(2026, 1, 5)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_the_sheet_is_one_page_with_the_whole_code(language: str) -> None:
    pdf = recovery_pdf("<b>$shop</b>.backstop", CODE, words_for(language), DAY)
    (page,) = PdfReader(io.BytesIO(pdf)).pages
    text = page.extract_text()
    assert all(group in text for group in CODE.split("-"))
    assert "<b>$shop</b>.backstop" in text
    assert recovery_pdf("<b>$shop</b>.backstop", CODE, words_for(language), DAY) == pdf


def test_the_sheet_says_what_to_do_with_it() -> None:
    sheet = recovery_sheet("shop.backstop", CODE, words_for("en"), DAY)
    assert "".join(sheet.groups) == CODE.replace("-", "")
    assert any("type this code" in step for step in sheet.steps)
    assert "nobody can help" in sheet.warning
