"""The same book gives the same plan, byte for byte, in another process with another hash seed."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from backstop.resources import resource


def planned(sample: str, seed: str, folder: Path) -> bytes:
    file = str(resource("samples") / f"{sample}.json")
    source = str(Path(__file__).parents[2] / "src")
    places = {f"BACKSTOP_{name}_DIR": str(folder) for name in ("CONFIG", "DATA", "BOOKS")}
    return subprocess.run(
        [sys.executable, "-m", "backstop", "plan", file, "--all", "--json", "--lang", "en"],
        env={**os.environ, **places, "PYTHONPATH": source, "PYTHONHASHSEED": seed},
        capture_output=True,
        check=False,
    ).stdout


@pytest.mark.parametrize("sample", ["contractor", "household"])
def test_all_plans_of_a_sample_are_the_same_bytes(sample: str, tmp_path: Path) -> None:
    first, second = (planned(sample, seed, tmp_path) for seed in ("1", "2"))
    assert first == second
    assert len(first) > 1000
