"""One reader of days, for fields and for the command line."""

from datetime import date

import pytest

from backstop.domain import BadInput
from backstop.services.day_reading import read_day
from backstop.telling import words_for

TODAY = date(2026, 11, 30)


@pytest.mark.parametrize(
    "text",
    [
        *("2026-12-01", "2026/12/1", "2026.12.1", "20261201", "1.12.2026"),
        *("1 Dec 2026", "1 december 2026", "Dec 1, 2026", "December 1st 2026", "1-Dec-2026"),
        *("２０２６年１２月１日", "2026 年 12 月 1 号", "1 Dec", "Dec. 1", "1st december"),
        *("1.12.", "12-1", "12-01", "12月1日", "+1", "tomorrow", "Tomorrow", "明天", " +1 "),
    ],
)
def test_a_day_is_read_in_the_ways_in_which_people_write_it(text: str) -> None:
    assert read_day(text, TODAY) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *(("today", TODAY), ("今天", TODAY), ("+0", TODAY), ("30 Nov", TODAY), ("11-30", TODAY)),
        *(("30.11.", TODAY), ("30/11", TODAY), ("11/30", TODAY), ("30.11", TODAY)),
        *(("+7", date(2026, 12, 7)), ("-3", date(2026, 11, 27)), ("−3", date(2026, 11, 27))),
        *(("yesterday", date(2026, 11, 29)), ("后天", date(2026, 12, 2))),
        *(("5/5", date(2027, 5, 5)), ("13/1/2027", date(2027, 1, 13))),
    ],
)
def test_near_days_need_no_year(text: str, value: date) -> None:
    assert read_day(text, TODAY) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("15 Jun", date(2027, 6, 15)),
        ("29 Nov", date(2026, 11, 29)),
        ("1 Sep", date(2026, 9, 1)),
        ("31 Aug", date(2027, 8, 31)),
        ("29 Feb", date(2028, 2, 29)),
    ],
)
def test_without_a_year_it_is_one_of_the_last_three_months_or_the_next_to_come(
    text: str, value: date
) -> None:
    """1 September is 90 days before 30 November."""
    assert read_day(text, TODAY) == value


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize("day", [date(2026, 12, 1), date(2028, 2, 29)])
def test_a_day_is_read_as_it_is_shown(language: str, day: date) -> None:
    written = words_for(language).language
    for text in (written.day(day), written.full_day(day), written.narrow_day(day)):
        assert read_day(text, TODAY) == day


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2026-02-30",
        "31 Foo 2026",
        "1/2/3",
        "2026-13-01",
        "31 Nov",
        "+",
        "13-13",
        "2026",
    ],
)
def test_what_is_no_day_is_refused(text: str) -> None:
    with pytest.raises(BadInput, match="is not a date"):
        read_day(text, TODAY)


@pytest.mark.parametrize("text", ["3/4", "3/4/2027", "3.4"])
def test_what_can_be_two_days_is_refused_with_both(text: str) -> None:
    with pytest.raises(BadInput) as refused:
        read_day(text, TODAY)
    said = words_for("en").tell(refused.value.message)
    assert "can be 4 Mar 2027 or 3 Apr 2027. Type the name of the month" in said
