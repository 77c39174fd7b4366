"""Tables of rows: one model for all, checked by Qt's own tester, and the month of the calendar."""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import pytest
from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from backstop.desktop.cash_flow.month_model import DAYS_A_WEEK, MonthModel, month_of
from backstop.desktop.look.theme import DARK, LIGHT
from backstop.desktop.shell.app import Program
from backstop.desktop.tables import (
    ROW_ROLE,
    RowsView,
    SortedRows,
    TableColumn,
    TableModel,
    money_column,
)
from backstop.desktop.widgets.text import as_tip
from backstop.domain import Adjustment, Book, CashFlow, Direction, Repeat
from backstop.telling import Words, words_for
from desktop.editing import press

ENGLISH, CHINESE = words_for("en"), words_for("zh_CN")


@dataclass(frozen=True)
class Coin:
    """A row to test with."""

    id: int
    name: str
    amount: int | None = 0


def name(row: Coin, words: Words) -> str:
    return row.name


COLUMNS: list[TableColumn[Coin]] = [
    TableColumn("Name", name, sort=lambda row: row.name, tone=lambda row: "danger", stretch=True),
    money_column("Amount", lambda row: row.amount, lambda: "CNY"),
]


@pytest.fixture
def model(qapp: object) -> TableModel[Coin]:
    return TableModel(COLUMNS, lambda row: row.id, ENGLISH, LIGHT)


def cell(model: TableModel[Coin], row: int, column: int, role: int) -> object:
    return model.data(model.index(row, column), role)


def test_the_model_keeps_qts_rules_whatever_rows_follow_each_other(
    model: TableModel[Coin],
) -> None:
    tester = QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    chance = random.Random(7)
    for _ in range(60):
        ids = chance.sample(range(12), chance.randint(0, 12))
        rows = [Coin(each, f"coin {each}", chance.randint(-3, 3)) for each in ids]
        model.set_rows(rows)
        assert model.rows == tuple(rows)
    assert tester.model() is model


def test_a_selected_row_stays_selected_wherever_it_goes(model: TableModel[Coin]) -> None:
    model.set_rows([Coin(1, "one"), Coin(2, "two"), Coin(3, "three")])
    selection = QItemSelectionModel(model)
    selection.select(model.index(1, 0), QItemSelectionModel.SelectionFlag.Select)
    model.set_rows([Coin(4, "four"), Coin(3, "three"), Coin(2, "two again")])
    assert [index.row() for index in selection.selectedIndexes()] == [2]


def test_cells_are_made_when_they_are_first_asked_for(qapp: object) -> None:
    made: list[int] = []

    def noted(row: Coin, words: Words) -> str:
        made.append(row.id)
        return row.name

    column = TableColumn("Name", noted, sort=lambda row: row.name)
    model: TableModel[Coin] = TableModel([column], lambda row: row.id, ENGLISH, LIGHT)
    model.set_rows(Coin(number, "coin") for number in range(5000))
    assert not made
    assert cell(model, 7, 0, Qt.ItemDataRole.DisplayRole) == "coin"
    assert made == [7]


def test_only_cells_that_changed_say_so(model: TableModel[Coin]) -> None:
    model.set_rows([Coin(1, "one", 100), Coin(2, "two", 200)])
    assert list(model.texts(0)) == ["one", "two"]
    changed: list[tuple[int, int]] = []
    replaced: list[int] = []

    def note(first: QModelIndex, last: QModelIndex, roles: list[int]) -> None:
        if roles:
            assert roles == [ROW_ROLE]
            replaced.extend(range(first.row(), last.row() + 1))
        else:
            changed.append((first.row(), first.column()))
            assert first == last

    model.dataChanged.connect(note)
    model.set_rows([Coin(1, "one", 100), Coin(2, "two", 201)])
    assert changed == [(1, 1)]
    assert replaced == [0, 1]  # told of once, however many there are


def test_amounts_stand_at_the_right_with_a_true_minus(model: TableModel[Coin]) -> None:
    model.set_rows([Coin(1, "one", -123456)])
    alignment = cell(model, 0, 1, Qt.ItemDataRole.TextAlignmentRole)
    assert isinstance(alignment, Qt.AlignmentFlag)
    assert alignment & Qt.AlignmentFlag.AlignRight
    assert cell(model, 0, 1, Qt.ItemDataRole.DisplayRole) == "−1,234.56"
    assert cell(model, 0, 1, Qt.ItemDataRole.AccessibleTextRole) == "Amount: −¥1,234.56"


def test_another_language_and_another_theme_reach_heads_and_cells(
    model: TableModel[Coin], qtbot: QtBot
) -> None:
    model.set_rows([Coin(1, "one")])
    with qtbot.waitSignals([model.headerDataChanged, model.dataChanged]):
        model.speak(CHINESE)
    assert model.headerData(1, Qt.Orientation.Horizontal) == "金额"
    with qtbot.waitSignal(model.dataChanged):
        model.paint(DARK)
    colour = cell(model, 0, 0, Qt.ItemDataRole.ForegroundRole)
    assert getattr(colour, "name")().upper() == DARK.danger  # noqa: B009


@pytest.mark.parametrize("order", [Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder])
def test_what_is_missing_comes_last_in_both_directions(
    model: TableModel[Coin], order: Qt.SortOrder
) -> None:
    sorted_rows = SortedRows(model)
    model.set_rows([Coin(1, "a", None), Coin(2, "b", 5), Coin(3, "c", 7)])
    sorted_rows.sort(1, order)
    ids = [row.id for row in in_order(sorted_rows)]
    assert ids == ([2, 3, 1] if order is Qt.SortOrder.AscendingOrder else [3, 2, 1])


def test_chinese_names_sort_by_pinyin_and_numbers_in_them_by_value(
    model: TableModel[Coin],
) -> None:
    sorted_rows = SortedRows(model)
    sorted_rows.speak("zh_CN")
    model.set_rows([Coin(1, "微粒贷"), Coin(2, "卡10"), Coin(3, "卡9"), Coin(4, "白条")])
    sorted_rows.sort(0)
    assert [row.name for row in in_order(sorted_rows)] == ["白条", "卡9", "卡10", "微粒贷"]


def in_order(rows: SortedRows) -> Iterator[Coin]:
    return (rows.row_at(rows.index(number, 0)) for number in range(rows.rowCount()))


def test_a_tooltip_shows_markup_as_typed() -> None:
    assert as_tip("plain & simple") == "<span>plain &amp; simple</span>"
    assert as_tip("<b>x</b>") == "<span>&lt;b&gt;x&lt;/b&gt;</span>"
    assert as_tip("plain") == "plain"


def test_a_narrow_table_drops_spare_columns_and_takes_them_back(
    program: Program, qtbot: QtBot
) -> None:
    columns = [
        *COLUMNS,
        TableColumn("Kind", lambda row, words: "x" * 30, sort=lambda row: 0, spare=1),
    ]
    view = RowsView(program.context, columns, key=lambda row: row.id)
    qtbot.addWidget(view)
    view.set_rows([Coin(1, "one", 100)])
    view.resize(260, 200)
    view.show()
    assert view.isColumnHidden(2)
    view.resize(900, 200)
    assert not view.isColumnHidden(2)


def test_what_finds_no_room_leaves_it_to_a_narrower_column(program: Program, qtbot: QtBot) -> None:
    wide = TableColumn[Coin]("Kind", lambda row, words: "x" * 90, sort=lambda row: 0, spare=1)
    narrow = TableColumn[Coin]("Amount", lambda row, words: "x", sort=lambda row: 0, spare=2)
    view = RowsView(program.context, [COLUMNS[0], wide, narrow], key=lambda row: row.id)
    qtbot.addWidget(view)
    view.set_rows([Coin(1, "one", 100)])
    view.resize(400, 200)
    view.show()
    assert [view.isColumnHidden(number) for number in range(3)] == [False, True, False]


def test_whole_names_come_before_columns_of_little_worth(program: Program, qtbot: QtBot) -> None:
    name = TableColumn[Coin]("Name", lambda row, words: row.name, sort=lambda row: 0, stretch=True)
    worthy = TableColumn[Coin]("Kind", lambda row, words: "x", sort=lambda row: 0, spare=3)
    little = TableColumn[Coin]("Amount", lambda row, words: "x", sort=lambda row: 0, spare=4)
    view = RowsView(program.context, [name, worthy, little], key=lambda row: row.id)
    qtbot.addWidget(view)
    view.resize(300, 200)
    view.show()
    view.set_rows([Coin(1, "short")])
    assert not view.isColumnHidden(2)
    view.set_rows([Coin(1, "a name of more than twenty letters")])
    assert [view.isColumnHidden(number) for number in (1, 2)] == [False, True]


def test_a_spare_column_that_says_nothing_of_any_row_is_not_shown(
    program: Program, qtbot: QtBot
) -> None:
    spare = TableColumn[Coin]("Kind", lambda row, words: row.name, sort=lambda row: 0, spare=1)
    view = RowsView(program.context, [COLUMNS[0], spare], key=lambda row: row.id)
    qtbot.addWidget(view)
    view.resize(600, 200)
    view.show()
    view.set_rows([Coin(1, ""), Coin(2, "")])
    assert view.isColumnHidden(1)
    view.set_rows([Coin(1, ""), Coin(2, "two")])
    assert not view.isColumnHidden(1)


def test_return_opens_a_row_and_delete_asks_for_its_end(program: Program, qtbot: QtBot) -> None:
    view = RowsView(program.context, COLUMNS, key=lambda row: row.id)
    qtbot.addWidget(view)
    view.set_rows([Coin(1, "one"), Coin(2, "two")])
    view.show()
    assert view.choose(2)
    with qtbot.waitSignal(view.row_opened) as opened:
        press(view, Qt.Key.Key_Return)
    with qtbot.waitSignal(view.row_deleted) as deleted:
        press(view, Qt.Key.Key_Delete)
    assert opened.args == deleted.args == [Coin(2, "two")]


# the month


def rent(**fields: object) -> CashFlow:
    return CashFlow(
        id="rent",
        name="Rent",
        direction=Direction.PAYMENT,
        amount=500_00,
        first_date=date(2026, 2, 28),
        repeat=Repeat.MONTHS,
        last_day_of_month=True,
    ).changed(**fields)


def test_a_month_is_whole_weeks_and_each_day_lists_what_falls_on_it(book: Book) -> None:
    days = month_of(book, date(2026, 2, 1), [rent(), *book.cash_flows], book.as_of)
    assert len(days) % DAYS_A_WEEK == 0
    assert (days[0].date.weekday(), days[-1].date.weekday()) == (0, 6)
    listed = {day.date: [entry.id for entry in day.entries] for day in days if day.entries}
    assert listed[date(2026, 2, 28)] == ["sales", "rent"]
    assert listed[date(2026, 2, 15)] == ["wages"]


def test_a_payment_moves_off_a_closed_day_as_its_rule_says(book: Book) -> None:
    days = month_of(book, date(2026, 2, 1), [rent(adjustment=Adjustment.PRECEDING)], book.as_of)
    assert [day.date for day in days if day.entries] == [date(2026, 2, 27)]
    closed = {day.date for day in days if day.is_closed}
    assert date(2026, 2, 28) in closed


def test_the_month_model_keeps_qts_rules(book: Book, qapp: object) -> None:
    model = MonthModel(ENGLISH)
    QAbstractItemModelTester(model, QAbstractItemModelTester.FailureReportingMode.Fatal)
    for month in (1, 2, 3, 8):  # four, five and six weeks
        model.show_days(
            month_of(book, date(2027, month, 1), book.cash_flows, book.as_of), CHINESE, "CNY"
        )
    index = model.index_of(date(2027, 8, 15))
    assert model.data(index) == "2027年8月15日\nWages: −¥30,000.00"
    assert model.headerData(0, Qt.Orientation.Horizontal) == "周一"
    assert not model.index_of(date(2027, 12, 1)).isValid()
