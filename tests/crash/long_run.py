"""More kills than the suite has time for: `python tests/crash/long_run.py [ROUNDS]`, by hand.

ROUNDS are for each of six kinds of work; 200, the default, make 1,200 kills.
"""

import sys
import tempfile
from pathlib import Path

if __name__ == "__main__":
    root = Path(__file__).parents[2]
    sys.path[:0] = [str(root / "src"), str(root / "tests")]
    from crash.killing import KILLS, use_folder

    rounds = int(sys.argv[1]) if len(sys.argv) > 1 else 200
    lost = 0
    for name, kill in KILLS.items():
        with tempfile.TemporaryDirectory() as made:
            use_folder(Path(made))
            (Path(made) / "books").mkdir()
            tally = kill(Path(made) / "books", 2026, rounds)
        lost += len(tally.lost)
        print(
            f"{name}: {tally.kills} kills, {tally.acknowledged} acknowledged, "
            f"{tally.interrupted} caught in the act, {len(tally.lost)} lost {tally.lost[:3]}",
            flush=True,
        )
    sys.exit(1 if lost else 0)
