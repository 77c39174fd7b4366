"""What `test_field.py` runs where the recipe was followed: the new field on its way through.

The field is not known here, so it is named by text alone.
"""

import json
import shutil
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from backstop.domain import BadInput, Facility
from backstop.services.history import history_lines
from backstop.services.session import BookSession
from backstop.store import BookFile, book_from_json, book_to_json, json_schema
from backstop.store.layout import FILE_VERSION
from backstop.telling import words_for
from desktop.conftest import *  # noqa: F403  # its fixtures: a window and a book
from desktop.editing import line_of, open_page, sentence_below, type_into

FIELD, ENGLISH, CHINESE = "example_days", "Example (days)", "示例（天）"
UPGRADE = Path(__file__).parents[1] / "upgrade"


def value(facility: object) -> object:
    return getattr(facility, FIELD)


def test_it_is_typed_into_its_form_and_refused_beyond_its_bounds(
    program: Program, qtbot: QtBot
) -> None:
    page = open_page(qtbot, program, 1, SourcesPage)
    assert page.table.choose("jiebei")
    form = page.pane.facility.form
    assert form.cell(FIELD).isHidden()
    type_into(form, "contract_until", "2026-12-31")
    assert not form.cell(FIELD).isHidden()
    assert form.cell(FIELD).label.text() == ENGLISH
    type_into(form, FIELD, "91")
    assert "Enter a whole number from 0 to 90." in sentence_below(form, FIELD)
    type_into(form, FIELD, "45")
    assert value(page.context.book.by_id["jiebei"]) == 45
    type_into(form, FIELD, "")
    assert value(page.context.book.by_id["jiebei"]) is None
    assert line_of(form, FIELD).placeholderText() == "not known"
    page.context.set_language("zh_CN")
    assert form.cell(FIELD).label.text() == CHINESE


def test_it_is_kept_in_the_file_and_told_by_the_history_in_both_languages(tmp_path: Path) -> None:
    path = Path(shutil.copyfile(UPGRADE / f"v{FILE_VERSION - 1}.backstop", tmp_path / "a.backstop"))
    with BookFile.open(path) as file:
        line = file.book.facilities[0]
        assert value(line) is None
        file.save(file.book.put(line.changed(**{FIELD: 45})))
    with BookSession.open(path) as session:
        assert value(session.book.facilities[0]) == 45
        said = history_lines(session.history(), "CNY")[0].said
    assert words_for("en").tell(said) == f"“{ENGLISH}” in “{line.name}”: (empty) → 45"
    assert words_for("zh_CN").tell(said) == f"“{line.name}”的“{CHINESE}”：（空） → 45"


def test_it_goes_through_book_json_and_a_book_without_it_is_read() -> None:
    older = (UPGRADE / f"v{FILE_VERSION - 1}.json").read_bytes()
    book = book_from_json(older)
    assert {value(each) for each in book.facilities} == {None}
    changed = book.put(book.facilities[0].changed(**{FIELD: 45}))
    written = book_to_json(changed)
    assert json.loads(written)["facilities"][0][FIELD] == 45
    assert book_from_json(written) == changed
    schema = json_schema()["$defs"]["Facility"]["properties"][FIELD]
    assert (schema["title"], schema["minimum"], schema["maximum"]) == (ENGLISH, 0, 90)


def test_it_is_refused_in_a_sentence_that_names_it() -> None:
    with pytest.raises(BadInput) as refused:
        Facility(id="line", name="Line").changed(**{FIELD: 91})
    assert refused.value.field == FIELD
    assert CHINESE in words_for("zh_CN").tell(refused.value.message)
