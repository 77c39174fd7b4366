"""Official days from a file: in two forms, and refused by the line that cannot be right."""

import json
from datetime import date
from pathlib import Path

import pytest

from backstop.domain import BadInput, CalendarYear, EnvironmentFault
from backstop.domain.validation import MOST_QUOTED
from backstop.projection.calendars import shipped_calendar
from backstop.services.official_days import LARGEST_FILE, years_in, years_in_file

SPRING = CalendarYear(year=2027, closed=(date(2027, 2, 5),), working=(date(2027, 2, 7),))


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-05 closed\n2027-02-07 working\n",
        "# spring\n2027/2/7, work\n\n2027-02-05",
        "2027年2月5日 放假\n2027年2月7日 上班",
    ],
)
def test_days_are_read_in_the_ways_of_both_languages(text: str) -> None:
    assert years_in(text) == (SPRING,)


def test_each_year_is_told_apart() -> None:
    years = years_in("2027-12-31\n2028-01-01")
    assert [(each.year, len(each.closed)) for each in years] == [(2027, 1), (2028, 1)]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2027-02-05\nsoon", "Line 2 says “soon”"),
        ("2027-02-30 closed", "Line 1 says"),
        ("2027-02-05 perhaps", "Line 1 says"),
        ("", "no day in it"),
    ],
)
def test_what_is_no_list_of_days_is_refused(text: str, said: str) -> None:
    with pytest.raises(BadInput, match=said):
        years_in(text)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path) -> None:
    (tmp_path / "days.bin").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(BadInput, match="cannot be read as text"):
        years_in_file(tmp_path / "days.bin", "")
    with pytest.raises(EnvironmentFault, match=r"“missing\.txt” does not exist"):
        years_in_file(tmp_path / "missing.txt", "")


def test_a_file_in_json_is_read_as_the_command_line_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "2027.json"
    file.write_text('{"closed": ["2027-02-05"], "worked": ["2027-02-07"]}', encoding="utf-8")
    assert years_in_file(file, "CN") == (SPRING,)
    file.write_text('{"country": "DE", "closed": ["2027-02-05"]}', encoding="utf-8")
    with pytest.raises(BadInput, match="is the calendar of DE"):
        years_in_file(file, "CN")


def test_days_may_stand_in_any_order() -> None:
    days = ["2028-01-03", "2027-10-02", "2027-10-01", "2027-09-26 working", "2027-09-25 working"]
    first, second = years_in("\n".join(days))
    assert first.closed == (date(2027, 10, 1), date(2027, 10, 2))
    assert first.working == (date(2027, 9, 25), date(2027, 9, 26))
    assert second.year == 2028


def test_years_come_out_in_order() -> None:
    found = years_in("2024-01-01\n2023-01-01\n2022-01-01")
    assert [each.year for each in found] == [2022, 2023, 2024]


def test_a_long_line_is_quoted_by_its_beginning() -> None:
    with pytest.raises(BadInput) as refused:
        years_in("x" * 100)
    assert f"Line 1 says “{'x' * (MOST_QUOTED - 1)}…”." in str(refused.value)


def test_a_file_is_read_up_to_its_largest_size_and_refused_above(tmp_path: Path) -> None:
    file, day = tmp_path / "days.txt", "2027-02-05\n"
    file.write_text(day + "\n" * (LARGEST_FILE - len(day)), encoding="utf-8")
    assert [each.year for each in years_in_file(file, "CN")] == [2027]
    file.write_text(day + "\n" * (LARGEST_FILE - len(day) + 1), encoding="utf-8")
    with pytest.raises(BadInput, match="is too large"):
        years_in_file(file, "CN")


NOTICE = """国务院办公厅关于2027年部分节假日安排的通知
一、元旦：1月1日（周五）至3日（周日）放假，共3天。
二、春节：2月5日（周五）至11日（星期四）放假调休，共7天。1月31日（周日）、2月20日（周六）上班。
三、清明节：4月5日（周一）放假1天。
"""


def test_a_chinese_notice_is_read_as_it_stands() -> None:
    [year] = years_in(NOTICE)
    january, february = range(1, 4), range(5, 12)
    assert year.closed == (
        *(date(2027, 1, day) for day in january),
        *(date(2027, 2, day) for day in february),
        date(2027, 4, 5),
    )
    assert year.working == (date(2027, 1, 31), date(2027, 2, 20))


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-05 至 2027-02-07 放假",
        "2027-02-05 - 2027-02-07 closed",
        "2027年2月5日至7日放假调休，共3天。",
        "2027/2/5～2/7 off",
        "2027-02-05 to 2027-02-07",
        "2027.2.5、2027.2.6 和 2027.2.7 休",
    ],
)
def test_ranges_and_several_days_are_read(text: str) -> None:
    [year] = years_in(text)
    assert (year.closed, year.working) == (tuple(date(2027, 2, d) for d in (5, 6, 7)), ())


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-05 调休",  # off, or worked
        "2月5日 放假",  # of which year
        "2027-02-07 至 2027-02-05 放假",
        "2027-02-05 至 2027-05-05 放假",
        "2027年2月5日（周六）放假",  # it is a Friday
        "5/2/2027 closed",
        "2027-02-05 不放假",
        "2027-02-05 closed working",
        "2027-02-05 至 放假",
        "2027-02-05, 7",
        "放假",
    ],
)
def test_what_is_not_certain_is_refused_by_its_line(text: str) -> None:
    with pytest.raises(BadInput, match="Line 2 says"):
        years_in(f"2027-01-01\n{text}")


@pytest.mark.parametrize(
    "text",
    [
        "2027-02-05 放假\n2027-02-05 上班",
        "2027-02-05\n2027-02-05",
        "2027-02-01 至 2027-02-06\n2027-02-05 放假",
    ],
)
def test_a_day_named_twice_is_refused_by_its_name(text: str) -> None:
    with pytest.raises(BadInput, match="is named twice") as refused:
        years_in(text)
    assert "5 February 2027" in str(refused.value) or "2027-02-05" in str(refused.value)


def in_json(tmp_path: Path, document: object) -> tuple[CalendarYear, ...]:
    file = tmp_path / "list.json"
    file.write_text(json.dumps(document), encoding="utf-8")
    return years_in_file(file, "CN")


OFF_DAYS = [
    {"name": "春节", "date": "2027-02-05", "isOffDay": True},
    {"name": "春节", "date": "2027-02-07", "isOffDay": False},
]


@pytest.mark.parametrize(
    "document",
    [
        {"$schema": "s", "year": 2027, "papers": ["p"], "days": OFF_DAYS},  # holiday-cn
        OFF_DAYS,
        {  # timor.tech
            "code": 0,
            "holiday": {
                "02-05": {"holiday": True, "name": "春节", "wage": 3, "date": "2027-02-05"},
                "02-07": {"holiday": False, "after": True, "date": "2027-02-07"},
            },
        },
        {  # china-holiday-calender
            "Years": {
                "2027": [
                    {
                        "Name": "春节",
                        "StartDate": "2027-02-05",
                        "EndDate": "2027-02-05",
                        "CompDays": ["2027-02-07"],
                    }
                ]
            }
        },
        [
            {"date": "2027-02-05", "type": "public_holiday"},
            {"date": "2027-02-07", "type": "transfer_workday"},
        ],
        [{"date": "2027-02-05", "types": ["Public"]}, {"date": "2027-02-07", "workday": True}],
    ],
)
def test_public_lists_are_read(tmp_path: Path, document: object) -> None:
    assert in_json(tmp_path, document) == (SPRING,)


@pytest.mark.parametrize(
    ("document", "said"),
    [
        ([{"date": "2027-02-05", "name": "春节"}], "date: 2027-02-05, name: 春节"),
        ([{"date": "2027-02-05", "isOffDay": True, "workday": True}], "does not say for certain"),
        ([{"date": "soon", "isOffDay": True}], "date: soon"),
        ([{"date": "2027-02-051", "isOffDay": True}], "date: 2027-02-051"),
        ([{"date": "2027-02-05", "types": 3, "compDays": 4}], "does not say for certain"),
        ([{"start": "2027-02-05", "end": "2028-02-05", "off": True}], "does not say for certain"),
        ([{"date": "2027-02-05", "type": "调休"}], "does not say for certain"),
        ([*OFF_DAYS, OFF_DAYS[0]], "is named twice"),
        ({"closed": ["2027-02-05"], "worked": ["2027-02-05"]}, "is named twice"),
        ([{"date": "2027-02-05", "types": ["Public"], "countryCode": "DE"}], "calendar of DE"),
        (["2027-02-05"], "lists no official days"),
    ],
)
def test_a_public_list_that_is_not_certain_is_refused(
    tmp_path: Path, document: object, said: str
) -> None:
    with pytest.raises(BadInput, match=said):
        in_json(tmp_path, document)


PUBLISHED = {
    2024: """国务院办公厅关于2024年部分节假日安排的通知
各省、自治区、直辖市人民政府，国务院各部委、各直属机构：
一、元旦：1月1日放假，与周末连休。
二、春节：2月10日至17日放假调休，共8天。2月4日（星期日）、2月18日（星期日）上班。
三、清明节：4月4日至6日放假调休，共3天。4月7日（星期日）上班。
四、劳动节：5月1日至5日放假调休，共5天。4月28日（星期日）、5月11日（星期六）上班。
五、端午节：6月10日放假，与周末连休。
六、中秋节：9月15日至17日放假调休，共3天。9月14日（星期六）上班。
七、国庆节：10月1日至7日放假调休，共7天。9月29日（星期日）、10月12日（星期六）上班。
国务院办公厅
""",
    2025: """国务院办公厅关于2025年部分节假日安排的通知
一、元旦：1月1日（周三）放假1天，不调休。
二、春节：1月28日（农历除夕、周二）至2月4日（农历正月初七、周二）放假调休，共8天。
1月26日（周日）、2月8日（周六）上班。
三、清明节：4月4日（周五）至6日（周日）放假，共3天。
四、劳动节：5月1日（周四）至5日（周一）放假调休，共5天。4月27日（周日）上班。
五、端午节：5月31日（周六）至6月2日（周一）放假，共3天。
六、国庆节、中秋节：10月1日（周三）至8日（周三）放假调休，共8天。
9月28日（周日）、10月11日（周六）上班。
""",
    2026: """国务院办公厅关于2026年部分节假日安排的通知
一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。
二、春节：2月15日（农历腊月二十八、周日）至23日（农历正月初七、周一）放假调休，共9天。
2月14日（周六）、2月28日（周六）上班。
三、清明节：4月4日（周六）至6日（周一）放假，共3天。
四、劳动节：5月1日（周五）至5日（周二）放假调休，共5天。5月9日（周六）上班。
五、端午节：6月19日（周五）至21日（周日）放假，共3天。
六、中秋节：9月25日（周五）至27日（周日）放假，共3天。
七、国庆节：10月1日（周四）至7日（周三）放假调休，共7天。
9月20日（周日）、10月10日（周六）上班。
""",
}
"""The State Council's notices, as they were published."""


@pytest.mark.parametrize("of_year", PUBLISHED)
def test_published_notices_say_what_is_known_of_their_years(of_year: int) -> None:
    [year] = years_in(PUBLISHED[of_year])
    shipped = shipped_calendar("CN")
    assert shipped is not None
    off = {day for day in shipped.days.closed if day.year == of_year}
    assert {day for day in year.closed if day.weekday() < 5} == off
    assert set(year.working) == {day for day in shipped.days.worked if day.year == of_year}


@pytest.mark.parametrize("signed", ["2026年11月4日", "2026-11-04"])
def test_the_day_on_which_a_notice_was_signed_is_no_day_off(signed: str) -> None:
    with pytest.raises(BadInput, match=f"Line 5 says “{signed}”"):
        years_in(f"{NOTICE}{signed}")


@pytest.mark.parametrize(
    ("text", "closed", "working"),
    [
        ("20270208 放假", (date(2027, 2, 8),), ()),
        ("2027-02-08\t春节\t休", (date(2027, 2, 8),), ()),
        ("2027-02-20,春节,班", (), (date(2027, 2, 20),)),
        ("2027年2月20日（周六）补班", (), (date(2027, 2, 20),)),
    ],
)
def test_the_name_of_a_holiday_beside_its_word_says_nothing(
    text: str, closed: tuple[date, ...], working: tuple[date, ...]
) -> None:
    assert years_in(text) == (CalendarYear(year=2027, closed=closed, working=working),)
    with pytest.raises(BadInput, match="Line 1 says"):
        years_in("2027-02-20 春节")  # off, or worked for it


def test_words_without_a_day_are_refused_also_in_a_notice() -> None:
    with pytest.raises(BadInput, match="Line 5 says “除夕放假”"):
        years_in(f"{NOTICE}除夕放假")
