"""Every benchmark runs by the command that its own text gives."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from backstop.store import book_to_json
from benchmarks import same_results
from unit.test_report_book import shop

ROOT = Path(__file__).parents[2]
BENCHMARKS = sorted((ROOT / "tests" / "benchmarks").glob("bench_*.py"))


def command_of(benchmark: Path) -> list[str]:
    """The script in the command that the text of a benchmark gives."""
    text = benchmark.read_text(encoding="utf-8").split('"""')[1]
    return re.findall(r"python (tests/benchmarks/\S+\.py)[^`\n]*--quick", text)


@pytest.mark.parametrize("benchmark", BENCHMARKS, ids=lambda each: each.stem)
def test_runs_by_the_command_in_its_text(benchmark: Path, tmp_path: Path) -> None:
    [script] = command_of(benchmark)
    assert ROOT / script == benchmark
    places = {f"BACKSTOP_{name}_DIR": str(tmp_path) for name in ("CONFIG", "DATA", "BOOKS")}
    without_path = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
    run = subprocess.run(
        [sys.executable, script, "--quick"],
        cwd=ROOT,
        env={**without_path, **places, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert any(each.isdigit() for each in run.stdout)


def answers_of(books: Path, out: Path) -> dict[str, bytes]:
    """What the comparing script writes about the books, in a process of its own."""
    script = "tests/benchmarks/same_results.py"
    subprocess.run([sys.executable, script, "write", books, out], cwd=ROOT, check=True)
    return {each.name: each.read_bytes() for each in out.iterdir()}


def test_a_changed_answer_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    books, before, after = (tmp_path / name for name in ("books", "before", "after"))
    books.mkdir()
    (books / "generated-000.json").write_bytes(book_to_json(shop()))
    written = answers_of(books, before)
    assert {f"generated-000.{kind}" for kind in ("project.json", "plan.en.json")} <= written.keys()
    assert answers_of(books, after) == written
    assert same_results.compare(before, after) == 0
    projected = json.loads(written["generated-000.project.json"])
    projected["lowest"] += 1
    changed = json.dumps(projected).encode()
    (after / "generated-000.project.json").write_bytes(changed)
    (after / "generated-000.check.txt").unlink()
    same_results.write_digests(after)
    assert same_results.compare(before, after) == 1
    said = capsys.readouterr().out
    assert f".lowest: {projected['lowest'] - 1} → {projected['lowest']}" in said
    assert "generated-000.check.txt: only in" in said
