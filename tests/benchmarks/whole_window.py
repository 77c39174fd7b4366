"""Everything that an owner could wait for at the window, in one run.

    python tests/benchmarks/whole_window.py [--runs N] [--edits N] [--cash N] [--quick]

How long it takes to appear, to answer and to find ways out, next to an empty window of bare Qt
(`bench_startup.py`); from an edit to the text and the picture of each page, on a tidy book of 200
lines (`bench_edit.py`); and for how long it stands still in a session with a hard book of 5,000
records (`watch_window.py`). What is to be reached stands in the texts of the three.
"""

import os
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.asking import parser

HERE = Path(__file__).parent


def main() -> int:
    options = parser(__doc__)
    options.add_argument("--runs", type=int, default=3)
    options.add_argument("--edits", type=int, default=20)
    options.add_argument("--cash", type=int, default=12_000_000)
    asked = options.parse_args()
    quick = ["--quick"] if asked.quick else []
    for script, given in (
        ("bench_startup.py", ["--runs", str(asked.runs)]),
        ("bench_edit.py", ["--edits", str(asked.edits)]),
        *((("watch_window.py", ["--cash", str(asked.cash)]),) if not asked.quick else ()),
    ):
        print(f"-- {script}", flush=True)
        subprocess.run(
            [sys.executable, str(HERE / script), *given, *quick], check=True, env=dict(os.environ)
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
