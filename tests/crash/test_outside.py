"""A few trials of those rows of `outside.py` that start no process; more are for a person."""

import sys
from pathlib import Path

import pytest

from crash.outside import tried

TRIALS = {"damage": 3, "damage-locked": 2, "names": 2, "swapped": 3}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="names as POSIX systems have them")


@pytest.mark.parametrize("row", TRIALS)
def test_no_promise_is_broken_from_outside(
    row: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    monkeypatch.setenv("BACKSTOP_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LANGUAGE", "en")
    tally = tried(row, TRIALS[row], first=11)
    assert tally.broken == []
    assert sum(tally.seen.values()) == tally.trials
