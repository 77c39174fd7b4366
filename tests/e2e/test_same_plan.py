"""The same book gives the same plan, byte for byte, in another process with another hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from e2e.running import Cli, sample

SCRIPT = """
import sys
from backstop import __main__
from backstop.services import clock
clock.age_of = lambda book: 0
sys.exit(__main__.main(sys.argv[1:]))
"""
"""The program, for which a book is of today, as it is for all tests."""
OTHER_SEED = "2" if os.environ.get("PYTHONHASHSEED") == "1" else "1"


def planned(arguments: list[str], folder: Path) -> str:
    source = str(Path(__file__).parents[2] / "src")
    places = {f"BACKSTOP_{name}_DIR": str(folder) for name in ("CONFIG", "DATA", "BOOKS")}
    return subprocess.run(
        [sys.executable, "-c", SCRIPT, *arguments],
        env={**os.environ, **places, "PYTHONPATH": source, "PYTHONHASHSEED": OTHER_SEED},
        capture_output=True,
        check=False,
        encoding="utf-8",
    ).stdout


@pytest.mark.parametrize("name", ["contractor", "household"])
def test_all_plans_of_a_sample_are_the_same_bytes(cli: Cli, name: str, tmp_path: Path) -> None:
    arguments = ["plan", str(sample(name)), "--all", "--json", "--lang", "en"]
    there = planned(arguments, tmp_path)
    assert cli(*arguments).out == there
    assert len(there) > 1000
