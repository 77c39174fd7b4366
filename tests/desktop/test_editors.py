"""What is typed into forms: read, refused in a sentence, kept as soon as it is valid."""

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.forms.draft import RecordDraft
from backstop.desktop.forms.lines import NotesControl, TagsControl, TextControl
from backstop.desktop.forms.reading import (
    named,
    read_amount,
    read_percent,
    read_tags,
    read_whole,
)
from backstop.desktop.forms.record_changes import new_values
from backstop.desktop.shell.app import Program
from backstop.domain import (
    BadInput,
    CashFlow,
    Direction,
    Facility,
    Record,
    RepaymentMethod,
    currency_of,
)
from backstop.telling import words_for

CNY = currency_of("CNY")


def test_figures_may_be_full_width_and_grouped() -> None:
    assert read_amount("￥１，２３４．５", CNY) == 123450
    assert read_whole("１２") == 12
    assert read_whole("1,000") == 1000
    assert read_percent("14.6 %") == Decimal("14.6")
    assert read_percent("０．０４％") == Decimal("0.04")


@pytest.mark.parametrize(
    ("read", "text"),
    [
        (read_whole, "1.5"),
        (read_whole, "twelve"),
        (read_whole, ""),
        (read_percent, "NaN"),
        (read_percent, "Infinity"),
        (read_percent, "a lot"),
    ],
)
def test_what_is_no_number_is_refused(read: object, text: str) -> None:
    assert callable(read)
    with pytest.raises(BadInput, match="is not a"):
        read(text)


def test_tags_stand_between_commas_of_either_language() -> None:
    assert read_tags(" stock, tools，借呗、stock ; ") == ("stock", "tools", "借呗")


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_refusal_names_the_field_and_shows_the_text_as_typed(language: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_whole("{x}<b>")
    words = words_for(language)
    said = words.tell(named(refused.value, "Jiebei", "due_day").message)
    assert words.field("due_day") in said
    assert "“{x}<b>”" in said


def test_marks_that_nobody_sees_are_not_part_of_what_is_pasted(qtbot: QtBot) -> None:
    name, notes, tags = TextControl(), NotesControl(), TagsControl()
    for control in (name, notes, tags):
        qtbot.addWidget(control)
        control.retype("\u202eRent\u200b")
    assert (name.value(), notes.value(), tags.value()) == ("Rent", "Rent", ("Rent",))


# drafts


class Shelf:
    """Keeps records, as a book would; `refuses` makes it say no."""

    def __init__(self) -> None:
        self.kept: list[Record] = []
        self.is_full = False

    def keep(self, record: Record) -> bool:
        if not self.is_full:
            self.kept.append(record)
        return not self.is_full


@pytest.fixture
def shelf() -> Shelf:
    return Shelf()


@pytest.fixture
def draft(shelf: Shelf) -> RecordDraft:
    return RecordDraft.of(Facility(id="jiebei", name="Jiebei", limit=100), shelf.keep)


def test_a_valid_field_is_kept_at_once(draft: RecordDraft, shelf: Shelf) -> None:
    draft.enter("limit", 200)
    assert shelf.kept == [Facility(id="jiebei", name="Jiebei", limit=200)]
    assert draft.is_settled


def test_a_field_left_as_it_was_keeps_nothing(draft: RecordDraft, shelf: Shelf) -> None:
    draft.enter("limit", 100)
    assert not shelf.kept


def test_a_refused_field_waits_and_stops_no_other(draft: RecordDraft, shelf: Shelf) -> None:
    draft.enter("limit", -5)
    assert draft.faults.keys() == {"limit"}
    draft.enter("name", "Jiebei 2")
    assert [(r.name, getattr(r, "limit")) for r in shelf.kept] == [("Jiebei 2", 100)]  # noqa: B009
    assert draft["limit"] == -5
    assert draft.faults.keys() == {"limit"}
    draft.withdraw("limit")
    assert draft.is_settled
    assert draft["limit"] == 100


def test_fields_that_need_each_other_are_kept_together(draft: RecordDraft, shelf: Shelf) -> None:
    draft.enter("method", RepaymentMethod.STATEMENT_CYCLE)
    assert draft.faults.keys() == {"statement_day"}
    draft.enter("statement_day", 1)
    assert draft.faults.keys() == {"due_day"}
    draft.enter("due_day", 10)
    assert draft.faults.keys() == {"purchases_only"}
    assert all(getattr(r, "method") is RepaymentMethod.ANNUITY for r in shelf.kept)  # noqa: B009
    draft.enter("purchases_only", True)
    assert not draft.faults
    assert shelf.kept[-1] == Facility(
        id="jiebei",
        name="Jiebei",
        limit=100,
        method=RepaymentMethod.STATEMENT_CYCLE,
        statement_day=1,
        due_day=10,
        purchases_only=True,
    )


def test_what_cannot_be_kept_for_other_reasons_stays_without_blame(
    draft: RecordDraft, shelf: Shelf
) -> None:
    shelf.is_full = True
    draft.enter("limit", 300)
    assert not draft.faults
    assert not draft.is_settled
    shelf.is_full = False
    draft.enter("limit", 300)
    assert draft.is_settled


def test_a_new_record_is_kept_when_nothing_is_missing(shelf: Shelf) -> None:
    values = new_values(
        CashFlow, id="rent", name="", direction=Direction.PAYMENT, first_date=date(2026, 1, 1)
    )
    draft = RecordDraft(CashFlow, values, shelf.keep, is_new=True, required=("name", "amount"))
    assert draft.missing == ["name", "amount"]
    draft.enter("name", "Rent")
    draft.enter("amount", -1)
    assert draft.faults.keys() == {"amount"}
    assert not shelf.kept
    draft.enter("amount", 500)
    assert [(each.id, each.name) for each in shelf.kept] == [("rent", "Rent")]
    assert not draft.is_new


def test_the_books_newer_version_does_not_drop_what_waits(draft: RecordDraft) -> None:
    draft.enter("limit", -5)
    draft.rebase(Facility(id="jiebei", name="Renamed", limit=900))
    assert (draft["name"], draft["limit"]) == ("Renamed", -5)
    draft.withdraw("limit")
    assert draft["limit"] == 900


def test_making_the_pages_shows_no_window_of_its_own(program: Program) -> None:
    """A part that is shown before it has a parent would flash, and take the keyboard away."""
    shown: list[QObject] = []

    class Watch(QObject):
        def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
            if event.type() is QEvent.Type.Show and isinstance(watched, QWidget):
                shown.extend([watched] if watched.isWindow() else [])
            return False

    watch, app = Watch(), QApplication.instance()
    assert app is not None
    app.installEventFilter(watch)
    for number, record in ((1, "jiebei"), (2, "wages")):
        program.window.show_section(number)
        page = program.window.page
        assert page is not None
        page.show_record(record)
    app.removeEventFilter(watch)
    assert not shown
