"""A few trials of each row of `promises.py`; more are for a person to run."""

import sys
from pathlib import Path

import pytest

from crash.promises import ROWS, tried

TRIALS = {
    "kill": 2,
    "kill-locked": 2,
    "kill-statement": 1,
    "kill-upgrade": 1,
    "kill-passphrase": 1,
    "damage": 5,
    "logs": 4,
    "json": 12,
    "clock": 2,
    "tables": 20,
}

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes start too slowly there")


@pytest.mark.parametrize("row", ROWS)
def test_no_promise_is_broken(row: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setitem(sys.modules, "keyring", None)
    tally = tried(row, TRIALS.get(row, 3), first=1000)
    assert tally.broken == []
    assert sum(tally.seen.values()) == tally.trials
