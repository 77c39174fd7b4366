"""Official days from a file: in two forms, and refused by the line that cannot be right."""

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
