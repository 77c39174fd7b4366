"""Plans and projections as tables and calendar entries, with names that want to be more."""

from datetime import date, timedelta

import pytest

from backstop.export.agenda import to_ics
from backstop.export.grid import money
from backstop.export.tables import days_sheet, plan_sheets
from backstop.plan import Answers, Plan
from backstop.services.answers import answers_of, base_of
from backstop.services.plans import plans_for_all
from backstop.telling import Narrator, words_for
from unit.test_report_book import shop

HOSTILE = "=1+1\r\nEND:VEVENT;X,<b>\\"
DAY = date(2026, 12, 1)


@pytest.fixture(scope="module")
def planned() -> tuple[Answers, list[Plan]]:
    """The shop, one line of which has a name that ends lines, begins formulas and is markup."""
    book = shop()
    line = book.by_id["jiebei"]
    answers = answers_of(book.put(line.changed(name=HOSTILE.replace("\r\n", " "), notes=HOSTILE)))
    return answers, plans_for_all(answers)


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_every_action_and_every_unpaid_payment_has_its_row(
    planned: tuple[Answers, list[Plan]], language: str
) -> None:
    answers, plans = planned
    losses, actions, unpaid = plan_sheets(
        answers, plans, Narrator(answers.book, words_for(language))
    )
    assert len(losses.rows) == len(plans)
    assert len(actions.rows) == sum(len(each.asks) + len(each.actions) for each in plans)
    assert len(unpaid.rows) == sum(len(each.missed) for each in plans)
    for each in (losses, actions, unpaid):
        assert {len(row) for row in each.rows} <= {len(each.head)}


def test_every_day_has_its_row_with_what_is_due() -> None:
    projection, base = base_of(shop())
    last = projection.days - 1
    sheet = days_sheet(projection, last, Narrator(projection.book, words_for("en")))
    assert [row[0] for row in sheet.rows] == [projection.date_of(day) for day in range(last + 1)]
    for day, row in enumerate(sheet.rows):
        assert bool(row[-1]) is bool(projection.payments[day])
    [wages] = [row for row in sheet.rows if row[0] == date(2027, 1, 12)]
    assert wages[-1] == "wages"
    assert sheet.rows[base.lowest_day][1] == money(base.lowest_cash, projection.book.currency)


def unfolded(data: bytes) -> list[str]:
    return data.decode().replace("\r\n ", "").split("\r\n")[:-1]


@pytest.mark.parametrize("language", ["en", "zh_CN"])
def test_a_calendar_is_well_formed_whatever_the_names(
    planned: tuple[Answers, list[Plan]], language: str
) -> None:
    answers, plans = planned
    data = to_ics(answers, plans, Narrator(answers.book, words_for(language)), DAY)
    assert all(len(line) <= 75 for line in data.split(b"\r\n"))
    assert b"\n" not in data.replace(b"\r\n", b"")
    lines = unfolded(data)
    assert (lines[0], lines[-1]) == ("BEGIN:VCALENDAR", "END:VCALENDAR")
    deadlines = [
        each.cure for each in answers.losses if each.cure and each.cure.deadline is not None
    ]
    events = sum(len(each.actions) for each in plans) + len(deadlines)
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == events
    assert all(
        line.split(":")[0].split(";")[0]
        in {
            "BEGIN",
            "END",
            "VERSION",
            "PRODID",
            "UID",
            "DTSTAMP",
            "DTSTART",
            "DTEND",
            "SUMMARY",
            "DESCRIPTION",
            "TRANSP",
        }
        for line in lines
    )
    names = [line for line in lines if line.startswith("UID")]
    assert len(set(names)) == len(names)


def test_what_has_to_be_done_stands_on_the_day_to_begin_and_takes_that_day_whole(
    planned: tuple[Answers, list[Plan]],
) -> None:
    answers, plans = planned
    lines = unfolded(to_ics(answers, plans, Narrator(answers.book, words_for("en")), DAY))
    begin = [line.removeprefix("DTSTART;VALUE=DATE:") for line in lines if "DTSTART" in line]
    end = [line.removeprefix("DTEND;VALUE=DATE:") for line in lines if "DTEND" in line]
    days = [date.fromisoformat(each) for each in begin]
    assert end == [f"{day + timedelta(days=1):%Y%m%d}" for day in days]
    starts = {each.start_day for plan in plans for each in plan.actions}
    assert starts != {each.day for plan in plans for each in plan.actions}
    deadlines = {each.cure.deadline for each in answers.losses if each.cure}
    known = starts | {day for day in deadlines if day is not None}
    assert {(day - answers.book.as_of).days for day in days} == known


def test_a_name_cannot_add_a_line_to_a_calendar() -> None:
    from backstop.export.agenda import _text

    assert _text(HOSTILE) == "=1+1\\nEND:VEVENT\\;X\\,<b>\\\\"
    assert "\x00" not in _text("a\x00b\x0bc")
    assert _text("a　b") == "a　b"
