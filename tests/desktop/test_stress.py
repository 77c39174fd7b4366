"""The Stress page: what goes, how and when; pictures of the chosen loss; losses kept by name."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QTableView,
    QToolButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backstop.contingency import (
    contingency_of,
    outcomes,
    single_closures,
    sweeps,
    threats,
    with_standing_draws,
)
from backstop.desktop.charts.curves import Role
from backstop.desktop.charts.heat import HEAD, NAMES, ROW
from backstop.desktop.forms.naming_dialog import NameDialog
from backstop.desktop.forms.segments import Segments
from backstop.desktop.plan.page import PlanPage
from backstop.desktop.shell.app import Program
from backstop.desktop.shell.rail_entries import number_of
from backstop.desktop.stress.loss_tables import BY_PAYMENT
from backstop.desktop.stress.loss_views import WEEKS, WORST
from backstop.desktop.stress.page import StressPage
from backstop.domain import Book, LossMode, SavedContingency
from backstop.plan import Plan
from backstop.plan.life.progress import is_stale
from backstop.projection import project
from backstop.services.questions import What
from desktop.editing import activate, click, click_row, pick, press, write
from desktop.waiting import LONG, settle, settled_page

Calm = Callable[[], None]


@pytest.fixture
def calm(program: Program, qtbot: QtBot) -> Calm:
    """Waits until nothing runs in the background."""
    return lambda: settle(program, qtbot)


@pytest.fixture
def stress(program: Program, qtbot: QtBot) -> StressPage:
    return settled_page(program, qtbot, "stress", StressPage)


def type_figure(line: QWidget, text: str) -> None:
    assert isinstance(line, QLineEdit)
    line.setFocus()
    line.selectAll()
    write(line, text)
    press(line, Qt.Key.Key_Return)


def turn_to(segments: Segments, value: object) -> None:
    number = [each for each, _ in segments._choices].index(value)
    click(segments._group.button(number))


def ids(stress: StressPage) -> set[str]:
    return {each.contingency.id for each in stress.losses.rows.rows}


def test_what_is_lost_is_chosen_by_keys(stress: StressPage, calm: Calm) -> None:
    pick(stress.bar.what, What.LINES.value)
    calm()
    assert ids(stress) == {"jiebei", "weilidai"}
    pick(stress.bar.what, What.PAIRS.value)
    calm()
    assert ids(stress) == {"jiebei+weilidai"}
    assert "Jiebei + Weilidai" in stress.answer
    pick(stress.bar.what, What.ACCOUNTS.value)
    calm()
    assert ids(stress) == {"till"}
    assert stress.answer.startswith("If the account Till is frozen today, ")


def test_only_the_figures_that_matter_are_shown_and_each_asks_again(
    stress: StressPage, calm: Calm, program: Program
) -> None:
    fields = stress.bar.fields.controls
    assert not any(each.isVisible() for each in fields.values())
    pick(stress.bar.how, LossMode.LIMIT_CUT.value)
    calm()
    shown = {name for name, each in fields.items() if each.isVisible()}
    assert shown == {"cut_percent", "duration_days"}
    type_figure(fields["cut_percent"].target, "90")
    calm()
    cut = {each.contingency.cut_percent for each in stress.losses.rows.rows}
    assert cut == {90}
    asked = [each.contingency for each in stress.losses.rows.rows]
    expected = outcomes(project(program.context.book), asked)
    assert [each.outcome.largest_gap for each in stress.losses.rows.rows] == [
        each.largest_gap for each in expected
    ]


@pytest.mark.parametrize("typed", ["-1", "101", "half"])
def test_a_figure_that_cannot_be_is_refused_in_a_sentence(
    stress: StressPage, program: Program, calm: Calm, typed: str
) -> None:
    pick(stress.bar.how, LossMode.LIMIT_CUT.value)
    cut = stress.bar.fields.controls["cut_percent"].target
    type_figure(cut, typed)
    assert program.window.banner.isVisible()
    assert cut.property("wrong")
    assert stress.bar.question.manner.cut_percent is None
    press(cut, Qt.Key.Key_Escape)
    assert not cut.property("wrong")


def test_other_lines_follow_when_ticked(stress: StressPage, calm: Calm) -> None:
    box = stress.bar.fields.follow
    click(box, QPoint(8, box.height() // 2))
    calm()
    assert all(each.contingency.cascade is not None for each in stress.losses.rows.rows)
    type_figure(stress.bar.fields.less.target, "100")
    calm()
    assert {e.contingency.cascade.percent for e in stress.losses.rows.rows} == {100}


def test_a_cause_fills_the_fields_and_they_may_be_changed(stress: StressPage, calm: Calm) -> None:
    pick(stress.bar.what, "temporary_drop")
    calm()
    assert stress.bar.how.currentData() == LossMode.LIMIT_CUT.value
    fields = stress.bar.fields.controls
    assert [fields[each].value() for each in ("cut_percent", "duration_days")] == [50, 30]
    type_figure(fields["duration_days"].target, "5")
    calm()
    assert {each.contingency.duration_days for each in stress.losses.rows.rows} == {5}
    assert {each.contingency.cut_percent for each in stress.losses.rows.rows} == {50}


def test_each_is_shown_on_its_own_worst_day(
    stress: StressPage, calm: Calm, program: Program
) -> None:
    pick(stress.bar.what, What.LINES.value)
    pick(stress.bar.when, True)
    calm()
    assert not stress.closes_on.isVisible()
    projection = project(program.context.book)
    worst = {
        each.contingency.id: each.worst
        for each in sweeps(projection, single_closures(program.context.book))
    }
    assert {e.contingency.id: e.contingency.loss_day for e in stress.losses.rows.rows} == worst


def test_the_worst_day_curve_names_its_day_and_a_click_asks_for_it(
    stress: StressPage, calm: Calm, program: Program, qtbot: QtBot
) -> None:
    stress.tables.choose("jiebei")
    turn_to(stress.pictures.views, WORST)
    calm()
    answers = program.context.answers
    assert answers is not None
    (sweep,) = sweeps(answers.projection, single_closures(answers.book)[:1])
    by_day = stress.pictures.by_day
    qtbot.waitUntil(lambda: by_day.canvas is not None, timeout=LONG)
    assert by_day.canvas is not None
    curve = [int(each) for each in by_day.canvas.data_of(Role.LOSS)]
    assert curve == (-sweep.curve(answers.projection.days)).tolist()
    assert stress.pictures.remark.text().startswith("The worst day to lose it is ")
    assert by_day.overlay is not None
    where = by_day.canvas.pixel_of(40, 0).toPoint()
    QTest.mouseClick(by_day.overlay, Qt.MouseButton.LeftButton, pos=where)
    calm()
    assert stress.bar.question.loss_day == 40
    assert program.context.loss_day == 40


def test_every_week_of_every_loss_can_be_read_by_mouse_and_keys(
    stress: StressPage, calm: Calm
) -> None:
    turn_to(stress.pictures.views, WEEKS)
    strips = stress.pictures.by_week
    loss = stress.losses.rows.rows[0]
    week = int(loss.outcome.low.argmin()) // 7
    wide = (strips.width() - NAMES) / -(-len(loss.outcome.low) // 7)
    there = QPointF(NAMES + (week + 0.5) * wide, HEAD + ROW / 2).toPoint()
    QTest.mouseMove(strips, there)
    strips.point(0, week)
    assert f"{loss.name}, week from" in strips.readout
    assert "¥33,000 short" in strips.readout or "short" in strips.readout
    assert stress.pictures.remark.text() == strips.readout
    assert strips.accessibleDescription() == strips.readout
    press(strips, Qt.Key.Key_Down)
    assert strips.readout.startswith(stress.losses.rows.rows[1].name)
    press(strips, Qt.Key.Key_Return)
    assert stress.tables.current is not None
    assert stress.tables.current.name == stress.losses.rows.rows[1].name
    QTest.mouseClick(strips, Qt.MouseButton.LeftButton, pos=there)
    assert stress.tables.current.name == loss.name


def test_the_strips_of_the_weeks_are_seen_whole(
    stress: StressPage, program: Program, calm: Calm
) -> None:
    turn_to(stress.pictures.views, WEEKS)
    program.window.resize(1000, 640)
    calm()
    strips = stress.pictures.by_week
    assert strips.height() == HEAD + ROW * len(stress.losses.rows.rows)
    assert stress.pictures.rect().contains(
        strips.mapTo(stress.pictures, strips.rect().bottomRight())
    )
    holder = strips.parentWidget()
    while holder is not stress:
        assert not isinstance(holder, QAbstractScrollArea)
        assert holder is not None
        holder = holder.parentWidget()


def test_each_payment_names_the_loss_that_hurts_it_most(
    stress: StressPage, calm: Calm, program: Program
) -> None:
    turn_to(stress.tables.ranked, BY_PAYMENT)
    calm()
    answers = program.context.answers
    assert answers is not None
    rows = stress.tables.threats.rows.rows
    assert {each.missed for each in rows} == {
        each.missed for each in threats(loss.outcome for loss in answers.losses)
    }
    assert rows
    click_row(stress.tables.threats, 0)
    assert stress.tables.current is not None
    assert stress.tables.current.contingency.id == rows[0].contingency.id


def test_the_standing_rule_has_a_column_and_a_curve_only_where_there_is_one(
    start: Callable[[Book | None], Program], book: Book, qtbot: QtBot
) -> None:
    program = start(book.changed(standing_draws=("weilidai",)))
    program.window.show_section(number_of("stress"))
    settle(program, qtbot)
    stress = program.window.pages["stress"]
    assert isinstance(stress, StressPage)
    titles = [each.title for each in stress.losses.rows.columns]
    column = titles.index("With standing draws")
    assert not stress.losses.isColumnHidden(column)
    stress.tables.choose("jiebei")
    answers = program.context.answers
    assert answers is not None
    (expected,) = with_standing_draws(answers.projection, single_closures(answers.book)[:1])
    assert stress.chart.canvas is not None
    drawn = [int(each) for each in stress.chart.canvas.data_of(Role.STANDING)]
    assert drawn == expected.low.tolist()
    program.context.open_session(None)


def test_without_a_standing_rule_nothing_speaks_of_one(stress: StressPage) -> None:
    titles = [each.title for each in stress.losses.rows.columns]
    assert stress.losses.isColumnHidden(titles.index("With standing draws"))
    assert stress.chart.canvas is not None
    assert stress.chart.canvas.data_of(Role.STANDING) is None


def test_the_headline_says_how_long_and_how_much_worse(stress: StressPage, calm: Calm) -> None:
    stress.tables.choose("weilidai")
    calm()
    said = stress.headline.text()
    assert said.startswith("With no line at all, the money lasts ")
    assert "With every line, receipts may be " in said
    assert "In this case: " in said
    stress.tables.choose("jiebei")
    calm()
    assert "In this case something bounces" in stress.headline.text()


def name_it(stress: StressPage, name: str) -> None:
    (dialog,) = stress.loss_actions.findChildren(NameDialog)
    dialog.name.line.selectAll()
    write(dialog.name.line, name)
    press(dialog.name.line, Qt.Key.Key_Return)


def test_a_sudden_expense_is_asked_for_by_amount_and_kept_for_a_plan(
    stress: StressPage, program: Program, calm: Calm
) -> None:
    pick(stress.bar.what, "sudden_expense")
    calm()
    [loss] = stress.losses.rows.rows
    usual = program.context.book.minimum_cash
    assert loss.contingency.expense == usual
    assert stress.bar.fields.expense.isVisible()
    assert not stress.bar.how.isEnabled()
    type_figure(stress.bar.fields.expense.target, "400,000")
    calm()
    [loss] = stress.losses.rows.rows
    assert (loss.contingency.expense, loss.contingency.targets) == (400_000_00, ())
    assert "With a sudden expense of ¥400,000 today" in stress.answer
    type_figure(stress.bar.fields.expense.target, "0")
    assert stress.losses.rows.rows[0].contingency.expense == 400_000_00
    click(stress.loss_actions.save)
    name_it(stress, "Roof")
    calm()
    (record,) = saved(program)
    assert (record.name, record.expense, record.targets) == ("Roof", 400_000_00, ())
    pick(stress.bar.what, What.SAVED.value)
    calm()
    type_figure(stress.bar.fields.expense.target, "300000")
    calm()
    assert saved(program)[0].expense == 300_000_00
    assert stress.loss_actions.plan.isEnabled()


def saved(program: Program) -> tuple[SavedContingency, ...]:
    return program.context.book.contingencies


def test_a_case_is_saved_renamed_changed_and_removed_each_undone_in_one_step(
    stress: StressPage, program: Program, calm: Calm
) -> None:
    pick(stress.bar.what, "temporary_drop")
    calm()
    stress.tables.choose("temporary_drop:jiebei")
    click(stress.loss_actions.save)
    name_it(stress, "Spring squeeze")
    calm()
    (record,) = saved(program)
    assert (record.name, record.targets, record.cause) == (
        "Spring squeeze",
        ("jiebei",),
        "temporary_drop",
    )
    assert (record.mode, record.cut_percent, record.duration_days) == (LossMode.LIMIT_CUT, 50, 30)

    pick(stress.bar.what, What.SAVED.value)
    calm()
    assert [each.name for each in stress.losses.rows.rows] == ["Spring squeeze"]
    assert "In the case “Spring squeeze”" in stress.answer
    assert stress.bar.fields.controls["cut_percent"].value() == 50

    type_figure(stress.bar.fields.controls["cut_percent"].target, "80")
    calm()
    assert saved(program)[0].cut_percent == 80
    (loss,) = stress.losses.rows.rows
    assert loss.contingency == contingency_of(program.context.book, saved(program)[0])

    click(stress.loss_actions.rename)
    name_it(stress, "Autumn squeeze")
    calm()
    assert saved(program)[0].name == "Autumn squeeze"
    click_row(stress.losses, 0)
    press(stress.losses, Qt.Key.Key_Delete)
    calm()
    assert not saved(program)
    assert stress.bar.question.what is What.LINKED

    for expected in ("Autumn squeeze", "Spring squeeze"):
        program.context.undo()
        assert saved(program)[0].name == expected
    program.context.undo()
    assert saved(program)[0].cut_percent == 50
    program.context.undo()
    assert not saved(program)
    calm()


@pytest.fixture
def kept(stress: StressPage, program: Program, calm: Calm, qtbot: QtBot) -> StressPage:
    """The Stress page with one case that is kept, as a loss of whatever day, and chosen."""
    stress.tables.choose("jiebei")
    click(stress.loss_actions.save)
    name_it(stress, "Spring squeeze")
    calm()
    activate(qtbot, program)
    pick(stress.bar.what, What.SAVED.value)
    calm()
    return stress


def test_the_day_of_a_saved_case_is_typed_where_it_is_chosen_and_undone_in_one_step(
    kept: StressPage, program: Program, calm: Calm
) -> None:
    line = kept.bar.own_day.line
    assert line.isVisible()
    assert (line.text(), line.placeholderText()) == ("", "the day above")
    click(line)
    write(line, "2026-02-10")
    press(line, Qt.Key.Key_Return)
    calm()
    (loss,) = kept.losses.rows.rows
    assert (saved(program)[0].loss_date, loss.contingency.loss_day) == (date(2026, 2, 10), 36)
    assert line.text() == "10 Feb 2026"
    assert "10 February" in kept.answer
    assert line.hasFocus()
    program.context.undo()
    calm()
    assert (saved(program)[0].loss_date, line.text()) == (None, "")


def test_the_day_of_a_saved_case_is_picked_by_keys_and_cleared_by_the_mouse(
    kept: StressPage, program: Program, calm: Calm
) -> None:
    line = kept.bar.own_day.line
    type_figure(line, "2026-01-12")
    calm()
    press(line, Qt.Key.Key_F4)
    popup = QApplication.activePopupWidget()
    assert popup is not None
    days = popup.findChild(QTableView)
    assert days is not None
    for _ in range(2):
        press(days, Qt.Key.Key_Down)
    press(days, Qt.Key.Key_Return)
    calm()
    assert saved(program)[0].loss_date == date(2026, 1, 26)
    buttons = {each.toolTip(): each for each in line.findChildren(QToolButton)}
    click(buttons["Clear the date"])
    calm()
    assert saved(program)[0].loss_date is None
    assert kept.losses.rows.rows[0].contingency.loss_day == 0


@pytest.mark.parametrize("typed", ["2025-12-31", "2031-01-01", "soon"])
def test_a_day_on_which_no_case_can_be_is_refused_and_escape_brings_the_old_one_back(
    kept: StressPage, program: Program, typed: str
) -> None:
    line = kept.bar.own_day.line
    type_figure(line, typed)
    assert program.window.banner.isVisible()
    assert line.property("wrong")
    assert saved(program)[0].loss_date is None
    press(line, Qt.Key.Key_Escape)
    assert (line.text(), line.property("wrong")) == ("", False)


def test_only_a_saved_case_has_a_day_of_its_own(kept: StressPage, calm: Calm) -> None:
    pick(kept.bar.what, What.LINES.value)
    calm()
    assert not kept.bar.own_day.isVisible()


def test_a_case_without_a_name_is_refused_where_it_is_typed(
    stress: StressPage, program: Program
) -> None:
    click(stress.loss_actions.save)
    name_it(stress, " ")
    (dialog,) = stress.loss_actions.findChildren(NameDialog)
    assert dialog.problem.text()
    assert not saved(program)
    press(dialog, Qt.Key.Key_Escape)


def test_a_cause_is_planned_for_and_accepted_without_being_saved_first(
    stress: StressPage, program: Program, calm: Calm
) -> None:
    pick(stress.bar.what, "others_follow")
    calm()
    stress.tables.choose("others_follow:jiebei")
    click(stress.plan)
    calm()
    plan = program.window.page
    assert isinstance(plan, PlanPage)
    assert plan.draft is not None
    assert plan.draft.plan.contingency.id == "others_follow:jiebei"
    click(plan.accept)
    calm()
    (accepted,) = program.context.book.accepted_plans
    assert accepted.contingency == "others_follow:jiebei"
    assert not saved(program)
    assert not plan.accepted.view.isHidden()


def test_a_loss_in_a_manner_of_its_own_is_saved_with_its_plan(
    stress: StressPage, program: Program, calm: Calm
) -> None:
    plain = asked_plan(stress, program, calm)
    pick(stress.bar.how, LossMode.CALL.value)
    calm()
    other = asked_plan(stress, program, calm)
    assert plain.contingency.mode is None
    assert (other.contingency.id, other.contingency.mode) == ("jiebei", LossMode.CALL)
    page = program.window.page
    assert isinstance(page, PlanPage)
    click(page.accept)
    calm()
    (case,) = saved(program)
    (accepted,) = program.context.book.accepted_plans
    assert (case.mode, accepted.contingency) == (LossMode.CALL, case.id)


def asked_plan(stress: StressPage, program: Program, calm: Calm) -> Plan:
    """The plan for Jiebei in the way that is asked about now."""
    program.context.show_page("stress")
    stress.tables.choose("jiebei")
    click(stress.plan)
    calm()
    page = program.window.page
    assert isinstance(page, PlanPage)
    assert page.draft is not None
    return page.draft.plan


def test_a_case_that_is_kept_can_be_planned_for(
    stress: StressPage, program: Program, calm: Calm
) -> None:
    pick(stress.bar.what, "others_follow")
    calm()
    stress.tables.choose("others_follow:jiebei")
    click(stress.loss_actions.save)
    name_it(stress, "Everyone looks")
    calm()
    pick(stress.bar.what, What.SAVED.value)
    calm()
    click(stress.plan)
    calm()
    plan = program.window.page
    assert isinstance(plan, PlanPage)
    assert plan.draft is not None
    (record,) = saved(program)
    assert plan.draft.plan.contingency == contingency_of(program.context.book, record)
    assert "Everyone looks" in plan.answer
    click(plan.accept)
    calm()
    (accepted,) = program.context.book.accepted_plans
    answers = program.context.plannable
    assert answers is not None
    assert accepted.contingency == record.id
    assert not is_stale(answers.projection, accepted)


def test_language_and_theme_switch_keep_the_question_and_the_chosen_loss(
    stress: StressPage, program: Program, calm: Calm, texts: Callable[[QWidget], list[str]]
) -> None:
    pick(stress.bar.what, "temporary_drop")
    pick(stress.bar.when, True)
    calm()
    stress.tables.choose("temporary_drop:weilidai")
    question = stress.bar.question
    program.context.set_theme("dark")
    program.context.set_language("zh_CN")
    calm()
    assert stress.bar.question == question
    assert stress.tables.current is not None
    assert stress.tables.current.contingency.id == "temporary_drop:weilidai"
    assert stress.bar.what.currentText() == "临时下调"
    assert "额度" in stress.answer
    assert "降低 50%，为期 30 天" in stress.answer
    english = [each for each in texts(stress) if each in ("Save this case…", "other lines are cut")]
    assert not english
