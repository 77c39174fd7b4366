"""The change history: every change, undo and redo, field by field, in the owner's language."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path

import msgspec
import pytest
from hypothesis import given

from backstop.domain import (
    AcceptedPlan,
    Account,
    Book,
    Facility,
    PlanStep,
    RateChange,
    SavedContingency,
)
from backstop.domain.fields import Unit, fields_of
from backstop.services.accepting import activate, end, tick
from backstop.services.commands import change_facts, put_record, remove_record
from backstop.services.history import (
    HistoryLine,
    history_lines,
    limit_courses,
    limit_history,
)
from backstop.services.session import Act, BookSession
from backstop.store import BookFile, DamagedBook, book_to_json, layout
from backstop.store import history as told
from backstop.telling import words_for
from examples import times
from store.example import small_book
from store.test_opening import alter
from store.test_round_trip import fresh_path
from strategies import books

NOON = datetime(2026, 1, 5, 12, tzinfo=UTC)


STEP = PlanStep(day=NOON.date(), option="draw", amount=5)


@pytest.fixture
def path(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    clock = [NOON]

    def now() -> datetime:
        clock[0] += timedelta(hours=1)
        return clock[0]

    monkeypatch.setattr("backstop.services.taken_back.now", now)
    monkeypatch.setattr(told, "now", now)
    path = tmp_path / "shop.backstop"
    BookFile.create(path, small_book()).close()
    return path


def told_of(session: BookSession) -> list[HistoryLine]:
    """The lines of the history, the oldest first."""
    return history_lines(session.history(), "CNY")[::-1]


def limit(session: BookSession, value: int) -> None:
    session.apply(put_record(session.book, session.book.facilities[0].changed(limit=value)))


def test_every_change_undo_and_redo_is_told_with_time_and_values(path: Path) -> None:
    with BookSession.open(path) as session:
        limit(session, 9_000_000)
        session.undo()
        session.redo()
        lines = history_lines(session.history(), "CNY")
    english, chinese = words_for("en"), words_for("zh_CN")
    assert [english.tell(each.act) for each in lines] == ["done again", "undone", "edited"]
    assert english.tell(lines[2].said) == "“Credit limit” in “借呗”: ¥80,000.00 → ¥90,000.00"
    assert chinese.tell(lines[1].said) == "“借呗”的“授信额度”：¥90,000.00 → ¥80,000.00"
    assert [each.at for each in lines] == [NOON + timedelta(hours=3 - n) for n in range(3)]


def test_edits_saved_together_are_told_apart(path: Path) -> None:
    session = BookSession.open(path)
    session.saves_later = True
    limit(session, 1)
    limit(session, 2)
    session.undo()
    session.close()
    with BookSession.open(path) as session:
        entries = session.history()
    assert [(each.change, each.act, each.after) for each in entries] == [
        (1, Act.EDIT, 1),
        (2, Act.EDIT, 2),
        (3, Act.UNDO, 1),
    ]


def test_added_and_removed_records_and_groups_are_told_by_name(path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(remove_record(session.book, "huabei"))
        session.undo()
        lines = [str(each.said) for each in history_lines(session.history(), "CNY")]
    assert lines.count("“花呗” was removed") == 1
    assert lines.count("“花呗” was added") == 1
    assert lines.count("the members of the group “ant” changed") == 2
    assert "through in “Stock”: huabei → (empty)" in lines


def test_a_plan_and_a_case_are_not_told_as_if_their_line_came_or_went(path: Path) -> None:
    plan = accepted()
    case = SavedContingency(id="case", name="花呗", targets=("huabei",))
    with BookSession.open(path) as session:
        for record in (plan, case):
            session.apply(put_record(session.book, record))
            session.undo()
        lines = {str(each.said) for each in history_lines(session.history(), "CNY")}
    assert lines == {
        "the plan for “花呗” was accepted",
        "the plan for “花呗” is gone",
        "the case “花呗” was saved",
        "the case “花呗” is gone",
    }


def accepted(**fields: object) -> AcceptedPlan:
    """A plan for the loss of a line of the small book."""
    given: dict[str, object] = {
        "id": "plan",
        "name": "花呗",
        "contingency": "huabei",
        "loss_date": NOON.date(),
        "accepted_on": NOON.date(),
        "inputs": "x",
    }
    return msgspec.convert(given | fields, AcceptedPlan)


def test_what_becomes_of_a_plan_is_told_step_by_step(path: Path) -> None:
    steps = (STEP, msgspec.structs.replace(STEP, day=date(2026, 2, 1)))
    with BookSession.open(path) as session:
        session.apply(put_record(session.book, accepted(steps=steps)))
        session.apply(activate(session.book, "plan", NOON.date()))
        session.apply(tick(session.book, "plan", 2, NOON.date(), 150))
        session.undo()
        session.apply(end(session.book, "plan", NOON.date()))
        lines = [words_for("en").tell(each.said) for each in told_of(session)]
    assert lines == [
        "the plan for “花呗” was accepted",
        "Plan for “花呗” · “Stage”: accepted → being carried out",
        "Plan for “花呗” · “Happened on”: (empty) → 5 Jan 2026",
        "step 2 of the plan for “花呗” is done: ¥1.50 on 5 Jan 2026",
        "step 2 of the plan for “花呗” is not done",
        "Plan for “花呗” · “Stage”: being carried out → ended",
        "Plan for “花呗” · “Ended on”: (empty) → 5 Jan 2026",
    ]


def test_of_a_sale_the_history_names_no_amount_that_is_not_its_price(path: Path) -> None:
    sale = msgspec.structs.replace(STEP, option="sell_asset:van:::")
    with BookSession.open(path) as session:
        session.apply(put_record(session.book, accepted(steps=(sale,), stage="active")))
        session.apply(tick(session.book, "plan", 1, NOON.date()))
        said = words_for("en").tell(told_of(session)[-1].said)
    assert said == "step 1 of the plan for “花呗” is done"


def test_a_drill_is_told_as_practice_not_as_a_plan_accepted(path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(put_record(session.book, accepted(drill=True)))
        session.undo()
        lines = [str(each.said) for each in told_of(session)]
    assert lines == [
        "a drill of the plan for “花呗” was begun",
        "the drill of the plan for “花呗” is gone",
    ]


def test_the_limit_of_a_facility_over_time_begins_with_what_it_was(path: Path) -> None:
    with BookSession.open(path) as session:
        limit(session, 5)
        limit(session, 7)
        facility = session.book.facilities[0]
        steps = limit_history(session.history(), facility)
    assert [value for _, value in steps] == [8_000_000, 5, 7]
    assert [at for at, _ in steps] == [NOON + timedelta(hours=n) for n in (1, 1, 2)]


COUNTS = re.compile(
    r".*(days|percent|periods|count|every|draws|day|earlier|instalments|version|applications|draws_made|days_after)"
)


def test_every_amount_is_told_as_money() -> None:
    for each in layout.LAYOUTS:
        for name, field in fields_of(each.record).items():
            if field.kind is int and not COUNTS.fullmatch(name):
                assert field.spec.unit is Unit.MONEY, f"{each.table}.{name}"


def test_lists_are_told_in_words(path: Path) -> None:
    with BookSession.open(path) as session:
        line = session.book.facilities[0]
        rates = (RateChange(from_day=NOON.date(), percent=Decimal("4.5")),)
        session.apply(put_record(session.book, line.changed(rate_changes=rates)))
        session.apply(put_record(session.book, accepted()))
        session.apply(put_record(session.book, accepted(steps=(STEP, STEP), cost=1_50)))
        found = history_lines(session.history(), "CNY")
    lines = [words_for("en").tell(each.said) for each in found]
    assert any("(empty) → 2026-01-05 4.5" in each for each in lines), lines
    assert any("(empty) → 2 rows" in each for each in lines), lines
    assert any("¥0.00 → ¥1.50" in each for each in lines), lines


def test_the_course_of_a_limit_has_one_value_for_each_day_to_today(path: Path) -> None:
    with BookSession.open(path) as session:
        limit(session, 5)
        limit(session, 7)
        entries, book = session.history(), session.book
    day = (NOON + timedelta(hours=1)).astimezone().date()
    (course,) = limit_courses(entries, book, day + timedelta(days=20))
    assert (course.name, course.start) == ("借呗", day - timedelta(days=1))
    assert course.limits == (8_000_000, *[7] * 21)
    (short,) = limit_courses(entries, book.changed(as_of=day - timedelta(days=30)), day)
    assert short.limits == (*[8_000_000] * 14, 7)


def test_the_course_of_a_limit_does_not_begin_long_before_the_book(path: Path) -> None:
    with BookSession.open(path) as session:
        limit(session, 7)
        entries, book = session.history(), session.book
    day = min(each.at.astimezone().date() for each in entries)
    (course,) = limit_courses(entries, book.changed(as_of=day), day)
    assert (course.start, course.limits) == (day - timedelta(days=1), (8_000_000, 7))


def test_a_limit_that_never_changed_has_no_course(path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(change_facts(session.book, title="Other"))
        assert limit_courses(session.history(), session.book, NOON.date()) == []


def test_a_limit_as_it_was_when_its_line_was_added_is_no_change(path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(put_record(session.book, Facility(id="new", name="New", limit=5)))
        new = session.book.facilities[-1]
        assert [value for _, value in limit_history(session.history(), new)] == [5]
        assert limit_courses(session.history(), session.book, NOON.date()) == []


def test_what_else_once_had_the_id_of_a_line_is_no_limit_of_it(path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(put_record(session.book, Account(id="new", name="Old account")))
        session.apply(remove_record(session.book, "new"))
        session.apply(put_record(session.book, Facility(id="new", name="New", limit=5)))
        new = session.book.facilities[-1]
        assert [value for _, value in limit_history(session.history(), new)] == [5]


def test_a_clock_that_was_set_back_hides_no_limit(path: Path) -> None:
    with BookSession.open(path) as session:
        limit(session, 7)
        [course] = limit_courses(session.history(), session.book, NOON.date() - timedelta(days=9))
    assert course.limits[-2:] == (8_000_000, 7)


def test_nothing_of_the_history_leaves_the_file(path: Path, tmp_path: Path) -> None:
    with BookSession.open(path) as session:
        session.apply(change_facts(session.book, notes="Once-planted-4711"))
        session.apply(change_facts(session.book, notes=""))
        assert b"Once-planted-4711" not in book_to_json(session.book)
        session.save_copy(tmp_path / "copy.backstop")
    assert b"Once-planted-4711" not in (tmp_path / "copy.backstop").read_bytes()


def test_a_changed_history_is_noticed_and_the_book_still_opens(path: Path) -> None:
    with BookSession.open(path) as session:
        limit(session, 5)
    alter(path, "UPDATE history SET after = '6'")
    with BookSession.open(path) as session:
        with pytest.raises(DamagedBook):
            session.history()
        assert session.book.facilities[0].limit == 5


@pytest.mark.slow
@times(0.25)
@given(books(), books())
def test_whatever_changes_can_be_told_in_both_languages(before: Book, after: Book) -> None:
    with fresh_path() as path:
        with BookFile.create(path, before) as file:
            file.save(after)
            entries = file.history()
        for line in history_lines(entries, before.currency):
            assert words_for("en").tell(line.said)
            assert words_for("zh_CN").tell(line.said)
        for facility in after.facilities:
            limit_history(entries, facility)
