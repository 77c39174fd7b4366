"""The Sources page: add, edit, remove, with one sentence for whatever cannot be right."""

from collections.abc import Callable
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMenu, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from backstop.desktop.look.theme import Space
from backstop.desktop.shell.app import Program
from backstop.desktop.sources.page import SourcesPage
from backstop.domain import Account, Book, Facility, LinkGroup, PlannedDraw, RepaymentMethod
from backstop.services.commands import change_facts, put_record
from desktop.editing import (
    choose,
    click,
    line_of,
    open_page,
    press,
    sentence_below,
    trigger,
    type_into,
    write,
)

Start = Callable[[Book | None], Program]
TWO = Decimal(2)


@pytest.fixture
def page(program: Program, qtbot: QtBot) -> SourcesPage:
    return page_of(program, qtbot)


def page_of(program: Program, qtbot: QtBot) -> SourcesPage:
    return open_page(qtbot, program, 1, SourcesPage)


def book_of(page: SourcesPage) -> Book:
    return page.context.book


def facility(page: SourcesPage, record_id: str = "jiebei") -> Facility:
    found = book_of(page).by_id[record_id]
    assert isinstance(found, Facility)
    return found


def open_source(page: SourcesPage, record_id: str = "jiebei") -> None:
    assert page.table.choose(record_id)


# looking


def test_every_facility_and_account_has_a_row_with_its_verdict(page: SourcesPage) -> None:
    rows = {row.id: row for row in page.table.rows.rows}
    assert list(rows) == ["jiebei", "weilidai", "till"]
    assert rows["jiebei"].groups == ("Both platforms",)
    *_, mark, loss = page.table.rows.columns
    words = page.context.words
    said = {key: (mark.text(row, words), loss.text(row, words)) for key, row in rows.items()}
    assert said["jiebei"][0] == "■"
    assert said["jiebei"][1].startswith("−¥")
    assert said["weilidai"] == ("●", "nothing missed")
    assert said["till"] == ("", "")


def shown_columns(page: SourcesPage) -> set[str]:
    columns = enumerate(page.table.rows.columns)
    return {each.title for number, each in columns if not page.table.isColumnHidden(number)}


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_beside_the_pane_of_a_small_window_stand_verdict_name_limit_and_what_is_left(
    page: SourcesPage, language: str, qtbot: QtBot
) -> None:
    page.context.set_language(language)
    window, table = page.window(), page.table
    window.resize(1000, 700)
    open_source(page)
    assert shown_columns(page) >= {"", "Name", "Limit", "Available"}
    qtbot.waitUntil(lambda: table.horizontalScrollBar().maximum() == 0)
    window.resize(1400, 900)
    assert shown_columns(page) >= {"", "Name", "Limit", "Used", "Available", "If it is lost"}


def test_a_date_beside_the_table_of_a_small_window_is_shown_whole(
    page: SourcesPage, qtbot: QtBot
) -> None:
    page.window().resize(1000, 700)
    open_source(page, "till")
    type_into(page.pane.account.form, "balance_date", "2026-11-28")
    line = line_of(page.pane.account.form, "balance_date")
    needed = line.fontMetrics().horizontalAdvance(line.text()) + 2 * Space.SMALL

    def room() -> int:
        return line.width() - sum(each.width() + 6 for each in line.findChildren(QToolButton))

    qtbot.waitUntil(lambda: needed <= room(), timeout=2_000)


def test_the_mark_of_a_line_is_read_aloud_and_explained(page: SourcesPage) -> None:
    cell = page.table.model().index(0, page.table.model().columnCount() - 2)
    assert cell.data(Qt.ItemDataRole.AccessibleTextRole) == "If it is lost: danger"
    assert cell.data(Qt.ItemDataRole.ToolTipRole).startswith("−¥")


def test_the_page_says_how_much_credit_hangs_on_whom(page: SourcesPage) -> None:
    assert page.answer == "Two lines, ¥140,000 of limit, ¥0 used; 57 % comes from Weilidai."


def test_the_page_speaks_another_language_at_once(page: SourcesPage) -> None:
    open_source(page)
    page.context.set_language("zh_CN")
    assert page.answer == "2 条额度，授信总额 ¥140,000，已用 ¥0；57% 来自Weilidai。"
    assert page.pane.facility.form.cell("limit").label.text() == "授信额度"
    assert page.pane.remark.text() == "其他来源"


# editing


def test_an_edit_is_in_the_book_when_the_field_is_left_and_can_be_undone(
    page: SourcesPage, qtbot: QtBot
) -> None:
    open_source(page)
    type_into(page.pane.facility.form, "limit", "70,000.50")
    assert facility(page).limit == 70_000_50
    page.context.undo()
    assert facility(page).limit == 60_000_00
    qtbot.waitUntil(lambda: line_of(page.pane.facility.form, "limit").text() == "60,000")
    page.context.redo()
    assert facility(page).limit == 70_000_50


def test_the_row_follows_an_edit_and_stays_selected(page: SourcesPage, qtbot: QtBot) -> None:
    open_source(page)
    type_into(page.pane.facility.form, "name", "A name")
    qtbot.waitUntil(lambda: page.table.rows.rows[0].record.name == "A name")
    assert page.table.current().id == "jiebei"
    assert page.pane.title.text() == "A name"


def test_ctrl_z_in_a_field_that_was_left_undoes_the_edit(
    program: Program, page: SourcesPage, qtbot: QtBot
) -> None:
    open_source(page)
    form = page.pane.facility.form
    type_into(form, "limit", "1")
    line = line_of(form, "limit")
    qtbot.waitUntil(line.hasFocus)
    press(line, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert facility(page).limit == 60_000_00


BAD = [
    ("limit", "-5", "Enter 0 or more.", "请输入 0 或更大的数。"),
    ("limit", "lots", "Type figures such as 1234.56.", "1234.56"),
    ("limit", "1.2345", "Use at most 2.", "2"),
    ("limit", "1.234", "Type 1234, or at most 2 decimals.", "1234"),
    ("due_day", "32", "from 1 to 31", "31"),
    ("due_day", "x", "Type digits only, such as 12.", "请只输入数字，例如 12。"),
    ("rate_percent", "900", "from 0 to 300", "300"),
    ("rate_percent", "much", "Type figures such as 14.6.", "请输入数字，例如 14.6。"),
    ("contract_until", "2020-01-01", "Enter a later date, or none.", "请"),
    ("contract_until", "soon", "Type one such as 2026-12-01.", "请输入例如 2026-12-01 的日期。"),
    ("lead_days", "-1", "from 0 to 365", "365"),
    ("periods", "0", "from 1 to 600", "600"),
    ("name", "   ", "Type at least one character.", "请"),
    ("name", "a\u0007b", "Type the text again.", "请"),
    ("lender", "x" * 201, "Use at most 200 characters.", "200"),
]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_bad_value_is_refused_in_one_sentence_and_changes_nothing(
    page: SourcesPage, language: str
) -> None:
    page.context.set_language(language)
    open_source(page)
    form = page.pane.facility.form
    type_into(form, "usage_until", "2026-06-30")
    before = book_of(page)
    for field, text, remedy_en, remedy_zh in BAD:
        type_into(form, field, text)
        said = sentence_below(form, field)
        assert page.context.words.field(field) in said
        assert (remedy_zh if language == "zh_CN" else remedy_en) in said
        assert book_of(page) is before
        target = form.cell(field).control.target
        assert target.accessibleDescription() in said
        assert target.property("wrong") is True
        assert "\n" not in said
        form.cell(field).control.escaped.emit()
        assert not sentence_below(form, field)


def test_a_wrong_text_waits_while_other_sources_are_looked_at(page: SourcesPage) -> None:
    open_source(page)
    form = page.pane.facility.form
    type_into(form, "limit", "9o,000")
    open_source(page, "weilidai")
    assert line_of(form, "limit").text() == "80,000"
    assert not sentence_below(form, "limit")
    open_source(page, "jiebei")
    assert line_of(form, "limit").text() == "9o,000"
    assert "is not an amount" in sentence_below(form, "limit")
    type_into(form, "limit", "90,000")
    assert facility(page).limit == 90_000_00
    assert not sentence_below(form, "limit")


def test_escape_gives_back_the_old_value(page: SourcesPage) -> None:
    open_source(page)
    form = page.pane.facility.form
    type_into(form, "due_day", "32")
    line = line_of(form, "due_day")
    line.setFocus()
    press(line, Qt.Key.Key_Escape)
    assert line.text() == ""
    assert not sentence_below(form, "due_day")
    write(line, "7")
    press(line, Qt.Key.Key_Escape)
    assert line.text() == ""
    assert facility(page).due_day is None


@pytest.mark.parametrize("name", ["<b>x</b>", "&x", "$x_{$", "{name}", "50 % && <i>"])
def test_a_name_of_markup_is_taken_and_shown_as_typed(
    page: SourcesPage, qtbot: QtBot, name: str
) -> None:
    open_source(page)
    type_into(page.pane.facility.form, "name", name)
    assert facility(page).name == name
    qtbot.waitUntil(lambda: page.pane.title.text() == name)
    assert page.pane.title.textFormat() is Qt.TextFormat.PlainText
    page.pane.begin(PlannedDraw)
    assert page.pane.back.text().replace("&&", "&").endswith(name)
    assert page.table.rows.data(page.table.rows.index(0, 0)) == name


def test_fields_that_mean_nothing_are_not_shown(page: SourcesPage) -> None:
    open_source(page)
    form = page.pane.facility.form
    hidden = {c.field.name for c in form.cells() if c.isHidden()}
    assert {"statement_day", "purchase_tags"} <= hidden
    choose(form, "method", RepaymentMethod.STATEMENT_CYCLE)
    assert "a statement cycle needs one" in sentence_below(form, "statement_day")
    assert not form.cell("statement_day").isHidden()
    assert form.cell("periods").isHidden()
    assert facility(page).method is RepaymentMethod.BULLET


def test_rare_fields_wait_in_folded_sections(page: SourcesPage, qtbot: QtBot) -> None:
    open_source(page)
    form = page.pane.facility.form
    assert not form.cell("draw_step").isVisible()
    head = form.section("Terms of drawing").head
    qtbot.waitUntil(lambda: head.height() > 0)  # laid out by and by
    click(head)
    assert form.cell("draw_step").isVisible()
    assert not form.cell("cut_percent").isVisible()


def test_the_form_is_walked_by_tab_alone(page: SourcesPage, qtbot: QtBot) -> None:
    open_source(page)
    form = page.pane.facility.form
    page.pane.focus_form()
    line = line_of(form, "name")
    qtbot.waitUntil(line.hasFocus)
    for field in ("kind", "lender", "contact", "limit"):
        focus = page.window().focusWidget()
        assert focus is not None
        press(focus, Qt.Key.Key_Tab)
        assert form.cell(field).control.target.hasFocus()


def test_every_control_has_a_name_and_is_its_labels_buddy(page: SourcesPage) -> None:
    open_source(page)
    for cell in page.pane.facility.form.cells():
        target = cell.control.target
        assert target.accessibleName() == cell.label.text() != ""
        assert cell.label.buddy() is target


# adding and removing


def test_an_account_is_in_the_book_once_it_has_a_name(page: SourcesPage, qtbot: QtBot) -> None:
    trigger(page.add_menu, "Account of your own")
    form = page.pane.account.form
    assert page.pane.account.hint.text() == "Not in the book yet: fill in “Name”."
    type_into(form, "balance", "1200")
    assert len(book_of(page).accounts) == 1
    type_into(form, "name", "Savings")
    added = book_of(page).accounts[-1]
    assert (added.name, added.balance, added.balance_date) == (
        "Savings",
        1200_00,
        book_of(page).as_of,
    )
    assert page.table.current().id == added.id
    page.context.undo()
    assert len(book_of(page).accounts) == 1
    qtbot.waitUntil(page.pane.isHidden)


def test_an_unfinished_new_source_waits_until_it_is_discarded(page: SourcesPage) -> None:
    trigger(page.add_menu, "Another source of credit")
    view = page.pane.facility
    type_into(view.form, "limit", "5000")
    open_source(page, "jiebei")
    trigger(page.add_menu, "Another source of credit")
    assert line_of(view.form, "limit").text() == "5,000"
    click(view.remove)
    assert page.pane.isHidden()
    trigger(page.add_menu, "Another source of credit")
    assert line_of(view.form, "limit").text() == "0"
    assert len(book_of(page).facilities) == 2


def test_a_template_shows_where_its_values_come_from_before_it_is_added(
    page: SourcesPage, texts: Callable[[QWidget], list[str]]
) -> None:
    trigger(page.add_menu, "Platform loan", "Jiebei")
    said = texts(page.pane.template)
    assert any("Typical: as of 2026-11" in each and "sure" in each for each in said)
    assert len(book_of(page).facilities) == 2
    click(page.pane.template.confirm)
    added = facility(page, "jiebei-2")
    assert (added.name, added.limit, added.last_verified) == ("Jiebei 2", 0, None)
    assert line_of(page.pane.facility.form, "limit").hasFocus()
    assert page.table.current().id == "jiebei-2"


def test_a_due_day_that_cannot_be_changes_no_true_cost(page: SourcesPage) -> None:
    """Typing 45 goes over 4, which could be."""
    page.context.apply(
        put_record(
            book_of(page), facility(page).changed(rate_percent=Decimal(12), draw_fee_percent=TWO)
        )
    )
    open_source(page, "jiebei")
    cost = page.pane.facility.cost.text
    before = cost.text()
    assert "True cost" in before
    type_into(page.pane.facility.form, "due_day", "45")
    assert sentence_below(page.pane.facility.form, "due_day")
    assert cost.text() == before
    type_into(page.pane.facility.form, "rate_percent", "24")
    assert cost.text() == before, "the form is not valid yet"


def products_of(menu: QMenu) -> set[str]:
    """All that can be chosen in a menu and those below it."""
    found: set[str] = set()
    for entry in menu.actions():
        below = entry.menu()
        found |= products_of(below) if isinstance(below, QMenu) else {entry.text()}
    return found


def test_the_products_are_those_of_where_the_book_is_kept(page: SourcesPage) -> None:
    assert {"Jiebei", "Huabei"} < products_of(page.add_menu)
    page.context.apply(change_facts(book_of(page), currency="USD", country="US"))
    page.show_book()
    assert {"Home-equity line", "Pay in four"} < products_of(page.add_menu)
    assert not {"Jiebei", "Huabei"} & products_of(page.add_menu)


def test_a_removed_source_comes_back_by_the_words_offered(page: SourcesPage, qtbot: QtBot) -> None:
    before = book_of(page)
    open_source(page, "jiebei")
    click(page.pane.facility.remove)
    assert "jiebei" not in book_of(page).by_id
    assert not book_of(page).planned_draws
    qtbot.waitUntil(page.pane.isHidden)
    assert page.undo_bar.text.text() == "“Jiebei” is removed."
    click(page.undo_bar.undo)
    assert book_of(page) == before
    assert page.undo_bar.isHidden()


def test_the_delete_key_removes_the_selected_row(page: SourcesPage) -> None:
    open_source(page, "till")
    press(page.table, Qt.Key.Key_Delete)
    assert not book_of(page).accounts
    assert page.undo_bar.isVisible()


# what belongs to a facility


def test_a_draw_is_added_to_its_facility_and_shows_its_schedule(page: SourcesPage) -> None:
    open_source(page, "weilidai")
    click(page.pane.facility.tranches.add)
    view = page.pane.tranche
    assert not view.schedule.show_button.isEnabled()
    type_into(view.form, "principal", "12,000")
    tranche = facility(page, "weilidai").tranches[0]
    assert (tranche.principal, tranche.remaining_periods) == (12_000_00, 1)
    click(view.schedule.show_button)
    assert len(view.schedule.table.rows.rows) == 1
    assert view.schedule.total.text().startswith("One instalment: ¥12,000.00 of principal")
    click(view.remove)
    assert not facility(page, "weilidai").tranches
    page.context.undo()
    assert facility(page, "weilidai").tranches == (tranche,)


def test_an_unfinished_draw_belongs_to_its_own_facility(page: SourcesPage) -> None:
    open_source(page, "weilidai")
    page.pane.facility.tranches.add.click()
    type_into(page.pane.tranche.form, "name", "Half done")
    open_source(page, "jiebei")
    page.pane.facility.tranches.add.click()
    assert line_of(page.pane.tranche.form, "name").text() == "Draw 1"
    type_into(page.pane.tranche.form, "principal", "100")
    assert [each.name for each in facility(page, "jiebei").tranches] == ["Draw 1"]


def test_a_planned_draw_is_edited_inside_its_facility(page: SourcesPage) -> None:
    open_source(page, "jiebei")
    block = page.pane.facility.draws
    assert [row.id for row in block.table.rows.rows] == ["bridge"]
    block.opened.emit(block.table.rows.rows[0])
    view = page.pane.draw
    assert view.preview.text.text() == "Once, on 12 Jan 2026."
    type_into(view.form, "amount", "30000")
    assert book_of(page).planned_draws[0].amount == 30_000_00
    click(page.pane.back)
    assert page.pane.view is page.pane.facility


def test_a_group_is_made_by_ticking_its_members(page: SourcesPage) -> None:
    open_source(page, "weilidai")
    page.pane.facility.groups.add.click()
    form = page.pane.group.form
    type_into(form, "name", "All on one phone")
    assert "Tick at least two" in sentence_below(form, "members")
    members = form.cell("members").control.target
    item = getattr(members, "item")(2)  # noqa: B009
    assert item.text() == "Till"
    item.setCheckState(Qt.CheckState.Checked)
    added = book_of(page).link_groups[-1]
    assert isinstance(added, LinkGroup)
    assert (added.name, added.members) == ("All on one phone", ("weilidai", "till"))


# other states


def test_an_empty_book_says_what_to_do_next(start: Start, book: Book, qtbot: QtBot) -> None:
    empty = Book(title="New", as_of=book.as_of)
    page = page_of(start(empty), qtbot)
    assert page.empty.isVisible()
    click(page.empty.buttons[0])
    type_into(page.pane.account.form, "name", "Purse")
    assert isinstance(book_of(page).accounts[0], Account)
    page.pane.closed.emit()
    assert page.table.isVisible()


def test_a_book_that_is_only_read_cannot_be_edited(
    page: SourcesPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    session = page.context.session
    monkeypatch.setattr(type(session), "read_only", property(lambda _: True))
    open_source(page)
    page.show_book()
    assert not page.add.isEnabled()
    form = page.pane.facility.form
    assert not any(cell.control.isEnabled() for cell in form.cells())
    assert not page.pane.facility.remove.isEnabled()
    assert not page.pane.facility.tranches.add.isEnabled()


def test_escape_in_the_pane_goes_back_and_then_away(page: SourcesPage) -> None:
    open_source(page)
    page.pane.begin(PlannedDraw)
    press(page.pane, Qt.Key.Key_Escape)
    assert page.pane.view is page.pane.facility
    press(page.pane, Qt.Key.Key_Escape)
    assert page.pane.isHidden()
    assert page.table.current() is None


def test_another_book_leaves_nothing_of_the_old_one(program: Program, page: SourcesPage) -> None:
    from backstop.services.session import BookSession

    open_source(page)
    type_into(page.pane.facility.form, "limit", "wrong")
    other = book_of(page).changed(title="Other")
    program.context.open_session(BookSession(other))
    assert page.pane.isHidden()
    open_source(page)
    assert line_of(page.pane.facility.form, "limit").text() == "60,000"
