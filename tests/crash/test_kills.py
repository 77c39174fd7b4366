"""Two hundred programs and more, killed at any moment: nothing told is lost or half there."""

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backstop.services import patience
from backstop.store import key
from crash.killing import KILLS, use_folder

ROUNDS = {
    "edits": 14,
    "synced edits": 8,
    "imports": 8,
    "upgrades": 10,
    "backups": 6,
    "passphrases": 6,
}
"""Of each of four tests: 4 × 52 = 208 kills, in parallel with `-n`."""

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="processes start too slowly there")


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(patience, "FIRST_SECONDS", patience.FIRST_SECONDS)
    monkeypatch.setattr(key, "ITERATIONS", key.ITERATIONS)
    before = os.environ.get("BACKSTOP_DATA_DIR")
    use_folder(tmp_path)
    yield
    if before is None:
        del os.environ["BACKSTOP_DATA_DIR"]
    else:
        os.environ["BACKSTOP_DATA_DIR"] = before


def test_there_are_two_hundred_kills() -> None:
    assert 4 * sum(ROUNDS.values()) >= 200


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("what", KILLS)
def test_a_kill_loses_nothing_that_was_told(tmp_path: Path, what: str, seed: int) -> None:
    folder = tmp_path / "books"
    folder.mkdir()
    tally = KILLS[what](folder, seed, ROUNDS[what])
    assert tally.kills == ROUNDS[what]
    assert tally.acknowledged > 0
    assert tally.lost == []
