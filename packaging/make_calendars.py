"""Write `resources/calendars`: official days that differ from plain weekends.

The `holidays` package knows them, but takes half a second to import; a book is on the screen before
that. Run this when a new year is published (China: a State Council notice each November), after
raising `PUBLISHED`.
"""

import json
from datetime import date, timedelta
from pathlib import Path

from holidays import country_holidays

FIRST, LAST = 2018, 2031
PUBLISHED = {"CN": 2026}
FOLDER = Path(__file__).parents[1] / "resources" / "calendars"


def differing_days(country: str) -> dict[str, list[str]]:
    """Weekdays that are closed, and weekend days that are worked."""
    calendar = country_holidays(country)
    day, closed, worked = date(FIRST, 1, 1), [], []
    while day.year <= LAST:
        weekday, works = day.weekday() < 5, calendar.is_working_day(day)
        if weekday and not works:
            closed.append(day.isoformat())
        elif works and not weekday:
            worked.append(day.isoformat())
        day += timedelta(days=1)
    return {"closed": closed, "worked": worked}


def main() -> None:
    for country, published in PUBLISHED.items():
        days = differing_days(country)
        written = {"country": country, "published_until": published, "known_until": LAST, **days}
        text = json.dumps(written, indent=1) + "\n"
        (FOLDER / f"{country}.json").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
