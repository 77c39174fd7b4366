"""How well recurring items are found: `python tests/benchmarks/bench_recurring.py [--quick]`.

Two hundred statements of known truth, a year or more each, from `--first` on. Beside the program
stands a plain yardstick, asked the same in the same run: the same counterparty as printed, without
digits, and the same amount, at gaps that all lie near the middle one. Targets: precision 0.95 and
recall 0.90. `--list` names what was found in vain.
"""

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))
sys.path.insert(0, str(Path(__file__).parents[2] / "src"))

from backstop.importers.recurring import recurring
from benchmarks.asking import parser
from oracle.plain_recurring import plainly_recurring
from oracle.recurring_scored import Score, scored

STATEMENTS = 200


def main() -> None:
    asked = parser(__doc__)
    asked.add_argument("--first", type=int, default=0, help="the first seed")
    asked.add_argument("--list", action="store_true", help="name what was found in vain")
    options = asked.parse_args()
    seeds = range(options.first, options.first + (2 if options.quick else STATEMENTS))
    score = scored(recurring, seeds)
    tell("program", score)
    tell("yardstick", scored(plainly_recurring, seeds))
    tell_missed(score.kinds, score.missed)
    if options.list:
        print(*score.false, sep="\n")


def tell(name: str, score: Score) -> None:
    counts = f"{score.right} right of {score.found} found and {score.true} true"
    print(f"{name:10} precision {score.precision:.3f}  recall {score.recall:.3f}  ({counts})")


def tell_missed(kinds: Counter[str], missed: Counter[str]) -> None:
    for kind, times in sorted(kinds.items()):
        print(f"  {kind:18} {times:5} true, {missed[kind]:4} missed")


if __name__ == "__main__":
    main()
