"""Shipped calendars say what the `holidays` package says, and never make it be imported."""

import json
import subprocess
import sys
from datetime import date, timedelta

from holidays import country_holidays

from backstop.projection.calendars import is_working_day, shipped_calendar
from backstop.resources import resource


def test_the_shipped_chinese_calendar_agrees_with_holidays_on_every_day() -> None:
    calendar, day = country_holidays("CN"), date(2018, 1, 1)
    while day.year <= 2031:
        assert is_working_day(day, "CN") == calendar.is_working_day(day), day
        day += timedelta(days=1)


def test_shipped_calendars_list_only_days_that_differ_from_weekends() -> None:
    for file in resource("calendars").glob("*.json"):
        read = json.loads(file.read_text(encoding="utf-8"))
        assert all(date.fromisoformat(day).weekday() < 5 for day in read["closed"])
        assert all(date.fromisoformat(day).weekday() >= 5 for day in read["worked"])


def test_a_year_not_yet_published_is_known_as_such() -> None:
    calendar = shipped_calendar("CN")
    assert calendar is not None
    assert calendar.published_until == 2026
    assert not any(day.year > calendar.published_until for day in calendar.worked)


def test_a_country_without_a_shipped_calendar_is_asked_of_holidays() -> None:
    assert not is_working_day(date(2026, 7, 14), "FR")
    assert is_working_day(date(2026, 7, 14), "DE")


def test_an_unknown_country_has_weekends_only() -> None:
    assert is_working_day(date(2026, 1, 1), "ZZ")
    assert not is_working_day(date(2026, 1, 3), "ZZ")


def test_a_chinese_date_is_adjusted_without_the_slow_import() -> None:
    code = (
        "import sys; from datetime import date\n"
        "from backstop.projection.calendars import is_working_day\n"
        "is_working_day(date(2027, 10, 1), 'CN')\n"
        "sys.exit('holidays' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False, env=_env()).returncode == 0


def _env() -> dict[str, str]:
    import os

    return {**os.environ, "PYTHONPATH": str(resource().parent / "src")}
