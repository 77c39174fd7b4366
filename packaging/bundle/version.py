"""The version that is packed, and its day, which stands in the changelog."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

PROJECT = Path(__file__).parents[2]
CHANGELOG = PROJECT / "CHANGELOG.md"


def version() -> str:
    """The program's own version; read, since the program may not be importable here."""
    said = (PROJECT / "src" / "backstop" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'^__version__ = "(\d+\.\d+\.\d+)"$', said, re.MULTILINE)
    assert found is not None
    return found[1]


def released() -> date:
    """The day of this version; stops where the changelog does not tell of it."""
    told = CHANGELOG.read_text(encoding="utf-8")
    found = re.search(rf"^## {re.escape(version())} – (\S+)$", told, re.MULTILINE)
    if found is None:
        raise SystemExit(f"CHANGELOG.md does not tell what is new in {version()}")
    return date.fromisoformat(found[1])


def moment() -> int:
    """The time that packed files carry, in seconds since 1970: the same at every build."""
    day = released()
    return int(datetime(day.year, day.month, day.day, tzinfo=UTC).timestamp())


def filled(template: Path) -> str:
    """A text with the version and its day put in."""
    text = template.read_text(encoding="utf-8")
    return text.replace("@VERSION@", version()).replace("@DATE@", released().isoformat())
