"""Official days from a file: in two forms, and refused by the line that cannot be right."""

import json
from datetime import date
from pathlib import Path

import pytest

from backstop.domain import BadInput, CalendarYear, EnvironmentFault
from backstop.domain.validation import MOST_QUOTED
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
